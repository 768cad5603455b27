// The message box: messages, slash commands with a hint, mentions, shortcuts, and questions to try.
import { h, icon, menu } from "./dom.js";
import { showError } from "./notices.js";
import { state } from "./state.js";
import { request } from "./connection.js";

export const send = (text, thread = "") => {
  const name = text.startsWith("/") ? "command" : "post";
  return request(name, { channel: state.channel, text, thread });
};

const botName = () => state.people.get(state.bot).handle;

const hints = () => [
  ...state.commands.map((command) => ({
    starts: "/", insert: `${command.name} `, name: command.name, text: command.usage_hint || command.description,
  })),
  { starts: "@", insert: `@${botName()} `, name: `@${botName()}`, text: "mention the app; it answers in a thread" },
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
      h("b", {}, current.name), h("span", {}, current.text), h("kbd", {}, "Tab")));
    }
  });
  area.addEventListener("keydown", (event) => {
    if (!current) return;
    if (event.key === "Tab" && !event.shiftKey) { event.preventDefault(); take(); }
    if (event.key === "Escape") { list.hidden = true; current = null; }
  });
  return list;
}

// An example is typed as in a channel. Direct messages need no mention; where the app isn't a member, only commands work.
function example(text, channel) {
  const mention = `@${botName()} `;
  if (!text.startsWith(mention)) return { name: text, text };
  const question = text.slice(mention.length);
  if (channel.kind === "im") return { name: question, text: question };
  return { name: question, text: channel.members.includes(state.bot) ? text : `${state.commands[0].name} ${question}` };
}

function questions(put) {
  const channel = state.channels.get(state.channel);
  const prompts = state.prompts[channel.id];
  const examples = prompts
    ? prompts.map((prompt) => ({ name: prompt.title, text: prompt.message }))
    : state.examples.map((text) => example(text, channel));
  return h("div", { class: "chips", role: "group", "aria-label": "Questions to try" }, h("span", { class: "faint" }, "Try"),
    examples.map((one) => h("button", { type: "button", class: "chip", onclick: () => put(one.text) }, one.name)));
}

export function composer(holder, { thread = "" } = {}) {
  const channel = state.channels.get(state.channel);
  const name = thread ? "Reply in thread" : `Message ${channel.kind === "im" ? channel.name : `#${channel.name}`}`;
  const area = h("textarea", { class: "typed", id: thread ? undefined : "typed", rows: "1", placeholder: thread ? "Reply…" : `Message ${channel.kind === "im" ? channel.name : `#${channel.name}`}, or type ${state.examples[0]}`, "aria-label": name, maxlength: "12000" });
  const button = h("button", { type: "button", class: "send", "aria-label": "Send" }, icon("send"));
  const put = async (text) => {
    const typed = text.trim();
    if (!typed) return;
    area.value = "";
    noteEmpty();
    const answer = await send(typed, thread);
    if (!answer.ok) showError(answer.error, { channel: state.channel, thread });
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
      const answer = await request("shortcut", { callback_id: shortcut.id });
      if (!answer.ok) showError(answer.error);
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
