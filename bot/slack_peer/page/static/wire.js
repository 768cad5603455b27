// The two ways to the stand-in: deeds go out as POST, what happens comes in as Server-Sent Events.

export async function deed(name, details) {
  try {
    const answer = await fetch("/deeds", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ deed: name, ...details }),
    });
    return await answer.json();
  } catch {
    return { ok: false, error: "The playground has stopped. Start it again with: hcpcs playground" };
  }
}

export function listen(heard, connected) {
  const source = new EventSource("/feed");
  for (const kind of ["snapshot", "message", "modals", "home", "prompts", "wire"]) {
    source.addEventListener(kind, (event) => heard(kind, JSON.parse(event.data)));
  }
  source.addEventListener("open", () => connected(true));
  source.addEventListener("error", () => connected(false));
}
