// Slack's texts as DOM nodes: mrkdwn, plain text and rich text. Nothing is parsed as HTML, and only addresses of the
// web, of mail and of telephones become links.
import { h } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { state } from "./state.js";

const LINKS = new Set(["http:", "https:", "mailto:", "tel:"]);

export function safeAddress(address) {
  try {
    const url = new URL(address);
    return LINKS.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export function link(address, ...children) {
  const safe = safeAddress(address);
  if (safe === null) return h("span", {}, ...children);
  return h("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

const withoutEntities = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] ?? all);

function lines(text) {
  return text.split("\n").flatMap((line, number) => (number ? [h("br"), line] : [line]));
}

const nameOf = (id) => state.people.get(id)?.name ?? id;
const mention = (id) => h("span", { class: "mention" }, `@${nameOf(id)}`);

function angle(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : withoutEntities(inside.slice(bar + 1));
  if (target.startsWith("@")) return mention(target.slice(1));
  if (target.startsWith("#")) return h("span", { class: "mention" }, `#${label || state.channels.get(target.slice(1))?.name || target.slice(1)}`);
  if (target.startsWith("!")) return h("span", { class: "mention loud" }, `@${label || target.slice(1).split("^")[0]}`);
  const address = withoutEntities(target);
  return link(address, label || address);
}

// The marks of mrkdwn, in the order in which they are tried at each position.
const MARKS = [
  [/^```([\s\S]+?)```/, (found) => h("pre", {}, withoutEntities(found[1]))],
  [/^`([^`\n]+)`/, (found) => h("code", {}, withoutEntities(found[1]))],
  [/^<([^<>\n]+)>/, (found) => angle(found[1])],
  [/^\*(\S(?:[^*\n]*\S)?)\*(?![\p{L}\p{N}])/u, (found) => h("b", {}, mrkdwnRuns(found[1]))],
  [/^_(\S(?:[^_\n]*\S)?)_(?![\p{L}\p{N}])/u, (found) => h("i", {}, mrkdwnRuns(found[1]))],
  [/^~(\S(?:[^~\n]*\S)?)~(?![\p{L}\p{N}])/u, (found) => h("s", {}, mrkdwnRuns(found[1]))],
];
const STARTS = /[`<*_~]/;
const WORD = /[\p{L}\p{N}]/u;

function mrkdwnRuns(text) {
  const nodes = [];
  let plain = "";
  let rest = text;
  const flush = () => { nodes.push(...lines(withEmoji(withoutEntities(plain)))); plain = ""; };
  while (rest) {
    const before = plain.at(-1) ?? "";
    const inWord = "*_~".includes(rest[0]) && WORD.test(before);
    const mark = STARTS.test(rest[0]) && !inWord ? MARKS.find(([pattern]) => pattern.test(rest)) : undefined;
    if (mark) {
      const found = mark[0].exec(rest);
      flush();
      nodes.push(mark[1](found));
      rest = rest.slice(found[0].length);
    } else {
      plain += rest[0];
      rest = rest.slice(1);
    }
  }
  flush();
  return nodes;
}

export function mrkdwn(text) {
  const nodes = [];
  let quoted = [];
  let run = [];
  const endRun = () => { if (run.length) nodes.push(...mrkdwnRuns(run.join("\n"))); run = []; };
  const endQuote = () => { if (quoted.length) nodes.push(h("blockquote", {}, mrkdwnRuns(quoted.join("\n")))); quoted = []; };
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quote) { endRun(); quoted.push(quote[1]); } else { endQuote(); run.push(line); }
  }
  endRun();
  endQuote();
  return nodes;
}

export const plain = (text, emoji = true) => lines(emoji ? withEmoji(text) : text);

export const textObject = (object) =>
  object.type === "mrkdwn" ? mrkdwn(object.text) : plain(object.text, object.emoji !== false);

const STYLES = [["bold", "b"], ["italic", "i"], ["strike", "s"], ["code", "code"]];
const RUNS = {
  text: (run) => lines(run.text),
  link: (run) => [link(run.url, run.text ?? run.url)],
  user: (run) => [mention(run.user_id)],
  channel: (run) => [h("span", { class: "mention" }, `#${state.channels.get(run.channel_id)?.name ?? run.channel_id}`)],
  emoji: (run) => [EMOJI[run.name] ?? `:${run.name}:`],
};

export function richRuns(runs) {
  return runs.flatMap((run) => {
    const nodes = (RUNS[run.type] ?? (() => []))(run);
    return STYLES.reduce((inner, [style, tag]) => (run.style?.[style] ? [h(tag, {}, inner)] : inner), nodes);
  });
}

// The text of a message for screen readers.
export function spoken(message) {
  const holder = h("div", {}, mrkdwn(message.text));
  return holder.textContent;
}
