"""Whether a client takes gzip (RFC 9110, 12.5.3), said in one way to what compresses and to what is kept compressed."""

from __future__ import annotations

from hcpcs_bot.http.asgi import Asgi, Header, Receive, Scope, Send

_NAME = b"accept-encoding"
_GZIP: Header = (_NAME, b"gzip")


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header takes gzip: ``gzip``, ``*;q=0.5``, and not ``gzip;q=0``."""
    weights: dict[str, bool] = {}
    for stated in accepted.lower().split(","):
        coding, _, parameter = stated.partition(";")
        name, _, weight = parameter.strip().partition("=")
        # A weight is 0 to 1 with up to three decimals; any nonzero digit makes it a yes.
        weights[coding.strip()] = name.strip() != "q" or bool(set(weight) & set("123456789"))
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", False)))


class AcceptedEncoding:
    """The ASGI middleware that leaves an Accept-Encoding of ``gzip``, or none.

    What compresses (Starlette) looks for the word gzip only, and would compress for ``gzip;q=0``.
    """

    def __init__(self, app: Asgi) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http":
            stated = [value for name, value in scope["headers"] if name == _NAME]
            if stated and stated != [b"gzip"]:
                others = [header for header in scope["headers"] if header[0] != _NAME]
                accepted = takes_gzip(b",".join(stated).decode("latin-1"))
                scope["headers"] = [*others, *([_GZIP] if accepted else [])]
        await self._app(scope, receive, send)
