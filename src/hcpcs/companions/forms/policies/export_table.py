"""The tables of an export of the Medicare Coverage Database, which is an archive of .csv files in an archive.

Only the tables with numbers, titles, days, contractors and codes are read. The others have diagnoses and revision
histories, which are several times as large.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Final, NamedTuple

from hcpcs.releases.archive import is_zip, member_names, members
from hcpcs.releases.data_table import plain
from hcpcs.releases.source_file import SourceFile

DOCUMENT_TABLES: Final = frozenset({"lcd", "article"})
"""The tables of documents: an archive with one of them is an export."""
_TABLES: Final = DOCUMENT_TABLES | {
    "lcd_x_contractor",
    "lcd_x_hcpc_code",
    "lcd_related_documents",
    "lcd_future_retire",
    "article_x_contractor",
    "article_x_hcpc_code",
    "article_related_documents",
    "article_future_retire",
    "contractor",
    "contractor_jurisdiction",
    "contractor_type_lookup",
    "dmerc_region_lookup",
    "state_lookup",
}
_LEVELS: Final = 3
"""Maximum archives in each other: ``all_data.zip`` has ``current_lcd.zip``, and that ``current_lcd_csv.zip``."""
MAXIMUM_TABLE: Final = 192 * 2**20
"""Maximum bytes of a table. ``lcd.csv`` of all LCDs, with the text of each, has 51 MB."""
_MAXIMUM_CELL: Final = 16 * 2**20
"""Maximum characters of a cell. The text of a policy is one cell; the default of 131,072 is too few for some."""
_DAY: Final = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)|(?P<m>\d\d?)/(?P<d>\d\d?)/(?P<y>\d{4})(?!\d)"
)
"""``2024-01-01 00:00:00`` and ``1/1/2024 12:00:00 AM``: a day, and a time that is always midnight."""


class ExportRow(NamedTuple):
    """A row of a table: its number (that of its first line, 1-based), and its cells by the plain name of the column."""

    number: int
    cells: Sequence[str]
    columns: Mapping[str, int]

    def cell(self, name: str) -> str:
        """A cell with single spaces; blank where the table has no such column."""
        position = self.columns.get(plain(name))
        return "" if position is None else " ".join(self.cells[position].split())

    def key(self, *names: str) -> tuple[str, ...]:
        """Several cells, as the key by which tables are joined."""
        return tuple(map(self.cell, names))


class ExportTable:
    """One table. Each pass reads its rows again, so that the texts of policies are never all in memory."""

    def __init__(self, source: SourceFile) -> None:
        self.source = source

    def rows(self, *columns: str) -> Iterator[ExportRow]:
        """The rows. Raises ``ReleaseError`` if the table lacks one of ``columns``, or has a row that is cut off."""
        reader = csv.reader(_lines(self.source))
        try:
            header = next(reader, [])
            places = {plain(name): place for place, name in enumerate(header)}
            missing = next((name for name in columns if plain(name) not in places), None)
            if missing is not None:
                raise self.source.error(f"lacks the column {missing}", 1)
            end = reader.line_num
            for cells in reader:
                if any(cells):
                    if len(cells) < len(header):
                        reason = f"has {len(cells)} cells, but the header has {len(header)}; the file is cut off"
                        raise self.source.error(reason, end + 1)
                    yield ExportRow(end + 1, cells, places)
                end = reader.line_num
        except csv.Error as error:
            raise self.source.error(f"is not a readable table: {error}", reader.line_num) from error

    def day(self, row: ExportRow, name: str) -> date | None:
        """The day of a cell; ``None`` for a blank one. Raises ``ReleaseError`` for another text."""
        text = row.cell(name)
        if not text:
            return None
        match = _DAY.match(text)
        try:
            if match is None:
                raise ValueError(text)
            parts = match.groupdict()
            return date(
                *(int(parts[long] or parts[short]) for long, short in (("year", "y"), ("month", "m"), ("day", "d")))
            )
        except ValueError as error:
            raise self.source.error(f"{name}: {text[:20]!r} is not a day", row.number) from error


def export_tables(source: SourceFile) -> Iterator[Mapping[str, ExportTable]]:
    """The tables of each export in an archive, by their names; none if it is another archive.

    Raises ``ReleaseError`` for an export that is damaged.
    """
    yield from _exports(source, _LEVELS)


def _exports(source: SourceFile, levels: int) -> Iterator[Mapping[str, ExportTable]]:
    names = member_names(source.data)
    if DOCUMENT_TABLES.intersection(map(_stem, names)):
        unpacked = members(source, wanted=lambda name: _stem(name) in _TABLES, maximum=MAXIMUM_TABLE)
        yield {_stem(member.name.removesuffix(")")): ExportTable(member) for member in unpacked}
    elif levels > 1 and any(name.lower().endswith(".zip") for name in names):
        for inner in members(source, wanted=lambda name: name.lower().endswith(".zip")):
            if is_zip(inner.data):
                yield from _exports(inner, levels - 1)


def _stem(name: str) -> str:
    """The name of a table: ``lcd`` of ``current_lcd_csv/lcd.csv``; blank for a file that is not a .csv."""
    last = re.split(r"[/\\( ]", name)[-1].lower()
    return last.removesuffix(".csv") if last.endswith(".csv") else ""


def _lines(source: SourceFile) -> io.TextIOWrapper:
    """The text of a table in UTF-8, else in cp1252, the encoding of CMS's texts."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding = "utf-8-sig"
    try:
        for start in range(0, len(source.data), 2**20):
            decoder.decode(source.data[start : start + 2**20])
    except UnicodeDecodeError:
        encoding = "cp1252"
    return io.TextIOWrapper(io.BytesIO(source.data), encoding, errors="replace", newline="")


@contextmanager
def large_cells() -> Iterator[None]:
    """Lets tables have cells with the text of a policy while they are read."""
    usual = csv.field_size_limit(_MAXIMUM_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(usual)
