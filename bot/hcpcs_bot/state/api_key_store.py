"""API keys in the database: adding, listing and revoking them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from hcpcs.errors import HcpcsError
from hcpcs_bot.http.admission.api_keys import make_key
from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import ApiKeyRow

MAX_KEYS: Final = 1_000
"""Maximum valid keys: a server keeps all of them in memory."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class ApiKeyError(HcpcsError):
    """A key can't be added or revoked; says why."""


class StoredKey(NamedTuple):
    """What is kept of a key. ``revoked_on`` is ``None`` while it is valid."""

    id: str
    name: str
    created_on: date
    revoked_on: date | None


class KeyStore:
    """The keys. Every method raises ``StateError`` if the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, day: date) -> str:
        """Adds a key and returns it; nothing can show it again. Raises ``ApiKeyError``."""
        if not _NAME.fullmatch(name):
            raise ApiKeyError("a name is up to 64 letters, digits, dots, hyphens and underscores: billing-2026")
        key = make_key()
        with self._database.transaction() as session:
            valid = select(func.count()).select_from(ApiKeyRow).where(ApiKeyRow.revoked_on.is_(None))
            if (session.scalar(valid) or 0) >= MAX_KEYS:
                raise ApiKeyError(f"there are {MAX_KEYS:,} valid keys already; revoke one first")
            try:
                with session.begin_nested():
                    session.add(ApiKeyRow(id=key.id, name=name, digest=key.digest, created_on=day.isoformat()))
            except IntegrityError:
                raise ApiKeyError("there is, or was, a key of this name; choose another one") from None
        return key.text

    def every(self) -> tuple[StoredKey, ...]:
        """All keys, also the revoked ones, by name."""
        with self._database.reading() as session:
            return tuple(
                StoredKey(
                    row.id,
                    row.name,
                    date.fromisoformat(row.created_on),
                    date.fromisoformat(row.revoked_on) if row.revoked_on else None,
                )
                for row in session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.name))
            )

    def revoke(self, name: str, day: date) -> None:
        """Makes a key invalid. Raises ``ApiKeyError`` if no valid key has this name."""
        with self._database.transaction() as session:
            row = session.scalar(select(ApiKeyRow).where(ApiKeyRow.name == name, ApiKeyRow.revoked_on.is_(None)))
            if row is None:
                raise ApiKeyError("there is no valid key of this name; `hcpcs keys list` lists them")
            row.revoked_on = day.isoformat()

    async def digests(self) -> Mapping[str, str]:
        """The digests of the valid keys by id."""
        return await self._database.run(self._digests)

    def _digests(self) -> Mapping[str, str]:
        with self._database.reading() as session:
            valid = select(ApiKeyRow.id, ApiKeyRow.digest).where(ApiKeyRow.revoked_on.is_(None))
            return {row.id: row.digest for row in session.execute(valid)}
