"""Contradictions between a query and a record: "with backup rate" and "without backup rate", adult and pediatric.

The search ignores "with" and "without" as words, so records that say the opposite match as well. Each contradiction
lowers a record's score by a factor.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final, NamedTuple

from hcpcs_index.query.concepts import WORD, ParsedQuery
from hcpcs_index.text.word_lists import AFFIRMATIONS, NEGATIONS, NOC_WORDINGS, OPPOSITES
from hcpcs_index.weights import (
    AS_NEGATED_FACTOR,
    CONTRADICTED_FACTOR,
    MAX_WORDS_BETWEEN,
    UNASKED_NEGATION_FACTOR,
)

_NEGATION_WORDS: Final = frozenset(NEGATIONS)
_NEGATION_PARTS: Final = ("no", "w/o", "without", "lack", "exclud", "other than")
"""What every text with a negation has one of: most have none and are not read further."""
_CRITERIA: Final = "criteria"
_SIGNS: Final = frozenset((*NEGATIONS, *AFFIRMATIONS))
_GRADE_NAMES: Final = ("level", "type", "stage", "grade", "group", "class", "tier", "category", "phase")
_WORD: Final = re.compile(r"[a-z0-9/]+")
# "type 3", "level ii", "grade 2": a number that is part of a name.
_GRADED: Final = re.compile(rf"\b(?:{'|'.join(_GRADE_NAMES)})[ -](?:\d{{1,2}}|i{{1,3}}|iv)\b")
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


class NegatedWords(NamedTuple):
    """The words of a long description that a negation precedes, and the others, each with a space before it."""

    negated: str
    others: str

    def has(self, opening: str) -> bool:
        """Whether every word that begins with this is negated, and there is one."""
        return f" {opening}" in self.negated and f" {opening}" not in self.others


NOTHING_NEGATED: Final = NegatedWords("", "")


class QuerySigns(NamedTuple):
    """What a query says about its words.

    ``wanted`` and ``unwanted`` words follow "with" or "without", ``plain`` words follow neither; of each it is the
    opening that its forms share ("joint" of "joints"), and of an unwanted word what else it means, too. ``grades`` are
    names with a number (``type 3``), ``opposites`` the words that say the opposite of one in the query.
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

    def factor(self, description: str, negated: NegatedWords) -> float:
        """The factor for the score of a record with this long description: 1.0 if nothing contradicts it."""
        factor = 1.0
        compared = self.explicit or self.opposed_by(description)
        text = _normalize(description) if compared else ""
        tokens = _WORD.findall(text)
        for opening in self.wanted:
            if negated.has(opening):
                factor *= CONTRADICTED_FACTOR
        for openings in self.unwanted:
            if any(map(negated.has, openings)):
                factor *= AS_NEGATED_FACTOR
            elif any(token.startswith(openings) for token in tokens):
                factor *= CONTRADICTED_FACTOR
        for opening in self.plain:
            if negated.has(opening):
                unfit = f"non {opening}" in (text or _normalize(description))
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
    folded = _normalize(query.text)
    tokens = folded.split()
    given = set(tokens)
    openings = {word.surface: _opening(word.surface, word.stem) for word in query.words}
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
        plain=tuple(
            [
                opening
                for word, opening in openings.items()
                if opening not in signed and word.isalpha() and len(word) > 3 and word not in _NEGATION_WORDS
            ]
        ),
        grades=tuple(_grade(match[0]) for match in _GRADED.finditer(folded))
        if not given.isdisjoint(_GRADE_NAMES)
        else (),
        opposites=()
        if given.isdisjoint(OPPOSITES)
        else tuple([other for word in given - negated for other in OPPOSITES.get(word, ()) if other not in given]),
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


def _opening(surface: str, stem: str) -> str:
    """What the forms of a word begin with: "joint" for "joints", "batter" for "battery" and "batteries"."""
    shared = stem.rstrip("i")
    return shared if len(shared) > 2 and surface.startswith(shared) else surface


def _normalize(text: str) -> str:
    return (
        text.lower().replace("back-up", "backup").replace("non-", "non ").replace("other than", "non").replace("-", " ")
    )


def _grade(text: str) -> str:
    name, number = text.replace("-", " ").split()
    return f"{name} {_ROMAN.get(number, number)}"


def read_negations(description: str) -> NegatedWords:
    """The negated words of a long description: of "without any adhesive border" all but the first.

    "With or without border" negates nothing.
    """
    text = description.lower()
    if not any(map(text.__contains__, _NEGATION_PARTS)):
        return NOTHING_NEGATED
    # No pattern is built from what is typed: the re module would keep it.
    tokens = _WORD.findall(_normalize(text))
    negated = _negated_positions(tokens)
    if not negated:
        return NOTHING_NEGATED
    return NegatedWords(
        "".join([f" {token}" for position, token in enumerate(tokens) if position in negated]),
        "".join([f" {token}" for position, token in enumerate(tokens) if position not in negated]),
    )


def _negated_positions(tokens: Sequence[str]) -> set[int]:
    """The positions of the words that the nearest negation before them negates."""
    negated: set[int] = set()
    count = len(tokens)
    for sign in [position for position, token in enumerate(tokens) if token in _NEGATION_WORDS]:
        after = range(sign + 1, min(sign + MAX_WORDS_BETWEEN + 2, count))
        if tokens[sign] == "no" and after and tokens[sign + 1].isdigit():
            continue  # "No. 2 footplates" (E0970)
        for position in after:
            if "or" in tokens[max(0, position - MAX_WORDS_BETWEEN - 1) : sign]:
                negated.discard(position)
            else:
                negated.add(position)
    # "Individual not meeting criteria for high risk" (G0121): "not" is more than two words before "risk".
    if _CRITERIA in tokens and "not" in tokens:
        start = tokens.index("not") + 1
        for position, token in enumerate(tokens):
            if token == _CRITERIA:
                negated.update(range(max(start, position + 1), min(position + 5, count)))
    return negated
