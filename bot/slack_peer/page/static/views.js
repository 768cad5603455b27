// Modals and the App Home.
import { find, h, icon } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { formValues } from "./controls.js";
import { showError } from "./notices.js";
import { state } from "./state.js";
import { plain, textObject } from "./text.js";
import { request } from "./connection.js";

function refuse(dialog, errors) {
  for (const field of dialog.querySelectorAll(".refused")) field.hidden = true;
  for (const [block, line] of Object.entries(errors)) {
    const holder = block ? find(`[data-input="${CSS.escape(block)}"] .refused`, dialog) : find(".modal-error", dialog);
    if (holder) { holder.textContent = line; holder.hidden = false; }
  }
}

function modal(view) {
  const place = { view: view.id };
  const close = async () => { const answer = await request("close", { view: view.id }); if (!answer.ok) showError(answer.error); };
  const submit = async (event) => {
    event.preventDefault();
    const answer = await request("submit", { view: view.id, values: formValues(dialog) });
    if (!answer.ok) showError(answer.error);
    else refuse(dialog, answer.errors);
  };
  const cross = h("button", { type: "button", class: "tool", "aria-label": "Close", onclick: close }, icon("close"));
  const dialog = h("dialog", { class: "dialog modal", "aria-labelledby": `title-${view.id}`, dataset: { place: "view", key: `${view.id} ${view.hash}` } },
    h("form", { onsubmit: submit, novalidate: true },
      h("header", { class: "dialog-head" }, h("img", { class: "avatar", src: "/static/icon.svg", alt: "" }),
        h("h2", { id: `title-${view.id}` }, plain(view.title.text)), cross),
      h("div", { class: "dialog-body", tabindex: "-1" }, h("p", { class: "modal-error refused", role: "alert", hidden: true }), drawBlocks(view.blocks, place)),
      h("footer", { class: "dialog-foot" },
        h("button", { type: "button", class: "button", onclick: close }, view.close ? textObject(view.close) : "Close"),
        view.submit ? h("button", { type: "submit", class: "button primary" }, textObject(view.submit)) : null)));
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); close(); });
  return dialog;
}

export function drawModals() {
  const top = state.modals.at(-1);
  const open = find("dialog.modal");
  const key = top ? `${top.id} ${top.hash}` : "";
  if (open?.dataset.key === key) return;
  open?.close();
  open?.remove();
  if (!top) return;
  const dialog = modal(top);
  document.body.append(dialog);
  dialog.showModal();
  (find("[autofocus], .dialog-body input, .dialog-body textarea, .dialog-body select", dialog) ?? find(".dialog-body", dialog)).focus();
}

export function drawHome(holder) {
  if (!state.home) {
    holder.replaceChildren(h("p", { class: "faint" }, "The app's Home appears here once it is opened."));
    return;
  }
  if (holder.dataset.key === state.home.hash) return;
  holder.dataset.key = state.home.hash;
  holder.replaceChildren(h("div", { class: "home-body", dataset: { place: "view" } }, drawBlocks(state.home.blocks, { view: state.home.id })));
}
