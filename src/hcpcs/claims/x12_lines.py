"""The service lines of an X12 file: a claim (837) or a remittance advice (835). Nothing else of the file is kept.

Source of the segments: the ASC X12 implementation guides 005010X222, 005010X223 and 005010X221. A professional claim
has a line in SV1, an institutional one in SV2, a remittance in SVC; the day follows in DTP*472 or DTM*472.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from hcpcs.claims.claim_table import LONGEST_LINE, Cells, ClaimColumns

X12_HEADER: Final = ("line", "code", "charge", "units", "day")
X12_COLUMNS: Final = ClaimColumns(code="code", day="day", units="units")
ISA_CHARACTERS: Final = 106
"""Characters of the first segment of an interchange, which states its separators by position."""
_SEGMENT: Final = re.compile(r"\s*(?:ISA|GS|ST|LX|CLM|CLP|SV1|SV2|SVC)[*|^]")
_SERVICE_DAY: Final = frozenset({"472", "150"})
"""Qualifiers of a line's date of service, and of its first day in a remittance."""
_ENDS_A_LINE: Final = frozenset({"LX", "CLM", "CLP", "HL", "SE", "IEA"})
_UNITS: Final = "UN"
"""The qualifier of quantities that are units of service, and not minutes (MJ) or days."""


class _Separators(NamedTuple):
    element: str
    segment: str


class _Fields(NamedTuple):
    """Where a segment has the composite with the code, the charge, the qualifier of the quantity, and the quantity."""

    code: int
    charge: int
    qualifier: int | None
    quantity: int


_SERVICES: Final = {"SV1": _Fields(1, 2, 3, 4), "SV2": _Fields(2, 3, 4, 5), "SVC": _Fields(1, 2, None, 5)}


def is_x12(start: str) -> bool:
    """Whether a text begins as an X12 file, or as a part of one, does."""
    return bool(_SEGMENT.match(start.removeprefix("\ufeff")))


def x12_rows(parts: Iterator[str]) -> Iterator[Cells]:
    """The header, then a row per service line, from the text in parts of any length.

    ``None`` stands for a segment that is too long to be one.
    """
    yield X12_HEADER
    number = 0
    line: list[str] | None = None
    for elements in _segments(parts):
        if elements is None:
            yield None
            continue
        name = elements[0].strip()
        if name in _SERVICES or name in _ENDS_A_LINE:
            if line is not None:
                yield line
            line = None
        if name in _SERVICES:
            number += 1
            line = _service(number, name, elements)
        elif line is not None and len(elements) > 2 and elements[1] in _SERVICE_DAY and not line[-1]:
            line[-1] = elements[3] if name == "DTP" and len(elements) > 3 else elements[2] if name == "DTM" else ""
    if line is not None:
        yield line


def _service(number: int, name: str, elements: list[str]) -> list[str]:
    code, charge, qualifier, quantity = _SERVICES[name]
    padded = elements + [""] * 6
    counts = qualifier is None or padded[qualifier] == _UNITS
    return [str(number), padded[code], padded[charge], padded[quantity] if counts else "", ""]


def _segments(parts: Iterator[str]) -> Iterator[list[str] | None]:
    """The elements of every segment; ``None`` for one that is too long."""
    rest = ""
    separators: _Separators | None = None
    for part in parts:
        rest += part
        if separators is None:
            rest = rest.lstrip("\ufeff \r\n\t")
            if len(rest) < ISA_CHARACTERS:
                continue
            separators = _separators(rest)
        *whole, rest = rest.split(separators.segment)
        for segment in whole:
            yield segment.strip().split(separators.element)
        if len(rest) > LONGEST_LINE:
            yield None
            rest = ""
    if rest.strip():
        separators = separators or _separators(rest)
        for segment in rest.split(separators.segment):
            yield segment.strip().split(separators.element)


def _separators(start: str) -> _Separators:
    """The separators that an interchange states; of a part of one, the usual ones or the ends of its lines."""
    if start.startswith("ISA") and len(start) >= ISA_CHARACTERS:
        return _Separators(start[3], start[ISA_CHARACTERS - 1])
    matched = _SEGMENT.match(start)
    return _Separators(matched[0][-1] if matched else "*", "~" if "~" in start else "\n")
