// An independent Slack: npm's `emulate`, with the app subscribed to its events. Orders come as lines of JSON on
// standard input, each is answered with a line of JSON on standard output.
//
// `createEmulator` gives no way to subscribe an app to Slack's events, nor has it mentions: so its plugin is asked for
// the dispatcher that it registers with. Signing, delivery and the whole Web API are the emulator's own.
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createEmulator } from "emulate";

const [deskUrl, signingSecret, botToken, scopes] = process.argv.slice(2);
const BOT = "U0EMUBOT01";
const dist = new URL("./node_modules/emulate/dist/", import.meta.url);
const chunk = readdirSync(dist).find((name) => name.endsWith(".js") && readFileSync(new URL(name, dist), "utf8").includes("var slackPlugin ="));
const { slackPlugin, getSlackStore } = await import(new URL(chunk, dist));

let held;
const register = slackPlugin.register;
slackPlugin.register = (app, store, webhooks, ...rest) => {
  held = { webhooks, store };
  register(app, store, webhooks, ...rest);
};

const emulator = await createEmulator({
  service: "slack",
  port: 0,
  seed: {
    tokens: { "xoxp-person": { login: "U000000001", scopes: [] } },
    slack: {
      signing_secret: signingSecret,
      strict_scopes: true,
      users: [{ name: "hcpcs", real_name: "HCPCS" }],
      channels: [{ name: "billing" }],
      tokens: [
        { token: botToken, type: "bot", user: "hcpcs", scopes: scopes.split(",") },
        { token: "xoxp-person", type: "user", user: "admin", scopes: ["chat:write", "channels:read", "channels:history", "im:write", "im:history"] },
      ],
    },
  },
});
const slack = getSlackStore(held.store);
const bot = slack.users.findOneBy("name", "hcpcs");
const subscription = held.webhooks.register({ url: deskUrl, events: ["*"], active: true, owner: "slack" });

async function call(method, details) {
  const answer = await fetch(`${emulator.url}/api/${method}`, {
    method: "POST",
    headers: { authorization: "Bearer xoxp-person", "content-type": "application/json" },
    body: JSON.stringify(details),
  });
  return answer.json();
}

const ORDERS = {
  // Delivers an event, signed by the emulator; `signed: false` sends it without a signature.
  async event({ event, event_id: id, signed = true }) {
    held.store.setData("slack.signing_secret", signed ? signingSecret : "");
    const envelope = { type: "event_callback", team_id: "T000000001", event_id: id, event_time: Math.floor(Date.now() / 1000), event };
    await held.webhooks.dispatch(event.type, undefined, envelope, "slack");
    held.store.setData("slack.signing_secret", signingSecret);
    return { status: held.webhooks.getDeliveries(subscription.id).at(-1).status_code };
  },
  call: ({ method, details }) => call(method, details),
  homes: () => ({ homes: slack.views.all().filter((view) => view.type === "home") }),
};

const say = (told) => process.stdout.write(`${JSON.stringify(told)}\n`);
say({ url: emulator.url, bot: bot?.user_id ?? BOT });
for await (const line of createInterface({ input: process.stdin })) {
  const { order, ...details } = JSON.parse(line);
  say(await ORDERS[order](details));
}
await emulator.close();
