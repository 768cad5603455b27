"""An ASGI application in this process: its lifespan, and requests handed to it as a server would."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from types import TracebackType
from typing import Any, Self

from slack_peer.delivery.delivery import Reply

Message = MutableMapping[str, Any]
Application = Callable[
    [MutableMapping[str, Any], Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]],
    Awaitable[None],
]


class InProcess:
    """Runs an application between ``async with`` and its end; calls it for one POST at ``path``."""

    def __init__(self, application: Application, path: str = "/slack/events") -> None:
        self._application = application
        self._path = path
        self._to_app: asyncio.Queue[Message] = asyncio.Queue()
        self._from_app: asyncio.Queue[Message] = asyncio.Queue()
        self._lifespan: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Starts the application. Raises ``RuntimeError`` if it says that it can't."""
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}}
        self._lifespan = asyncio.create_task(self._run(scope))
        await self._tell("lifespan.startup")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Lets the application finish what it does."""
        await self._tell("lifespan.shutdown")
        if self._lifespan is not None:
            await self._lifespan

    async def _run(self, scope: MutableMapping[str, Any]) -> None:
        await self._application(scope, self._to_app.get, self._from_app.put)

    async def _tell(self, what: str) -> None:
        await self._to_app.put({"type": what})
        answered = asyncio.create_task(self._from_app.get())
        if self._lifespan is not None:
            await asyncio.wait({answered, self._lifespan}, return_when=asyncio.FIRST_COMPLETED)
        if not answered.done():
            answered.cancel()
            raise RuntimeError(f"the application ended before it answered {what}")
        if answered.result()["type"] != f"{what}.complete":
            raise RuntimeError(str(answered.result().get("message", what)))

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
        coming: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]
        told: dict[str, Any] = {"status": 500, "headers": {}, "body": b""}

        async def receive() -> Message:
            return coming.pop() if coming else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                told["headers"] = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in message["headers"]}
            elif message["type"] == "http.response.body":
                told["body"] += message.get("body", b"")

        await self._application(scope, receive, send)
        return Reply(told["status"], told["headers"], told["body"])
