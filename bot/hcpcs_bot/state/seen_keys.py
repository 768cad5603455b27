"""Keys that one replica claims for all: how events and shares are deduplicated across replicas."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import SeenKeyRow

CLAIM_SECONDS: Final = 3600.0
"""Seconds for which a claim lasts."""
CLEANUP_INTERVAL: Final = 500
"""Number of claims between two removals of all expired keys."""


class StoredSeenKeys:
    """Seen keys in the database: one ``space`` per purpose, each key stored as a digest.

    Every method raises ``StateError`` if the database fails.
    """

    def __init__(
        self,
        database: Database,
        space: str,
        seconds: float = CLAIM_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._space = space
        self._seconds = seconds
        self._clock = clock
        self._until_cleanup = CLEANUP_INTERVAL

    async def claim(self, key: str) -> bool:
        """True for the first claim of ``key`` in any replica, until it expires; False for later ones."""
        return await self._database.run(self._claim, self._stored(key))

    async def release(self, key: str) -> None:
        """Removes a claim whose work failed, so that it can be tried again."""
        await self._database.run(self._release, self._stored(key))

    def _stored(self, key: str) -> str:
        return hashlib.sha256(f"{self._space}\n{key}".encode("utf-8", "surrogatepass")).hexdigest()

    def _claim(self, key: str) -> bool:
        now = self._clock()
        self._until_cleanup -= 1
        with self._database.transaction() as session:
            expired = delete(SeenKeyRow).where(SeenKeyRow.expires_at <= now)
            if self._until_cleanup > 0:
                expired = expired.where(SeenKeyRow.key == key)
            else:
                self._until_cleanup = CLEANUP_INTERVAL
            session.execute(expired)
            try:
                with session.begin_nested():
                    session.add(SeenKeyRow(key=key, expires_at=now + self._seconds))
            except IntegrityError:
                return False
            return True

    def _release(self, key: str) -> None:
        with self._database.transaction() as session:
            session.execute(delete(SeenKeyRow).where(SeenKeyRow.key == key))
