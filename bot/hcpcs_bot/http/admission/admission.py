"""Keys and rates: whether a request is answered at all."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final, NamedTuple

from hcpcs_bot.http.admission.api_keys import RETRY_SECONDS, KeyRing, KeysUnavailableError
from hcpcs_bot.http.admission.paths import STATIC_PATH, is_for_programs
from hcpcs_bot.http.admission.token_buckets import WINDOW, Allowance, TokenBuckets
from hcpcs_bot.http.asgi import Asgi, Header, Message, Receive, Scope, Send, respond
from hcpcs_bot.http.problems import Problem, ProblemForms
from hcpcs_bot.settings import KeyUse

CHALLENGE: Final = (b"www-authenticate", b'Bearer realm="hcpcs"')
WRONG_KEY: Final = (b"www-authenticate", b'Bearer realm="hcpcs", error="invalid_token"')
MAX_AUTHORIZATION: Final = 200
"""Maximum bytes of an Authorization header that is looked at; a key has 59."""
NETWORK_BITS: Final = 64
"""Bits of an IPv6 address that count: a household or a server has at least a network of this size to itself."""


class AdmissionRules(NamedTuple):
    """What is asked of requests. 0 requests a minute stand for no limit. ``keys`` is needed unless they are off."""

    key_use: KeyUse = KeyUse.OFF
    keys: KeyRing | None = None
    per_address: int = 0
    per_key: int = 0


class Admission:
    """The ASGI middleware that refuses requests without a valid key (401), or too many of them (429).

    Whoever has a valid key is counted by it, anybody else by address.
    """

    def __init__(self, app: Asgi, rules: AdmissionRules, forms: ProblemForms) -> None:
        self._app = app
        self._rules = rules
        self._forms = forms
        self._addresses = TokenBuckets(rules.per_address) if rules.per_address else None
        self._keys = TokenBuckets(rules.per_key) if rules.per_key else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One HTTP request; anything else passes unchanged."""
        if scope["type"] != "http" or scope["path"].startswith(STATIC_PATH):
            await self._app(scope, receive, send)
            return
        key, refusal = await self._check_key(scope)
        buckets = self._addresses if key is None else self._keys
        if buckets is not None:
            allowance = buckets.take(_network_of(scope) if key is None else key)
            limits = _limit_headers(buckets.per_minute, allowance)
            if not allowance.allowed:
                detail = f"Too many requests: {buckets.per_minute:,} a minute are answered. Wait as Retry-After says."
                problem = Problem(title="Too Many Requests", status=429, detail=detail)
                refusal = problem, (*limits, (b"retry-after", str(allowance.seconds).encode()))
            send = _sending(send, limits)
        if refusal is None:
            await self._app(scope, receive, send)
            return
        problem, headers = refusal
        media_type, body = self._forms.render(scope["path"], problem)
        # What is left of a body would be read as the next request.
        closing = () if scope["method"] in {"GET", "HEAD"} else ((b"connection", b"close"),)
        await respond(send, problem.status, body, media_type.encode(), (*headers, *closing))

    async def _check_key(self, scope: Scope) -> tuple[str | None, _Refusal | None]:
        """The id of the key, and why the request is refused."""
        keys = self._rules.keys
        if keys is None or self._rules.key_use is KeyUse.OFF or not is_for_programs(scope["path"]):
            return None, None
        sent = [value for name, value in scope["headers"] if name == b"authorization"]
        if not sent:
            if self._rules.key_use is KeyUse.OPTIONAL:
                return None, None
            return None, _unauthorized("This path needs an API key: send it as Authorization: Bearer KEY.", CHALLENGE)
        scheme, _, text = sent[0][:MAX_AUTHORIZATION].decode("latin-1").partition(" ")
        try:
            key = await keys.id_of(text.strip()) if len(sent) == 1 and scheme.lower() == "bearer" else None
        except KeysUnavailableError:
            detail = "API keys can't be checked at the moment. Try again as Retry-After says."
            problem = Problem(title="Service Unavailable", status=503, detail=detail)
            return None, (problem, ((b"retry-after", str(int(RETRY_SECONDS)).encode()),))
        if key is None:
            return None, _unauthorized("The API key is not valid: it is mistyped, or it was revoked.", WRONG_KEY)
        return key, None


_Refusal = tuple[Problem, tuple[Header, ...]]


def _unauthorized(detail: str, challenge: Header) -> _Refusal:
    return Problem(title="Unauthorized", status=401, detail=detail), (challenge,)


def _network_of(scope: Scope) -> str:
    """The address of the client, or its network in IPv6. Behind a proxy that is trusted it is the proxy's client."""
    host = str(scope["client"][0]) if scope.get("client") else ""
    try:
        address = ip_address(host)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address) >> NETWORK_BITS << NETWORK_BITS, NETWORK_BITS)).network_address)
    return host


def _limit_headers(per_minute: int, allowance: Allowance) -> tuple[Header, ...]:
    """The limit and what is left of it, as the draft of the IETF (draft-ietf-httpapi-ratelimit-headers) writes it."""
    return (
        (b"ratelimit-policy", b'"default";q=%d;w=%d' % (per_minute, WINDOW)),
        (b"ratelimit", b'"default";r=%d;t=%d' % (allowance.left, allowance.seconds)),
    )


def _sending(send: Send, headers: tuple[Header, ...]) -> Send:
    async def send_with_limits(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] != 429:
            message["headers"] = [*message.get("headers", ()), *headers]
        await send(message)

    return send_with_limits
