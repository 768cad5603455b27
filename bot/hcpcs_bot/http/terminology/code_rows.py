"""Every code of a catalog on one day, in columns that are quick to search: what lists and filters are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from threading import Lock
from typing import Final, NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.history.dated_codes import DatedCode
from hcpcs.records.record import CodeRecord
from hcpcs_bot.http.terminology.column_index import ColumnIndex, words_of

CACHED_TABLES: Final = 2
"""Tables that are kept: that of today, and that of the day or catalog before while requests of it are answered."""


class CodeRow(NamedTuple):
    """One code: its newest record, whether it may be used on the day of the table, and whether it is NOC."""

    stated: DatedCode
    active: bool
    not_otherwise_classified: bool


class CodeTable:
    """The codes of a catalog on a day: procedures sorted, then modifiers sorted.

    ``words`` are the words of codes and descriptions, which are those of every day.
    """

    def __init__(self, catalog: Catalog, day: date, words: ColumnIndex | None = None) -> None:
        self.rows: Sequence[CodeRow] = tuple(_rows(catalog, day))
        self.positions: Mapping[str, int] = {row.stated.code: position for position, row in enumerate(self.rows)}
        self.words = words or ColumnIndex(
            words_of(f"{row.stated.code} {row.stated.short_description} {row.stated.long_description}")
            for row in self.rows
        )


class _CachedTables:
    """The tables made last. One thread makes a table, others that need it wait for it."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, date], CodeTable] = {}
        self._making = Lock()

    @property
    def in_use(self) -> bool:
        """Whether any table was made."""
        return bool(self._tables)

    def of(self, catalog: Catalog, day: date) -> CodeTable:
        key = (catalog.fingerprint, day)
        table = self._tables.get(key)
        if table is not None:
            return table
        with self._making:
            table = self._tables.get(key)
            if table is None:
                same = next((one for (of, _), one in self._tables.items() if of == key[0]), None)
                table = CodeTable(catalog, day, None if same is None else same.words)
                kept = list(self._tables.items())[1 - CACHED_TABLES :]
                self._tables = {**dict(kept), key: table}
            return table


_TABLES: Final = _CachedTables()


def renew_table(catalog: Catalog, day: date) -> None:
    """Makes the table of a catalog that is taken into use, where one of the former catalog was asked for."""
    if _TABLES.in_use:
        code_table(catalog, day)


def code_table(catalog: Catalog, day: date) -> CodeTable:
    """The table of a catalog on a day; made once, in half a second for 9,000 codes, and on later days in less."""
    return _TABLES.of(catalog, day)


def _rows(catalog: Catalog, day: date) -> Iterator[CodeRow]:
    for one in catalog.dated_codes.codes:
        active = (one.added is None or one.added <= day) and (one.ended is None or day <= one.ended)
        active = active and day < catalog.removed.get(one.code, date.max)
        record = CodeRecord(code=one.code, kind=one.kind, long_description=one.long_description, added_date=one.added)
        yield CodeRow(one, active, catalog.is_not_otherwise_classified(record))
