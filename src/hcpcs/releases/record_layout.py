"""The record layout of CMS: the position of each field in the fixed-width text and its columns in the workbooks.

Both are in ``records/tables/fields.toml``: positions of the CMS contractor record layout (320 characters, 1-based),
column names of the workbooks, in which the MOG fields are named OPPS. Only ``build_record`` makes a ``CodeRecord`` of
raw strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, Final, NamedTuple

from hcpcs.records.fields import FIELDS
from hcpcs.records.record import CodeRecord, RecordKind


class ValueForm(Enum):
    """How the raw string of a field becomes its value."""

    TEXT = "one trimmed string"
    TEXTS = "the strings that are not blank, in order"
    DATE = "a date, or none"
    NUMBER = "a whole number, or none"


class FieldPosition(NamedTuple):
    """The position of a field of ``CodeRecord``: its first character, the width of one value, its workbook columns.

    ``padded`` fields are digits of fixed width: lost leading zeros of a workbook cell are restored.
    """

    field: str
    start: int
    width: int
    columns: tuple[str, ...]
    form: ValueForm = ValueForm.TEXT
    padded: bool = False

    @property
    def slices(self) -> tuple[slice, ...]:
        """The slices of a fixed-width line with the field's values."""
        first = self.start - 1
        end = first + self.width * len(self.columns)
        return tuple(slice(start, start + self.width) for start in range(first, end, self.width))


CODE: Final = FieldPosition("code", 1, 5, ("HCPC",))
RECORD_ID: Final = FieldPosition("record_id", 11, 1, ("RECID",))
LONG_DESCRIPTION: Final = FieldPosition("long_description", 12, 80, ("LONG DESCRIPTION",))

_FORM_OF_TYPE: Final[Mapping[Any, ValueForm]] = {
    str: ValueForm.TEXT,
    tuple[str, ...]: ValueForm.TEXTS,
    date | None: ValueForm.DATE,
    int | None: ValueForm.NUMBER,
}
"""The form of a raw value by the type of its field in ``CodeRecord``."""


def _field_positions() -> Iterator[FieldPosition]:
    layouts = {spec.record_field: spec.layout for spec in FIELDS if spec.layout is not None}
    for name, layout in sorted(layouts.items(), key=lambda item: item[1].start):
        yield FieldPosition(
            name,
            layout.start,
            layout.width,
            layout.columns,
            _FORM_OF_TYPE[CodeRecord.model_fields[name].annotation],
            layout.padded,
        )


FIELD_POSITIONS: Final = tuple(_field_positions())
"""The fields that only the first line of a record has, in the order of the record."""

DETAIL_WIDTH: Final = 293
"""Width through the action code: the minimum of a record's first line."""

KIND_OF_RECORD_ID: Final[Mapping[str, RecordKind]] = {
    "3": RecordKind.PROCEDURE,
    "4": RecordKind.PROCEDURE,
    "7": RecordKind.MODIFIER,
    "8": RecordKind.MODIFIER,
}
FIRST_LINES: Final = frozenset("37")
"""Record ids of a code's first line; lines with the others (4, 8) continue its description."""

_CODE_SHAPES: Final = {
    RecordKind.PROCEDURE: re.compile(r"[A-Z][0-9]{4}"),
    RecordKind.MODIFIER: re.compile(r"[A-Z0-9]{2}"),
}
_LICENSED: Final = re.compile(r"[0-9]{4}[0-9A-Z]|D[0-9]{4}")
_NO_DATE: Final = frozenset({"", "0", "00000000", "99991231", "99999999"})
"""What the files write for no date."""
_DATE_FORMS: Final = (
    # 20251001 in records, 2024-07-01 in NOC lists, 7/1/2017 in corrections, 170701 for ASC dates of 2018.
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[0-9]{4})"),
    re.compile(r"(?P<y>[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
)
_YEARS: Final = range(1960, 2100)


def is_licensed(code: str) -> bool:
    """Whether a code is CPT or CDT: their texts are licensed, so their records are skipped."""
    return _LICENSED.fullmatch(code) is not None


def parse_date(raw: str) -> date | None:
    """The date in any form of CMS's files (``YYYYMMDD``, ``YYYY-MM-DD``, ``MM/DD/YYYY``, ``YYMMDD``); blank is none.

    Raises ``ValueError`` with a reason for any other text, and for a year outside 1960 to 2099.
    """
    text = raw.strip()
    if text in _NO_DATE:
        return None
    for form in _DATE_FORMS:
        if match := form.fullmatch(text):
            year, month, day = (int(match[part]) for part in "ymd")
            if len(match["y"]) == 2:
                year += 1900 if year >= 60 else 2000
            if year not in _YEARS or not 1 <= month <= 12:
                break
            try:
                return date(year, month, day)
            except ValueError:
                break
    raise ValueError(f"{text[:20]!r} is not a date (YYYYMMDD)")


def parse_units(raw: str) -> int | None:
    """The number of anesthesia base units (``'  0'``); blank is none. Raises ``ValueError`` with a reason."""
    text = raw.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise ValueError(f"{text[:20]!r} is not a number of anesthesia base units (up to 3 digits)")
    return int(text)


def kind_of(code: str) -> RecordKind | None:
    """The record kind of a code by its shape, CPT and CDT codes included, or ``None`` if it is not a code."""
    if is_licensed(code):
        return RecordKind.PROCEDURE
    return next((kind for kind, shape in _CODE_SHAPES.items() if shape.fullmatch(code)), None)


def join_description(pieces: Sequence[str]) -> str:
    """A long description from its pieces, with single spaces throughout.

    Texts and workbooks break lines and double spaces at different places; this makes them equal.
    """
    return " ".join(" ".join(pieces).split())


def build_record(code: str, kind: RecordKind, pieces: Sequence[str], raw: Mapping[str, Sequence[str]]) -> CodeRecord:
    """A record from raw strings: the pieces of its long description, and the values of its fields by name.

    Raises ``ValueError`` with a reason to show: not a code of that kind, no description, a bad date or number.
    """
    if not _CODE_SHAPES[kind].fullmatch(code):
        raise ValueError(f"{code[:20]!r} is not a HCPCS {kind.value} code")
    description = join_description(pieces)
    if not description:
        raise ValueError(f"{code} has no long description")
    values: dict[str, Any] = {}
    for number, position in enumerate(FIELD_POSITIONS):
        try:
            values[position.field] = _value(number, tuple(raw.get(position.field, ())))
        except ValueError as error:
            raise ValueError(f"{code}, {position.columns[0]}: {error}") from error
    return CodeRecord(code=code, kind=kind, long_description=description, **values)


@lru_cache(maxsize=4096)
def _value(number: int, raw: tuple[str, ...]) -> str | tuple[str, ...] | date | int | None:
    """The value of the field at a place of ``FIELD_POSITIONS``; most records repeat the values of others."""
    position = FIELD_POSITIONS[number]
    texts = [text for value in raw if (text := " ".join(value.split()))]
    if position.padded:
        texts = [text.zfill(position.width) if text.isdigit() else text for text in texts]
    if position.form is ValueForm.TEXTS:
        return tuple(texts)
    first = texts[0] if texts else ""
    if position.form is ValueForm.DATE:
        return parse_date(first)
    if position.form is ValueForm.NUMBER:
        return parse_units(first)
    return first
