"""What a query is made of once it is understood: concepts, each with every way that a record may say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import log
from typing import Final, NamedTuple

from hcpcs.search_port import Repair
from hcpcs_index.inverted_index.documents import NOC_WORD
from hcpcs_index.inverted_index.postings import NO_SCORES, Scores, impact_order
from hcpcs_index.text.analysis import Word

WORD: Final = "word"
CODE: Final = "code"
PREFIX: Final = "prefix"
REPAIR: Final = "repair"
"""The rules that lead from a word to a record; the kinds of synonyms are the others."""

PART_OF_PHRASE: Final = 0.7
"""What a phrase's word counts, times its share of the phrase's weight, where the phrase is not said."""


class Alternative(NamedTuple):
    """One way to say a concept: the rule that leads there, what it says, its stems, and the documents that say it."""

    rule: str
    label: str
    stems: tuple[str, ...]
    scores: Scores


class Concept(NamedTuple):
    """A word or phrase of the query with every way to say it.

    ``full`` holds the documents that say it, each by its best alternative; ``loose`` those, too, that say only some
    words of a phrase, for less; ``parts`` are the concepts of a phrase's words; ``weight`` says how telling it is
    (the rarer the more); ``sure`` is false where its meaning was only guessed; ``unclassified`` says that it asks for
    such codes.
    """

    written: str
    alternatives: tuple[Alternative, ...]
    full: Scores
    loose: Scores
    weight: float
    parts: tuple[Concept, ...]
    sure: bool
    unclassified: bool


class ParsedQuery(NamedTuple):
    """A query understood.

    ``words`` are those searched for, ``concepts`` what they say, ``unknown`` those that nothing holds; ``sure`` is
    false if a repair is in doubt. ``any_of`` says that one concept is enough. Of a last word that is still being
    typed, ``begun`` has the ways to complete it and ``named`` the ways to complete a longer name that ends with it.
    """

    words: tuple[Word, ...]
    concepts: tuple[Concept, ...]
    unknown: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    sure: bool = True
    any_of: bool = False
    begun: tuple[Alternative, ...] = ()
    named: tuple[Alternative, ...] = ()


def concept(
    written: str,
    alternatives: Iterable[Alternative],
    documents: int,
    *,
    parts: Sequence[Concept] = (),
    sure: bool = True,
) -> Concept:
    """The concept of some alternatives, in an index of so many documents."""
    ways = tuple(alternatives)
    full = _best_of(ways)
    weight = max(log(1 + documents / (1 + len(full))), sum([part.weight for part in parts]))
    unclassified = any(NOC_WORD in way.stems for way in ways)
    loose = _loose(full, parts) if parts else full
    return Concept(written, ways, full, loose, weight, tuple(parts), sure, unclassified)


def _loose(full: Scores, parts: Sequence[Concept]) -> Scores:
    total = sum([part.weight for part in parts])
    some: dict[int, float] = defaultdict(float)
    for part in parts:
        share = PART_OF_PHRASE * part.weight / total
        for number, score in part.full.items():
            some[number] += share * score
    some.update(full)
    return impact_order(some.items())


def _best_of(alternatives: Sequence[Alternative]) -> Scores:
    if not alternatives:
        return NO_SCORES
    if len(alternatives) == 1:
        return alternatives[0].scores
    best: dict[int, float] = dict(alternatives[0].scores)
    for alternative in alternatives[1:]:
        for number, score in alternative.scores.items():
            if score > best.get(number, 0.0):
                best[number] = score
    return impact_order(best.items())
