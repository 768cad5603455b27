// The connection to the stand-in: requests go out as POST, events come in as Server-Sent Events.
import { state } from "./state.js";

export async function request(kind, details) {
  try {
    const answer = await fetch("/requests", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ kind, ...details }),
    });
    return await answer.json();
  } catch {
    return { ok: false, error: state.when_stopped };
  }
}

export function listen(onEvent, onConnection) {
  const source = new EventSource("/feed");
  for (const kind of ["snapshot", "message", "modals", "home", "prompts", "request"]) {
    source.addEventListener(kind, (event) => onEvent(kind, JSON.parse(event.data)));
  }
  source.addEventListener("open", () => onConnection(true));
  source.addEventListener("error", () => onConnection(false));
}
