// A select whose options the app returns as one types: an ARIA combobox with a list box.
import { h } from "./dom.js";
import { textObject } from "./text.js";

let made = 0;

export function combobox({ placeholder, label, minimum, ask, choose, initial }) {
  const id = `choices-${(made += 1)}`;
  const input = h("input", {
    type: "text", class: "combobox", role: "combobox", placeholder, "aria-label": label ?? placeholder, "aria-expanded": "false",
    "aria-autocomplete": "list", "aria-controls": id, autocomplete: "off", spellcheck: "false",
    value: initial?.text.text,
  });
  const list = h("div", { class: "choices", role: "listbox", id, "aria-label": label ?? placeholder, hidden: true });
  const root = h("span", { class: "combobox-root" }, input, list);
  let at = -1;
  let options = [];
  let asked = 0;

  const open = (shown) => {
    list.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    if (!shown) { at = -1; input.removeAttribute("aria-activedescendant"); return; }
    const box = input.getBoundingClientRect();
    list.classList.toggle("upwards", box.bottom + 300 > window.innerHeight && box.top > 300);
  };
  const mark = (number) => {
    at = number;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
    const item = list.children[at];
    if (item) { input.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); }
  };
  const take = (number) => {
    const option = options[number];
    if (!option) return;
    input.value = option.text.text;
    root.dataset.value = option.value;
    open(false);
    choose(option.value);
  };
  const show = (found, note) => {
    options = found;
    list.replaceChildren(...found.map((option, number) =>
      h("div", { role: "option", id: `${id}-${number}`, class: "choice", "aria-selected": "false",
        onpointerdown: (event) => { event.preventDefault(); take(number); } },
      h("span", {}, textObject(option.text)),
      option.description ? h("small", {}, textObject(option.description)) : null)));
    if (!found.length) list.append(h("div", { class: "choice none", role: "status" }, note));
    open(true);
    if (found.length) mark(0);
  };
  const look = async () => {
    const typed = input.value.trim();
    delete root.dataset.value;
    if (typed.length < minimum) { open(false); return; }
    const mine = (asked += 1);
    const answer = await ask(typed);
    if (mine === asked && document.activeElement === input) {
      show(answer.ok ? answer.options : [], answer.ok ? "No result" : answer.error);
    }
  };
  let waiting = 0;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 90); });
  input.addEventListener("focus", () => { if (input.value && !root.dataset.value) look(); });
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) {
      if (event.key === "ArrowDown") look();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) mark((at + step + options.length) % options.length);
    else if (event.key === "Enter") take(at);
    else if (event.key === "Escape") { event.stopPropagation(); open(false); }
    else return;
    event.preventDefault();
  });
  if (initial) root.dataset.value = initial.value;
  return { root, value: () => root.dataset.value ?? null };
}
