// What the page knows: the snapshot of the stand-in and what came after, and what is open on the page.
export const state = {
  you: "",
  bot: "",
  team: "",
  title: "",
  when_stopped: "",
  commands: [],
  examples: [],
  people: new Map(),
  channels: new Map(),
  shortcuts: [],
  messages: new Map(),
  modals: [],
  home: null,
  prompts: {},
  requests: [],
  channel: "C0BILLING",
  tab: "messages",
  thread: "",
};

export const keyOf = (message) => `${message.channel} ${message.ts}`;

export const messagesIn = (channel) => [...state.messages.values()]
  .filter((message) => message.channel === channel)
  .sort((one, other) => (one.ts < other.ts ? -1 : 1));

export const repliesOf = (message) => messagesIn(message.channel).filter((one) => one.thread === message.ts && one.ts !== message.ts);
