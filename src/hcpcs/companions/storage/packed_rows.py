"""Packed rows: the rows of an edition in small compressed blocks, each with the keys that begin alike.

A block is found by the first characters of a key, and only the rows of the key are split into cells. The blocks of
references map other keys to those of the rows: an NDC to its codes, the second code of a pair to the first ones.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from hcpcs.companions.edition import Edition

_CELL_END: Final = "\x1f"
_ROW_END: Final = "\x1e"
_SEPARATORS: Final = str.maketrans({_CELL_END: " ", _ROW_END: " "})


class EditionRow(NamedTuple):
    """One row of an edition: its key, its number in the file (1-based), and its cells, in the edition's columns."""

    key: str
    number: int
    cells: tuple[str, ...]


class PackedEdition(NamedTuple):
    """An edition with its blocks of rows and of references, by the characters that their keys begin with."""

    edition: Edition
    rows: Mapping[str, bytes]
    references: Mapping[str, bytes]

    def walk(self) -> Iterator[EditionRow]:
        """Every row, sorted by key."""
        for block in self.rows.values():
            yield from unpack_rows(block)


def pack_rows(rows: Iterable[EditionRow], bucket: int) -> dict[str, bytes]:
    """The blocks of some rows; those of one key keep their order."""
    lines: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row.key):
        line = _CELL_END.join((row.key, str(row.number), *row.cells))
        if line.count(_CELL_END) != len(row.cells) + 1 or _ROW_END in line:
            line = _CELL_END.join((row.key, str(row.number), *(cell.translate(_SEPARATORS) for cell in row.cells)))
        lines.setdefault(row.key[:bucket], []).append(line)
    return {start: _pack(block) for start, block in lines.items()}


def unpack_rows(block: bytes, key: str | None = None) -> Iterator[EditionRow]:
    """The rows in a block, or only those of one key."""
    start = None if key is None else key + _CELL_END
    for line in _unpack(block):
        if start is None or line.startswith(start):
            known, number, *cells = line.split(_CELL_END)
            yield EditionRow(known, int(number), tuple(cells))


def pack_references(references: Mapping[str, Iterable[str]], bucket: int) -> dict[str, bytes]:
    """The blocks of references: each key with the keys of the rows that it leads to."""
    lines: dict[str, list[str]] = {}
    for key, targets in sorted(references.items()):
        lines.setdefault(key[:bucket], []).append(_CELL_END.join((key, *dict.fromkeys(targets))))
    return {start: _pack(block) for start, block in lines.items()}


def targets_of(block: bytes, key: str) -> tuple[str, ...]:
    """The keys of the rows that a key leads to."""
    start = key + _CELL_END
    line = next((line for line in _unpack(block) if line.startswith(start)), None)
    return () if line is None else tuple(line.split(_CELL_END)[1:])


def _pack(lines: list[str]) -> bytes:
    return zlib.compress(_ROW_END.join(lines).encode("utf-8"), level=6)


def _unpack(block: bytes) -> list[str]:
    return zlib.decompress(block).decode("utf-8").split(_ROW_END)
