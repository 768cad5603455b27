// The box to type in: messages, slash commands with a hint, mentions, shortcuts, and questions to try.
import { h, icon, menu } from "./dom.js";
import { complain } from "./notices.js";
import { state } from "./state.js";
import { deed } from "./wire.js";

export const send = (text, thread = "") => {
  const name = text.startsWith("/") ? "command" : "post";
  return deed(name, { channel: state.room, text, thread });
};

const hints = () => [
  { starts: "/", insert: `${state.command} `, name: state.command, what: "a code, a question, words, a range, compare A B, help" },
  { starts: "@", insert: "@HCPCS ", name: "@HCPCS", what: "mention the app; it answers in the thread" },
];

function suggestions(area) {
  const list = h("div", { class: "hints", role: "listbox", "aria-label": "Suggestions", hidden: true });
  let current = null;
  const take = () => {
    const typed = area.value.split(/(\s+)/);
    typed[typed.length - 1] = current.insert;
    area.value = typed.join("");
    list.hidden = true;
    current = null;
    area.focus();
  };
  area.addEventListener("input", () => {
    const word = area.value.split(/\s/).at(-1).toLowerCase();
    const first = area.value.trimStart() === area.value && !/\s/.test(area.value);
    current = hints().find((hint) => word.startsWith(hint.starts) && hint.name.toLowerCase().startsWith(word)
      && word !== hint.name.toLowerCase() && (hint.starts === "@" || first)) ?? null;
    list.hidden = !current;
    if (current) {
      list.replaceChildren(h("div", { role: "option", "aria-selected": "true", class: "hint-option",
        onpointerdown: (event) => { event.preventDefault(); take(); } },
      h("b", {}, current.name), h("span", {}, current.what), h("kbd", {}, "Tab")));
    }
  });
  area.addEventListener("keydown", (event) => {
    if (!current) return;
    if (event.key === "Tab" && !event.shiftKey) { event.preventDefault(); take(); }
    if (event.key === "Escape") { list.hidden = true; current = null; }
  });
  return list;
}

function questions(put) {
  const room = state.rooms.get(state.room);
  const member = room.members.includes("U0HCPCSBOT");
  const prompts = state.prompts[room.id];
  const tries = prompts
    ? prompts.map((prompt) => ({ name: prompt.title, text: prompt.message }))
    : [
      { name: `${state.command} S9328`, text: `${state.command} S9328` },
      { name: "is S9353 payable by Medicare?",
        text: room.kind === "im" ? "is S9353 payable by Medicare?" : `${member ? "@HCPCS" : state.command} is S9353 payable by Medicare?` },
    ];
  return h("div", { class: "chips", role: "group", "aria-label": "Questions to try" }, h("span", { class: "faint" }, "Try"),
    tries.map((one) => h("button", { type: "button", class: "chip", onclick: () => put(one.text) }, one.name)));
}

export function composer(holder, { thread = "" } = {}) {
  const room = state.rooms.get(state.room);
  const name = thread ? "Reply in thread" : `Message ${room.kind === "im" ? room.name : `#${room.name}`}`;
  const area = h("textarea", { class: "typed", id: thread ? undefined : "typed", rows: "1", placeholder: thread ? "Reply…" : `Message ${room.kind === "im" ? room.name : `#${room.name}`}, or type ${state.command} S9328`, "aria-label": name, maxlength: "12000" });
  const button = h("button", { type: "button", class: "send", "aria-label": "Send" }, icon("send"));
  const put = async (text) => {
    const typed = text.trim();
    if (!typed) return;
    area.value = "";
    noteEmpty();
    const answer = await send(typed, thread);
    if (!answer.ok) complain(answer.error, { channel: state.room, thread });
    area.focus({ preventScroll: true });
  };
  const noteEmpty = () => {
    button.disabled = !area.value.trim();
  };
  area.addEventListener("input", noteEmpty);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); put(area.value); }
  });
  button.addEventListener("click", () => put(area.value));
  const hintList = suggestions(area);
  const bolt = h("button", { type: "button", class: "tool", "aria-label": "Shortcuts", title: "Shortcuts" }, icon("bolt"));
  const shortcuts = h("span", { class: "menu-root" }, bolt);
  menu(bolt, state.shortcuts.filter((one) => !one.on_message).map((shortcut) => ({
    name: shortcut.name, description: shortcut.description, icon: "bolt",
    do: async () => {
      const answer = await deed("shortcut", { callback_id: shortcut.id });
      if (!answer.ok) complain(answer.error);
    },
  })), "Shortcuts");
  holder.replaceChildren(
    ...(thread ? [] : [questions(put)]),
    h("div", { class: "box" }, hintList, area,
      h("div", { class: "box-foot" }, thread ? null : shortcuts,
        h("span", { class: "faint keys" }, h("kbd", {}, "Enter"), " sends, ", h("kbd", {}, "Shift"), " ", h("kbd", {}, "Enter"), " makes a new line"),
        h("span", { class: "grow" }), button)));
  noteEmpty();
}
