// The interactive elements of blocks. Each sends the request that Slack would send for it.
import { h, icon, menu } from "./dom.js";
import { combobox } from "./combobox.js";
import { plain, safeAddress, textObject } from "./text.js";
import { request } from "./connection.js";
import { showError } from "./notices.js";

// What the controls of a message or view hold, by block id and action id, in the form in which requests carry it.
export function formValues(root) {
  const values = {};
  for (const control of root.querySelectorAll("[data-holds]")) {
    const value = holders.get(control)?.();
    if (value === undefined || value === null) continue;
    (values[control.dataset.block] ??= {})[control.dataset.action] = value;
  }
  return values;
}
const holders = new WeakMap();

function holding(root, element, block, value) {
  Object.assign(root.dataset, { holds: "yes", block: block.block_id, action: element.action_id ?? "" });
  holders.set(root, value);
  return root;
}

function confirmed(element) {
  if (!element.confirm) return Promise.resolve(true);
  const { title, text, confirm, deny, style } = element.confirm;
  return new Promise((answer) => {
    const dialog = h("dialog", { class: "dialog small", "aria-label": title.text },
      h("h2", {}, textObject(title)), h("p", {}, textObject(text)),
      h("form", { method: "dialog", class: "dialog-foot" },
        h("button", { class: "button", value: "no" }, textObject(deny)),
        h("button", { class: `button ${style === "danger" ? "danger" : "primary"}`, value: "yes" }, textObject(confirm))));
    dialog.addEventListener("close", () => { answer(dialog.returnValue === "yes"); dialog.remove(); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

async function act(place, block, element, value, root) {
  if (!(await confirmed(element))) return;
  const busy = root.closest("button, .combobox-root, select") ?? root;
  busy.setAttribute("aria-busy", "true");
  const scope = root.closest("[data-place]");
  const answer = await request("act", {
    where: place, block_id: block.block_id, action_id: element.action_id ?? "", value, values: scope ? formValues(scope) : {},
  });
  busy.removeAttribute("aria-busy");
  if (!answer.ok) showError(answer.error, place);
}

const ELEMENTS = {
  button(element, block, place) {
    const style = `button ${element.style ?? ""}`;
    const name = element.accessibility_label;
    const address = element.url ? safeAddress(element.url) : null;
    const control = address
      ? h("a", { class: style, href: address, target: "_blank", rel: "noopener noreferrer", "aria-label": name }, textObject(element.text))
      : h("button", { type: "button", class: style, "aria-label": name }, textObject(element.text));
    control.addEventListener("click", () => act(place, block, element, null, control));
    return control;
  },

  static_select(element, block, place, ask) {
    const initial = element.initial_option?.value;
    const control = h("select", { class: "select", "aria-label": ask.label ?? element.placeholder?.text },
      h("option", { value: "", disabled: true, selected: initial === undefined }, element.placeholder?.text ?? "Choose"),
      element.options.map((option) => h("option", { value: option.value, selected: option.value === initial }, plain(option.text.text))));
    if (ask.acts) control.addEventListener("change", () => act(place, block, element, control.value, control));
    return holding(control, element, block, () => control.value || null);
  },

  external_select(element, block, place, ask) {
    const { root, value } = combobox({
      placeholder: element.placeholder?.text ?? "Type to search",
      label: ask.label,
      minimum: element.min_query_length ?? 3,
      initial: element.initial_option,
      ask: (typed) => request("suggest", { where: place, block_id: block.block_id, action_id: element.action_id ?? "", typed }),
      choose: (chosen) => { if (ask.acts) act(place, block, element, chosen, root); },
    });
    return holding(root, element, block, value);
  },

  overflow(element, block, place) {
    const button = h("button", { type: "button", class: "button more", "aria-label": "More choices" }, icon("more"));
    menu(button, element.options.map((option) => ({
      name: option.text.text, description: option.description?.text, do: () => {
        const address = option.url ? safeAddress(option.url) : null;
        if (address) window.open(address, "_blank", "noopener,noreferrer");
        act(place, block, element, option.value, button);
      },
    })), "More choices");
    return h("span", { class: "menu-root" }, button);
  },

  // Two small buttons, of which Slack draws thumbs.
  feedback_buttons(element, block, place) {
    const one = (given) => {
      const button = h("button", { type: "button", class: "button", "aria-label": given.accessibility_label }, textObject(given.text));
      button.addEventListener("click", () => act(place, block, element, given.value, button));
      return button;
    };
    return h("span", { class: "feedback", role: "group", "aria-label": "Feedback" }, one(element.positive_button), one(element.negative_button));
  },

  plain_text_input(element, block, place, ask) {
    const control = h(element.multiline ? "textarea" : "input", {
      class: "input", placeholder: element.placeholder?.text, "aria-label": ask.label, "aria-describedby": ask.describedBy,
      maxlength: element.max_length, rows: element.multiline ? 4 : undefined, autofocus: element.focus_on_load,
    });
    control.value = element.initial_value ?? "";
    const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
    if (block.dispatch_action) {
      if (triggers.includes("on_character_entered")) {
        control.addEventListener("input", () => act(place, block, element, control.value, control));
      }
      if (triggers.includes("on_enter_pressed")) {
        control.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" || element.multiline) return;
          event.preventDefault();
          act(place, block, element, control.value, control);
        });
      }
    }
    return holding(control, element, block, () => control.value || null);
  },

  datepicker(element, block, place, ask) {
    const control = h("input", { type: "date", class: "input", "aria-label": ask.label ?? element.placeholder?.text, value: element.initial_date });
    if (ask.acts) control.addEventListener("change", () => act(place, block, element, control.value, control));
    return holding(control, element, block, () => control.value || null);
  },

  checkboxes: (element, block, place, ask) => ticks("checkbox", element, block, place, ask),
  radio_buttons: (element, block, place, ask) => ticks("radio", element, block, place, ask),
};

function ticks(type, element, block, place, ask) {
  const initial = new Set([...(element.initial_options ?? []), element.initial_option].filter(Boolean).map((o) => o.value));
  const name = `${block.block_id}-${element.action_id}`;
  const boxes = element.options.map((option) => h("input", { type, name, value: option.value, checked: initial.has(option.value) }));
  const root = h("div", { class: "ticks", role: type === "radio" ? "radiogroup" : "group", "aria-label": ask.label },
    boxes.map((box, n) => h("label", {}, box, h("span", {}, textObject(element.options[n].text)))));
  const value = () => {
    const on = boxes.filter((box) => box.checked).map((box) => box.value);
    return type === "radio" ? on[0] ?? null : on;
  };
  if (ask.acts) root.addEventListener("change", () => act(place, block, element, value(), root));
  return holding(root, element, block, value);
}

export const isControl = (element) => element.type in ELEMENTS;

// `label` and `describedBy` name the control where a block does; `acts` says whether its use is sent to the app at once.
export function control(element, block, place, { label, describedBy, acts = true } = {}) {
  return ELEMENTS[element.type](element, block, place, { label, describedBy, acts });
}
