"""The limits of a request's body: its size, and the time in which it must have come."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final, NamedTuple

from hcpcs_bot.http.asgi import Asgi, Message, Receive, Scope, Send, respond
from hcpcs_bot.http.problems import Problem, ProblemForms

MAX_BODY: Final = 2_000_000
"""Maximum bytes of a body, unless its path allows more."""
BODY_SECONDS: Final = 10.0
"""Maximum seconds in which a body must have come, likewise."""


class BodyBound(NamedTuple):
    """The maximum bytes of a body, and the maximum seconds in which it must have come."""

    bytes: int
    seconds: float


LARGER_BODIES: Final = {"/api/v1/annotate": BodyBound(32_000_000, 120.0)}
"""The bounds of the paths that allow more: about 500,000 rows of claims, at 2 Mbit a second."""


class BodyLimit:
    """The ASGI middleware that refuses a body that is too large (413) or too slow (408)."""

    def __init__(self, app: Asgi, forms: ProblemForms, max_body: int = MAX_BODY, seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self.forms = forms
        self._bound = BodyBound(max_body, seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request; anything else passes unchanged."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        await _WatchedRequest(self, scope["path"], receive, send).answer(self._app, scope)

    def bound_of(self, path: str) -> BodyBound:
        """The bound of a body to ``path``."""
        return LARGER_BODIES.get(path, self._bound)


class _WatchedRequest:
    """One request whose body is watched. Once it is refused, the application's own response is dropped."""

    def __init__(self, limit: BodyLimit, path: str, receive: Receive, send: Send) -> None:
        self._limit = limit
        self._path = path
        self._bound = limit.bound_of(path)
        self._receive = receive
        self._send = send
        self._size = 0
        self._complete = False
        self._deadline = asyncio.get_running_loop().time() + self._bound.seconds
        self._responding = False
        self._refusal: Problem | None = None

    async def answer(self, app: Asgi, scope: Scope) -> None:
        stated = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        self._refusal = self._refuse_size(int(stated[:20])) if stated.isdigit() else None
        if self._refusal is None:
            with suppress(_RefusedBodyError):
                await app(scope, self._receive_part, self._send_part)
        if self._refusal is not None and not self._responding:
            media_type, body = self._limit.forms.render(self._path, self._refusal)
            # What is left of the body would be read as the next request.
            headers = [(b"connection", b"close")]
            await respond(self._send, self._refusal.status, body, media_type.encode(), headers)

    async def _receive_part(self) -> Message:
        if self._complete:
            # After the body comes only the end of the connection, for which an application may wait.
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            self._refusal = Problem(title="Request Timeout", status=408, detail="The body took too long to arrive.")
            raise _RefusedBodyError from None
        self._size += len(message.get("body", b""))
        self._refusal = self._refuse_size(self._size)
        if self._refusal is not None:
            raise _RefusedBodyError
        self._complete = not message.get("more_body", False)
        return message

    def _refuse_size(self, size: int) -> Problem | None:
        """The problem of a body that has this many bytes so far; ``None`` for a permitted one."""
        if size <= self._bound.bytes:
            return None
        detail = f"The body is larger than {self._bound.bytes:,} bytes. Send it in parts."
        return Problem(title="Content Too Large", status=413, detail=detail)

    async def _send_part(self, message: Message) -> None:
        if self._refusal is None:
            self._responding = True
            await self._send(message)


class _RefusedBodyError(Exception):
    """A body that is not read any further. An application may turn it into a response of its own."""
