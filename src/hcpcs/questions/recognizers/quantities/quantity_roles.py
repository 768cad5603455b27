"""The role of an amount, by the words beside it: ``tables/quantity_roles.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from hcpcs.questions.question import QuantityRole

READ_BESIDE: Final = 24
"""Characters before and after an amount that are read for its role."""
# "gave 80 mg waste units", "used 372 mg waste?": the amount was given, and the waste is asked for.
_WAS_GIVEN: Final = re.compile(
    r"\b(?:gave|given|administered|infused|injected|used):? (?:only |about |just )?$", re.IGNORECASE
)
_CUED: Final = (QuantityRole.CONTAINER, QuantityRole.WASTE, QuantityRole.CLAIMED)


class RoleCue(NamedTuple):
    """A role with its cue patterns: ``after`` matches right after an amount, ``before`` up to its start."""

    role: QuantityRole
    after: re.Pattern[str] | None
    before: re.Pattern[str]


class CuedRole(NamedTuple):
    """The role of an amount, and how many characters of the text after it are its cue."""

    role: QuantityRole
    length: int


def role_of(before: str, after: str) -> CuedRole | None:
    """The role that the words around an amount give it, or ``None`` without a cue."""
    for cue in _cues():
        if cue.role is QuantityRole.WASTE and _WAS_GIVEN.search(before):
            continue
        if cue.after and (match := cue.after.match(after)):
            return CuedRole(cue.role, match.end())
        if cue.before.search(before):
            return CuedRole(cue.role, 0)
    return None


def lasts(before: str) -> bool:
    """Whether the words before a number of days make it a duration ("for 30 days")."""
    return _duration().search(before) is not None


def is_about_waste(text: str) -> bool:
    """Whether discarded drug is mentioned."""
    return _mentions("about_waste").search(text) is not None


@cache
def not_the_drug() -> frozenset[str]:
    """The words beside a dose that are not the drug."""
    words = (word for section in ("not_the_drug", "solid", "applied") for word in _table()[section]["words"])
    return frozenset(word.replace("'", "") for word in words)


@cache
def beside_a_count() -> frozenset[str]:
    """The words beside a number of tablets that name no other drug."""
    return frozenset(_table()["beside_a_count"]["words"])


@cache
def bounds_without_unit() -> Mapping[str, Decimal]:
    """The units of a code between which a number without a unit is milligrams: least, most, and most of small units."""
    return {name: Decimal(number) for name, number in _table()["without_unit"].items()}


def form_words(section: str) -> str:
    """Pattern of the words for a form in which a dose is given."""
    return f"(?:{_any_of(_table()[section]['words'])})"


def words_in(section: str, column: str) -> str:
    """Pattern of the words of a section, the longest first."""
    return _any_of(_table()[section][column])


@cache
def _table() -> dict[str, Any]:
    source = resources.files("hcpcs.questions").joinpath("tables", "quantity_roles.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _cues() -> tuple[RoleCue, ...]:
    table = _table()
    return tuple(RoleCue(role, _after(table[role]["after"]), _before(table[role]["before"])) for role in _CUED)


@cache
def _duration() -> re.Pattern[str]:
    return _before(_table()["duration"]["before"])


def _any_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"[\s-]?".join(map(re.escape, phrase.split())) for phrase in longest_first)


def _after(phrases: list[str]) -> re.Pattern[str] | None:
    # Not before a number, which the word then belongs to: the 200 mg of "gave 200 mg, wasted 20 mg" was given.
    # A number of days is of its own: "237 calories per can 30 days".
    number = r"\d(?!\d{0,2} ?(?:days?|weeks?|wks?|months?|mos?)\b)"
    return (
        re.compile(rf"[\s,-]*(?:{_any_of(phrases)})(?!\w|[\s:=]*{number}|[\s-]vial)", re.IGNORECASE)
        if phrases
        else None
    )


def _before(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(phrases)})[\s:=]*(?:an?\s)?$", re.IGNORECASE)


@cache
def _mentions(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(_table()[section]['words'])})(?!\w)", re.IGNORECASE)
