"""Words that the analysis treats specially, read from ``words.toml``, and the units of measure."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from os.path import commonprefix
from typing import Any, Final

from hcpcs.records.billing.units import UNITS, spelling_pattern

_TABLES: Final[dict[str, Any]] = tomllib.loads(
    resources.files("hcpcs_index.text").joinpath("words.toml").read_text(encoding="utf-8")
)

_ONE_WORD: Final = re.compile(r"[a-zμ0-9]+|%")

STOP_WORDS: Final[frozenset[str]] = frozenset(_TABLES["stop_words"])
"""Words that are neither indexed nor searched for."""
QUERY_STOP_WORDS: Final[frozenset[str]] = frozenset(_TABLES["query_stop_words"])
"""Words that are not searched for unless the query has no others."""
SPANISH_STOP_WORDS: Final[frozenset[str]] = frozenset(_TABLES["spanish_stop_words"])
"""Words that are not searched for in a Spanish query ("la")."""
DIAGNOSES: Final[frozenset[str]] = frozenset(_TABLES["diagnoses"])
"""Words for what a patient has, which say in what case an item is asked for ("stander with CP")."""
GENERIC: Final[frozenset[str]] = frozenset(_TABLES["generic"])
"""Words that a record may lack and still match the whole query ("machine")."""
SIDES_AND_PACKS: Final[frozenset[str]] = frozenset(_TABLES["sides_and_packs"])
"""Words that the name of an item may have beside it and still be that name alone ("left", "pair")."""
INJECTION_WORDS: Final[frozenset[str]] = frozenset(_TABLES["injection_words"])
"""Words that the name of an injected drug may have beside it and still be that name alone ("infusion")."""
INJECTION_STEM: Final = "inject"
"""The stem of what the description of an injected drug begins with."""
NEGATIONS: Final[tuple[str, ...]] = tuple(_TABLES["negations"])
"""Words that negate the word after them ("without")."""
SEPARATE_NEGATIONS: Final[frozenset[str]] = frozenset(NEGATIONS) - {"non"}
"""Negations that are words by themselves. "Non" is a part of the word after it ("non-medical transport")."""
NOC_WORDINGS: Final[frozenset[str]] = frozenset(_TABLES["noc_wordings"])
"""Words that "not" does not negate: "not otherwise classified"."""
AFFIRMATIONS: Final[tuple[str, ...]] = tuple(_TABLES["affirmations"])
"""Words after which a word is not negated ("with")."""
OPPOSITES: Final[dict[str, tuple[str, ...]]] = {
    word: tuple(other for side in pair if word not in side.split() for other in side.split())
    for pair in _TABLES["opposites"]
    for words in pair
    for word in words.split()
} | {word: tuple(others.split()) for words, others, *_ in _TABLES["excludes"] for word in words.split()}
"""For each word of a query those that say the opposite ("adult": "pediatric", "child"; "iv": "oral")."""
QUALIFIED: Final[dict[str, frozenset[str]]] = {
    word: frozenset(qualifying.split())
    for words, _, qualifying in (row for row in _TABLES["excludes"] if len(row) > 2)
    for word in words.split()
}
"""For some words of a query those beside which they exclude nothing ("custom" of "custom fitted")."""
HEAVY_DUTY_WEIGHT: Final[str] = _TABLES["heavy_duty_weight"]
"""The patient's weight that a heavy-duty item is for, in the words of a description."""
WEIGHT_WORDS: Final[frozenset[str]] = frozenset(_TABLES["weight_words"])
"""Words beside a patient's weight that name no item ("weight capacity")."""
HEAVY_DUTY_WEIGHTS: Final[dict[str, str]] = _TABLES["heavy_duty_weights"]
"""The heavy-duty items that are for another weight, by code."""
LETTER_AFTER: Final[frozenset[str]] = frozenset(_TABLES["letter_after"])
"""Words after which a single "a" is a name ("vitamin a"), not an article."""
UNIT_OF: Final[dict[str, str]] = {
    spelling: unit.index_word
    for unit in UNITS
    if unit.joined
    for spelling in (*unit.spellings, unit.index_word)
    if _ONE_WORD.fullmatch(spelling)
}
"""Every spelling of a unit that is one word, to the word that is indexed."""
UNITS_IN_WORDS: Final[tuple[tuple[str, re.Pattern[str], str], ...]] = tuple(
    (commonprefix(spellings), re.compile(rf"\b{spelling_pattern(spellings)}(?![a-z0-9])\.?"), f"{unit.index_word} ")
    for unit in UNITS
    if unit.joined and (spellings := [one for one in unit.spellings if not _ONE_WORD.fullmatch(one)])
)
"""The units written in several words ("sq. cm", "mm Hg"): how all spellings begin, their pattern, the indexed word."""
UNIT_OPENINGS: Final[frozenset[str]] = frozenset(
    one.split()[0] for unit in UNITS for one in unit.spellings if unit.joined and " " in one and one[:2].isalpha()
)
"""The first words of such units: "sq", "square", "mm"."""
STEMS: Final[dict[str, str]] = _TABLES["stems"]
"""The stem of each word that Porter's rules get wrong."""
