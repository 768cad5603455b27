// Elements from plain descriptions. Text is always set as text, never parsed as HTML.

export function h(name, props = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else if (key === "dataset") Object.assign(element.dataset, value);
    else if (value === true) element.setAttribute(key, "");
    else element.setAttribute(key, String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const SHAPES = {
  send: "M3 20.5v-7l8-1.5-8-1.5v-7L22 12z",
  bolt: "M13 2 4 14h7l-1 8 9-12h-7z",
  reply: "M4 4h16v12H9l-5 4z",
  more: "M12 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4m0 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4m0 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4",
  close: "m6 4.6 6 6 6-6L19.4 6l-6 6 6 6-1.4 1.4-6-6-6 6L4.6 18l6-6-6-6z",
  eye: "M12 5c5 0 9 4.5 10.5 7C21 14.5 17 19 12 19S3 14.5 1.5 12C3 9.500 7 5 12 5m0 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8m0 2a2 2 0 1 1 0 4 2 2 0 0 1 0-4",
  menu: "M3 5h18v2H3zm0 6h18v2H3zm0 6h18v2H3z",
  theme: "M12 3a9 9 0 1 0 0 18zm0-2a11 11 0 1 1 0 22 11 11 0 0 1 0-22",
  decode: "M4 4h7v2H6v12h5v2H4zm9 0h7v16h-7v-2h5V6h-5zM8.5 9h7v2h-7zm0 4h7v2h-7z",
  down: "m5 8.5 7 7 7-7L17.6 7 12 12.6 6.400 7z",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

export const find = (selector, within = document) => within.querySelector(selector);

// A menu that opens below a button: arrow keys move, Escape closes and returns the focus.
export function menu(button, choices, label) {
  const list = h("div", { class: "menu", role: "menu", "aria-label": label });
  const close = (refocus) => {
    list.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (refocus) button.focus();
  };
  const outside = (event) => {
    if (!list.contains(event.target) && !button.contains(event.target)) close(false);
  };
  for (const choice of choices) {
    const item = h("button", { type: "button", role: "menuitem", class: "menu-item" }, choice.icon ? icon(choice.icon) : null,
      h("span", {}, h("span", {}, choice.name), choice.description ? h("small", {}, choice.description) : null));
    item.addEventListener("click", () => { close(true); choice.do(); });
    list.append(item);
  }
  list.addEventListener("keydown", (event) => {
    const items = [...list.children];
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(at + step + items.length) % items.length].focus();
    else if (event.key === "Escape") { event.stopPropagation(); close(true); }
    else if (event.key === "Tab") { close(false); return; }
    else return;
    event.preventDefault();
  });
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    if (list.isConnected) return close(false);
    button.after(list);
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    const box = button.getBoundingClientRect();
    list.classList.toggle("upwards", box.bottom + list.offsetHeight + 12 > window.innerHeight);
    list.classList.toggle("leftwards", box.left + list.offsetWidth + 12 > window.innerWidth);
    list.firstElementChild.focus();
    return undefined;
  });
}
