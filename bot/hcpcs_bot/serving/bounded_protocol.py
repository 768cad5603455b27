"""The bounds of a connection: size and time of headers and bodies, how many are open, and how slowly one may read.

uvicorn's own options do not have them: its parser of C (httptools) takes a header of any length, no request has a
deadline, and ``limit_concurrency`` answers 503 to whoever comes last, which is Slack while somebody else occupies
all connections. Here the connection is closed that has kept its request unfinished for the longest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from http import HTTPStatus
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from hcpcs_bot.serving.refusal_log import refusals

PART: Final = 16_384
"""Bytes that are parsed at once, so that a limit is exceeded by no more than these."""
FRAMING: Final = 8
"""Maximum bytes of chunk sizes per byte of a body: chunks of one byte each have six."""
LINGER_SECONDS: Final = 1.0
"""Seconds in which a client whose request is refused may read why; what it sends is dropped."""
CROWD_SECONDS: Final = 0.25
"""Seconds in which the requests of a crowd that connects at once may arrive before connections are closed."""
SHUTDOWN_BODY_SECONDS: Final = 1.0
"""Seconds that an unfinished request has left once the server stops."""


@dataclass(frozen=True)
class ConnectionBounds:
    """What one connection, and all of them together, may take."""

    connections: int = 512
    """Maximum connections that are open."""
    crowd: int = 512
    """Maximum connections beyond these for a moment: somebody's request may come with a thousand others."""
    header_bytes: int = 32_768
    """Maximum bytes of a request line with its headers, and of what frames a body or trails it."""
    header_seconds: float = 10.0
    """Maximum seconds from the first byte of a request, or from the start of a connection, to the end of headers."""
    body_bytes: int = 4_000_000
    """Maximum bytes of a body, where the application does not refuse it before."""
    body_seconds: float = 15.0
    """Maximum seconds from the end of the headers to the end of a body, likewise."""
    larger_bodies: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    """The maximum bytes and seconds of a body at the paths that allow more."""
    unfinished_bytes: int = 64_000_000
    """Maximum bytes of all unfinished bodies together; the oldest of them is refused first."""
    reading_seconds: float = 15.0
    """Maximum seconds for which a client may leave the rest of a long response unread."""


class Phase(IntEnum):
    """What a connection waits for, in the order in which connections are closed where there are too many."""

    FIRST_HEADERS = 0
    BODY = 1
    NEXT_HEADERS = 2
    """Kept alive after a response."""
    ANSWER = 3
    """A complete request is being answered. Such a connection is never closed for another."""


class BoundedProtocol(HttpToolsProtocol):
    """An HTTP connection of uvicorn that keeps to ``bounds``."""

    bounds: ClassVar[ConnectionBounds] = ConnectionBounds()
    unfinished_bytes: ClassVar[int] = 0
    """Bytes of all unfinished bodies of the server."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.phase = Phase.FIRST_HEADERS
        self.since = self.loop.time()
        self.body_bytes = 0
        self.refused = False
        self._max_body_bytes = self.bounds.body_bytes
        self._request_bytes = 0
        self._deadline: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Counts the connection, and closes another one if there are too many."""
        super().connection_made(transport)
        self._set_deadline(self.bounds.header_seconds)
        excess = len(self.connections) - self.bounds.connections
        if excess > self.bounds.crowd:
            self._close_oldest()
        elif excess > 0:
            self.loop.call_later(CROWD_SECONDS, self._close_excess)

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends the timers."""
        self._set_deadline(None)
        self._set_body_bytes(0)
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parses what came in parts, up to the first that exceeds a bound."""
        for start in range(0, len(data), PART):
            if self.refused or self.transport.is_closing():
                return
            part = data[start : start + PART]
            self._request_bytes += len(part)
            super().data_received(part)
            self._check_size()
        waits = self.phase in (Phase.FIRST_HEADERS, Phase.NEXT_HEADERS)
        if waits and self._deadline is None and self.timeout_keep_alive_task is None:
            self._set_deadline(self.bounds.header_seconds)

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._request_bytes = min(self._request_bytes, PART)
        self._set_body_bytes(0)
        if self.phase is not Phase.FIRST_HEADERS:
            self._enter(Phase.NEXT_HEADERS, self.bounds.header_seconds)

    def on_headers_complete(self) -> None:
        """The end of the headers: the application starts."""
        self._enter(Phase.BODY, self.bounds.body_seconds)
        self._max_body_bytes = self.bounds.body_bytes
        super().on_headers_complete()
        larger = self.bounds.larger_bodies.get(self.scope["path"])
        if larger is not None:
            self._max_body_bytes, seconds = larger
            self._enter(Phase.BODY, seconds)

    def on_body(self, body: bytes) -> None:
        """A part of a body."""
        self._set_body_bytes(self.body_bytes + len(body))
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The end of a request."""
        super().on_message_complete()
        answered = self.cycle is not None and self.cycle.response_complete
        self._enter(Phase.NEXT_HEADERS if answered else Phase.ANSWER, None)
        self._set_body_bytes(0)

    def on_response_complete(self) -> None:
        """The end of a response; the next request may come, or may have come."""
        super().on_response_complete()
        if self.phase is Phase.ANSWER and self.cycle.response_complete:
            self._enter(Phase.NEXT_HEADERS, None)
            self._request_bytes = 0

    def pause_writing(self) -> None:
        """The client reads a response more slowly than it is written."""
        super().pause_writing()
        if self._unread is None:
            self._unread = self.loop.call_later(self.bounds.reading_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has read on."""
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def timeout_keep_alive_handler(self) -> None:
        """Closes a connection that was kept alive for long enough, also if the client has read nothing."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    def shutdown(self) -> None:
        """The server stops: a request that is not complete has a second left."""
        super().shutdown()
        if self.phase is Phase.BODY:
            self._set_deadline(SHUTDOWN_BODY_SECONDS)

    def refuse(self, status: HTTPStatus) -> None:
        """Answers an unfinished request with ``status`` and closes the connection; drops what else is sent."""
        if self.refused or self.transport.is_closing():
            return
        self.refused = True
        self._set_body_bytes(0)
        self._set_deadline(None)
        refusals.note(status.value, status.phrase.lower())
        cycle = self.cycle
        answering = cycle is not None and not cycle.response_complete
        begun = answering and cycle.response_started
        if answering:
            # The application learns that there is no client any more.
            cycle.disconnected = True
            cycle.message_event.set()
        if begun or self.pipeline or self._request_bytes == 0:
            self.transport.abort()
            return
        phrase = status.phrase.encode()
        problem = b'{"type":"about:blank","title":"%b","status":%d}' % (phrase, status)
        self.transport.write(
            b"HTTP/1.1 %d %b\r\ncontent-type: application/problem+json\r\ncontent-length: %d\r\n"
            b"connection: close\r\n\r\n%b" % (status, phrase, len(problem), problem)
        )
        # Closing at once would reset the connection, and the client would not read why.
        self.flow.resume_reading()
        self.transport.write_eof()
        self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    def _enter(self, phase: Phase, seconds: float | None) -> None:
        self.phase = phase
        self.since = self.loop.time()
        self._set_deadline(seconds)

    def _set_deadline(self, seconds: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        expire = self._expire
        self._deadline = None if seconds is None else self.loop.call_later(seconds, expire)

    def _expire(self) -> None:
        self.refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _check_size(self) -> None:
        if self.phase is Phase.ANSWER:
            return
        if self.body_bytes > self._max_body_bytes:
            self.refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        elif self._request_bytes - self.body_bytes > self.bounds.header_bytes + FRAMING * self.body_bytes:
            self.refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif self.body_bytes > PART and self.unfinished_bytes > self.bounds.unfinished_bytes:
            unfinished = [other for other in self._others(Phase.BODY) if other.body_bytes]
            oldest = min((*unfinished, self), key=lambda other: other.since)
            oldest.refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _set_body_bytes(self, number: int) -> None:
        type(self).unfinished_bytes += number - self.body_bytes
        self.body_bytes = number

    def _close_excess(self) -> None:
        if len(self.connections) > self.bounds.connections:
            self._close_oldest()

    def _close_oldest(self) -> None:
        """Closes the connection that has waited longest in the first phase that any other one is in."""
        others = [other for other in self._others(*Phase) if other.phase is not Phase.ANSWER]
        oldest = min(others, key=lambda other: (other.phase, other.since), default=self)
        oldest.refused = True
        oldest.transport.abort()

    def _others(self, *phases: Phase) -> list[BoundedProtocol]:
        return [
            other
            for other in self.connections
            if isinstance(other, BoundedProtocol)
            and other is not self
            and other.phase in phases
            and not (other.refused and other.transport.is_closing())
        ]


def bounded_protocol(bounds: ConnectionBounds) -> type[BoundedProtocol]:
    """The protocol for uvicorn's option ``http`` that keeps to ``bounds``."""

    class Bounded(BoundedProtocol):
        pass

    Bounded.bounds = bounds
    return Bounded
