// What can be drawn anew; filled by main.js, so that modules need not import one another in a ring.
export const renderers = { log: () => {}, side: () => {}, all: () => {} };
