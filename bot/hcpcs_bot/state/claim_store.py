"""Claims: which replica answers a question or posts a share, and what it needs for it until that is done.

A replica that dies, or gives up for the time being, leaves a claim whose lease expires; whoever sweeps next takes it
over. What a claim contains is deleted as soon as its work is done, and the text of a question after 15 minutes in any
case: docs/decisions/claimed-questions.md says why it is kept at all.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import Result, Update, delete, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import ClaimRow

LEASE_SECONDS: Final = 30.0
"""Seconds for which a claim is one replica's own; it renews what it is working on every few seconds."""
ANSWER_SECONDS: Final = 900.0
"""Seconds for which a question may still be answered; then its text is deleted, and the asker is told."""
KEPT_SECONDS: Final = 3600.0
"""Seconds for which a key is known, answered or not: Slack delivers an event again within six minutes."""
SWEEP_LIMIT: Final = 8
"""Maximum claims that one sweep takes over: what was left must not hold up what is asked now."""
_DONE: Final[dict[str, Any]] = {"place": "", "text": "", "holder": "", "lease_expires_at": 0.0}


class ClaimContent(NamedTuple):
    """What answering needs: the kind of work, where it was asked (Slack's ids), and the text."""

    kind: str
    place: Mapping[str, str]
    text: str


class StoredClaim(NamedTuple):
    """A claim that was taken over. ``attempt`` counts from 1; ``started`` says that it may have been posted.

    After ``ANSWER_SECONDS`` it is ``late``, and its text is blank.
    """

    key: str
    content: ClaimContent
    attempt: int
    started: bool
    late: bool


class ClaimStore:
    """The claims of one replica in the database. Every method raises ``StateError`` if the database fails."""

    def __init__(
        self, database: Database, *, lease_seconds: float = LEASE_SECONDS, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._lease_seconds = lease_seconds
        self._clock = clock
        self._holder = secrets.token_hex(8)

    @property
    def failure(self) -> str:
        """Why the database could not be used the last time; blank where it could."""
        return self._database.failure

    async def claim(self, key: str, content: ClaimContent) -> bool:
        """Whether this replica is the first to claim ``key``, and has its lease now."""
        return await self._database.run(self._claim, key, content)

    async def start(self, key: str) -> bool:
        """Writes down that the work is about to be posted; False where the lease was lost, and it must not be."""
        return await self._database.run(self._change, key, started_at=self._clock())

    async def defer(self, key: str, seconds: float) -> bool:
        """Ends the lease; any replica may go on after ``seconds``. False where the lease was lost before."""
        return await self._database.run(self._change, key, holder="", lease_expires_at=self._clock() + seconds)

    async def finish(self, keys: Collection[str]) -> None:
        """Writes down that the work is done, whoever has the lease, and deletes what it needed."""
        await self._database.run(self._finish, keys)

    async def release(self, key: str) -> None:
        """Deletes a claim, so that the same may be claimed again."""
        await self._database.run(self._release, key)

    async def renew(self, working: Collection[str]) -> None:
        """Renews the leases of the keys that this replica is ``working`` on, as far as it still has them."""
        await self._database.run(self._renew, working)

    async def sweep(self, working: Collection[str]) -> tuple[StoredClaim, ...]:
        """Renews the leases of the keys that this replica is ``working`` on, and takes over what others left.

        Deletes texts that are too old to be answered, and keys that are too old to come again.
        """
        return await self._database.run(self._sweep, working)

    async def empty_log(self) -> None:
        """Removes the texts of answered questions from the database's log as well."""
        await self._database.run(self._database.empty_log)

    def _claim(self, key: str, content: ClaimContent) -> bool:
        now = self._clock()
        row = ClaimRow(
            key=key,
            kind=content.kind,
            place=json.dumps(content.place),
            text=json.dumps(content.text),
            holder=self._holder,
            lease_expires_at=now + self._lease_seconds,
            claimed_at=now,
        )
        with self._database.transaction() as session:
            try:
                with session.begin_nested():
                    session.add(row)
            except IntegrityError:
                return False
            return True

    def _change(self, key: str, **values: Any) -> bool:
        with self._database.transaction() as session:
            return _rows_changed(session.execute(self._own().where(ClaimRow.key == key).values(**values))) == 1

    def _finish(self, keys: Collection[str]) -> None:
        now = self._clock()
        with self._database.transaction() as session:
            for key in keys:
                finished = update(ClaimRow).where(ClaimRow.key == key).values(done_at=now, **_DONE)
                if _rows_changed(session.execute(finished)):
                    continue
                # The claim itself could not be stored: another replica must know all the same that this is done.
                session.add(ClaimRow(key=key, kind="", claimed_at=now, done_at=now, **_DONE))

    def _release(self, key: str) -> None:
        with self._database.transaction() as session:
            session.execute(delete(ClaimRow).where(ClaimRow.key == key))

    def _renew(self, working: Collection[str]) -> None:
        with self._database.transaction() as session:
            self._extend(session, working, self._clock())

    def _extend(self, session: Session, working: Collection[str], now: float) -> None:
        if working:
            extending = self._own().where(ClaimRow.key.in_(working))
            session.execute(extending.values(lease_expires_at=now + self._lease_seconds))

    def _sweep(self, working: Collection[str]) -> tuple[StoredClaim, ...]:
        now = self._clock()
        with self._database.transaction() as session:
            self._extend(session, working, now)
            session.execute(delete(ClaimRow).where(ClaimRow.claimed_at <= now - KEPT_SECONDS))
            late = ClaimRow.claimed_at <= now - ANSWER_SECONDS
            session.execute(update(ClaimRow).where(late, ClaimRow.text != "").values(text=""))
            return tuple(self._take_over(row, now) for row in self._expired(session, now))

    def _expired(self, session: Session, now: float) -> list[ClaimRow]:
        query = (
            select(ClaimRow)
            .where(ClaimRow.done_at == 0.0, ClaimRow.lease_expires_at <= now)
            .order_by(ClaimRow.claimed_at)
            .limit(SWEEP_LIMIT)
            .with_for_update(skip_locked=True)
        )
        return list(session.scalars(query))

    def _take_over(self, row: ClaimRow, now: float) -> StoredClaim:
        row.holder = self._holder
        row.lease_expires_at = now + self._lease_seconds
        row.attempts += 1
        return StoredClaim(
            key=row.key,
            content=ClaimContent(row.kind, json.loads(row.place), json.loads(row.text or '""')),
            attempt=row.attempts,
            started=row.started_at > 0.0,
            late=not row.text,
        )

    def _own(self) -> Update:
        """An update that has no effect once another replica has the lease, or the work is done."""
        return update(ClaimRow).where(ClaimRow.holder == self._holder, ClaimRow.done_at == 0.0)


def _rows_changed(result: Result[Any]) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
