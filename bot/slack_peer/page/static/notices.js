// Slack's own notices to you alone: each stays in the log until it is dismissed.
import { find, h } from "./dom.js";
import { renderers } from "./renderers.js";
import { state } from "./state.js";

export function showError(error, place) {
  const dialog = find("dialog[open].modal .modal-error");
  if (dialog) { dialog.textContent = error; dialog.hidden = false; return; }
  const ts = `${(Date.now() / 1000).toFixed(6)}`;
  const channel = place?.channel || state.channel;
  const thread = state.messages.get(`${channel} ${place?.ts}`)?.thread ?? place?.thread ?? "";
  const text = error.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  state.messages.set(`${channel} ${ts}`, {
    channel, ts, user: "USLACKBOT", text, blocks: [], thread, ephemeral: true, command: "", edited: false, unfurls: [], local: true,
  });
  renderers.log();
}

export const announce = (text) => { find("#spoken").replaceChildren(h("p", {}, text)); };
