"""An ASGI application in this process: its lifespan, and requests passed to it as a server would."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from types import TracebackType
from typing import Any, Self

from slack_peer.delivery.connection import Reply

AsgiMessage = MutableMapping[str, Any]
Application = Callable[
    [MutableMapping[str, Any], Callable[[], Awaitable[AsgiMessage]], Callable[[AsgiMessage], Awaitable[None]]],
    Awaitable[None],
]


class InProcess:
    """An application that runs within ``async with``; Slack's deliveries are posted to ``path``."""

    def __init__(self, application: Application, path: str = "/slack/events") -> None:
        self._application = application
        self._path = path
        self._to_app: asyncio.Queue[AsgiMessage] = asyncio.Queue()
        self._from_app: asyncio.Queue[AsgiMessage] = asyncio.Queue()
        self._lifespan: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Starts the application. Raises ``RuntimeError`` if it fails to start."""
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}}
        self._lifespan = asyncio.create_task(self._run(scope))
        await self._notify("lifespan.startup")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops the application, which may finish its work first."""
        await self._notify("lifespan.shutdown")
        if self._lifespan is not None:
            await self._lifespan

    async def _run(self, scope: MutableMapping[str, Any]) -> None:
        await self._application(scope, self._to_app.get, self._from_app.put)

    async def _notify(self, event: str) -> None:
        await self._to_app.put({"type": event})
        reply = asyncio.create_task(self._from_app.get())
        if self._lifespan is not None:
            await asyncio.wait({reply, self._lifespan}, return_when=asyncio.FIRST_COMPLETED)
        if not reply.done():
            reply.cancel()
            raise RuntimeError(f"the application ended before it answered {event}")
        if reply.result()["type"] != f"{event}.complete":
            raise RuntimeError(str(reply.result().get("message", event)))

    async def __call__(self, headers: Mapping[str, str], body: bytes) -> Reply:
        """The application's reply to a POST."""
        return await self.request("POST", self._path, headers, body)

    async def request(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """The application's reply to any request."""
        name, _, query = path.partition("?")
        scope: MutableMapping[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": name,
            "raw_path": name.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [
                (b"host", b"127.0.0.1"),
                (b"content-length", str(len(body)).encode()),
                *((key.lower().encode("latin-1"), value.encode("latin-1")) for key, value in headers.items()),
            ],
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 80),
        }
        incoming: list[AsgiMessage] = [{"type": "http.request", "body": body, "more_body": False}]
        answer: dict[str, Any] = {"status": 500, "headers": {}, "body": b""}

        async def receive() -> AsgiMessage:
            return incoming.pop() if incoming else {"type": "http.disconnect"}

        async def send(message: AsgiMessage) -> None:
            if message["type"] == "http.response.start":
                answer["status"] = message["status"]
                answer["headers"] = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in message["headers"]}
            elif message["type"] == "http.response.body":
                answer["body"] += message.get("body", b"")

        await self._application(scope, receive, send)
        return Reply(answer["status"], answer["headers"], answer["body"])
