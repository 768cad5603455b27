"""The claims of this process: in the shared state, and in this process alone while the state can't be used."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Awaitable
from typing import Final, NamedTuple, TypeVar
from uuid import NAMESPACE_URL, uuid5

import structlog

from hcpcs_bot.http.health import Condition, PartHealth
from hcpcs_bot.slack.inbound.dedup import InMemorySeenKeys
from hcpcs_bot.slack.inbound.request_log import error_fields
from hcpcs_bot.state.claim_store import LEASE_SECONDS, ClaimContent, ClaimStore, StoredClaim
from hcpcs_bot.state.database import StateError

STATE_SECONDS: Final = 1.5
"""Maximum seconds to wait for the state: Slack waits three for the acknowledgement."""
FAILURE_LIMIT: Final = 3
"""Failures of the state in a row after which it isn't asked for a while, so that not every event waits for it."""
PAUSE_SECONDS: Final = 5.0
"""Seconds of that while."""
UNRECORDED_LIMIT: Final = 10_000
"""Maximum keys of finished work that wait until the state can be used again."""
NO_STATE: Final = (
    "The database can't be used{reason}: questions are answered without memory of conversations, and nothing is "
    "stored. Check the home folder, or HCPCS_DATABASE_URL."
)
_NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:hcpcs-desk:answer")

log = structlog.get_logger("hcpcs_bot.slack")
_Result = TypeVar("_Result")


class Claim(NamedTuple):
    """Work that this process has taken on. ``durable``: the state knows it, and another replica would take it over.

    ``attempt`` counts from 1; after the first, a message may have been posted under ``message_key``, which is the same
    for every replica and attempt.
    """

    key: str
    durable: bool
    attempt: int = 1

    @property
    def message_key(self) -> str:
        """The ``client_msg_id`` of the answer: a UUID."""
        return str(uuid5(_NAMESPACE, self.key))


class Claims:
    """Claims work once. No method raises an error of the state: what can't be stored holds in this process."""

    def __init__(self, store: ClaimStore | None = None) -> None:
        self._store = store
        self._here = InMemorySeenKeys()
        self._working: dict[str, float] = {}
        """When the lease of each claim began, or was renewed, in seconds of the monotonic clock."""
        self._unrecorded: dict[str, None] = {}
        self._failures = 0
        self._asked_again_at = 0.0

    async def claim(self, name: str, content: ClaimContent) -> Claim | None:
        """A claim on the work called ``name``; ``None`` where this or another replica has it, or has done it."""
        key = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
        if not await self._here.claim(key):
            return None
        self._working[key] = time.monotonic()
        store = self._usable()
        first = None if store is None else await self._within_limits(store.claim(key, content))
        if first is False:
            self._working.pop(key, None)
            return None
        return Claim(key, durable=bool(first))

    async def start(self, claim: Claim) -> bool:
        """Writes down that the work is about to be posted; False where another replica has taken it over."""
        store = self._usable()
        if store is None or not claim.durable:
            return True
        started = await self._within_limits(store.start(claim.key))
        if started is False:
            self._working.pop(claim.key, None)
        return started is not False

    async def keep(self, claim: Claim) -> bool:
        """Whether the work is still this process's own; False where another replica has taken it over.

        The state is asked only where the lease may have ended: the process was paused, or could not renew it.
        """
        since = self._working.get(claim.key)
        if since is not None and time.monotonic() - since < LEASE_SECONDS / 2:
            return True
        return await self.start(claim)

    async def defer(self, claim: Claim, seconds: float) -> bool:
        """Leaves the work to whichever replica sweeps after ``seconds``; False where only this process knows it."""
        if self._store is None or not claim.durable:
            return False
        self._working.pop(claim.key, None)
        return await self._within_limits(self._store.defer(claim.key, seconds)) is not False

    async def finish(self, claim: Claim) -> None:
        """Writes down that the work is done; later, where the state can't be used now."""
        self._working.pop(claim.key, None)
        if self._store is None:
            return
        if len(self._unrecorded) < UNRECORDED_LIMIT:
            self._unrecorded[claim.key] = None
        store = self._usable()
        if store is not None:
            await self._record(store, [claim.key])

    async def release(self, claim: Claim) -> None:
        """Lets the same be claimed again."""
        self._working.pop(claim.key, None)
        await self._here.release(claim.key)
        store = self._usable()
        if store is not None:
            await self._within_limits(store.release(claim.key))

    async def sweep(self) -> tuple[tuple[Claim, StoredClaim], ...]:
        """Renews what this process works on, and takes over what others left. Call it every few seconds."""
        store = self._usable()
        if store is None:
            return ()
        if self._unrecorded:
            await self._record(store, list(self._unrecorded))
        taken = await self._within_limits(store.sweep(sorted({*self._working, *self._unrecorded})))
        if taken is None:
            return ()
        self._working.update(dict.fromkeys((stored.key for stored in taken), time.monotonic()))
        await self._within_limits(store.empty_log())
        return tuple((Claim(one.key, durable=True, attempt=one.attempt), one) for one in taken)

    async def close(self) -> None:
        """Leaves no text of an answered question in the state's log; call it once nothing is claimed any more."""
        store = self._usable()
        if store is not None:
            await self._within_limits(store.empty_log())

    def health(self) -> PartHealth:
        """Degraded while the state can't be used; a sweep tries it every few seconds."""
        failure = self._store.failure if self._store is not None else ""
        if self._failures:
            detail = NO_STATE.format(reason=f" ({failure})" if failure else "")
            return PartHealth(part="state", condition=Condition.DEGRADED, detail=detail)
        if failure:
            detail = f"The database could not be used: {failure}. What people asked to be stored was not."
            return PartHealth(part="state", condition=Condition.DEGRADED, detail=detail)
        return PartHealth(part="state")

    def is_working(self, claim: Claim) -> bool:
        """Whether this process still works on a claim."""
        return claim.key in self._working

    async def renew(self) -> None:
        """Renews the leases of what this process works on, and of what it couldn't write down as done yet."""
        store = self._usable()
        kept = sorted({*self._working, *self._unrecorded})
        began = time.monotonic()
        if store is not None and kept and await self._within_limits(_done(store.renew(kept))):
            self._working.update(dict.fromkeys(self._working, began))

    def _usable(self) -> ClaimStore | None:
        """The state; ``None`` without one, and for a while after it has failed."""
        return self._store if time.monotonic() >= self._asked_again_at else None

    async def _record(self, store: ClaimStore, keys: list[str]) -> None:
        if await self._within_limits(_done(store.finish(keys))):
            for key in keys:
                self._unrecorded.pop(key, None)

    async def _within_limits(self, work: Awaitable[_Result]) -> _Result | None:
        """The result of using the state; ``None``, with a line in the log, where it fails or takes too long."""
        try:
            async with asyncio.timeout(STATE_SECONDS):
                result = await work
            self._failures = 0
            return result
        except (StateError, TimeoutError) as error:
            self._failures += 1
            if self._failures >= FAILURE_LIMIT:
                self._asked_again_at = time.monotonic() + PAUSE_SECONDS
            log.warning("claim not stored", **error_fields(error))
            return None


async def _done(work: Awaitable[None]) -> bool:
    await work
    return True
