"""The words of two characters: which are modifiers wherever they are, and which are words of the sentence.

The table with its sources is ``modifier_words.toml``.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Final, NamedTuple

from hcpcs.records.billing.areas import areas
from hcpcs.records.billing.units import UNITS
from hcpcs.records.record import Frozen


class ModifierSpan(NamedTuple):
    """A modifier in upper case, and its place in the text."""

    modifier: str
    start: int
    end: int


class _ModifierWords(Frozen):
    words: frozenset[str]
    source: str


def _read_words() -> dict[str, frozenset[str]]:
    source = resources.files("hcpcs.questions.recognizers.modifiers").joinpath("modifier_words.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return {name: _ModifierWords.model_validate(row).words for name, row in table.items()}


_WORDS: Final = _read_words()
WORDS_OF_TWO: Final = _WORDS["sentence"].union(
    spelling
    for unit in UNITS
    for spelling in unit.spellings
    if len(spelling) == 2 and spelling not in _WORDS["rare_units"]
)
"""Words and units of two letters that are not meant as a modifier when they follow a code in a sentence."""
WORDS_THAT_ARE_MODIFIERS: Final = _WORDS["in_a_column"]
"""Words that are the modifier in a column of modifiers."""
COMMON: Final = _WORDS["common"]
"""Modifiers in daily use, which may follow a code in lower case."""

STATES: Final = frozenset(code.lower() for code in areas())
"""The postal abbreviations of states and territories, some of which are modifiers, too ("GA", "SC")."""

CPT_MODIFIERS: Final = _WORDS["cpt"]
"""The modifiers of two digits, which are CPT's (AMA)."""
UNMISTAKABLE: Final = _WORDS["unmistakable"]
"""Modifiers that are not a word, a state or an abbreviation of another trade, and may be anywhere in a text."""

TWO: Final = r"([a-z][a-z0-9]|\d{2}|\d[a-z])"
"""Pattern of what can be a modifier, for patterns that ignore case."""
JOINED_BY: Final = r"(?:\s?[,/+&]\s?|\s(?:and|or|vs\.?|versus|v)\s(?:the\s)?)"
"""Pattern of what joins two modifiers of a list."""


def is_cpt(modifier: str) -> bool:
    """Whether two characters look like a CPT modifier: two digits, or a digit and P (performance)."""
    return modifier.isdigit() or (modifier[0].isdigit() and modifier[1] == "P")


def is_common(modifier: str) -> bool:
    """Whether two characters in any case are a modifier in daily use."""
    return modifier.lower() in COMMON


def is_meant(modifier: str, text: str) -> bool:
    """Whether what is beside the word "modifier" is one, and not a word of the sentence."""
    lower = modifier.lower()
    return lower not in WORDS_OF_TWO or (
        modifier.isupper() and not text.isupper() and lower not in _WORDS["abbreviations"]
    )


def is_listed(modifier: str, text: str) -> bool:
    """Whether what follows a named modifier is one more."""
    return is_meant(modifier, text) and (modifier.isupper() or modifier.lower() in COMMON)
