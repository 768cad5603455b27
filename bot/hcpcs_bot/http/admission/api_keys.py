"""API keys: what one looks like, what is stored of it, and the keys that a server knows.

A key is ``hcpcs_``, the eight hex digits of its id, ``_``, and a secret of 256 random bits. Only a SHA-256 digest of
the whole is stored. A slow hash would add nothing: nobody can try 2**256 secrets.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from hmac import compare_digest
from typing import Final, NamedTuple

import structlog

from hcpcs.errors import HcpcsError
from hcpcs_bot.http.health import Condition, PartHealth

CACHED_SECONDS: Final = 30.0
"""Seconds after which no request counts on what was read: a key that is added or revoked counts everywhere by then."""
RENEWED_SECONDS: Final = 20.0
"""Seconds after which the next request has the keys read again, and doesn't wait for it."""
WAIT_SECONDS: Final = 0.2
"""Maximum seconds that a known key waits for a database that doesn't answer."""
RETRY_SECONDS: Final = 5.0
"""Seconds until the next try where the keys could not be read."""
_KEY: Final = re.compile(r"hcpcs_([0-9a-f]{8})_[A-Za-z0-9_-]{43}")
_NO_DIGEST: Final = "0" * 64

log = structlog.get_logger("hcpcs_bot.http")


class NewKey(NamedTuple):
    """A new key: its id, the text that its holder gets once, and the digest that is stored."""

    id: str
    text: str
    digest: str


class KeysUnavailableError(HcpcsError):
    """The keys have not been read yet, so that no key can be checked."""


def make_key() -> NewKey:
    """A new random key."""
    identifier = secrets.token_hex(4)
    text = f"hcpcs_{identifier}_{secrets.token_urlsafe(32)}"
    return NewKey(identifier, text, digest_of(text))


def digest_of(text: str) -> str:
    """The SHA-256 digest of a key, in hex."""
    return sha256(text.encode()).hexdigest()


class KeyRing:
    """The keys that are valid, as they were read at most ``CACHED_SECONDS`` ago.

    ``read`` returns the digests of the valid keys by id. All of them are read at once, so neither many requests nor
    many wrong keys read the database more often. Where they can't be read, or not at once, those that are known stay
    valid.
    """

    def __init__(
        self,
        read: Callable[[], Awaitable[Mapping[str, str]]],
        seconds: float = CACHED_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = read
        self._seconds = seconds
        self._clock = clock
        self._digests: Mapping[str, str] | None = None
        self._read_at = 0.0
        self._next_read = -1.0
        self._reading: asyncio.Task[None] | None = None
        self._failed = False

    async def id_of(self, text: str) -> str | None:
        """The id of a valid key; ``None`` for any other text. Raises ``KeysUnavailableError``."""
        known = self._known_id(text)
        if self._clock() >= self._next_read:
            if self._reading is None or self._reading.done():
                self._reading = asyncio.create_task(self._renew())
            await self._wait_for(self._reading, is_known=known is not None)
            known = self._known_id(text)
        if self._digests is None:
            raise KeysUnavailableError("the keys can't be read")
        return known

    def _known_id(self, text: str) -> str | None:
        """The id of a key, by what was read last."""
        match = _KEY.fullmatch(text)
        stored = self._digests.get(match[1]) if match and self._digests else None
        # An unknown id takes as long as a known one.
        same = compare_digest(digest_of(text) if match else _NO_DIGEST, stored or _NO_DIGEST)
        return match[1] if match and stored and same else None

    async def _wait_for(self, reading: asyncio.Task[None], *, is_known: bool) -> None:
        """Waits for the keys where the request needs them. One that is given up leaves the reading to the others."""
        if not is_known:
            await asyncio.shield(reading)
        elif not self._failed and self._clock() >= self._read_at + self._seconds:
            done, _ = await asyncio.wait({reading}, timeout=WAIT_SECONDS)
            # From now on known keys don't wait, until the database has answered.
            self._failed = self._failed or not done

    def health(self) -> PartHealth:
        """Degraded where the keys could not be read the last time."""
        if not self._failed:
            return PartHealth(part="keys")
        detail = "The API keys can't be read from the database; those that are known stay valid. The log says why."
        return PartHealth(part="keys", condition=Condition.DEGRADED, detail=detail)

    async def _renew(self) -> None:
        try:
            self._digests = await self._read()
        except HcpcsError as error:
            log.error("keys can't be read", reason=str(error))
            self._failed = True
            self._next_read = self._clock() + RETRY_SECONDS
        else:
            self._failed = False
            self._read_at = self._clock()
            self._next_read = self._read_at + self._seconds * RENEWED_SECONDS / CACHED_SECONDS
