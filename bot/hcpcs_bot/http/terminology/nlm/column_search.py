"""Searching the columns of one table: words and their beginnings in the searched fields, and values in a named one."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from hcpcs_bot.http.terminology.code_rows import CodeTable
from hcpcs_bot.http.terminology.column_index import ColumnIndex, Rows, words_of
from hcpcs_bot.http.terminology.nlm.columns import COLUMNS


class ColumnSearch:
    """The indexes of a table's columns, each made when it is first searched, in 10 to 100 ms."""

    def __init__(self, table: CodeTable) -> None:
        self._rows = table.rows
        self._indexes: dict[str, ColumnIndex] = {}
        self._making = Lock()

    @property
    def every(self) -> Rows:
        """All rows."""
        return frozenset(range(len(self._rows)))

    def index(self, name: str) -> ColumnIndex:
        """The index of a column of ``COLUMNS``: of its words for a text, else of its values in lower case."""
        with self._making:
            if name not in self._indexes:
                column = COLUMNS[name]
                cells = (column.read(row) for row in self._rows)
                self._indexes[name] = ColumnIndex(
                    words_of(" ".join(cell)) if column.text else [value.lower() for value in cell] for cell in cells
                )
            return self._indexes[name]

    def starting(self, names: Iterable[str], prefix: str) -> Rows:
        """The rows in which a word or value of one of the columns has this beginning."""
        return frozenset().union(*(self.index(name).starting(prefix) for name in names))

    def phrase(self, name: str, text: str) -> Rows:
        """The rows whose text has these words one after another, or whose value this is."""
        if not COLUMNS[name].text:
            return self.index(name).equal(text.lower())
        words = words_of(text)
        if not words:
            return frozenset()
        index = self.index(name)
        rows = frozenset.intersection(*(index.equal(word) for word in words))
        if len(words) == 1:
            return rows
        wanted = f" {' '.join(words)} "
        read = COLUMNS[name].read
        return frozenset(
            place for place in rows if wanted in f" {' '.join(words_of(' '.join(read(self._rows[place]))))} "
        )


_SEARCHES: Final[WeakKeyDictionary[CodeTable, ColumnSearch]] = WeakKeyDictionary()


def column_search(table: CodeTable) -> ColumnSearch:
    """The search of a table, kept as long as the table."""
    return _SEARCHES.setdefault(table, ColumnSearch(table))
