"""The parts of a parsed query: concepts, each with every way in which a record may express it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log
from typing import Final, NamedTuple

from hcpcs.search_port import Repair
from hcpcs_index.inverted_index.documents import NOC_WORD
from hcpcs_index.inverted_index.postings import NO_SCORES, Scores, impact_order
from hcpcs_index.text.analysis import Word
from hcpcs_index.text.word_lists import GENERIC
from hcpcs_index.weights import PHRASE_PART_FACTOR

# The rules that lead from a word to a record. The kinds of synonyms are rules as well.
WORD: Final = "word"
CODE: Final = "code"
PREFIX: Final = "prefix"
REPAIR: Final = "repair"
RANGE: Final = "range"
"""An amount of the query is in a range that the record states."""


_WORD_RULES: Final = frozenset({WORD, RANGE})


class Alternative(NamedTuple):
    """One way to express a concept.

    ``rule`` says how the query leads to it, ``label`` is its text, ``stems`` are its terms (none for a code), and
    ``scores`` has its documents.
    """

    rule: str
    label: str
    stems: tuple[str, ...]
    scores: Scores


class Concept(NamedTuple):
    """A word or phrase of the query, with every way to express it.

    ``matches`` has the documents of any alternative, each with its best score; ``partial_matches`` adds those that
    match only some words of a phrase, at a lower score. ``parts`` are the concepts of a phrase's words.
    ``stems`` are those that it or a part of it may be expressed by, ``nouns`` those of its last word.
    ``weight`` is higher the fewer documents match. ``certain`` is false if the meaning is a guess.
    ``asks_noc`` is true if the concept asks for codes "not otherwise classified", ``vague`` if it is an amount or a
    word such as "machine"; ``codes`` are the documents that it names by their code. ``negated`` is true if the query
    says that what it asks for is without it ("no joints"), ``context`` if it only says in what case ("after surgery").
    """

    text: str
    alternatives: tuple[Alternative, ...]
    matches: Scores
    partial_matches: Scores
    weight: float
    parts: tuple[Concept, ...]
    certain: bool
    asks_noc: bool
    stems: frozenset[str]
    nouns: frozenset[str]
    vague: bool
    codes: tuple[int, ...]
    negated: bool = False
    context: bool = False

    @property
    def optional(self) -> bool:
        """Whether a record without the concept still matches the whole query.

        So it is for amounts, words such as "machine", what the query negates, and the case that it is about.
        """
        return self.vague or self.negated or self.context


class ParsedQuery(NamedTuple):
    """A query as it is searched for.

    ``words`` are those that count, ``concepts`` their meanings, ``unknown`` the words that match nothing. ``certain``
    is false if a spelling repair is doubtful. With ``any_of`` one concept is enough. While the query is typed,
    ``completions`` are the ways to complete its last word, and ``name_completions`` the ways to complete a name of
    several words that ends with it. ``items`` are the codes that the whole query is a name of, best first, and
    ``items_within`` those of an item that it names by ``name_within`` among other words.
    ``text`` is the whole text, folded. ``negates`` is true if the query negates one of the concepts.
    """

    words: tuple[Word, ...]
    concepts: tuple[Concept, ...]
    unknown: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    certain: bool = True
    any_of: bool = False
    completions: tuple[Alternative, ...] = ()
    name_completions: tuple[Alternative, ...] = ()
    items: tuple[Alternative, ...] = ()
    name_within: str = ""
    items_within: tuple[Alternative, ...] = ()
    text: str = ""
    negates: bool = False

    @property
    def asked(self) -> Sequence[Concept]:
        """The concepts that a record must match: those that the query doesn't negate."""
        concepts = self.concepts
        return [concept for concept in concepts if not concept.negated] if self.negates else concepts

    @property
    def last_meaning(self) -> frozenset[str]:
        """The stems that the last concept may be expressed by: in English, what is asked for."""
        return self.asked[-1].nouns if self.concepts else frozenset()

    @property
    def meanings(self) -> frozenset[str]:
        """The stems that any concept may be expressed by."""
        return frozenset([word.stem for word in self.words]).union(*[concept.stems for concept in self.asked])


def build_concept(
    text: str,
    alternatives: Iterable[Alternative],
    document_count: int,
    *,
    parts: Sequence[Concept] = (),
    certain: bool = True,
) -> Concept:
    """The concept of some alternatives, in an index of ``document_count`` documents."""
    alternatives = tuple(alternatives)
    matches = _best_scores(alternatives)
    weight = log(1 + document_count / (1 + len(matches)))
    stems = frozenset([stem for alternative in alternatives for stem in alternative.stems])
    asks_noc = NOC_WORD in stems
    nouns = frozenset([alternative.stems[-1] for alternative in alternatives if alternative.stems])
    vague = text in GENERIC or (text[0].isdigit() and not (certain and _is_name(alternatives)))
    codes = tuple([number for alternative in alternatives if alternative.rule == CODE for number in alternative.scores])
    partial_matches = matches
    if parts:
        weight = max(weight, sum([part.weight for part in parts]))
        nouns |= parts[-1].stems
        stems = stems.union(*[part.stems for part in parts])
        partial_matches = _add_partial_matches(matches, parts)
    return Concept(
        text,
        alternatives,
        matches,
        partial_matches,
        weight,
        tuple(parts),
        certain,
        asks_noc,
        stems,
        nouns,
        vague,
        codes,
    )


def _is_name(alternatives: Iterable[Alternative]) -> bool:
    """Whether a text that starts with a digit is a name ("5fu", "4ww"), not a size or strength."""
    return any(alternative.rule not in _WORD_RULES for alternative in alternatives)


def _add_partial_matches(matches: Scores, parts: Sequence[Concept]) -> Scores:
    total_weight = sum([part.weight for part in parts])
    scores: dict[int, float] = {}
    for part in parts:
        share = PHRASE_PART_FACTOR * part.weight / total_weight
        shared = scores.keys() & part.matches.keys()
        sums = {number: scores[number] + share * part.matches[number] for number in shared}
        scores.update({number: share * score for number, score in part.matches.items()})
        scores.update(sums)
    scores.update(matches)
    return impact_order(scores)


def _best_scores(alternatives: Sequence[Alternative]) -> Scores:
    if not alternatives:
        return NO_SCORES
    if len(alternatives) == 1:
        return alternatives[0].scores
    best: dict[int, float] = dict(alternatives[0].scores)
    for alternative in alternatives[1:]:
        for number, score in alternative.scores.items():
            if score > best.get(number, 0.0):
                best[number] = score
    return impact_order(best)
