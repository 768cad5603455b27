// The functions that redraw parts of the page; set by main.js, so that modules need no circular imports.
export const renderers = { log: () => {}, side: () => {}, all: () => {} };
