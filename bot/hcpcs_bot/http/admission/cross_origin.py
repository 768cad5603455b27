"""Which other sites' pages may read the answers (CORS)."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.errors import HcpcsError
from hcpcs_bot.http.admission.paths import OPEN_TERMINOLOGY, is_for_programs
from hcpcs_bot.http.asgi import Asgi, Header, Message, Receive, Scope, Send

NO_SITE: Final = "none"
PREFLIGHT: Final[tuple[Header, ...]] = (
    (b"access-control-allow-methods", b"GET, POST"),
    # The asterisk leaves out Authorization, as browsers read it.
    (b"access-control-allow-headers", b"authorization, *"),
    (b"access-control-max-age", b"86400"),
)
EXPOSED: Final = (b"access-control-expose-headers", b"etag, ratelimit, ratelimit-policy, retry-after, www-authenticate")
# As a browser writes it, in lower case and without a path: https://forms.example.com, http://localhost:8080,
# http://[::1]:8080.
_ORIGIN: Final = re.compile(r"https?://[a-z0-9.-]{1,253}(:\d{1,5})?|http://\[[0-9a-f:]{2,45}\](:\d{1,5})?")


class OriginError(HcpcsError):
    """A list of sites that can't be read."""


class AllowedOrigins:
    """The sites whose pages may read the answers.

    Written as ``https://a.example, https://b.example`` or ``*`` for the paths of all programs, ``none``, or left blank:
    then any site may read the terminology services, and no other the rest. Raises ``OriginError``.
    """

    def __init__(self, written: str = "") -> None:
        names = [one.strip().rstrip("/") for one in written.split(",") if one.strip()]
        self._default = not names
        self._any = names == ["*"]
        self._named = frozenset() if self._any or names == [NO_SITE] else frozenset(names)
        for name in self._named:
            if not _ORIGIN.fullmatch(name):
                raise OriginError("use origins such as https://forms.example.com, separated by commas, * or none")

    def allowed(self, path: str, origin: str) -> str | None:
        """What is sent back to a page of ``origin`` that asks at ``path``; ``None`` where it may not read it."""
        if self._default:
            return "*" if path.startswith(OPEN_TERMINOLOGY) else None
        if not is_for_programs(path):
            return None
        if self._any:
            return "*"
        return origin if origin in self._named else None

    def varies(self, path: str) -> bool:
        """Whether the answer at ``path`` differs by the site that asks."""
        return bool(self._named) and is_for_programs(path)


class CrossOrigin:
    """The ASGI middleware that lets pages of other sites read an answer, also one that refuses."""

    def __init__(self, app: Asgi, origins: AllowedOrigins) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request; anything else passes unchanged."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        origin = next((value for name, value in scope["headers"] if name == b"origin"), b"").decode("latin-1")
        allowed = self._origins.allowed(path, origin)
        headers: list[Header] = [(b"vary", b"Origin")] if self._origins.varies(path) else []
        if allowed is not None:
            headers.append((b"access-control-allow-origin", allowed.encode("latin-1")))
            if scope["method"] == "OPTIONS":
                await send({"type": "http.response.start", "status": 204, "headers": [*headers, *PREFLIGHT]})
                await send({"type": "http.response.body", "body": b""})
                return
            headers.append(EXPOSED)
        if not headers:
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *headers]
            await send(message)

        await self._app(scope, receive, send_with_headers)
