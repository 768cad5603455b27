// The field of a search as an ARIA combobox: codes for what is typed so far, chosen with the arrow keys or a pointer.
// Without this file the field is a plain form.
"use strict";

(() => {
  const field = document.getElementById("q");
  if (!field) return;
  const PAUSE = 120; // milliseconds without typing before the server is asked
  const COUNT = 8;
  const VERDICTS = JSON.parse(field.dataset.verdicts);
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let options = [];
  let active = -1;
  let timer = 0;
  let request = null;
  let closing = false;

  list.id = "q-options";
  list.className = "options";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Codes");
  status.className = "hidden";
  status.setAttribute("role", "status");
  field.after(list);
  // Outside of the field, so that the list keeps its place.
  field.form.append(status);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");

  function close() {
    clearTimeout(timer);
    if (request) request.abort();
    request = null;
    options = [];
    list.replaceChildren();
    list.hidden = true;
    status.textContent = "";
    field.setAttribute("aria-expanded", "false");
    select(-1);
  }

  function select(index) {
    if (options[active]) options[active].setAttribute("aria-selected", "false");
    active = index;
    const option = options[active];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  function span(name, text) {
    const part = document.createElement("span");
    part.className = name;
    part.textContent = text;
    return part;
  }

  function draw([, codes, extra, texts]) {
    options = codes.map((code, index) => {
      const option = document.createElement("li");
      option.id = `q-option-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.code = code;
      const verdict = VERDICTS[extra.verdict[index]];
      option.append(span("code", code), " ", span("text", texts[index][1]));
      if (verdict) option.append(" ", span("note", verdict));
      return option;
    });
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    field.setAttribute("aria-expanded", String(options.length > 0));
    status.textContent = options.length ? `${options.length} codes` : "";
    select(-1);
  }

  async function suggest(typed) {
    if (request) request.abort();
    const own = new AbortController();
    request = own;
    const query = new URLSearchParams({ terms: typed, count: COUNT, df: "code,display", ef: "verdict" });
    try {
      const response = await fetch(`/type-ahead?${query}`, { signal: own.signal });
      if (!response.ok) throw new Error(response.statusText);
      const answer = await response.json();
      if (request === own) draw(answer);
    } catch {
      // What was typed can still be submitted.
      if (request === own) close();
    }
  }

  function go(option) {
    closing = true;
    location.assign(`/codes/${encodeURIComponent(option.dataset.code)}`);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    const typed = field.value.trim();
    if (typed.length < 2 || typed.length > 200) close();
    else timer = setTimeout(suggest, PAUSE, typed);
  });

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options.length;
    if (event.key === "Escape" && count) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && count) {
      event.preventDefault();
      select((active + 1) % count);
    } else if (event.key === "ArrowUp" && count) {
      event.preventDefault();
      select(active <= 0 ? count - 1 : active - 1);
    } else if (event.key === "Enter" && options[active]) {
      event.preventDefault();
      go(options[active]);
    }
  });

  // The field keeps the focus while a pointer chooses.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  field.addEventListener("blur", () => {
    if (!closing) close();
  });
  field.form.addEventListener("submit", close);
})();
