// What the page knows, as the stand-in told it.
export const state = {
  you: "",
  command: "/hcpcs",
  people: new Map(),
  rooms: new Map(),
  shortcuts: [],
  messages: new Map(),
  modals: [],
  home: null,
  prompts: {},
  wire: [],
  room: "C0BILLING",
  tab: "messages",
  thread: "",
};

export const keyOf = (message) => `${message.channel} ${message.ts}`;

export const inRoom = (room) => [...state.messages.values()]
  .filter((message) => message.channel === room)
  .sort((one, other) => (one.ts < other.ts ? -1 : 1));

export const repliesOf = (message) => inRoom(message.channel).filter((one) => one.thread === message.ts && one.ts !== message.ts);
