"""The types of ASGI, and one whole HTTP response."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

PLAIN: Final = b"text/plain; charset=utf-8"
JSON: Final = b"application/json"
HTML: Final = b"text/html; charset=utf-8"


async def respond(
    send: Send, status: int, body: bytes, content_type: bytes = PLAIN, headers: Iterable[Header] = ()
) -> None:
    """Sends one whole response; ``headers`` are added to its type and length."""
    await respond_with(send, status, body, [(b"content-type", content_type), *headers])


async def respond_with(send: Send, status: int, body: bytes, headers: Iterable[Header]) -> None:
    """Sends one whole response with these headers and its length."""
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
