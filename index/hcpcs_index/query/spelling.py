"""Misspelt words: the known word that was meant, by distance and frequency; and known words run together."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hcpcs_index.inverted_index.search_table import SearchTable

SHORTEST: Final = 4
"""Shorter words are not repaired: too many others are one letter away."""
LONGEST: Final = 40
"""Longer words are not repaired: nobody meant them."""
SYNONYM_FREQUENCY: Final = 3
"""A word of a synonym counts as if so many records held it."""
SHORTEST_BEGINNING: Final = 5
SHORTEST_PART: Final = 3
COMMON: Final = 20
"""A part of three letters is taken for a word only if so many records hold it."""
MOST_CANDIDATES: Final = 32


class SpellingCorrection(NamedTuple):
    """What an unknown word was meant for: one word, or two that were run together; ``sure`` if hardly another."""

    words: tuple[str, ...]
    sure: bool


class Speller:
    """The known words (of the records, their names and the synonyms), by their first letter."""

    def __init__(self, table: SearchTable) -> None:
        self._frequency: dict[str, int] = {surface: count for surface, (_, count) in table.surfaces.items()}
        for key in table.synonyms.entries:
            for word in key.split():
                self._frequency[word] = self._frequency.get(word, 0) + SYNONYM_FREQUENCY
        self._words = sorted(word for word in self._frequency if len(word) >= SHORTEST and word.isalpha())
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            self._by_letter[word[0]].append(word)
        self.correct = lru_cache(maxsize=4096)(self._correct)

    def _correct(self, written: str) -> SpellingCorrection | None:
        """The known word, or two run together, that an unknown word was meant for; none if nothing is near enough.

        A word that is only begun ("ondans") is not misspelt, and codes, numbers and short words are left alone.
        One letter (added, lost, changed, or two swapped) is likelier than two words run together, and those than two
        letters, which are repaired from six letters on, three from eleven; but such a repair is in doubt.
        """
        if not SHORTEST <= len(written) <= LONGEST or not written.isalpha():
            return None
        initial = self._by_letter.get(written[0], ())
        near = self._nearest(written, initial, 1)
        if self._begins_a_word(written) and (near is None or not near.startswith(written)):
            return None
        if near is not None:
            return SpellingCorrection((near,), sure=True)
        parts = self._split(written)
        if parts:
            return SpellingCorrection(parts, sure=True)
        reach = 1 if len(written) < 6 else 2 if len(written) < 11 else 3
        far = self._nearest(written, initial, reach) or self._nearest(written, self._words, max(1, reach - 1))
        return None if far is None else SpellingCorrection((far,), sure=False)

    def _begins_a_word(self, written: str) -> bool:
        if len(written) < SHORTEST_BEGINNING:
            return False
        at = bisect_left(self._words, written)
        return at < len(self._words) and self._words[at].startswith(written)

    def _nearest(self, written: str, known: Sequence[str], reach: int) -> str | None:
        found = process.extract(written, known, scorer=OSA.distance, score_cutoff=reach, limit=MOST_CANDIDATES)
        if not found:
            return None
        return min(found, key=lambda match: (match[1], -self._frequency[match[0]], match[0]))[0]

    def _split(self, written: str) -> tuple[str, ...]:
        """The two known words that a word is made of ("kneebrace"), the longest first part first; else none."""
        for at in range(len(written) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            if self._stands_alone(written[:at]) and self._stands_alone(written[at:]):
                return written[:at], written[at:]
        return ()

    def _stands_alone(self, part: str) -> bool:
        return self._frequency.get(part, 0) >= (COMMON if len(part) < SHORTEST else SYNONYM_FREQUENCY)
