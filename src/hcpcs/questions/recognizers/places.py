"""The recognizer of places: a state or territory, a ZIP code, and whether rural amounts are meant.

An abbreviation counts in capitals, or after "in". One that is also a word, a modifier or a short form of billing (IN,
GA, PA, VA) counts only after "in", and in capitals or as the last word of a question on an amount ("E0601 fee in pa")
or a MAC ("mac for oh"). Five digits are a ZIP code only where the words say so or an item is
beside them, since they look like a CPT code.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.records.billing.areas import areas
from hcpcs.records.billing.zip_codes import place_of_zip

_AMBIGUOUS: Final = frozenset("AL AS CO CT DE GA HI ID IN LA MA MD ME MO MP MS NE OH OK OR PA PR SC VA".split())
"""Abbreviations that are also words, modifiers or short forms (PA, prior authorization; CO and PR, denial groups)."""
_NEVER_LAST: Final = frozenset({"OR"})
"""Those that are something else at the end, too: "in or" is in surgery."""
_AND: Final = re.compile(r"\s*(?:,|/|&|\+|,?\s(?:and|or|vs\.?|versus))\s*(?:in )?")
"""What stands between two states of a list: "in CA, PA and OH"."""
_NO_STATE: Final = re.compile(r" (?:needed|required|req|necessary|list|status|auth|approv|or not|\?)", re.IGNORECASE)
"""What makes two letters behind a state a subject of their own: "fee in tx, pa needed"."""
_ENDS: Final = re.compile(
    r"\W*(?:(?:and |or )?[a-z]{2}\b\W*){0,3}(?:rural|non-?rural|(?:this|last) year|now|20\d\d)?\W*", re.IGNORECASE
)
"""What may stand behind the states that end a question: other states, "rural", and the year."""
_ZIP_PATTERNS: Final = (
    # "zip 79936", "ZIP code: 79936-1234"; "zip code 1223" has lost its leading zero
    GatedPattern(r"\bzip(?: ?codes?)?:? (?:is |of )?(\d{3,5})(?:-\d{4})?\b", re.IGNORECASE),
    # "DME MAC for 79936"
    GatedPattern(r"\bmacs? (?:for|of|in|at) (\d{5})\b", re.IGNORECASE),
    # "covered in 75201"
    GatedPattern(r"\bcover(?:ed|s|age)? (?:in|at) (\d{5})\b", re.IGNORECASE),
    # "is 79936 rural", "79936, a rural zip"
    GatedPattern(r"(?<!\d)(\d{5})(?:-\d{4})?,? (?:is )?(?:in )?(?:an? )?(?:rural|non-?rural|zip)\b", re.IGNORECASE),
)
_ZIP_BESIDE_AMOUNT: Final = GatedPattern(r"\b(?:in|at) (\d{5})\b", re.IGNORECASE)
"""A ZIP code in a question about an amount: "how much is E0601 in 79936"."""
# An item of DME, an orthosis or a supply; not the radiopharmaceuticals (A95, A96) and implants (L8) that are billed
# with CPT codes. "E0601-RR 79936", "E0601 RR in 75201", "A7030, NU at 75201".
_ZIP_BESIDE_ITEM: Final = re.compile(
    r"\b(?:[EKB]\d{4}|L[0-7]\d{3}|A[4-7]\d{3})(?P<modifiers>(?:[-, ]{1,2}(?!in\b|at\b)[a-z][a-z0-9]){0,4})"
    r",? (?P<place>(?:in|at) )?(?P<zip>\d{5})(?P<more>-\d{4})?(?![\w-])(?! [a-z]*\d)",
    re.IGNORECASE,
)
# The last word of a question on the amount of an item: "E1390 RR allowable 59711".
_ZIP_AT_END: Final = GatedPattern(
    r"\b(?:[EKB]\d{4}|L[0-7]\d{3}|A[4-7]\d{3})\b.{0,60}\b(?:[a-z]{3,}|rr|nu|ue)(?<!\band|cpt|ith|lus),? (\d{5})[?. ]*$",
    re.IGNORECASE,
)
# "E0601 price order 40213", "fee for E0601, claim number 12345".
_NUMBERED: Final = re.compile(
    r"\b(?:claim|order|invoice|account|acct|patient|member|case|ticket|number|box|ref|reference|mrn|icn)[:#]? ?$",
    re.IGNORECASE,
)
_VISIT: Final = re.compile(r"99[2-4]\d\d")
"""CPT codes of visits and the like, which are also ZIP codes of Spokane: places only where the words say so."""
_RENTED_OR_BOUGHT: Final = GatedPattern(r"\b(?:rr|nu|ue|ms|month \d)\b", re.IGNORECASE)
_OFTEN_CPT: Final = "9"
"""The first digit of the CPT codes that items are named beside: "E0601 94660" is not a place without other words."""
# "included in 96413" is about a CPT code; "how much does Medicare pay in 30301" can only be about a place.
_AMOUNTS: Final = r"\b(?:how much|fees?|price|pays?|paid|payment|allow\w*|amount|rates?|reimburs\w*|cost)\b"
_AMOUNT: Final = GatedPattern(_AMOUNTS)
_OF_A_STATE: Final = GatedPattern(rf"{_AMOUNTS}|\bmacs?\b", re.IGNORECASE)
"""What differs by state: an amount, and the MAC."""
_RURAL: Final = GatedPattern(r"\b(?P<not>urban\b|non-? ?rural\b|not rural\b)|\brural\b", re.IGNORECASE)


class ZipSpan(NamedTuple):
    """A ZIP code of five digits in a text, as written, and its offsets; ``1223`` has lost the zero of ``01223``."""

    zip_code: str
    written: str
    start: int
    end: int


class Place(NamedTuple):
    """The place that a question names. ``words`` are those that name it, in lower case.

    ``zip_written`` is how a ZIP code is written that has lost leading zeros. ``rural`` is ``None`` where both amounts
    are asked for.
    """

    area: str | None = None
    zip_code: str | None = None
    zip_written: str | None = None
    rural: bool | None = None
    words: frozenset[str] = frozenset()
    other_areas: tuple[str, ...] = ()


def find_zip(text: str) -> ZipSpan | None:
    """The ZIP code in a question: five digits that its words, or the item beside them, make a place."""
    for pattern in (*_ZIP_PATTERNS, _ZIP_BESIDE_AMOUNT) if _AMOUNT.search(text.lower()) else _ZIP_PATTERNS:
        if match := pattern.search(text):
            return ZipSpan(match[1].zfill(5), match[1], match.start(1), match.end(1))
    at_end = _ZIP_AT_END.search(text) if _AMOUNT.search(text.lower()) else None
    numbered = at_end and _NUMBERED.search(text, 0, at_end.start(1))
    if at_end and not numbered and not _VISIT.fullmatch(at_end[1]) and place_of_zip(at_end[1]).area is not None:
        return ZipSpan(at_end[1], at_end[1], at_end.start(1), at_end.end(1))
    match = _ZIP_BESIDE_ITEM.search(text)
    if match is None or not _is_place(match, text):
        return None
    return ZipSpan(match["zip"], match["zip"], match.start("zip"), match.end("zip"))


def _is_place(match: re.Match[str], text: str) -> bool:
    """Whether five digits after an item are a place: by "in", an amount or a rental, or if they are hardly CPT."""
    zip_code = match["zip"]
    if place_of_zip(zip_code).area is None or (_VISIT.fullmatch(zip_code) and not match["place"]):
        return False
    asked = match["place"] or match["more"] or _AMOUNT.search(text.lower()) or _RENTED_OR_BOUGHT.search(text)
    return bool(asked) or not zip_code.startswith(_OFTEN_CPT)


def names_rural(text: str) -> bool:
    """Whether a question asks about rural amounts, or those that are not."""
    return _RURAL.search(text) is not None


def find_place(text: str, rest: str, zip_span: ZipSpan | None = None) -> Place:
    """The place in a question; ``rest`` is its text without codes, where an abbreviation can't be a modifier."""
    rural = {not match["not"] for match in _RURAL.finditer(text)}
    named = _areas(text, rest)
    area, *others = named or (None,)
    written = " ".join(named.values()).lower().split()
    words = {"rural", "urban", "non", "zip", "code", *written} if area or zip_span or rural else set()
    return Place(
        area,
        zip_span.zip_code if zip_span else None,
        zip_span.written if zip_span and zip_span.written != zip_span.zip_code else None,
        rural.pop() if len(rural) == 1 else None,
        frozenset(words),
        tuple(others),
    )


def area_of_word(word: str) -> str | None:
    """The state or territory whose abbreviation a word is, in any case, unless it is also something else."""
    code = word.upper()
    return code if code in areas() and code not in _AMBIGUOUS else None


def _areas(text: str, rest: str) -> dict[str, str]:
    """The states and territories that a question names, in order, each with the words that name it."""
    named = {_codes_by_name()[" ".join(match[0].split())]: match[0] for match in _names().finditer(text.lower())}
    if named:
        return named
    end = 0
    for match in _abbreviations().finditer(rest):
        code = match["code"].upper()
        capitals = match["code"] == code
        between = rest[end : match.start()]
        listed = _AND.fullmatch(between) or (code not in _AMBIGUOUS and not between.strip())
        listed = listed and not _NO_STATE.match(rest, match.end())
        if (named and listed and (capitals or code not in _NEVER_LAST)) or _is_area(match, text):
            named[code] = match["code"]
            end = match.end()
    return named


def _is_area(match: re.Match[str], text: str) -> bool:
    """Whether two letters are a state by themselves: by "in", by capitals, or as the last word on an amount."""
    code = match["code"].upper()
    capitals = match["code"] == code
    ends = code not in _NEVER_LAST and _ENDS.fullmatch(match.string, match.end()) is not None
    last = ends and _OF_A_STATE.search(text) is not None
    if code in _AMBIGUOUS:
        return match["before"] is not None and (capitals or last)
    return match["before"] is not None or capitals or last


@cache
def _codes_by_name() -> dict[str, str]:
    return {area.name.lower(): code for code, area in areas().items()}


@cache
def _names() -> GatedPattern:
    # In lower case, and the longest first: "West Virginia" before "Virginia".
    names = sorted(_codes_by_name(), key=len, reverse=True)
    return GatedPattern(rf"\b(?:{'|'.join(name.replace(' ', ' +') for name in names)})\b")


@cache
def _abbreviations() -> re.Pattern[str]:
    # A word of two letters is looked for first, which fewer places of a text are than one of sixty abbreviations.
    return re.compile(
        rf"(?P<before>\b(?:in|(?:macs?|state) (?:for|of)) )?\b(?=\w\w\b)(?P<code>{'|'.join(areas())})", re.IGNORECASE
    )
