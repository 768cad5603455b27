"""The amounts of a query as concepts: the records whose stated range they are in ("2.5 liters", "4x4 in")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from hcpcs_index.inverted_index.postings import Scores
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.concepts import RANGE, WORD, Alternative, Concept, build_concept
from hcpcs_index.search_limits import MAX_HEAVY_ITEMS
from hcpcs_index.synonyms.synonym import ITEM
from hcpcs_index.text.amount_ranges import HEAVY_DUTY, AmountRange, AmountSpan, Measure, amounts_in, ranges_in
from hcpcs_index.text.analysis import Word, tokenize_folded
from hcpcs_index.text.stemming import cached_stem
from hcpcs_index.text.word_lists import HEAVY_DUTY_WEIGHT, HEAVY_DUTY_WEIGHTS
from hcpcs_index.weights import CODE_SCORE, LATER_TARGET_FACTOR, RANGE_SCORE

_GRADES: Final = frozenset(map(cached_stem, ("standard", "extra", "wide", "heavy", "duty")))
# A range of weight is one of the patient's only behind this word.
_OF_THE_PATIENT: Final = "patient weight "


class AmountWords(NamedTuple):
    """The positions of the words that state an amount, and the concept of it."""

    positions: range
    concept: Concept


class AmountVocabulary:
    """The ranges that the records of one search table state. They are read when the first query has an amount."""

    def __init__(self, table: SearchTable) -> None:
        self._table = table

    def amounts(self, folded: str, words: Sequence[Word]) -> tuple[AmountWords, ...]:
        """The amounts of a query that some record states a range for, in the order of its ``words``."""
        amounts: list[AmountWords] = []
        start = 0
        for span in amounts_in(folded):
            written = folded[span.start : span.end]
            surfaces = [word.surface for word in tokenize_folded(written, self._table.stem)]
            positions = _find_run(words, surfaces, start)
            numbers = self._in_range(span.amounts) if positions else ()
            if numbers:
                concept = self._concept(written, [words[position] for position in positions], numbers)
                amounts.append(AmountWords(positions, concept))
                start = positions.stop
        return tuple(amounts)

    def _concept(self, written: str, words: Sequence[Word], numbers: Sequence[int]) -> Concept:
        """The concept of an amount: records that have it as a word, and records with a range that it is in."""
        alternatives = [
            Alternative(WORD, word.surface, (word.stem,), postings)
            for word in words
            if word.surface[0].isdigit() and (postings := self._table.postings.get(word.stem))
        ]
        alternatives.append(Alternative(RANGE, written, (), dict.fromkeys(numbers, RANGE_SCORE)))
        # A concept is optional by its first digit: "over 300 lbs" is named "300 lbs".
        first = next((at for at, character in enumerate(written) if character.isdigit()), 0)
        return build_concept(written[first:], alternatives, max(len(self._table.codes), 1))

    def _in_range(self, asked: AmountRange) -> Sequence[int]:
        """The numbers of the documents with a range that ``asked`` fits in."""
        return [number for stated, number in self._ranges.get(asked.measure, ()) if stated.fits(asked)]

    def fitting_items(
        self, items: Sequence[Alternative], amounts: Sequence[AmountWords], plain: Sequence[Alternative]
    ) -> tuple[Alternative, ...]:
        """The codes of an item, those whose range contains the query's amount first: of "adaptic 3x8" its size.

        A patient's weight asks for the heavy-duty item of the same name as the ``plain`` one that the query names
        without its amounts: of "wheelchair 310 lb" K0007.
        """
        sized = amounts[0].concept.matches
        in_order = sorted(items, key=lambda one: sized.keys().isdisjoint(one.scores))
        heavy = (self._heavy_items(plain, one.concept.matches) for one in amounts)
        return next(filter(None, heavy), tuple(in_order))

    def _heavy_items(self, plain: Sequence[Alternative], sized: Scores) -> tuple[Alternative, ...]:
        """The heavy-duty codes that are named as an item is and are for a weight; none where its own codes state one.

        First is the one that shares most words with the item, then the one with the fewest: "rollator" shares "wheeled"
        with E0149.
        """
        numbers = [number for one in plain for number in one.scores]
        if not numbers or any(number in sized or ranges_in(self._table.long[number]) for number in numbers):
            return ()
        name, stems = self._name(numbers[0]), frozenset(self._table.stems[numbers[0]].split())
        heavy = [number for number, head in self._heavy_names.items() if number in sized and head == name]
        heavy.sort(key=lambda number: (-self._shared(number, stems), len(self._table.stems[number])))
        return tuple(
            Alternative(ITEM, self._table.codes[number], (), {number: CODE_SCORE * LATER_TARGET_FACTOR**place})
            for place, number in enumerate(heavy[:MAX_HEAVY_ITEMS])
        )

    @cached_property
    def _heavy_names(self) -> Mapping[int, frozenset[str]]:
        """What the heavy-duty items that have everyday names are called in their records."""
        items = self._table.items.plain_codes()
        return {number: self._name(number) for number in self._heavy_duty if self._table.codes[number] in items}

    def _name(self, number: int) -> frozenset[str]:
        """The stems that a record is named by, without what says that it is the standard or the heavy-duty item."""
        return frozenset(self._table.heads[number].split()) - _GRADES

    def _shared(self, number: int, stems: frozenset[str]) -> int:
        """How many of these stems a record has and doesn't negate."""
        negated = self._table.negations[number]
        return sum(not negated.has(stem) for stem in stems.intersection(self._table.stems[number].split()))

    @cached_property
    def _heavy_duty(self) -> Mapping[int, tuple[AmountSpan, ...]]:
        """The heavy-duty items whose descriptions state no range, with the patient's weight that each is for."""
        return {
            number: _patient_weight(self._table.codes[number])
            for number, description in enumerate(self._table.long)
            if HEAVY_DUTY.search(description) and not ranges_in(description)
        }

    @cached_property
    def _ranges(self) -> dict[Measure, list[tuple[AmountRange, int]]]:
        """Every range of the records with the document's number, by what it measures."""
        ranges: dict[Measure, list[tuple[AmountRange, int]]] = defaultdict(list)
        for number, description in enumerate(self._table.long):
            for span in self._heavy_duty.get(number) or ranges_in(description):
                ranges[span.amounts.measure].append((span.amounts, number))
        return ranges


def _patient_weight(code: str) -> tuple[AmountSpan, ...]:
    """The patient's weight that a heavy-duty item is for, whose description states none."""
    return ranges_in(f"{_OF_THE_PATIENT}{HEAVY_DUTY_WEIGHTS.get(code, HEAVY_DUTY_WEIGHT)}")


def _find_run(words: Sequence[Word], surfaces: Sequence[str], start: int) -> range:
    """The positions from ``start`` on where ``words`` has the surfaces in a row; empty if nowhere."""
    for first in range(start, len(words) - len(surfaces) + 1):
        if surfaces and [word.surface for word in words[first : first + len(surfaces)]] == surfaces:
            return range(first, first + len(surfaces))
    return range(0)
