"""The file of all editions in a version of the catalog: written once, then only read.

It is an SQLite database of packed rows, opened as immutable: nothing is read until it is asked for, and the pages that
are read are shared by all processes. Threads may share one store.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Final, Protocol
from urllib.parse import quote

from pydantic import ValidationError

from hcpcs.companions.edition import (
    EVERYTHING,
    Absence,
    Edition,
    EditionKind,
    Fact,
    FactLookUp,
    Selection,
)
from hcpcs.companions.edition_kinds import edition_kinds
from hcpcs.companions.forms import FACTS, keys_of
from hcpcs.companions.storage.packed_rows import PackedEdition, targets_of, unpack_rows
from hcpcs.errors import CatalogError

COMPANIONS_FILE: Final = "companions"
"""The name of the file in the folder of a version."""
BLOCKS_KEPT: Final = 1024
"""Maximum blocks of a store that are kept in memory, packed: about 1 KB each."""
FORMAT: Final = 1
"""Version of the tables; another one is refused."""
_TABLES: Final = """
CREATE TABLE edition (number INTEGER PRIMARY KEY, stated TEXT NOT NULL);
CREATE TABLE block (
    edition INTEGER NOT NULL, what TEXT NOT NULL, start TEXT NOT NULL, packed BLOB NOT NULL,
    PRIMARY KEY (edition, what, start)
) WITHOUT ROWID;
"""
_ROWS: Final = "rows"
_REFERENCES: Final = "references"
_EDITIONS: Final = f"""
SELECT number, stated, EXISTS (SELECT * FROM block WHERE edition = number AND what = '{_REFERENCES}')
FROM edition ORDER BY number
"""
"""Every edition, and whether it has references: most have none, and are not asked for them at each look-up."""


class Companions(Protocol):
    """The loaded editions, and what they state."""

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Every loaded edition, by kind, oldest first."""
        ...

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the editions; ``""`` if none is loaded."""
        ...

    def in_force(self, kind: EditionKind, day: date) -> Edition | None:
        """The edition of a kind that is in force on a day: the newest one that had begun."""
        ...

    def look_up(self, kind: EditionKind, text: str, day: date, selection: Selection = EVERYTHING) -> FactLookUp:
        """What the edition in force on a day states about a code (a ZIP code, an NDC, a document)."""
        ...

    def every_fact(self, edition: Edition) -> Iterator[Fact]:
        """Everything that a loaded edition states, in the order of its keys; for editions of few rows."""
        ...

    def packed_edition(self, edition: Edition) -> PackedEdition:
        """A loaded edition with its blocks, to be compared with another one."""
        ...


class CompanionStore:
    """The editions in a file, or none of them."""

    editions: tuple[Edition, ...]
    """Every loaded edition, by kind, oldest first."""
    fingerprint: str
    """SHA-256 (hex) of the editions; blank if none is loaded."""

    def __init__(self, path: Path | None = None) -> None:
        """Opens the file at ``path``; without one, nothing is loaded. Raises ``CatalogError`` if it is damaged."""
        self._lock = Lock()
        self._blocks: dict[tuple[int, str, str], bytes | None] = {}
        self._database: sqlite3.Connection | None = None
        numbered: list[tuple[int, Edition, int]] = []
        if path is not None:
            try:
                self._database = sqlite3.connect(
                    f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False
                )
                if self._database.execute("PRAGMA user_version").fetchone() != (FORMAT,):
                    raise CatalogError(f"{path.name}: is of another version of the program; load the files again")
                # The blocks are kept, so that SQLite need not keep its pages: 64 KB of them, and not 2 MB.
                self._database.execute("PRAGMA cache_size = -64")
                numbered = [
                    (number, Edition.model_validate_json(stated), refers)
                    for number, stated, refers in self._database.execute(_EDITIONS)
                ]
            except (sqlite3.Error, ValidationError) as error:
                raise CatalogError(f"{path.name}: is damaged; load the files again") from error
        self.editions = tuple(edition for _, edition, _ in numbered)
        self._numbers = {(edition.kind, edition.from_day): number for number, edition, _ in numbered}
        self._referring = frozenset(number for number, _, refers in numbered if refers)
        texts = "\n".join(edition.model_dump_json() for edition in self.editions)
        self.fingerprint = hashlib.sha256(texts.encode()).hexdigest() if texts else ""
        self._by_kind = {
            kind: tuple(edition for edition in self.editions if edition.kind is kind) for kind in EditionKind
        }

    def in_force(self, kind: EditionKind, day: date) -> Edition | None:
        """The edition of a kind that is in force on a day: the newest one that had begun.

        A quarterly edition counts until the next one that is loaded: ``Edition.is_outdated`` says that CMS has
        published a newer one. Where the rows have days of their own, the oldest edition also counts before its day.
        """
        editions = self._by_kind[kind]
        begun = [edition for edition in editions if edition.from_day is None or edition.from_day <= day]
        if begun:
            return begun[-1]
        return editions[0] if editions and edition_kinds()[kind].phases else None

    def look_up(self, kind: EditionKind, text: str, day: date, selection: Selection = EVERYTHING) -> FactLookUp:
        """What the edition in force on a day states about a code (a ZIP code, an NDC, a document)."""
        keys = keys_of(kind, text)
        edition = self.in_force(kind, day)
        if edition is None:
            absence = Absence.NOT_IN_FORCE if self._by_kind[kind] else Absence.NOT_LOADED
            return FactLookUp(kind=kind, key=keys[0], day=day, edition=None, facts=(), absence=absence)
        for key in keys:
            if facts := tuple(self._facts(edition, key, selection)):
                return FactLookUp(kind=kind, key=key, day=day, edition=edition, facts=facts, absence=None)
        return FactLookUp(kind=kind, key=keys[0], day=day, edition=edition, facts=(), absence=Absence.NOT_LISTED)

    def every_fact(self, edition: Edition) -> Iterator[Fact]:
        """Everything that a loaded edition states, in the order of its keys."""
        for row in self.packed_edition(edition).walk():
            yield from FACTS[edition.kind](edition, row, EVERYTHING)

    def packed(self) -> Iterator[PackedEdition]:
        """Every edition with its blocks, for the next version of the file."""
        return map(self.packed_edition, self.editions)

    def packed_edition(self, edition: Edition) -> PackedEdition:
        """A loaded edition with its blocks."""
        number = self._number(edition)
        statement = "SELECT start, packed FROM block WHERE edition = ? AND what = ? ORDER BY start"
        rows, references = (dict(self._select(statement, number, what)) for what in (_ROWS, _REFERENCES))
        return PackedEdition(edition, rows, references)

    def _facts(self, edition: Edition, key: str, selection: Selection) -> Iterator[Fact]:
        facts_of_row = FACTS[edition.kind]
        number, start = self._number(edition), key[: edition_kinds()[edition.kind].bucket]
        if block := self._block(number, _ROWS, start):
            for row in unpack_rows(block, key):
                yield from facts_of_row(edition, row, selection)
        if number in self._referring and (block := self._block(number, _REFERENCES, start)):
            targets = targets_of(block, key)
            if selection.other_code is not None:
                targets = tuple(target for target in targets if target == selection.other_code)
            for target in targets:
                yield from self._referenced(edition, key, target, selection)

    def _referenced(self, edition: Edition, key: str, target: str, selection: Selection) -> Iterator[Fact]:
        block = self._block(self._number(edition), _ROWS, target[: edition_kinds()[edition.kind].bucket])
        for row in unpack_rows(block, target) if block else ():
            yield from FACTS[edition.kind](edition, row, selection._replace(other_code=key))

    def _number(self, edition: Edition) -> int:
        return self._numbers[edition.kind, edition.from_day]

    def _block(self, number: int, what: str, start: str) -> bytes | None:
        """A block, kept once it was read: a card looks up a code in fourteen kinds, most of which don't have it."""
        place = number, what, start
        try:
            return self._blocks[place]
        except KeyError:
            block = self._read_block(*place)
        if len(self._blocks) >= BLOCKS_KEPT:
            self._blocks.clear()
        self._blocks[place] = block
        return block

    def _read_block(self, number: int, what: str, start: str) -> bytes | None:
        statement = "SELECT start, packed FROM block WHERE edition = ? AND what = ? AND start = ?"
        rows = self._select(statement, number, what, start)
        return rows[0][1] if rows else None

    def _select(self, statement: str, *values: int | str) -> list[tuple[str, bytes]]:
        """The blocks that a statement selects: how their keys begin, and their bytes."""
        if self._database is None:
            return []
        with self._lock:
            return self._database.execute(statement, values).fetchall()


NO_COMPANIONS: Final[Companions] = CompanionStore()
"""No edition is loaded."""


def open_companions(folder: Path) -> CompanionStore:
    """The editions of a version of the catalog; none if it has no such file. Raises ``CatalogError`` if damaged."""
    path = folder / COMPANIONS_FILE
    return CompanionStore(path if path.exists() else None)


def write_companions(folder: Path, editions: Iterable[PackedEdition]) -> None:
    """Writes the editions into the folder of a version; without editions, no file.

    Raises ``OSError`` if the file can't be written, as for the other files of a version.
    """
    packed = list(editions)
    if packed:
        try:
            _write(folder / COMPANIONS_FILE, packed)
        except sqlite3.Error as error:
            raise OSError(f"{COMPANIONS_FILE}: {error}") from error


def _write(path: Path, packed: Iterable[PackedEdition]) -> None:
    database = sqlite3.connect(path)
    try:
        database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA user_version = {FORMAT};{_TABLES}")
        for number, one in enumerate(packed, start=1):
            database.execute("INSERT INTO edition VALUES (?, ?)", (number, one.edition.model_dump_json()))
            for what, blocks in ((_REFERENCES, one.references), (_ROWS, one.rows)):
                rows = ((number, what, start, block) for start, block in sorted(blocks.items()))
                database.executemany("INSERT INTO block VALUES (?, ?, ?, ?)", rows)
        database.commit()
        database.execute("VACUUM")
    finally:
        database.close()
