// A data table: one column sorts it, and long ones have pages.
import { h } from "./dom.js";

const ASCENDING = { mark: " ▲", aria: "ascending", sign: 1 };
const DESCENDING = { mark: " ▼", aria: "descending", sign: -1 };

const textOf = (content) => (content.type === "rich_text" ? JSON.stringify(content.elements) : content.text ?? String(content.value));

function compareCells(one, other) {
  if (one.type === "raw_number" && other.type === "raw_number") return one.value - other.value;
  return textOf(one).localeCompare(textOf(other), "en", { numeric: true });
}

export function dataTable(block, cell) {
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const named = block.row_header_column_index ?? 0;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  let order = null;
  let page = 0;

  const body = h("tbody", {});
  const where = h("span", { class: "page-of", "aria-live": "polite" });
  const turn = (text, step) => {
    const button = h("button", { type: "button", class: "button" }, text);
    button.addEventListener("click", () => { page += step; draw(); });
    return button;
  };
  const [back, next] = [turn("Previous rows", -1), turn("Next rows", 1)];

  const heads = head.map((content, column) => {
    const mark = h("span", { "aria-hidden": "true" });
    const button = h("button", { type: "button", class: "sort" }, content.text ?? String(content.value), mark);
    const th = h("th", { scope: "col" }, button);
    button.addEventListener("click", () => {
      const same = order?.column === column;
      order = { column, way: same && order.way === ASCENDING ? DESCENDING : ASCENDING };
      page = 0;
      draw();
    });
    return { th, mark };
  });

  function draw() {
    const sorted = order === null ? rows : rows.toSorted((one, other) => order.way.sign * compareCells(one[order.column], other[order.column]));
    body.replaceChildren(...sorted.slice(page * size, (page + 1) * size).map((row) => h("tr", {},
      row.map((content, column) => h(column === named ? "th" : "td", { class: column === named ? undefined : "wrapped", scope: column === named ? "row" : undefined }, cell(content))))));
    heads.forEach(({ th, mark }, column) => {
      const way = order?.column === column ? order.way : null;
      mark.textContent = way?.mark ?? "";
      if (way) th.setAttribute("aria-sort", way.aria);
      else th.removeAttribute("aria-sort");
    });
    where.textContent = `Page ${page + 1} of ${pages}`;
    back.disabled = page === 0;
    next.disabled = page === pages - 1;
  }
  draw();

  return h("div", { class: "block data-table" },
    h("div", { class: "table-holder", role: "region", "aria-label": block.caption, tabindex: "0" },
      h("table", {}, h("caption", {}, block.caption), h("thead", {}, h("tr", {}, heads.map(({ th }) => th))), body)),
    pages > 1 ? h("div", { class: "pages" }, back, where, next) : null);
}
