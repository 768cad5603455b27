"""Contradictions between a query and a record: "with backup rate" and "without backup rate", adult and pediatric.

The search ignores "with" and "without" as words, so records that say the opposite match as well. Each contradiction
lowers a record's score by a factor.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs_index.text.word_lists import OPPOSITES
from hcpcs_index.weights import CONTRADICTED_FACTOR, MAX_WORDS_BETWEEN, UNASKED_NEGATION_FACTOR

_NEGATIONS: Final = ("without", "w/o", "no", "non", "not", "lacks", "excludes", "excluding")
_AFFIRMATIONS: Final = ("with", "w/", "has", "have", "includes", "including")
_NEGATION_WORDS: Final = frozenset(_NEGATIONS)
_SEPARATORS: Final = str.maketrans("-(),;:/", "       ")
_SIGNS: Final = frozenset((*_NEGATIONS, *_AFFIRMATIONS))
_GRADE_NAMES: Final = ("level", "type", "stage", "grade", "group", "class", "tier", "category", "phase")
_WORD: Final = re.compile(r"[a-z0-9/]+")
# "without adhesive border", "with backup rate": a sign and up to three words after it.
_SIGNED: Final = re.compile(
    rf"\b(?P<sign>{'|'.join((*_NEGATIONS, *_AFFIRMATIONS))})[ -]+(?P<words>[a-z]+(?:[ -][a-z]+){{0,2}})"
)
# "type 3", "level ii", "grade 2": a number that is part of a name.
_GRADED: Final = re.compile(rf"\b(?:{'|'.join(_GRADE_NAMES)})[ -](?:\d{{1,2}}|i{{1,3}}|iv)\b")
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


class QuerySigns(NamedTuple):
    """What a query says about its words.

    ``wanted`` and ``unwanted`` words follow "with" or "without", ``plain`` words follow neither. ``grades`` are names
    with a number (``type 3``), ``opposites`` the words that say the opposite of one in the query.
    """

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]
    plain: tuple[str, ...]
    grades: tuple[str, ...]
    opposites: tuple[str, ...]

    @property
    def explicit(self) -> bool:
        """Whether the query itself has signs, so that every record must be compared."""
        return bool(self.wanted or self.unwanted or self.grades or self.opposites)

    def factor(self, description: str) -> float:
        """The factor for the score of a record with this long description: 1.0 if nothing contradicts it."""
        text = _normalize(description)
        factor = 1.0
        for word in self.wanted:
            if _is_negated(word, text):
                factor *= CONTRADICTED_FACTOR
        for word in self.unwanted:
            if word in text and not _is_negated(word, text):
                factor *= CONTRADICTED_FACTOR
        for word in self.plain:
            if _is_negated(word, text):
                factor *= UNASKED_NEGATION_FACTOR
        if self.grades:
            graded = {_grade(match[0]) for match in _GRADED.finditer(text)}
            for grade in self.grades:
                if grade not in graded:
                    factor *= CONTRADICTED_FACTOR
        for word in self.opposites:
            if word in _tokens(text):
                factor *= CONTRADICTED_FACTOR
        return factor


def read_signs(text: str, words: tuple[str, ...]) -> QuerySigns:
    """The signs of a query's text, whose content words are ``words``."""
    folded = _normalize(text)
    given = set(folded.split())
    wanted: list[str] = []
    unwanted: list[str] = []
    for match in _SIGNED.finditer(folded) if not given.isdisjoint(_SIGNS) else ():
        target = wanted if match["sign"] in _AFFIRMATIONS else unwanted
        target.append(next((word for word in match["words"].split() if word in words), match["words"].split()[-1]))
    signed = {*wanted, *unwanted}
    return QuerySigns(
        wanted=tuple(wanted),
        unwanted=tuple(unwanted),
        plain=tuple(word for word in words if word not in signed and word.isalpha() and len(word) > 3),
        grades=tuple(_grade(match[0]) for match in _GRADED.finditer(folded))
        if not given.isdisjoint(_GRADE_NAMES)
        else (),
        opposites=tuple(other for word in given for other in OPPOSITES.get(word, ()) if other not in given),
    )


def _normalize(text: str) -> str:
    return (
        text.lower().replace("back-up", "backup").replace("non-", "non ").replace("other than", "non").replace("-", " ")
    )


def _grade(text: str) -> str:
    name, number = text.replace("-", " ").split()
    return f"{name} {_ROMAN.get(number, number)}"


def negates(description: str) -> bool:
    """Whether a long description negates anything, so that it can contradict a query without signs."""
    text = description.lower()
    words = text.translate(_SEPARATORS).split()
    return "other than" in text or "w/o" in text or not _NEGATION_WORDS.isdisjoint(words)


def _is_negated(word: str, text: str) -> bool:
    """Whether every occurrence of a word is negated; "with or without border" negates nothing."""
    if word not in text:
        return False
    tokens = _tokens(text)
    occurs = False
    for position, token in enumerate(tokens):
        if token.startswith(word):
            before = tokens[max(0, position - MAX_WORDS_BETWEEN - 1) : position]
            signs = [at for at, other in enumerate(before) if other in _NEGATIONS]
            # "Individual not meeting criteria for high risk" (G0121): "not" is too far from "risk" to be in ``before``.
            unmet = "criteria" in tokens[max(0, position - 4) : position] and "not" in tokens[:position]
            if not unmet and (not signs or "or" in before[: signs[-1]]):
                return False
            occurs = True
    return occurs


def _tokens(text: str) -> list[str]:
    """Words without punctuation. No pattern is built from what is typed: the re module would keep it."""
    return _WORD.findall(text)
