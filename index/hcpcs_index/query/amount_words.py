"""The amounts of a query as concepts: the records whose stated range they are in ("2.5 liters", "4x4 in")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.concepts import RANGE, WORD, Alternative, Concept, build_concept
from hcpcs_index.text.amount_ranges import AmountRange, Measure, amounts_in, ranges_in
from hcpcs_index.text.analysis import Word, tokenize_folded
from hcpcs_index.weights import RANGE_SCORE


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

    @cached_property
    def _ranges(self) -> dict[Measure, list[tuple[AmountRange, int]]]:
        """Every range of the records with the document's number, by what it measures."""
        ranges: dict[Measure, list[tuple[AmountRange, int]]] = defaultdict(list)
        for number, description in enumerate(self._table.long):
            for span in ranges_in(description):
                ranges[span.amounts.measure].append((span.amounts, number))
        return ranges


def _find_run(words: Sequence[Word], surfaces: Sequence[str], start: int) -> range:
    """The positions from ``start`` on where ``words`` has the surfaces in a row; empty if nowhere."""
    for first in range(start, len(words) - len(surfaces) + 1):
        if surfaces and [word.surface for word in words[first : first + len(surfaces)]] == surfaces:
            return range(first, first + len(surfaces))
    return range(0)
