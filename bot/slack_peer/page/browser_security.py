"""Who may call the stand-in: this machine's own page and apps, and no web page of anybody else.

``Host`` must name loopback, so that a page whose name was rebound to 127.0.0.1 gets nothing (DNS rebinding); a
request that does something must come from the page itself (``Origin``), so that no other page can act in a
person's name.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import hdrs, web

LOOPBACK_NAMES: Final = frozenset({"127.0.0.1", "localhost"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Response headers of everything that the page consists of."""


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses a request that was not addressed to loopback by a loopback name and this port."""
    name, _, port = request.headers.get(hdrs.HOST, "").partition(":")
    address = request.transport.get_extra_info("sockname") if request.transport is not None else None
    if name not in LOOPBACK_NAMES or address is None or port != str(address[1]):
        raise web.HTTPForbidden(text="this address answers only as 127.0.0.1 or localhost")
    return await handler(request)


def require_own_page(request: web.Request) -> None:
    """Raises ``web.HTTPForbidden`` unless the request comes from the page that this address serves."""
    if request.headers.get(hdrs.ORIGIN) != f"http://{request.headers.get(hdrs.HOST, '')}":
        raise web.HTTPForbidden(text="only the playground's own page may do this")
