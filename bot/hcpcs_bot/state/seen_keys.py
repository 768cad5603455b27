"""Keys claimed once for all replicas: the shared memory behind event de-duplication and sharing."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import SeenKeyRow

REMEMBERED_SECONDS: Final = 3600.0
SWEEP_EVERY: Final = 500
"""Claims between two removals of what has expired."""


class StoredSeenKeys:
    """Seen keys of the Slack interface, kept in the database: one ``space`` for each purpose, keys stored as digests.

    Raises ``StateError`` where the database fails.
    """

    def __init__(
        self,
        database: Database,
        space: str,
        seconds: float = REMEMBERED_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._space = space
        self._seconds = seconds
        self._clock = clock
        self._until_sweep = SWEEP_EVERY

    async def claim(self, key: str) -> bool:
        """True for the first to claim ``key`` within the time, in any replica; False for everyone after."""
        return await asyncio.to_thread(self._claim, self._stored(key))

    async def release(self, key: str) -> None:
        """Forget a key whose work failed."""
        await asyncio.to_thread(self._release, self._stored(key))

    def _stored(self, key: str) -> str:
        return hashlib.sha256(f"{self._space}\n{key}".encode("utf-8", "surrogatepass")).hexdigest()

    def _claim(self, key: str) -> bool:
        now = self._clock()
        self._until_sweep -= 1
        with self._database.transaction() as session:
            expired = delete(SeenKeyRow).where(SeenKeyRow.expires_at <= now)
            if self._until_sweep > 0:
                expired = expired.where(SeenKeyRow.key == key)
            else:
                self._until_sweep = SWEEP_EVERY
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
