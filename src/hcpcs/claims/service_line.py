"""One service line of a claim as its file writes it, and its code, day and units as they are understood.

Files write the same thing in few forms, so these are read exactly, and everything else is a problem of the row: no
cell is read as a question.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from hcpcs.records.codes import HCPCS_LETTER

LONGEST_CELL: Final = 80
"""Maximum characters of a cell with a code, a day or a number of units."""
CENTURY_TURN: Final = 70
"""Years of two digits below it are of this century."""

# A code with its modifiers after any marks or none: "E0601-RR", "E0601 RR KX", "e0601rr".
_CODE: Final = re.compile(rf"\W*({HCPCS_LETTER}\d{{4}})((?:\W*[A-Z0-9]{{2}}){{0,4}})\W*", re.IGNORECASE | re.ASCII)
# The composite of X12: qualifier, code, four modifiers, and a description, which is ignored ("HC:E0601:RR:::CPAP").
_COMPOSITE: Final = re.compile(r"\s*HC([:>^|])", re.IGNORECASE | re.ASCII)
MOST_MODIFIERS: Final = 4
"""Maximum modifiers of a line."""
_CPT: Final = re.compile(r"\W*\d{4}[0-9AFMTU](?:\W*[A-Z0-9]{2}){0,4}\W*", re.IGNORECASE | re.ASCII)
_CDT: Final = re.compile(r"\W*(?:AD\W)?D\d{4}\W*", re.IGNORECASE | re.ASCII)
_MODIFIER: Final = re.compile(r"[A-Z0-9]{2}", re.ASCII)
_ISO_DAY: Final = re.compile(r"(\d{4})([-/]?)(\d{2})\2(\d{2})(?:[T ][\d:.Z]*)?", re.ASCII)
_AMERICAN_DAY: Final = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?: [\d:]*)?", re.ASCII)
_UNITS: Final = re.compile(r"\d{1,9}(?:\.\d{1,6})?", re.ASCII)


class RowProblem(NamedTuple):
    """Why a row has no answer, in words for its column and for the count at the end."""

    text: str


NO_CODE: Final = RowProblem("no code")
NOT_A_CODE: Final = RowProblem("not an HCPCS Level II code")
CPT_CODE: Final = RowProblem("a CPT code, not HCPCS Level II")
CDT_CODE: Final = RowProblem("a CDT code, not in CMS's file")
NOT_LOADED: Final = RowProblem("not in the data: no loaded release has this code")
NO_DAY: Final = RowProblem("no date of service")
NOT_A_DAY: Final = RowProblem("the date of service can't be read")
NOT_UNITS: Final = RowProblem("the units can't be read")
UNREADABLE: Final = RowProblem("the row can't be read")
NOT_A_STATE: Final = RowProblem("not the abbreviation of a state or territory")


class BilledCode(NamedTuple):
    """A code, upper case, with the modifiers written beside it."""

    code: str
    modifiers: tuple[str, ...]


class ServiceLine(NamedTuple):
    """The cells of one service line. ``day`` and ``state`` are ``None`` where the file has no such column."""

    code: str
    day: str | None = None
    units: str = ""
    state: str | None = None


def read_code(cell: str) -> BilledCode | RowProblem:
    """The code of a cell with its modifiers, or why there is none."""
    if not cell.strip():
        return NO_CODE
    if len(cell) > LONGEST_CELL:
        return NOT_A_CODE
    composite = _COMPOSITE.match(cell)
    written = cell if composite is None else _code_and_modifiers(cell.split(composite[1]))
    if matched := _CODE.fullmatch(written):
        return BilledCode(matched[1].upper(), tuple(_MODIFIER.findall(matched[2].upper())))
    if _CPT.fullmatch(written):
        return CPT_CODE
    return CDT_CODE if _CDT.fullmatch(written) else NOT_A_CODE


def _code_and_modifiers(parts: list[str]) -> str:
    """The code of a composite and the parts after it that have the form of modifiers."""
    _, code, *others = parts
    modifiers = [part.strip() for part in others[:MOST_MODIFIERS]]
    return " ".join((code, *(one for one in modifiers if _MODIFIER.fullmatch(one.upper()))))


def read_day(cell: str) -> date | RowProblem:
    """The day of a cell: ``2025-03-01``, ``20250301``, ``3/1/2025``; of X12's ``20250301-20250305`` the first."""
    written = cell.strip()
    if not written:
        return NO_DAY
    if len(written) > LONGEST_CELL:
        return NOT_A_DAY
    if len(written) == 17 and written[8] == "-":
        written = written[:8]
    try:
        if iso := _ISO_DAY.fullmatch(written):
            return date(int(iso[1]), int(iso[3]), int(iso[4]))
        if american := _AMERICAN_DAY.fullmatch(written):
            year = int(american[4])
            year += 0 if year >= 100 else 2000 if year < CENTURY_TURN else 1900
            return date(year, int(american[1]), int(american[3]))
    except ValueError:
        return NOT_A_DAY
    return NOT_A_DAY


def read_units(cell: str) -> Decimal | RowProblem | None:
    """The units of a cell; ``None`` for a blank one."""
    written = cell.strip().replace(",", "")
    if not written:
        return None
    return Decimal(written) if _UNITS.fullmatch(written) else NOT_UNITS
