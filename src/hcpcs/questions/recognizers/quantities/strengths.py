"""The recognizer of strengths without a unit, which is then that of the descriptor: "depo-medrol 80, units?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.quantity_roles import READ_BESIDE, not_the_drug
from hcpcs.questions.recognizers.quantities.related_quantities import BARE, PRESUMED, STRENGTH, QuantitySpan
from hcpcs.questions.words.function_words import function_words

# "gave depo-medrol 80, units?", "kenalog 40 given how many units": a strength without its unit.
_STRENGTH: Final = re.compile(
    r"(?<=[a-z] )(?<!\bunits )(?<!\bqty )(?<!\bx )(?<!\bor )(?<!\bbill )(?<!\bcharge )(?P<number>[1-9]\d{1,3}(?:\.\d)?)"
    r"(?=[,?;]|$| (?:and|given|gave|im|iv|sq|subq|inj\w*|code|how|what|in|x|hcpcs)\b)",
    re.IGNORECASE,
)
_ASKS_UNITS: Final = re.compile(r"\bunits?\b", re.IGNORECASE)
# The words before a number that is not a strength: "patient age 65", "POS 12", "revenue code 636", "limit of 16".
_NO_STRENGTH: Final = re.compile(
    r"\b(?:(?:aged?|wt|weight|limit|max(?:imum)?)(?: (?:is|of))?|weighs|pos|service|modifiers?|mods?|revenue|rev|codes?"
    r"|line|box|item|room|to|than|over|under|in|on|until) $",
    re.IGNORECASE,
)

# "decadron 10 and", "J1885 60, ", "pepcid 20 iv units": a number behind a name or a code, whose place is blank.
_BARE: Final = re.compile(
    r"(?:(?<=[a-z\d] )|(?<= {5} ))(?P<number>\d{1,4}(?:\.\d{1,3})?)(?P<units> units?\W*$)?"
    r"(?=[ ,;+&?]|$)"
    r"(?! ?(?:%|x\b|/|-|\d|(?:ml|cc|mg|mcg|g|kg|units?|vials?|tabs?|tablets?|caps?|doses?|times)\b(?!\W*$)))",
    re.IGNORECASE,
)
_ROUTE: Final = r"(?: ?(?:ivp?|im|sq|subq|po|given|units?))*"
_NAME: Final = r"(?P<name>(?:[a-z]{3,} )?[a-z][a-z\d-]{2,}| {5})"
# What is between two amounts of a list, each of its own drug: " and rocephin ", " + ", " J1100 ".
_NEXT_DRUG: Final = re.compile(
    rf"{_ROUTE} ?(?P<joined>[,;+&]|and\b|plus\b|with\b|w/)?(?: and)? *{_NAME} ", re.IGNORECASE
)
_FIRST_DRUG: Final = re.compile(rf"(?:^|[ ,;:]){_NAME} $", re.IGNORECASE)
_ONLY_NAME: Final = re.compile(rf"(?:(?:gave|given|got|pt|patient|received|units?|for) )*{_NAME} ", re.IGNORECASE)
_MASSES: Final = frozenset({"mg", "mcg", "g"})
_MEASURES: Final = _MASSES | {"ml"}
_NO_DRUG: Final = frozenset(
    {
        "age", "bsa", "pos", "rev", "qty", "day", "mod", "max", "lot", "ndc", "dos", "mrn", "dob", "weight", "weighs",
        "aged", "cycle", "week", "line", "level", "stage", "phase", "room", "visit", "quantity",
        "modifier", "modifiers", "limit", "revenue", "service", "code", "codes", "total", "over", "until", "than",
        "box", "item", "bill", "billed", "charge", "charged", "wasted", "waste", "discarded", "days", "weeks",
    }
)  # fmt: skip
"""Words before a number that is not a dose."""


def find_bare_doses(text: str, spans: Sequence[QuantitySpan]) -> list[QuantitySpan]:
    """The numbers of a list of drugs of which another has milligrams, or all of which are bare: each is of its own."""
    doses = [one for one in spans if one.quantity.unit in _MEASURES and one.quantity.role is QuantityRole.DOSE]
    if any(one.quantity.unit not in _MEASURES | {"unit"} for one in spans):
        return []
    if not _ASKS_UNITS.search(text) and not any(one.quantity.unit in _MASSES for one in doses):
        return []
    unit = PRESUMED if doses else BARE
    bare = [
        QuantitySpan(
            Quantity(amount=float(match["number"]), unit=unit, written="units" if match["units"] else ""),
            *match.span(),
        )
        for match in _BARE.finditer(text)
        if float(match["number"])
        and all(match.end() <= one.start or one.end <= match.start() for one in doses)
        and all(one.end > match.start() or text[one.end : match.start()].strip() for one in doses)  # "8 mg 8 units"
    ]
    listed = sorted([*doses, *bare], key=lambda one: one.start)
    asks = _ASKS_UNITS.search(text) is not None
    if len(listed) < 2 or not bare or not _is_list(text, listed, measured=bool(doses), joined=not asks):
        return []
    return bare


def _is_list(text: str, listed: Sequence[QuantitySpan], *, measured: bool, joined: bool) -> bool:
    """Whether every amount has a name or a code of its own right before it; without a unit from the beginning.

    Where the units are not asked for, all of them are ``joined``: "J1885 60 and rocephin 500 mg".
    """
    before = text[: listed[0].start]
    first = _FIRST_DRUG.search(before) if measured else _ONLY_NAME.fullmatch(before)
    if first is None or not _may_be_a_drug(first["name"]):
        return False
    for one, then in zip(listed, listed[1:], strict=False):
        match = _NEXT_DRUG.fullmatch(text[one.end : then.start])
        if match is None or not _may_be_a_drug(match["name"]):
            return False
        if not match["joined"] and (joined or (measured and match["name"].strip())):
            return False  # "keytruda 200 mg cycle 4"
    return True


def _may_be_a_drug(name: str) -> bool:
    last = name.lower().split()[-1:]  # "gave toradol"; none of the place of a code
    return set(last).isdisjoint(_NO_DRUG | not_the_drug() | function_words().scaffolding)


def find_strengths(text: str) -> list[QuantitySpan]:
    """The numbers after the names of drugs whose units are asked for."""
    return [
        QuantitySpan(Quantity(amount=float(match["number"]), unit=STRENGTH), *match.span())
        for match in (_STRENGTH.finditer(text) if _ASKS_UNITS.search(text) else ())
        if not _NO_STRENGTH.search(text[max(0, match.start() - READ_BESIDE) : match.start()])
    ]
