"""Answers that were given already, so that asking again costs neither a look-up nor routing.

What the releases and editions in use answer on a day stays the same, and its entity tag says so. Only paths whose
answers don't repeat what was typed are kept, by digests with a key of this process: no question is. A program may name
the extra fields of a search, and its names are in the answer.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from gzip import decompress
from hashlib import blake2b
from secrets import token_bytes
from typing import Any, Final, NamedTuple

from hcpcs_bot.http.asgi import Asgi, Header, Message, Receive, Scope, Send
from hcpcs_bot.http.caching.revalidation import matches

CACHED_PATHS: Final = ("/api/v1/codes/", "/api/v1/history/", "/api/v1/facts/", "/api/hcpcs/", "/type-ahead")
"""How the paths start whose answers are kept."""
MAX_BYTES: Final = 8_000_000
"""Maximum bytes of all answers that are kept, compressed: a few thousand, many more than a team asks in a day."""
MAX_ANSWER: Final = 64_000
"""Maximum bytes of an answer that is kept."""
OWN_BYTES: Final = 700
"""Bytes that an answer takes beside its body: key, headers, and the entry."""
_GZIP: Final[Header] = (b"accept-encoding", b"gzip")
_IDENTITY_HEADERS: Final = frozenset({b"content-encoding", b"content-length"})


class CachedAnswer(NamedTuple):
    """One answer, compressed where it is long, with its headers. ``route`` is for the metrics."""

    headers: tuple[Header, ...]
    body: bytes
    compressed: bool
    route: object


class AnswerCache:
    """The ASGI middleware that keeps answers. The application below compresses; ``tag`` is the tag of now."""

    def __init__(self, app: Asgi, tag: Callable[[], str], max_bytes: int = MAX_BYTES) -> None:
        self._app = app
        self._tag_of_now = tag
        self._max_bytes = max_bytes
        self._salt = token_bytes(32)
        self._answers: OrderedDict[bytes, CachedAnswer] = OrderedDict()
        self._tag = ""
        self.bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; only GET requests of some paths are answered from here."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(CACHED_PATHS):
            await self._app(scope, receive, send)
            return
        wanted = {name: value for name, value in scope["headers"] if name in {b"accept-encoding", b"if-none-match"}}
        key = self.key_of(scope["path"], scope.get("query_string", b""))
        answer = self._answers.get(key)
        if answer is None:
            recorded = _Recorder(send, gzip=b"gzip" in wanted.get(b"accept-encoding", b""))
            others = [header for header in scope["headers"] if header[0] != b"accept-encoding"]
            inner = {**scope, "headers": [*others, _GZIP]}
            try:
                await self._app(inner, receive, recorded)
            finally:
                scope["route"] = inner.get("route")
            self._keep(key, recorded, inner.get("route"))
            return
        self._answers.move_to_end(key)
        scope["route"] = answer.route
        if b"if-none-match" in wanted and matches(wanted[b"if-none-match"].decode("latin-1"), self._tag):
            headers = [one for one in answer.headers if one[0] in {b"etag", b"cache-control", b"vary"}]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        await _send(send, answer.headers, answer.body, unpack=_must_unpack(answer, wanted))

    def key_of(self, path: str, query: bytes = b"") -> bytes:
        """The key of a request now; drops all answers where the releases or the day have changed."""
        tag = self._tag_of_now()
        if tag != self._tag:
            self._answers.clear()
            self.bytes = 0
            self._tag = tag
        return blake2b(
            b"%b?%b" % (path.encode("utf-8", "surrogatepass"), query), key=self._salt, digest_size=16
        ).digest()

    def __len__(self) -> int:
        return len(self._answers)

    def _keep(self, key: bytes, recorded: _Recorder, route: object) -> None:
        tag = next((value for name, value in recorded.headers if name == b"etag"), b"").decode("latin-1")
        # A copy: orjson gives what it writes a buffer of 4 KB, which is six times a short answer.
        body = memoryview(b"".join(recorded.parts)).tobytes()
        # An answer of the release before, or of the day before, may be ready only now.
        if recorded.status != 200 or tag != self._tag or len(body) > MAX_ANSWER or key in self._answers:
            return
        compressed = (b"content-encoding", b"gzip") in recorded.headers
        self._answers[key] = CachedAnswer(tuple(recorded.headers), body, compressed, route)
        self.bytes += len(body) + OWN_BYTES
        while self.bytes > self._max_bytes:
            _, oldest = self._answers.popitem(last=False)
            self.bytes -= len(oldest.body) + OWN_BYTES


class _Recorder:
    """Sends a response on, unpacked for a client that takes no gzip, and records it as it was."""

    def __init__(self, send: Send, *, gzip: bool) -> None:
        self._send = send
        self._gzip = gzip
        self.status = 0
        self.headers: list[Header] = []
        self.parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(bytes(name), bytes(value)) for name, value in message.get("headers", ())]
            return
        self.parts.append(message.get("body", b""))
        if message.get("more_body", False):
            return
        compressed = (b"content-encoding", b"gzip") in self.headers
        body = b"".join(self.parts)
        await _send(self._send, self.headers, body, unpack=compressed and not self._gzip, status=self.status)


def _must_unpack(answer: CachedAnswer, wanted: dict[bytes, bytes]) -> bool:
    return answer.compressed and b"gzip" not in wanted.get(b"accept-encoding", b"")


async def _send(send: Send, headers: Any, body: bytes, *, unpack: bool, status: int = 200) -> None:
    if unpack:
        body = decompress(body)
        kept = [header for header in headers if header[0] not in _IDENTITY_HEADERS]
        headers = [*kept, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": list(headers)})
    await send({"type": "http.response.body", "body": body})
