"""Parses typed text into concepts: words, spelling repairs, phrases. There is no grammar: any text can be parsed.

Two notations have a meaning: words in "double quotes" must be adjacent in a record, and with OR in capitals between
words, one of them is enough.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from hcpcs.search_port import Repair
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.amount_words import AmountVocabulary, AmountWords
from hcpcs_index.query.completion import Completer
from hcpcs_index.query.concepts import Alternative, Concept, ParsedQuery
from hcpcs_index.query.query_words import case_start, known_words, meaningful_words, split_units, without_packages
from hcpcs_index.query.spelling import Speller
from hcpcs_index.query.vocabulary import SearchVocabulary
from hcpcs_index.search_limits import MAX_REPAIRS, MAX_WORDS
from hcpcs_index.text.analysis import Word, fold_query, tokenize_folded
from hcpcs_index.text.word_lists import NOC_WORDINGS, SEPARATE_NEGATIONS, WEIGHT_WORDS
from hcpcs_index.weights import MAX_NAME_WORDS

_OR: Final = " OR "
_QUOTED: Final = re.compile(r'"([^"]+)"')
# Where a noun phrase ends: "walker | with wheels", "mask | for cpap".
_HEAD_END: Final = re.compile(
    r"[,;]? (?:for|with|without|w/?|w/o|no|of|in|to|after|at|by|from|used|that|needs?|para) |[,;] "
)
# "3 x 8" is a size, "4 x 5 mg" are doses.
_BY: Final = re.compile(r"(?<=\d) x (?=\d+(?:\.\d+)?(?! ?(?:m?c?g|ml|units?|iu)\b)(?![\d.]))")
# "Abdominal binder post op": when the item is used, at the end of a query.
_AFTER_SURGERY: Final = re.compile(r" post[- ]?op(?:erative)?(?=[?.! ]*$)")
_MODIFIER: Final = "modifier"


class QueryParser:
    """Parses queries for one search table. Threads may share it."""

    def __init__(self, table: SearchTable, vocabulary: SearchVocabulary, completer: Completer) -> None:
        self._table = table
        self._vocabulary = vocabulary
        self._completer = completer
        self._amounts = AmountVocabulary(table)

    @cached_property
    def _speller(self) -> Speller:
        """Made for the first unknown word."""
        return Speller(self._table)

    def parse(self, text: str, *, typing: bool = False) -> ParsedQuery:
        """The concepts of a text. While ``typing``, its last word may be unfinished."""
        folded = _BY.sub("x", fold_query(text))
        any_of = _OR in text
        folded = folded if typing else _AFTER_SURGERY.sub("", folded)
        if '"' in folded:
            return self._parse_quoted(folded, typing=typing, any_of=any_of)
        return self._parse_words(folded, typing=typing, any_of=any_of)

    def _parse_quoted(self, folded: str, *, typing: bool, any_of: bool) -> ParsedQuery:
        phrases = [words for quoted in _QUOTED.findall(folded) if (words := tokenize_folded(quoted, self._table.stem))]
        adjacent = [self._vocabulary.quoted_phrase(tuple(words)) for words in phrases]
        rest = self._parse_words(_QUOTED.sub(" ", folded), typing=typing, any_of=any_of)
        concepts = (*(concept for concept in adjacent if concept.matches), *rest.concepts)
        return rest._replace(
            text=folded,
            words=(*(word for words in phrases for word in words), *rest.words),
            concepts=concepts,
            unknown=(*(concept.text for concept in adjacent if not concept.matches), *rest.unknown),
            any_of=any_of and len(concepts) > 1,
        )

    def _parse_words(self, folded: str, *, typing: bool, any_of: bool) -> ParsedQuery:
        words = meaningful_words(folded, self._table.stem, typing=typing)
        if len(words) <= 2:
            if not words:
                return ParsedQuery((), (), text=folded)
            modifier = None if typing else self._modifier(words)
            if modifier is not None:
                return ParsedQuery(tuple(words), (modifier,), text=folded)
        unfinished = words.pop() if typing and folded.endswith(words[-1].surface) else None
        words = words if typing else without_packages(known_words(words, self._table), self._table)
        repairs: list[Repair] = []
        certain = True
        if not all(map(self._vocabulary.knows, words)):
            case = case_start(words, folded, self._table.stem)
            repaired, certain = self._repair(words[:case], repairs)
            words = [*repaired, *words[case:]]
        items = () if typing else self._modifiers(folded) or self._vocabulary.items.asked(words, folded)
        items = items or (() if typing else self._item_in_case(words, folded) or self._misspelled_item(words, repairs))
        name_within, items_within = ("", ()) if typing or items else self._vocabulary.items.within(words)
        naming, shorter = (words, folded) if typing else split_units(words, folded, self._table.stem, name_within)
        item = range(0) if typing or repairs or items else self._item_places(naming, shorter)
        amounts = () if typing else self._amounts.amounts(shorter, naming)
        if amounts:
            stated = {position for one in amounts for position in one.positions}
            bare = [w for at, w in enumerate(naming) if at not in stated and w.surface not in WEIGHT_WORDS]
            plain = () if _negation_positions(naming) else items or self._vocabulary.items.named(bare)
            items = self._amounts.fitting_items(items, amounts, plain)
        concepts, unknown = self._concepts(naming, item, amounts, case_start(naming, shorter, self._table.stem))
        query = ParsedQuery(
            words=tuple(words),
            concepts=tuple(concepts),
            unknown=tuple(unknown),
            repairs=tuple(repairs),
            certain=certain,
            any_of=any_of and len(concepts) > 1,
            items=items,
            name_within=name_within,
            items_within=items_within,
            text=folded,
            negates=True in [concept.negated for concept in concepts],
        )
        return query if unfinished is None else self._add_completions(query, unfinished)

    def _item_places(self, words: Sequence[Word], folded: str) -> range:
        """The positions of the name of an item in the query's noun phrase: what stands before "for" or "with"."""
        end = _HEAD_END.search(folded)
        length = len(words) if end is None else len(meaningful_words(folded[: end.start()], self._table.stem))
        place = self._vocabulary.items.end_of_phrase(words[:length])
        return range(*place) if place is not None else range(0)

    def _concepts(
        self, words: Sequence[Word], item: range, amounts: Sequence[AmountWords], case: int
    ) -> tuple[list[Concept], list[str]]:
        """The concepts of phrases, amounts and the words outside them; and the words that match nothing.

        From the position ``case`` on they only say in what case an item is asked for.
        """
        signs = _negation_positions(words)
        phrases = self._match_phrases(words)
        if not (phrases or signs or item or amounts) and case >= len(words):
            return self._plain_concepts(words)
        if signs:
            phrases = [phrase for phrase in phrases if not _spans_negation(phrase, signs)]
        if any(set(phrase) & set(item) and not set(phrase) <= set(item) for phrase in phrases):
            item = range(0)
        if item:
            phrases = sorted([*(phrase for phrase in phrases if not set(phrase) & set(item)), tuple(item)])
        in_phrases = {position for positions in phrases for position in positions}
        phrase_at = {positions[0]: positions for positions in phrases}
        signs -= in_phrases
        concept_at = {one.positions[0]: one.concept for one in amounts if in_phrases.isdisjoint(one.positions)}
        in_amounts = {position for one in amounts if one.positions[0] in concept_at for position in one.positions}
        concepts: list[Concept] = []
        unknown: list[str] = []
        for position, word in enumerate(words):
            if position in item:
                if position == item.start:
                    concepts.append(self._vocabulary.item_phrase(tuple(words[item.start : item.stop])))
                continue
            if position in concept_at:
                concepts.append(concept_at[position])
            if position in in_amounts or position in signs:
                continue
            if position in phrase_at:
                concept = self._vocabulary.phrase(tuple([words[p] for p in phrase_at[position]]))
            elif position not in in_phrases:
                concept = self._vocabulary.word(word.surface, word.stem)
            else:
                continue
            if position - 1 in signs:
                concept = concept._replace(negated=True)
            elif position >= case > 0:
                concept = concept._replace(context=True)
            if concept.matches or position in phrase_at:
                concepts.append(concept)
            elif not concept.negated and not concept.context:
                unknown.append(word.surface)
        if all(concept.negated for concept in concepts):
            concepts = [concept._replace(negated=False) for concept in concepts]
        return concepts, unknown

    def _plain_concepts(self, words: Sequence[Word]) -> tuple[list[Concept], list[str]]:
        """The concepts of words that stand each for itself, and the words that match nothing."""
        concepts: list[Concept] = []
        unknown: list[str] = []
        for surface, stem, _ in words:
            concept = self._vocabulary.word(surface, stem)
            if concept.matches:
                concepts.append(concept)
            else:
                unknown.append(surface)
        return concepts, unknown

    def _add_completions(self, query: ParsedQuery, unfinished: Word) -> ParsedQuery:
        """A query of whole words, with an unfinished word after them."""
        surfaces = [word.surface for word in (*query.words, unfinished)]
        # The longest run of last words that begins a name ("knee sc" of "left knee sc") decides.
        starts = range(max(0, len(surfaces) - MAX_NAME_WORDS), len(surfaces) - 1)
        prefixes = (" ".join(surfaces[start:]) for start in starts)
        names = next((names for prefix in prefixes if (names := self._completer.name_completions(prefix))), ())
        completions = self._completer.completions(unfinished.surface)
        return query._replace(
            words=(*query.words, unfinished),
            unknown=query.unknown if completions or names else (*query.unknown, unfinished.surface),
            completions=completions,
            name_completions=names,
        )

    def _modifier(self, words: Sequence[Word]) -> Concept | None:
        """The modifier that "modifier RR", or "RR" alone, asks for."""
        codes = [word.surface for word in words if len(word.surface) == 2]
        asked = len(words) == 1 or any(word.surface == _MODIFIER for word in words)
        return self._vocabulary.modifier(codes[0]) if len(codes) == 1 and asked else None

    def _modifiers(self, folded: str) -> tuple[Alternative, ...]:
        """The modifiers for the purpose that the text names, by all of its words: "right great toe modifier" is T5."""
        if _MODIFIER not in folded:
            return ()
        return self._vocabulary.modifiers(tokenize_folded(folded, self._table.stem)[:MAX_WORDS])

    def _repair(self, words: Sequence[Word], repairs: list[Repair]) -> tuple[list[Word], bool]:
        """The words with unknown ones corrected, and whether every correction is certain. Adds to ``repairs``."""
        joins = self._joins(words)
        repaired: list[Word] = []
        attempts = 0
        certain = True
        for word, joins_previous, joins_next in zip(words, (False, *joins), (*joins, False), strict=True):
            if joins_previous or joins_next or attempts == MAX_REPAIRS or self._vocabulary.knows(word):
                repaired.append(word)
                continue
            attempts += 1
            correction = self._speller.correct(word.surface)
            if correction is None:
                repaired.append(word)
                continue
            certain = certain and correction.certain
            repaired += [Word(surface, self._table.stem(surface)) for surface in correction.words]
            if len(correction.words) == 1:
                repairs.append(Repair(written=word.surface, searched=correction.words[0]))
        return repaired[:MAX_WORDS], certain

    def _item_in_case(self, words: Sequence[Word], folded: str) -> tuple[Alternative, ...]:
        """The codes of the item that is all of the words before the case: "walker for a patient with ms"."""
        case = case_start(words, folded, self._table.stem)
        return self._vocabulary.items.named(words[:case]) if case < len(words) else ()

    def _misspelled_item(self, words: Sequence[Word], repairs: list[Repair]) -> tuple[Alternative, ...]:
        """The codes of the item that the words name once a word is repaired that has the stem of a known one.

        "Oxygen regulater": the records have "regulate", so that the word counts as known. Adds to ``repairs``.
        """
        corrected: list[Word] = []
        made: list[Repair] = []
        unknown = 0
        for word in words:
            if unknown < MAX_REPAIRS and word.surface.isalpha() and not self._vocabulary.has_surface(word.surface):
                unknown += 1
                correction = self._speller.correct(word.surface)
                if correction is not None and correction.certain and len(correction.words) == 1:
                    made.append(Repair(written=word.surface, searched=correction.words[0]))
                    word = Word(correction.words[0], self._table.stem(correction.words[0]))
            corrected.append(word)
        items = self._vocabulary.items.named(corrected) if made else ()
        if items:
            repairs += made
        return items

    def _joins(self, words: Sequence[Word]) -> list[bool]:
        """For each word but the last, whether it and the next are one known word."""
        return [self._vocabulary.joined(first.surface, second.surface) is not None for first, second in pairwise(words)]

    def _match_phrases(self, words: Sequence[Word]) -> list[tuple[int, ...]]:
        """The positions of the words of each synonym of several words, and of each pair that is one word."""
        if len(words) < 2:
            return []
        phrases = self._table.synonyms.match_phrases(words)
        joins = self._joins(words)
        if any(joins):
            taken = {position for positions in phrases for position in positions}
            for position, is_join in enumerate(joins):
                if is_join and position not in taken and position + 1 not in taken:
                    phrases.append((position, position + 1))
                    taken |= {position, position + 1}
            phrases.sort()
        return phrases


def _negation_positions(words: Sequence[Word]) -> set[int]:
    """The positions of the words that negate the word after them: of "no" in "knee brace no joints".

    "Not otherwise classified" negates no item.
    """
    signs = [position for position, word in enumerate(words[:-1]) if word.surface in SEPARATE_NEGATIONS]
    return {position for position in signs if words[position + 1].surface not in NOC_WORDINGS}


def _spans_negation(phrase: Sequence[int], signs: Container[int]) -> bool:
    """Whether a negation stands between the words of a phrase that it isn't part of: "brace (no) joints"."""
    return any(position in signs and position not in phrase for position in range(phrase[0], phrase[-1]))
