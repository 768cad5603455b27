// The page: draws what the stand-in tells, and follows what a person chooses.
import { find, h, icon } from "./dom.js";
import { composer } from "./composer.js";
import { drawLog, drawThread, openThread } from "./messages.js";
import { announce } from "./notices.js";
import { renderers } from "./renderers.js";
import { inRoom, keyOf, repliesOf, state } from "./state.js";
import { spoken } from "./text.js";
import { drawHome, drawModals } from "./views.js";
import { deed, listen } from "./wire.js";

const log = find("#log");
const side = find("#side");
const BOT = "U0HCPCSBOT";

function drawRooms() {
  const kinds = [["channel", "Channels"], ["im", "Apps"]];
  find("#rooms").replaceChildren(...kinds.flatMap(([kind, title]) => [
    h("h2", {}, title),
    h("ul", {}, [...state.rooms.values()].filter((room) => room.kind === kind).map((room) =>
      h("li", {}, h("button", { type: "button", class: "room", "aria-current": room.id === state.room ? "page" : undefined, onclick: () => enter(room.id) },
        kind === "im" ? h("img", { class: "avatar tiny", src: "/static/icon.svg", alt: "" }) : h("span", { class: "hash", "aria-hidden": "true" }, "#"),
        h("span", {}, room.name))))),
  ]));
}

function drawHead() {
  const room = state.rooms.get(state.room);
  const tab = (id, name) => h("button", {
    type: "button", role: "tab", class: "tab", id: `tab-${id}`, "aria-selected": String(state.tab === id), onclick: () => show(id),
  }, name);
  find("#room-head").replaceChildren(
    h("div", { class: "room-title" }, h("h2", { id: "room-name" }, room.kind === "im" ? room.name : `# ${room.name}`), h("span", { class: "faint topic" }, room.topic)),
    ...(room.kind === "im" ? [h("div", { class: "tabs", role: "tablist", "aria-label": "The app's pages" }, tab("home", "Home"), tab("messages", "Messages"))] : []));
}

function drawPlace() {
  const atHome = state.rooms.get(state.room).kind === "im" && state.tab === "home";
  find("#home").hidden = !atHome;
  log.hidden = atHome;
  find("#composer").hidden = atHome;
  if (atHome) drawHome(find("#home"));
}

function drawSide() {
  side.hidden = !state.side;
  find("#wire-button").setAttribute("aria-expanded", String(state.side === "wire"));
  document.body.classList.toggle("with-side", Boolean(state.side));
  if (!state.side) { side.replaceChildren(); return; }
  const title = state.side === "wire" ? "On the wire" : "Thread";
  const close = h("button", { type: "button", class: "tool", "aria-label": `Close ${title.toLowerCase()}`, onclick: () => { state.side = ""; drawSide(); } }, icon("close"));
  const body = h("div", { class: "side-body" });
  const foot = h("div", { class: "composer" });
  side.setAttribute("aria-label", title);
  side.replaceChildren(h("header", { class: "room-head" }, h("div", { class: "room-title" }, h("h2", {}, title), h("span", { class: "grow" }), close)), body);
  if (state.side === "wire") { drawWire(body); return; }
  if (!drawThread(body)) { state.side = ""; drawSide(); return; }
  composer(foot, { thread: state.thread });
  side.append(foot);
  toEnd(body);
  beginAt(body.lastElementChild, body);
}

function drawWire(body) {
  body.replaceChildren(
    h("p", { class: "faint wire-note" }, "Each request to the app is signed with a secret made for this run; the app's calls carry a token made for this run. All of it stays on 127.0.0.1."),
    h("ol", { class: "wire-list" }, [...state.wire].reverse().map((one) =>
      h("li", {}, h("span", { class: "way", "aria-hidden": "true" }, one.milliseconds === undefined ? "←" : "→"),
        h("span", { class: "what" }, one.what, h("small", {}, one.milliseconds === undefined ? "called by the app" : "signed, to the app")),
        h("span", { class: "faint" }, one.milliseconds === undefined ? "ok" : `${one.status || "timeout"} · ${one.milliseconds} ms`)))));
}

function drawWireButton() {
  const sent = state.wire.filter((one) => one.milliseconds !== undefined);
  find("#wire-button").replaceChildren(h("span", {}, "On the wire"), h("span", { class: "faint" }, `${sent.length} signed ${sent.length === 1 ? "request" : "requests"}`));
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
  drawRooms();
  drawHead();
  composer(find("#composer"));
  drawPlace();
  drawMessages(true);
  drawSide();
  drawModals();
  drawWireButton();
}

Object.assign(renderers, { log: () => { drawMessages(true); if (state.side === "thread") drawSide(); }, side: drawSide, all });

function enter(room) {
  state.room = room;
  state.side = "";
  state.tab = "messages";
  find("#sidebar").classList.remove("open");
  find("#menu").setAttribute("aria-expanded", "false");
  all();
  if (state.rooms.get(room).kind === "im") show("messages");
  find("#typed")?.focus({ preventScroll: true });
}

function show(tab) {
  state.tab = tab;
  drawHead();
  drawPlace();
  deed("home", { tab });
}

function messageCame(message) {
  const key = keyOf(message);
  const known = state.messages.has(key);
  if (message.removed) state.messages.delete(key);
  else state.messages.set(key, message);
  if (message.channel !== state.room) return;
  const mine = message.user === state.you;
  const inThread = message.thread && message.thread !== message.ts;
  drawMessages(mine || !inThread);
  if (!mine && !inThread && !known) beginAt(find(`[data-key="${CSS.escape(key)}"]`, log), log);
  if (inThread && message.user === BOT && state.rooms.get(message.channel).kind === "channel" && !known && !message.removed) openThread(message);
  else if (state.side === "thread") drawSide();
  if (message.user === BOT && !message.removed) announce(`${known ? "Changed: " : ""}${spoken(message)}`);
}

// At first the newest answer is seen from its beginning; on a wide screen the newest thread stands open beside it.
function openNewest() {
  beginAt([...log.querySelectorAll(".ephemeral")].at(-1), log);
  const newest = inRoom(state.room).filter((message) => repliesOf(message).length).at(-1);
  if (newest && window.innerWidth > 1100) openThread(newest);
}

const HEARD = {
  snapshot(told) {
    Object.assign(state, { you: told.you, command: told.command, shortcuts: told.shortcuts, modals: told.modals, home: told.home, prompts: told.prompts });
    state.people = new Map(told.people.map((person) => [person.id, person]));
    state.rooms = new Map(told.rooms.map((room) => [room.id, room]));
    state.messages = new Map(told.messages.map((message) => [keyOf(message), message]));
    state.wire = told.wire;
    all();
    if (!document.body.dataset.ready) openNewest();
    document.body.dataset.ready = "yes";
  },
  message: messageCame,
  modals(told) { state.modals = told; drawModals(); },
  home(told) { state.home = told; drawPlace(); },
  prompts(told) { state.prompts[told.channel] = told.prompts; if (told.channel === state.room) composer(find("#composer")); },
  wire(told) {
    state.wire = [...state.wire, told].slice(-200);
    drawWireButton();
    if (state.side === "wire") drawWire(find(".side-body", side));
  },
};

listen((kind, told) => HEARD[kind](told), (connected) => {
  find("#line-state").textContent = connected ? "" : "The playground has stopped";
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
find("#wire-button").addEventListener("click", () => { state.side = state.side === "wire" ? "" : "wire"; drawSide(); });
