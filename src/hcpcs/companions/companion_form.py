"""What the forms of companion files share: a recognized table, and the checks of its codes, amounts and rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeVar

from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject
from hcpcs.companions.edition_days import EditionDays, days_of_texts
from hcpcs.companions.edition_kinds import EditionDate, edition_kinds
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition, pack_references, pack_rows
from hcpcs.errors import ReleaseError
from hcpcs.records.codes import HCPCS_LETTER
from hcpcs.records.record import Frozen
from hcpcs.releases.data_table import DataTable, Header, rows_below
from hcpcs.releases.open_file import OpenFile
from hcpcs.releases.record_layout import is_licensed, parse_date

LEVEL_TWO: Final = re.compile(rf"{HCPCS_LETTER}[0-9]{{4}}")
"""A HCPCS Level II code. Rows of all others (CPT, CDT) are left out and counted."""
_BANNER_ROWS: Final = 12
"""Rows above a header that are read for the date of the edition. CMS writes up to 10."""
_AMOUNT: Final = re.compile(r"\d{1,12}(?:\.\d{0,12})?|\.\d{1,12}")
ModelT = TypeVar("ModelT", bound=Frozen)
_set: Final = object.__setattr__
_BLANK_AMOUNTS: Final = frozenset({"", "."})
"""What CMS writes for no amount; Addendum B has a period in blank cells of copayments."""


class FormTable:
    """A table of a companion form: its file, its header, and the text above the header."""

    def __init__(self, file: OpenFile, table: DataTable, header: Header, digest: str, name: str) -> None:
        self.file = file
        self.table = table
        self.header = header
        self.digest = digest
        self.name = name
        self._positions: dict[str, int | None] = {}
        self._chosen: tuple[Sequence[str], Callable[[Sequence[str]], tuple[str, ...]]] | None = None

    @cached_property
    def banner(self) -> str:
        """The text of the rows above the header."""
        texts: list[str] = []
        for number, cells in self.table.rows():
            if number >= min(self.header.row, _BANNER_ROWS):
                break
            texts.extend(cell.strip() for cell in cells if cell.strip())
        return " ".join(texts)

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """The rows below the header, each with its number; a row whose only text is a sentence (a footnote) is skipped.

        Raises ``ReleaseError`` for a row that is cut off.
        """
        for number, cells in rows_below(self.table, self.header):
            # Almost every row begins with two cells that are not blank, which are quicker to see than all of them.
            if (cells[0] and cells[1:2] and cells[1].strip()) or not _is_footnote(cells):
                yield number, cells

    def cell(self, cells: Sequence[str], name: str) -> str:
        """The cell of a column with single spaces; blank where the table has no such column."""
        if name not in self._positions:
            self._positions[name] = self.header.find(name)
        position = self._positions[name]
        return _single_spaced(cells[position]) if position is not None and position < len(cells) else ""

    def amount(self, text: str, column: str, row: int) -> str:
        """An amount as plain digits (``$1,031.090`` is ``1031.090``); blank for none.

        Raises ``ReleaseError`` with row and column for a text that is not an amount.
        """
        plain = _plain_amount(text)
        if plain is None:
            raise self.error(f"{column}: {text.strip()[:20]!r} is not an amount", row)
        return plain

    def day(self, text: str, row: int) -> str:
        """A day as ``YYYY-MM-DD``; blank for none (``*``, ``N/A``). Raises ``ReleaseError`` for another text."""
        try:
            day = parse_date("" if text in ("*", "N/A") else text)
        except ValueError as error:
            raise self.error(str(error), row) from error
        return "" if day is None else day.isoformat()

    def amounts(self, cells: Sequence[str], names: Sequence[str], row: int) -> list[str]:
        """The amounts of several columns, each as ``amount`` has it: more than a hundred in a fee schedule."""
        if self._chosen is None or self._chosen[0] is not names:
            places = [self.header.columns[name] for name in names]
            # With a single place, itemgetter returns the cell and not a tuple.
            self._chosen = names, itemgetter(*places) if len(places) > 1 else lambda cells: (cells[places[0]],)
        plain = [_plain_amount(cell) for cell in self._chosen[1](cells)]
        if None in plain:
            wrong = names[plain.index(None)]
            self.amount(self.cell(cells, wrong), wrong, row)
        return [text or "" for text in plain]

    def days(self, dated: EditionDate) -> EditionDays | None:
        """The days of the edition by the text above the header or the names of the file; ``None`` without a date."""
        return days_of_texts(self.banner, self.file.names, dated)

    def error(self, reason: str, row: int | None = None) -> ReleaseError:
        """An error about this table, at ``row`` where that is known."""
        return self.table.source.error(reason, row)


def _is_footnote(cells: Sequence[str]) -> bool:
    """Whether a row has only one text, which is a sentence."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    return len(texts) == 1 and " " in texts[0]


@lru_cache(maxsize=50_000)
def _single_spaced(text: str) -> str:
    """A text with single spaces. Most cells of a table (states, modifiers, dosages) occur in it many times."""
    return " ".join(text.split())


@lru_cache(maxsize=20_000)
def _plain_amount(text: str) -> str | None:
    """An amount as plain digits, blank for none; ``None`` for a text that is not an amount."""
    plain = text.strip().replace("$", "").replace(",", "").removesuffix("%")
    if plain in _BLANK_AMOUNTS:
        return ""
    if not _AMOUNT.fullmatch(plain):
        return None
    return plain if Decimal(plain) else "0"


class CompanionForm(NamedTuple):
    """A form of companion files.

    A table has the form if one of its first rows has all of ``columns``. ``read`` makes its editions; it raises
    ``ReleaseError`` with the row for a table that can't be read.
    """

    what: str
    columns: tuple[str, ...]
    read: Callable[[FormTable], Iterable[PackedEdition]]


class EditionBuilder:
    """Collects the rows of one edition: keeps Level II, counts the others, and refuses rows that contradict."""

    def __init__(
        self, table: FormTable, kind: EditionKind, columns: tuple[str, ...], *, identity: int | None = 0
    ) -> None:
        """``identity`` is the number of first cells that, with the key, identify a row, so that two such rows must be
        equal; ``None`` where a key may have any rows.
        """
        self._table = table
        self._kind = kind
        self._columns = columns
        self._identity = identity
        self._rows: list[EditionRow] = []
        self._cells: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._references: dict[str, list[str]] = {}
        self._dropped = 0

    def admits(self, code: str, row: int) -> bool:
        """Whether a row with this code is kept; one with a CPT or CDT code is counted as dropped.

        Raises ``ReleaseError`` for a text that is not a code.
        """
        if LEVEL_TWO.fullmatch(code):
            return True
        # A workbook loses the leading zeros of CPT codes: 100 is 00100.
        if is_licensed(code.zfill(5)):
            self._dropped += 1
            return False
        raise self._table.error(f"{code[:20]!r} is not a HCPCS code; the file is damaged or has two tables in it", row)

    def leave_out(self) -> None:
        """Counts a row that is not kept."""
        self._dropped += 1

    def add(self, key: str, row: int, cells: Sequence[str], references: Sequence[str] = ()) -> None:
        """Adds a row. Raises ``ReleaseError`` if an earlier row states something else about the same."""
        stated = tuple(cells)
        if self._identity is not None:
            name = (key, *stated[: self._identity])
            if self._cells.setdefault(name, stated) is not stated:
                if self._cells[name] == stated:
                    return
                what = " ".join(part for part in name if part)
                raise self._table.error(f"states something else about {what} than an earlier row", row)
        self._rows.append(EditionRow(key, row, stated))
        for reference in references:
            self._references.setdefault(reference, []).append(key)

    def finish(self, days: EditionDays | None = None) -> PackedEdition:
        """The edition, in force on ``days`` (default: as the file says).

        Raises ``ReleaseError`` if no row was kept, or if the file doesn't say when it is in force.
        """
        spec = edition_kinds()[self._kind]
        if not self._rows:
            if self._dropped:
                noun = "row" if self._dropped == 1 else "rows"
                raise self._table.error(
                    f"has only CPT and CDT codes ({self._dropped:,} {noun}), whose texts are licensed; "
                    "only HCPCS Level II rows are loaded"
                )
            raise self._table.error(f"has the header of {spec.name} and no row; download it again")
        days = days or self._table.days(spec.dated)
        if days is None and spec.dated is not EditionDate.NEVER:
            raise self._table.error(
                f"doesn't say which {spec.dated.value} it is of; rename it like {_EXAMPLES[spec.dated]}"
            )
        first = days.first if days else None
        edition = Edition(
            kind=self._kind,
            label=spec.label(first),
            from_day=first,
            to_day=days.last if days else None,
            file=self._table.name,
            digest=self._table.digest,
            rows=len(self._rows),
            dropped=self._dropped,
            columns=self._columns,
        )
        references = pack_references(self._references, spec.bucket)
        return PackedEdition(edition, pack_rows(self._rows, spec.bucket), references)


def parse_day(text: str) -> date | None:
    """The day of a cell as ``FormTable.day`` has it; ``None`` for a blank one."""
    return date.fromisoformat(text) if text else None


def trusted(model: type[ModelT], stated: dict[str, Any]) -> ModelT:
    """A model of all of its fields, whose values are known to be of their types: a row was checked when it was loaded.

    A row of a fee schedule states a hundred facts, of which pydantic's checks took three quarters of the time; its own
    ``model_construct`` is slower than the checks.
    """
    made = model.__new__(model)
    _set(made, "__dict__", stated)
    _set(made, "__pydantic_fields_set__", _fields_of(model))
    _set(made, "__pydantic_extra__", None)
    _set(made, "__pydantic_private__", None)
    return made


@cache
def _fields_of(model: type[Frozen]) -> set[str]:
    """The names of all fields of a model; shared by its instances, which copy the set before they change it."""
    return set(model.model_fields)


def fact_of_row(
    edition: Edition,
    row: EditionRow,
    subject: FactSubject,
    value: Decimal | int | str | None,
    qualifiers: Qualifiers,
    unit: str = "",
) -> Fact:
    """A fact that a row states about its key, in force as long as its edition."""
    stated = {
        "subject": subject,
        "code": row.key,
        "value": value,
        "unit": unit,
        "qualifiers": qualifiers,
        "kind": edition.kind,
        "edition": edition.label,
        "first_day": edition.from_day,
        "last_day": edition.to_day,
        "file": edition.file,
        "row": row.number,
    }
    return trusted(Fact, stated)


_EXAMPLES: Final = {
    EditionDate.QUARTER: "name_2026Q1.csv",
    EditionDate.MONTH: "documents_2025-08.csv",
    EditionDate.DAY: "prior_authorization_2026-07-29.csv",
    EditionDate.NEVER: "",
}
"""File names with a date, for the error of a file without one."""
