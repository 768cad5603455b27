"""Spelling repair: the known word that a misspelled word was meant for, or the two known words run together in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hcpcs.questions.words.common_words import common_words
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.weights import (
    MIN_PART_LETTERS,
    MIN_PREFIX_LETTERS,
    MIN_REPAIR_LETTERS,
    REPAIR_DISTANCES,
    SYNONYM_FREQUENCY,
)

_ANY: Final = ""
"""Stands for every initial."""


class SpellingCorrection(NamedTuple):
    """The words that an unknown word was meant for: one, or two run together. ``certain`` if hardly any other fits."""

    words: tuple[str, ...]
    certain: bool


class Speller:
    """The known words of one search table (of its records, aliases and synonyms), by initial and length.

    It caches nothing: a word that it doesn't know may be a patient's name.
    """

    def __init__(self, table: SearchTable) -> None:
        self._frequency: dict[str, int] = dict(zip(table.surfaces, table.frequencies, strict=True))
        for key in table.synonyms:
            for word in key.split():
                self._frequency[word] = self._frequency.get(word, 0) + SYNONYM_FREQUENCY
        self._words = sorted(word for word in self._frequency if len(word) >= MIN_REPAIR_LETTERS and word.isalpha())
        self._by_initial: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._words:
            self._by_initial[word[0], len(word)].append(word)
            self._by_initial[_ANY, len(word)].append(word)

    def correct(self, surface: str) -> SpellingCorrection | None:
        """The correction of an unknown word; ``None`` if no known word is near enough.

        The beginning of a known word ("ondans") is not misspelled, nor is a common word ("gave" for "game"), and codes,
        numbers and short words are not changed. One edit (a letter added, lost or changed, or two swapped) is more
        likely than two words run together, and those are more likely than two edits. Two edits are allowed from six
        letters on and three from eleven, but then the correction is not certain.
        """
        if len(surface) < MIN_REPAIR_LETTERS or not surface.isalpha():
            return None
        if surface in common_words():
            return None
        near = self._nearest(surface, surface[0], 1)
        if self._is_unfinished(surface) and (near is None or not near.startswith(surface)):
            return None
        if near is not None:
            return SpellingCorrection((near,), certain=True)
        parts = self._split(surface)
        if parts:
            return SpellingCorrection(parts, certain=True)
        distance = next(edits for letters, edits in REPAIR_DISTANCES if len(surface) >= letters)
        far = self._nearest(surface, surface[0], distance) or self._nearest(surface, _ANY, max(1, distance - 1))
        return None if far is None else SpellingCorrection((far,), certain=False)

    def _is_unfinished(self, surface: str) -> bool:
        """Whether a longer known word starts with ``surface``."""
        if len(surface) < MIN_PREFIX_LETTERS:
            return False
        start = bisect_left(self._words, surface)
        return start < len(self._words) and self._words[start].startswith(surface)

    def _nearest(self, surface: str, initial: str, distance: int) -> str | None:
        """The word with this initial and the fewest edits, at most ``distance``; of several the most frequent."""
        matches: list[tuple[int, int, str]] = []
        for length in range(len(surface) - distance, len(surface) + distance + 1):
            words = self._by_initial.get((initial, length), ())
            for word, edits, _ in process.extract(
                surface, words, scorer=OSA.distance, score_cutoff=distance, limit=None
            ):
                matches.append((edits, -self._frequency[word], word))
        return min(matches)[2] if matches else None

    def _split(self, surface: str) -> tuple[str, ...]:
        """The two known words run together in ``surface`` ("kneebrace"), the longest first part preferred."""
        for end in range(len(surface) - MIN_PART_LETTERS, MIN_PART_LETTERS - 1, -1):
            if self._can_be_part(surface[:end]) and self._can_be_part(surface[end:]):
                return surface[:end], surface[end:]
        return ()

    def _can_be_part(self, part: str) -> bool:
        return self._frequency.get(part, 0) >= SYNONYM_FREQUENCY
