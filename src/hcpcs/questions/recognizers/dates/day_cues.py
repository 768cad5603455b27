"""What a date is the date of, by the words beside it: the service, or a birth, a denial, an order."""

from __future__ import annotations

import re
import tomllib
from enum import Enum
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from hcpcs.questions.words.tokens import blank_out


class DateRole(Enum):
    """What a date with a cue is: ``SERVICE`` wins over dates without one, ``OTHER`` is never a date of service."""

    SERVICE = "service"
    OTHER = "other"


class IgnoredSpan(NamedTuple):
    """A date or number that says nothing about the question, with its cue: "DOB 01/15/1944", "MRN 5520913".

    ``labeled`` says that the cue is no more than the label of the date, and not what is asked.
    """

    start: int
    end: int
    labeled: bool = False


class DateCue(NamedTuple):
    """The cue of a date, where it starts and ends, and its words."""

    role: DateRole
    start: int
    end: int
    words: tuple[str, ...]


class CueTable(NamedTuple):
    """The table: the role of each cue by its words, the joining words, and the pattern of numbers.

    ``last`` are the words that can be directly before a date with a cue: the last ones of cues, and joining words;
    ``doubtful`` are cues that a word of ``asking`` before them makes a part of the question ("is it paid on 3/1/2025").
    ``first`` are those that can be directly after it. ``number_words`` is in every text in lower case with a number.
    """

    roles: dict[tuple[str, ...], DateRole]
    doubtful: frozenset[tuple[str, ...]]
    asking: frozenset[str]
    joining: frozenset[str]
    first: frozenset[str]
    last: frozenset[str]
    number_words: re.Pattern[str]
    numbers: re.Pattern[str]


_BEFORE_READ: Final = 60
"""Characters before a date that are read for its cue."""
_AFTER_READ: Final = 24
"""Characters after a date that are read for its cue."""
_LONGEST: Final = 3
"""Maximum words per cue."""
_JOINED: Final = 5
"""Maximum joining words between a cue and its date."""
_WORD: Final = re.compile(r"[a-z0-9]+(?:\.[a-z]\b)*", re.IGNORECASE)

_SENTENCE_END: Final = re.compile(r"[;?!,]|\.\s")
_OPENING: Final = re.compile(r"\s*\(?\s*")
_NUMBER: Final = re.compile(r"[\s:#-]*\d")
_LONG_NUMBER: Final = re.compile(r"\d[\w-]{4}|\(\d{3}\)")
"""In every number of a chart, claim, account or telephone."""


def cue_of(text: str, start: int, end: int) -> DateCue | None:
    """The cue of the date from ``start`` to ``end``: before it, else directly after it."""
    return _before(text, start) or _after(text, end)


def find_numbers(text: str) -> list[IgnoredSpan]:
    """The numbers of charts, claims, accounts and telephones in a text, with the word that says so."""
    table = cue_table()
    if not _LONG_NUMBER.search(text) or not table.number_words.search(text.lower()):
        return []
    return [IgnoredSpan(*match.span(), labeled=True) for match in table.numbers.finditer(text)]


def without_numbers(text: str) -> str:
    """``text`` with spaces where such numbers are."""
    return blank_out(text, ((one.start, one.end) for one in find_numbers(text)))


def _before(text: str, start: int) -> DateCue | None:
    offset = max(0, start - _BEFORE_READ)
    written = [*_WORD.finditer(text, offset, start)]
    if not written or _plain(written[-1]) not in cue_table().last:
        return None
    words = [(_plain(word), word.start()) for word in written]
    for skipped in range(_JOINED + 1):
        last = len(words) - skipped
        for length in range(min(_LONGEST, last), 0, -1):
            cue = tuple(word for word, _ in words[last - length : last])
            if role := cue_table().roles.get(cue):
                place = words[last - length][1]
                asked = cue in cue_table().doubtful and _is_asked(text, place)
                return None if asked or ";" in text[place:start] else DateCue(role, place, start, cue)
        if not last or words[last - 1][0] not in cue_table().joining:
            return None
    return None


def _is_asked(text: str, start: int) -> bool:
    """Whether a word that asks is before the offset ``start`` in its sentence."""
    sentence = _SENTENCE_END.split(text[:start])[-1]
    return any(_plain(word) in cue_table().asking for word in _WORD.finditer(sentence))


def _plain(word: re.Match[str]) -> str:
    return word[0].lower().replace(".", "")


def _after(text: str, end: int) -> DateCue | None:
    opening = _OPENING.match(text, end, end + _AFTER_READ)
    position = opening.end() if opening else end
    first = _WORD.match(text, position, end + _AFTER_READ)
    if first is None or _plain(first) not in cue_table().first:
        return None
    words = list(_WORD.finditer(text, position, end + _AFTER_READ))[:_LONGEST]
    for length in range(len(words), 0, -1):
        cue = tuple(map(_plain, words[:length]))
        role = cue_table().roles.get(cue)
        close = words[length - 1].end()
        if cue in cue_table().doubtful:
            continue
        if role and not _NUMBER.match(text, close, close + 4):
            return DateCue(role, end, close, cue)
    return None


@cache
def cue_table() -> CueTable:
    """The table, read once per process."""
    source = resources.files("hcpcs.questions").joinpath("tables", "day_cues.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    roles = {
        tuple(row.split()): DateRole.SERVICE if section == "service" else DateRole.OTHER
        for section, entry in table.items()
        if section not in {"joining", "asking", "numbers"}
        for row in entry["words"].splitlines()
        if row
    }
    words = "|".join(row.replace(" ", r"\s") for row in table["numbers"]["words"].split("\n") if row)
    # "MRN 20190301", "claim number: 12345678", "acct# 55512-01", "phone (614) 555-0123"; five digits or more, and
    # never a date with slashes, which may be the date of the claim.
    numbers = (
        rf"\b(?:{words})\b(?:[\s:#.]|\b(?:number|num|no|nbr|id|is)\b){{0,8}}"
        r"(?:[A-Z]{0,3}\d[\w-]{4,}|\(\d{3}\)[\s\d-]{7,})(?![/\w])"
    )
    joining = frozenset(table["joining"].split())
    doubtful = frozenset(tuple(row.split()) for row in table["doubtful"]["words"].splitlines() if row)
    asking = frozenset(table["asking"].split())
    first, last = frozenset(cue[0] for cue in roles), joining.union(cue[-1] for cue in roles)
    return CueTable(
        roles, doubtful, asking, joining, first, last, re.compile(words), re.compile(numbers, re.IGNORECASE)
    )
