// The page: draws the state of the stand-in and sends what a person does.
import { find, h, icon } from "./dom.js";
import { composer } from "./composer.js";
import { drawLog, drawThread, openThread } from "./messages.js";
import { announce } from "./notices.js";
import { renderers } from "./renderers.js";
import { messagesIn, keyOf, repliesOf, state } from "./state.js";
import { spoken } from "./text.js";
import { drawHome, drawModals } from "./views.js";
import { listen, request } from "./connection.js";

const log = find("#log");
const side = find("#side");

function drawChannels() {
  const kinds = [["channel", "Channels"], ["im", "Apps"]];
  find("#channels").replaceChildren(...kinds.flatMap(([kind, title]) => [
    h("h2", {}, title),
    h("ul", {}, [...state.channels.values()].filter((channel) => channel.kind === kind).map((channel) =>
      h("li", {}, h("button", { type: "button", class: "channel-link", "aria-current": channel.id === state.channel ? "page" : undefined, onclick: () => enter(channel.id) },
        kind === "im" ? h("img", { class: "avatar tiny", src: "/static/icon.svg", alt: "" }) : h("span", { class: "hash", "aria-hidden": "true" }, "#"),
        h("span", {}, channel.name))))),
  ]));
}

function drawHead() {
  const channel = state.channels.get(state.channel);
  const tab = (id, name) => h("button", {
    type: "button", role: "tab", class: "tab", id: `tab-${id}`, "aria-selected": String(state.tab === id), onclick: () => show(id),
  }, name);
  find("#channel-head").replaceChildren(
    h("div", { class: "channel-title" }, h("h2", { id: "channel-name" }, channel.kind === "im" ? channel.name : `# ${channel.name}`), h("span", { class: "faint topic" }, channel.topic)),
    ...(channel.kind === "im" ? [h("div", { class: "tabs", role: "tablist", "aria-label": "The app's pages" }, tab("home", "Home"), tab("messages", "Messages"))] : []));
}

function drawPlace() {
  const atHome = state.channels.get(state.channel).kind === "im" && state.tab === "home";
  find("#home").hidden = !atHome;
  log.hidden = atHome;
  find("#composer").hidden = atHome;
  if (atHome) drawHome(find("#home"));
}

function drawSide() {
  side.hidden = !state.side;
  find("#requests-button").setAttribute("aria-expanded", String(state.side === "requests"));
  document.body.classList.toggle("with-side", Boolean(state.side));
  if (!state.side) { side.replaceChildren(); return; }
  const title = state.side === "requests" ? "Request log" : "Thread";
  const close = h("button", { type: "button", class: "tool", "aria-label": `Close ${title.toLowerCase()}`, onclick: () => { state.side = ""; drawSide(); } }, icon("close"));
  const body = h("div", { class: "side-body" });
  const foot = h("div", { class: "composer" });
  side.setAttribute("aria-label", title);
  side.replaceChildren(h("header", { class: "channel-head" }, h("div", { class: "channel-title" }, h("h2", {}, title), h("span", { class: "grow" }), close)), body);
  if (state.side === "requests") { drawRequests(body); return; }
  if (!drawThread(body)) { state.side = ""; drawSide(); return; }
  composer(foot, { thread: state.thread });
  side.append(foot);
  toEnd(body);
  beginAt(body.lastElementChild, body);
}

function drawRequests(body) {
  body.replaceChildren(
    h("p", { class: "faint requests-note" }, "Requests to the app are signed with a secret, and its calls carry a token; both are new for this run. Everything stays on 127.0.0.1."),
    h("ol", { class: "request-list" }, [...state.requests].reverse().map((one) =>
      h("li", {}, h("span", { class: "way", "aria-hidden": "true" }, one.milliseconds === undefined ? "←" : "→"),
        h("span", { class: "what" }, one.name, h("small", {}, one.milliseconds === undefined ? "call by the app" : "signed request to the app")),
        h("span", { class: "faint" }, one.milliseconds === undefined ? "ok" : `${one.status || "timeout"} · ${one.milliseconds} ms`)))));
}

function drawRequestsButton() {
  const sent = state.requests.filter((one) => one.milliseconds !== undefined);
  find("#requests-button").replaceChildren(h("span", {}, "Request log"), h("span", { class: "faint" }, `${sent.length} signed ${sent.length === 1 ? "request" : "requests"}`));
}

const nearEnd = (element) => element.scrollHeight - element.scrollTop - element.clientHeight < 240;
const toEnd = (element) => { element.scrollTop = element.scrollHeight; };

// A message that is taller than its list is read from its beginning.
function beginAt(element, list) {
  if (element && element.offsetHeight > list.clientHeight) list.scrollTop += element.getBoundingClientRect().top - list.getBoundingClientRect().top;
}

function drawMessages(follow) {
  const stay = !follow && !nearEnd(log);
  drawLog(log);
  if (!stay) toEnd(log);
}

function all() {
  drawChannels();
  drawHead();
  composer(find("#composer"));
  drawPlace();
  drawMessages(true);
  drawSide();
  drawModals();
  drawRequestsButton();
}

Object.assign(renderers, { log: () => { drawMessages(true); if (state.side === "thread") drawSide(); }, side: drawSide, all });

function enter(channel) {
  state.channel = channel;
  state.side = "";
  state.tab = "messages";
  find("#sidebar").classList.remove("open");
  find("#menu").setAttribute("aria-expanded", "false");
  all();
  if (state.channels.get(channel).kind === "im") show("messages");
  find("#typed")?.focus({ preventScroll: true });
}

function show(tab) {
  state.tab = tab;
  drawHead();
  drawPlace();
  request("home", { tab });
}

function onMessage(message) {
  const key = keyOf(message);
  const known = state.messages.has(key);
  if (message.removed) state.messages.delete(key);
  else state.messages.set(key, message);
  if (message.channel !== state.channel) return;
  const mine = message.user === state.you;
  const inThread = message.thread && message.thread !== message.ts;
  drawMessages(mine || !inThread);
  if (!mine && !inThread && !known) beginAt(find(`[data-key="${CSS.escape(key)}"]`, log), log);
  if (inThread && message.user === state.bot && state.channels.get(message.channel).kind === "channel" && !known && !message.removed) openThread(message);
  else if (state.side === "thread") drawSide();
  if (message.user === state.bot && !message.removed) announce(`${known ? "Changed: " : ""}${spoken(message)}`);
}

// At first the newest answer is shown from its beginning; on a wide screen the newest thread is open beside it.
function openNewest() {
  beginAt([...log.querySelectorAll(".ephemeral")].at(-1), log);
  const newest = messagesIn(state.channel).filter((message) => repliesOf(message).length).at(-1);
  if (newest && window.innerWidth > 1100) openThread(newest);
}

const HANDLERS = {
  snapshot(data) {
    Object.assign(state, { you: data.you, bot: data.bot, team: data.team, title: data.title, when_stopped: data.when_stopped, commands: data.commands, examples: data.examples, shortcuts: data.shortcuts, modals: data.modals, home: data.home, prompts: data.prompts });
    state.people = new Map(data.people.map((person) => [person.id, person]));
    state.channels = new Map(data.channels.map((channel) => [channel.id, channel]));
    state.messages = new Map(data.messages.map((message) => [keyOf(message), message]));
    state.requests = data.requests;
    document.title = state.title;
    find("#team").textContent = state.team;
    all();
    if (!document.body.dataset.ready) openNewest();
    document.body.dataset.ready = "yes";
  },
  message: onMessage,
  modals(data) { state.modals = data; drawModals(); },
  home(data) { state.home = data; drawPlace(); },
  prompts(data) { state.prompts[data.channel] = data.prompts; if (data.channel === state.channel) composer(find("#composer")); },
  request(data) {
    state.requests = [...state.requests, data].slice(-200);
    drawRequestsButton();
    if (state.side === "requests") drawRequests(find(".side-body", side));
  },
};

listen((kind, data) => HANDLERS[kind](data), (connected) => {
  find("#connection-state").textContent = connected ? "" : state.when_stopped;
});

find("#menu").append(icon("menu"));
find("#menu").addEventListener("click", () => {
  const open = find("#sidebar").classList.toggle("open");
  find("#menu").setAttribute("aria-expanded", String(open));
});
find("#theme").append(icon("theme"));
find("#theme").addEventListener("click", () => {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
  document.documentElement.dataset.theme = dark ? "light" : "dark";
});
find("#requests-button").addEventListener("click", () => { state.side = state.side === "requests" ? "" : "requests"; drawSide(); });
