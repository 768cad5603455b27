// Every block type that the stand-in accepts, as DOM nodes.
import { h } from "./dom.js";
import { control, isControl } from "./controls.js";
import { dataTable } from "./data_table.js";
import { mrkdwn, richRuns, textObject } from "./text.js";

const PARTS = {
  rich_text_section: (part) => h("p", {}, richRuns(part.elements)),
  rich_text_list: (part) => h(part.style === "ordered" ? "ol" : "ul", { class: `indent-${Math.min(part.indent ?? 0, 4)}`, start: part.offset ? part.offset + 1 : undefined },
    part.elements.map((item) => h("li", {}, richRuns(item.elements)))),
  rich_text_quote: (part) => h("blockquote", {}, richRuns(part.elements)),
  rich_text_preformatted: (part) => h("pre", {}, richRuns(part.elements)),
};

const rich = (block) => block.elements.map((part) => PARTS[part.type]?.(part) ?? null);

// Pictures are not fetched: nothing leaves this machine.
const picture = (image) => h("span", { class: "picture", role: "img", "aria-label": image.alt_text }, `Picture: ${image.alt_text}`);

const cell = (content) => (content.type === "rich_text" ? rich(content) : [h("p", {}, content.text ?? String(content.value))]);

const BLOCKS = {
  header: (block) => h("h3", { class: "block header" }, textObject(block.text)),
  divider: () => h("hr", { class: "block divider" }),

  section(block, place) {
    const accessory = block.accessory;
    return h("div", { class: "block section" },
      h("div", { class: "section-body" },
        block.text ? h("div", { class: "text" }, textObject(block.text)) : null,
        block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "field" }, textObject(field)))) : null),
      accessory ? h("div", { class: "accessory" }, isControl(accessory) ? control(accessory, block, place) : picture(accessory)) : null);
  },

  context: (block) => h("div", { class: "block context" },
    block.elements.map((element) => (element.type === "image" ? picture(element) : h("span", {}, textObject(element))))),

  actions: (block, place) => h("div", { class: "block actions", role: "group", "aria-label": "Actions" },
    block.elements.map((element) => control(element, block, place))),

  context_actions: (block, place) => h("div", { class: "block context context-actions" },
    block.elements.map((element) => control(element, block, place))),

  image: (block) => h("figure", { class: "block image" }, block.title ? h("figcaption", {}, textObject(block.title)) : null, picture(block)),

  input(block, place) {
    const hint = `hint-${block.block_id}`;
    const label = block.label.text;
    return h("div", { class: "block input-block", dataset: { input: block.block_id } },
      h("div", { class: "label" }, textObject(block.label), block.optional ? h("span", { class: "optional" }, " (optional)") : null),
      control(block.element, block, place, { label, describedBy: hint, acts: Boolean(block.dispatch_action) }),
      h("p", { class: "hint", id: hint }, block.hint ? textObject(block.hint) : ""),
      h("p", { class: "refused", role: "alert", hidden: true }));
  },

  rich_text: (block) => h("div", { class: "block rich" }, rich(block)),

  table(block) {
    const [head, ...rows] = block.rows;
    const settings = block.column_settings ?? [];
    const how = (n) => `${settings[n]?.is_wrapped ? "wrapped" : ""} ${settings[n]?.align ?? ""}`.trim() || undefined;
    return h("div", { class: "block table-holder", role: "region", "aria-label": "Table", tabindex: "0" },
      h("table", {},
        h("thead", {}, h("tr", {}, head.map((content, n) => h("th", { scope: "col", class: how(n) }, cell(content))))),
        h("tbody", {}, rows.map((row) => h("tr", {}, row.map((content, n) => h("td", { class: how(n) }, cell(content))))))));
  },

  data_table: (block) => dataTable(block, cell),

  alert: (block) => h("div", { class: `block alert ${block.level ?? "default"}`, role: "note" }, textObject(block.text)),

  markdown: (block) => h("div", { class: "block section" }, h("div", { class: "text" }, mrkdwn(block.text.replaceAll("**", "*")))),
};

const unknown = (block) => h("p", { class: "block context" }, `A block of type “${block.type}”, which the playground can't show.`);

export const drawBlocks = (blocks, place) => blocks.map((block) => (BLOCKS[block.type] ?? unknown)(block, place));
