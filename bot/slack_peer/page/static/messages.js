// Messages: author, time, content, and the actions on each.
import { h, icon, menu } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { showError } from "./notices.js";
import { renderers } from "./renderers.js";
import { messagesIn, keyOf, repliesOf, state } from "./state.js";
import { link, mrkdwn } from "./text.js";
import { request } from "./connection.js";

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", month: "long", day: "numeric" });
const when = (ts) => new Date(Number(ts) * 1000);

export function avatar(person) {
  if (person.id === state.bot) return h("img", { class: "avatar", src: "/static/icon.svg", alt: "" });
  const letters = person.name.split(" ").map((part) => part[0]).join("").slice(0, 2);
  const tone = [...person.id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 4;
  return h("span", { class: `avatar tone-${tone}`, "aria-hidden": "true" }, letters);
}

function tools(message) {
  if (message.local || message.ephemeral) return null;
  const reply = h("button", { type: "button", class: "tool", title: "Reply in thread", "aria-label": "Reply in thread" }, icon("reply"));
  reply.addEventListener("click", () => openThread(message));
  const more = h("button", { type: "button", class: "tool", title: "More actions", "aria-label": "More actions" }, icon("more"));
  const bar = h("div", { class: "tools" }, message.thread ? null : reply, h("span", { class: "menu-root" }, more));
  menu(more, state.shortcuts.filter((one) => one.on_message).map((shortcut) => ({
    name: shortcut.name, icon: "decode", description: shortcut.description,
    do: async () => {
      const answer = await request("shortcut", { callback_id: shortcut.id, where: { channel: message.channel, ts: message.ts } });
      if (!answer.ok) showError(answer.error, message);
    },
  })), "More actions");
  return bar;
}

function threadLine(message) {
  const replies = repliesOf(message);
  if (!replies.length) return null;
  const authors = [...new Set(replies.map((one) => one.user))].slice(0, 3).map((id) => avatar(state.people.get(id)));
  const button = h("button", { type: "button", class: "thread-line" }, h("span", { class: "authors" }, authors),
    h("b", {}, `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`), h("span", { class: "faint" }, "View thread"));
  button.addEventListener("click", () => openThread(message));
  return button;
}

export function openThread(message) {
  state.thread = message.thread || message.ts;
  state.side = "thread";
  renderers.side();
}

async function dismiss(message) {
  if (message.local) { state.messages.delete(keyOf(message)); renderers.log(); return; }
  const answer = await request("dismiss", { where: { channel: message.channel, ts: message.ts } });
  if (!answer.ok) showError(answer.error, message);
}

export function drawMessage(message, { inThread = false } = {}) {
  const person = state.people.get(message.user);
  const place = { channel: message.channel, ts: message.ts };
  const away = h("button", { type: "button", class: "text-button" }, "Dismiss message");
  away.addEventListener("click", () => dismiss(message));
  return h("article", {
    class: `message${message.ephemeral ? " ephemeral" : ""}`, tabindex: "-1", dataset: { place: "message", key: keyOf(message) },
    "aria-label": `${person.name}, ${clock.format(when(message.ts))}${message.ephemeral ? ", only visible to you" : ""}`,
  },
  message.ephemeral ? h("p", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
  message.command ? h("p", { class: "typed-command" }, "You typed ", h("code", {}, message.command)) : null,
  h("div", { class: "row" },
    avatar(person),
    h("div", { class: "body" },
      h("p", { class: "by" }, h("b", {}, person.name), person.bot ? h("span", { class: "app-mark" }, "APP") : null,
        h("time", { datetime: when(message.ts).toISOString(), title: when(message.ts).toLocaleString() }, clock.format(when(message.ts)))),
      message.blocks.length
        ? h("div", { class: "blocks" }, drawBlocks(message.blocks, place))
        : h("div", { class: "text" }, mrkdwn(message.text)),
      message.edited && !message.ephemeral ? h("span", { class: "faint" }, "(edited)") : null,
      message.unfurls.map((one) => h("div", { class: "unfurl" }, h("p", { class: "faint" }, link(one.url, one.url)), drawBlocks(one.blocks, place))),
      message.ephemeral ? h("p", { class: "faint" }, away) : null,
      inThread ? null : threadLine(message))),
  tools(message));
}

const dayLine = (text) => h("div", { class: "day" }, h("span", {}, text));

export function drawLog(log) {
  const nodes = [];
  let former = "";
  for (const message of messagesIn(state.channel)) {
    if (message.thread && message.thread !== message.ts) continue;
    const today = day.format(when(message.ts));
    if (today !== former) nodes.push(dayLine(today));
    former = today;
    nodes.push(drawMessage(message));
  }
  const kept = new Map([...log.querySelectorAll(".message")].map((element) => [element.dataset.key, element]));
  // An unchanged message keeps its element, and with it the text typed in it and the focus.
  log.replaceChildren(...nodes.map((node) => {
    const old = kept.get(node.dataset.key);
    const unchanged = old && old.drawn === state.messages.get(node.dataset.key) && old.replies === repliesOf(old.drawn).length;
    if (unchanged) return old;
    node.drawn = state.messages.get(node.dataset.key);
    if (node.drawn) node.replies = repliesOf(node.drawn).length;
    return node;
  }));
}

export function drawThread(holder) {
  const parent = state.messages.get(`${state.channel} ${state.thread}`);
  if (!parent) return false;
  const replies = repliesOf(parent);
  holder.replaceChildren(drawMessage(parent, { inThread: true }),
    h("div", { class: "day" }, h("span", {}, `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`)),
    ...replies.map((one) => drawMessage(one, { inThread: true })));
  return true;
}
