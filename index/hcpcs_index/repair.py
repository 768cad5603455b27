"""Misspelt words: the known word that was meant, by distance and frequency; and known words run together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hcpcs_index.table import Table

SHORTEST: Final = 4
"""Shorter words are not repaired: too many others are one letter away."""
LONGEST: Final = 40
"""Longer words are not repaired: nobody meant them."""
SYNONYM_FREQUENCY: Final = 3
"""A word of a synonym counts as if so many records held it."""
MOST_CANDIDATES: Final = 32


class Speller:
    """The known words (of the records, their names and the synonyms), by their first letter."""

    def __init__(self, table: Table) -> None:
        self._frequency: dict[str, int] = {surface: count for surface, (_, count) in table.surfaces.items()}
        for key in table.synonyms.entries:
            for word in key.split():
                self._frequency[word] = self._frequency.get(word, 0) + SYNONYM_FREQUENCY
        self._words = [word for word in self._frequency if len(word) >= SHORTEST and word.isalpha()]
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            self._by_letter[word[0]].append(word)
        self.repair = lru_cache(maxsize=2048)(self._repair)
        self.split = lru_cache(maxsize=2048)(self._split)

    def _repair(self, written: str) -> str | None:
        """The word that was meant, if one is near enough; never for codes, numbers and short words.

        Near is one letter (added, lost, changed, or two swapped) up to five letters, two up to ten, three beyond.
        """
        if not SHORTEST <= len(written) <= LONGEST or not written.isalpha():
            return None
        reach = 1 if len(written) < 6 else 2 if len(written) < 11 else 3
        return self._nearest(written, self._by_letter.get(written[0], ()), reach) or self._nearest(
            written, self._words, max(1, reach - 1)
        )

    def _nearest(self, written: str, known: Sequence[str], reach: int) -> str | None:
        found = process.extract(written, known, scorer=OSA.distance, score_cutoff=reach, limit=MOST_CANDIDATES)
        if not found:
            return None
        return min(found, key=lambda match: (match[1], -self._frequency[match[0]], match[0]))[0]

    def _split(self, written: str) -> tuple[str, ...]:
        """The two known words that a word is made of ("footdrop"), the longer first part first; else none."""
        if not 6 <= len(written) <= LONGEST or not written.isalpha():
            return ()
        for at in range(len(written) - 3, 2, -1):
            if written[:at] in self._frequency and written[at:] in self._frequency:
                return written[:at], written[at:]
        return ()
