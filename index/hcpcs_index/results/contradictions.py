"""Contradictions between a query and a record: "with backup rate" and "without backup rate", adult and pediatric.

The search ignores "with" and "without" as words, so records that say the opposite match as well. Each contradiction
lowers a record's score by a factor.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from hcpcs_index.inverted_index.negations import NegatedWords, normalize_negations, words_of
from hcpcs_index.query.concepts import WORD, ParsedQuery
from hcpcs_index.text.word_lists import AFFIRMATIONS, NEGATIONS, NOC_WORDINGS, OPPOSITES, QUALIFIED
from hcpcs_index.weights import (
    AS_NEGATED_FACTOR,
    CONTRADICTED_FACTOR,
    UNASKED_NEGATION_FACTOR,
)

_NEGATION_WORDS: Final = frozenset(NEGATIONS)
_SIGNS: Final = frozenset((*NEGATIONS, *AFFIRMATIONS))
_GRADE_NAMES: Final = ("level", "type", "stage", "grade", "group", "class", "tier", "category", "phase")
_SIGNIFICANT: Final = frozenset((*_SIGNS, *_GRADE_NAMES, *OPPOSITES))
"""The words without which a query has no sign."""
# "type 3", "level ii", "grade 2": a number that is part of a name.
_GRADED: Final = re.compile(rf"\b(?:{'|'.join(_GRADE_NAMES)})[ -](?:\d{{1,2}}|i{{1,3}}|iv)\b")
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


class QuerySigns(NamedTuple):
    """What a query says about its words.

    ``wanted`` and ``unwanted`` words follow "with" or "without", ``plain`` words follow neither; of each it is the
    opening that its forms share ("joint" of "joints"), in ``plain`` with a space before it, and of an unwanted word
    what else it means, too. ``grades`` are names with a number (``type 3``), ``opposites`` the words that say the
    opposite of one in the query.
    """

    wanted: tuple[str, ...]
    unwanted: tuple[tuple[str, ...], ...]
    plain: tuple[str, ...]
    grades: tuple[str, ...]
    opposites: tuple[str, ...]

    @property
    def explicit(self) -> bool:
        """Whether the query itself has signs, so that every record must be compared."""
        return bool(self.wanted or self.unwanted or self.grades)

    def opposed_by(self, description: str) -> bool:
        """Whether a long description may have a word that says the opposite of the query."""
        text = description.lower()
        return any(word in text for word in self.opposites)

    def negated_by(self, negated: NegatedWords) -> bool:
        """Whether a record negates a word that follows neither sign."""
        return True in [opening in negated.negated for opening in self.plain]

    def factor(self, description: str, negated: NegatedWords) -> float:
        """The factor for the score of a record with this long description: 1.0 if nothing contradicts it."""
        factor = 1.0
        compared = self.explicit or self.opposed_by(description)
        text = normalize_negations(description) if compared else ""
        tokens = words_of(text)
        for opening in self.wanted:
            if negated.has(opening):
                factor *= CONTRADICTED_FACTOR
        for openings in self.unwanted:
            if any(map(negated.has, openings)):
                factor *= AS_NEGATED_FACTOR
            elif any(token.startswith(openings) for token in tokens):
                factor *= CONTRADICTED_FACTOR
        for opening in self.plain:
            if opening in negated.negated and opening not in negated.others:
                unfit = f"non{opening}" in (text or normalize_negations(description))
                factor *= CONTRADICTED_FACTOR if unfit else UNASKED_NEGATION_FACTOR
        if self.grades:
            graded = {_grade(match[0]) for match in _GRADED.finditer(text)}
            for grade in self.grades:
                if grade not in graded:
                    factor *= CONTRADICTED_FACTOR
        for word in self.opposites:
            if word in tokens:
                factor *= CONTRADICTED_FACTOR
        return factor


def read_signs(query: ParsedQuery) -> QuerySigns:
    """The signs of a query."""
    folded = normalize_negations(query.text)
    tokens = folded.split()
    openings = {surface: _opening(surface, stem) for surface, stem, _ in query.words}
    if _SIGNIFICANT.isdisjoint(tokens) and _NEGATION_WORDS.isdisjoint(openings):
        return QuerySigns((), (), _plain(openings, ()), (), ())
    given = set(tokens)
    if given.isdisjoint(NEGATIONS) and not openings.keys().isdisjoint(NEGATIONS):
        # The spelling repair wrote "nonchemotherapy" as two words.
        tokens = [word.surface for word in query.words]
        given = set(tokens)
    wanted: list[str] = []
    unwanted: list[tuple[str, ...]] = []
    negated: set[str] = set()
    for position, sign in enumerate(tokens) if not given.isdisjoint(_SIGNS) else ():
        word = _signed_word(tokens, position, openings) if sign in _SIGNS else None
        if word is None:
            continue
        opening = openings.get(word, word)
        if sign in _NEGATION_WORDS:
            unwanted.append((opening, *_other_forms(word, query)))
            negated.add(word)
        else:
            wanted.append(opening)
    signed = {*wanted, *(form for forms in unwanted for form in forms)}
    return QuerySigns(
        wanted=tuple(wanted),
        unwanted=tuple(unwanted),
        plain=_plain(openings, signed),
        grades=tuple(_grade(match[0]) for match in _GRADED.finditer(folded))
        if not given.isdisjoint(_GRADE_NAMES)
        else (),
        opposites=_opposites(given, negated),
    )


def _opposites(given: Collection[str], negated: Container[str]) -> tuple[str, ...]:
    """The words that say the opposite of a word that the query neither negates nor qualifies ("custom fitted")."""
    return tuple(
        other
        for word in given
        if word in OPPOSITES and word not in negated and QUALIFIED.get(word, frozenset()).isdisjoint(given)
        for other in OPPOSITES[word]
        if other not in given
    )


def _signed_word(tokens: Sequence[str], sign: int, openings: Container[str]) -> str | None:
    """The word that a sign is about, of the three words after it: "backup" of "with a backup rate"."""
    after: list[str] = []
    for token in tokens[sign + 1 : sign + 4]:
        if token in _SIGNS or token in NOC_WORDINGS or not token.strip(",;.()").isalpha():
            break
        after.append(token.strip(",;.()"))
    return next((word for word in after if word in openings), after[-1] if after else None)


def _other_forms(word: str, query: ParsedQuery) -> Iterator[str]:
    """What else a negated word means: a hinge is a joint."""
    for concept in query.concepts:
        if concept.negated and concept.text == word:
            for alternative in concept.alternatives:
                if alternative.rule != WORD and len(alternative.stems) == 1:
                    yield _opening(alternative.stems[0], alternative.stems[0])


def _plain(openings: Mapping[str, str], signed: Container[str]) -> tuple[str, ...]:
    """The openings of words that a record may negate, but for those that the query has a sign for."""
    return tuple(
        [
            f" {opening}"
            for word, opening in openings.items()
            if len(word) > 3 and word.isalpha() and word not in _NEGATION_WORDS and opening not in signed
        ]
    )


def _opening(surface: str, stem: str) -> str:
    """What the forms of a word begin with: "joint" for "joints", "batter" for "battery" and "batteries"."""
    shared = stem.rstrip("i")
    return shared if len(shared) > 2 and surface.startswith(shared) else surface


def _grade(text: str) -> str:
    name, number = text.replace("-", " ").split()
    return f"{name} {_ROMAN.get(number, number)}"
