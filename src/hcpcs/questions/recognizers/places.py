"""The recognizer of places: a state or territory, a ZIP code, and whether rural amounts are meant.

An abbreviation counts in capitals, or after "in". One that is also a word, a modifier or a short form of billing (IN,
GA, PA, VA) counts only in capitals and after "in". Five digits are a ZIP code only where the words say so, since they
look like a CPT code.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from hcpcs.records.billing.areas import areas

_AMBIGUOUS: Final = frozenset("AL AS CO CT DE GA HI ID IN LA MA MD ME MO MP MS NE OH OK OR PA PR SC VA".split())
"""Abbreviations that are also words, modifiers or short forms (PA, prior authorization; CO and PR, denial groups)."""
_ZIP_PATTERNS: Final = (
    # "zip 79936", "ZIP code: 79936-1234"
    re.compile(r"\bzip(?: ?codes?)?:? (?:is |of )?(\d{5})\b", re.IGNORECASE),
    # "is 79936 rural", "79936, a rural zip"
    # "covered in 75201"
    re.compile(r"\bcover(?:ed|s|age)? (?:in|at) (\d{5})\b", re.IGNORECASE),
    re.compile(r"(?<!\d)(\d{5})(?:-\d{4})?,? (?:is )?(?:in )?(?:an? )?(?:rural|non-?rural|zip)\b", re.IGNORECASE),
)
_ZIP_BESIDE_AMOUNT: Final = re.compile(r"\b(?:in|at) (\d{5})\b", re.IGNORECASE)
"""A ZIP code in a question about an amount: "how much is E0601 in 79936"."""
# "included in 96413" is about a CPT code; "how much does Medicare pay in 30301" can only be about a place.
_AMOUNT: Final = re.compile(
    r"\b(?:how much|fees?|price|pays?|paid|payment|allow\w*|amount|rates?|reimburs\w*|cost)\b", re.IGNORECASE
)
_RURAL: Final = re.compile(r"\b(?P<not>non-? ?|not )?rural\b", re.IGNORECASE)


class Place(NamedTuple):
    """The place that a question names. ``words`` are those that name it, in lower case."""

    area: str | None = None
    zip_code: str | None = None
    rural: bool | None = None
    words: frozenset[str] = frozenset()


def find_place(text: str, rest: str) -> Place:
    """The place in a question; ``rest`` is its text without codes, where an abbreviation can't be a modifier."""
    patterns = (*_ZIP_PATTERNS, _ZIP_BESIDE_AMOUNT) if _AMOUNT.search(text) else _ZIP_PATTERNS
    zip_code = next((match[1] for pattern in patterns if (match := pattern.search(text))), None)
    rural = _RURAL.search(text)
    area, written = _area(text, rest)
    words = {"rural", "non", "zip", "code", *written.lower().split()} if area or zip_code or rural else set()
    return Place(area, zip_code, None if rural is None else not rural["not"], frozenset(words))


def _area(text: str, rest: str) -> tuple[str | None, str]:
    if match := _names().search(text):
        return _codes_by_name()[" ".join(match[0].lower().split())], match[0]
    for match in _abbreviations().finditer(rest):
        code = match["code"].upper()
        capitals = match["code"] == code
        if match["before"] and (capitals or code not in _AMBIGUOUS):
            return code, match["code"]
        if capitals and code not in _AMBIGUOUS:
            return code, code
    return None, ""


@cache
def _codes_by_name() -> dict[str, str]:
    return {area.name.lower(): code for code, area in areas().items()}


@cache
def _names() -> re.Pattern[str]:
    # The longest first: "West Virginia" before "Virginia".
    names = sorted(_codes_by_name(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(name.replace(' ', ' +') for name in names)})\b", re.IGNORECASE)


@cache
def _abbreviations() -> re.Pattern[str]:
    return re.compile(rf"(?P<before>\bin )?\b(?P<code>{'|'.join(areas())})\b", re.IGNORECASE)
