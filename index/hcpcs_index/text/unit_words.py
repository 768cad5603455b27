"""What one billing unit is for, as a query and a record state it: "per hour", "per diem", "15 min", "per visit".

The search ignores "per", and an hour and 15 minutes are words among others. A code billed by another unit is not the
one that was asked for: "adult day care per day" isn't the code per half day.
"""

from __future__ import annotations

import re
from typing import Final

PER_DIEM: Final = "diem"
"""The word of the unit that only services are billed by."""
MILE: Final = "mile"
"""The unit of a code that is billed beside the code of the trip."""
_WORDS: Final = {
    "hourly": "hour",
    "hr": "hour",
    "daily": "day",
    PER_DIEM: "day",
    "monthly": "month",
    "mo": "month",
}
"""The unit that each other word for it means."""
_UNIT: Final = r"hour|hr|day|diem|week|month|mo|visit|session|mile"
# "per diem", "per half day", "each 15 minutes", "per 15": a bare number is minutes.
_PER: Final = re.compile(
    rf"\b(?:per|each|every|up to) (?P<half>half )?(?:(?P<number>15|30|60)\b ?(?P<minutes>min(?:ute)?s?\b)?"
    rf"|(?P<word>{_UNIT})\b)|\b(?P<hours>\d+)[- ]hour unit\b"
)
# A query says it without "per", too ("15 min", "hourly", "a day"); a record says other things with these words.
_SHORT: Final = re.compile(
    rf"\b(?P<number>15|30|60) ?min(?:ute)?s?\b|\b(?P<word>hourly|daily|monthly)\b"
    rf"|(?:\ban? |/ ?)(?P<one>{_UNIT})\b"
)


def asked_units(query: str) -> frozenset[str]:
    """The billing units that a query in lower case names; empty if none."""
    units = {_named(match) for match in _PER.finditer(query)}
    for match in _SHORT.finditer(query):
        word = match["word"] or match["one"]
        units.add(_WORDS.get(word, word) if word else match["number"])
    return frozenset(units - {""})


def without_units(query: str) -> str:
    """A query in lower case without the words that name a billing unit."""
    return _SHORT.sub(" ", _PER.sub(" ", query))


def stated_units(description: str) -> frozenset[str]:
    """The billing units that a long description states; empty if none."""
    return frozenset({_named(match) for match in _PER.finditer(description.lower())} - {""})


def _named(match: re.Match[str]) -> str:
    """The unit that a match of ``_PER`` names; empty for a bare number that is a limit ("up to 30")."""
    word = match["word"]
    if match["hours"]:
        return f"{match['hours']} hours"
    if word:
        unit = _WORDS.get(word, word)
        return f"half {unit}" if match["half"] else unit
    return match["number"] if match["minutes"] or not match[0].startswith("up to") else ""
