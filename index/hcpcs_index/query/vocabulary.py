"""Every word that the index knows, and what each may mean: the concept of a word or phrase, a beginning's endings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from hcpcs_index.inverted_index.postings import NO_SCORES, Scores, conjunction, impact_order
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.concepts import CODE, PREFIX, WORD, Alternative, Concept, concept
from hcpcs_index.synonyms.phrasebook import Synonym, Target
from hcpcs_index.text.analysis import Word, stem_of

KNOWN: Final = 14.0
"""What the best document of a synonym's first target scores: as much as for a rare word in a short description."""
PHRASE_POWER: Final = 0.5
"""A phrase of n words scores ``n ** PHRASE_POWER`` times as much."""
NAMED: Final = 54.0
"""What a record scores if the query names it by its code."""
TARGET_DECAY: Final = 0.93
"""Each further target of a synonym counts so much less: the data names the best first."""
MOST_COMPLETIONS: Final = 40
"""So many words may complete one that is begun, the commonest first."""
MOST_NAMES: Final = 10
"""So many names of several words may complete what is begun."""
SHORTEST_BEGUN: Final = 4
"""An unknown word of so many letters is taken for the beginning of others."""

LONG_BEGUN: Final = 5
FEW_ENDINGS: Final = 3
"""With so many letters and no more endings there is little doubt what a word that is begun means."""

_BEYOND: Final = "\uffff"
_CODE: Final = re.compile(r"[a-z]\d{4}|\d{4}[a-z]")
_CODE_BEGUN: Final = re.compile(r"[a-z]\d{1,3}")


class SearchVocabulary:
    """The words of one search table. Immutable but for its caches, which are bounded; threads may share it."""

    def __init__(self, table: SearchTable) -> None:
        self._table = table
        self._postings = table.postings
        self._size = max(len(table.codes), 1)
        self._procedures = len(table.codes) - len(table.sets["kind"].get("modifier", ()))
        self._numbers = {code.lower(): number for number, code in enumerate(table.codes)}
        self._vocabulary = sorted({*table.surfaces, *(key for key in table.synonyms.entries if " " not in key)})
        self._phrase_keys = sorted(key for key in table.synonyms.entries if " " in key)
        self._keys_with: dict[str, list[str]] = defaultdict(list)
        for key in table.synonyms.entries:
            for word in key.split():
                self._keys_with[word].append(key)
        self.word = lru_cache(maxsize=2048)(self._word)
        self.phrase = lru_cache(maxsize=400)(self._phrase)
        self.exactly = lru_cache(maxsize=256)(self._exactly)
        self.endings = lru_cache(maxsize=256)(self._endings)
        self.names_begun = lru_cache(maxsize=256)(self._names_begun)
        self.knows = lru_cache(maxsize=8192)(self._knows)
        self.joined = lru_cache(maxsize=8192)(self._joined)

    def _knows(self, word: Word) -> bool:
        """Whether a record, a name or a synonym has the word, alone or among others, or it has a code's form."""
        surface = word.surface
        return (
            word.stem in self._postings
            or surface in self._keys_with
            or self._table.synonyms.find((word,)) is not None
            or _CODE.fullmatch(surface) is not None
            or _CODE_BEGUN.fullmatch(surface) is not None
        )

    def _joined(self, first: str, second: str) -> str | None:
        """Two words run together, if that is a known word ("foot" and "drop" perhaps, "blood" and "bag" not)."""
        together = first + second
        if len(together) < 4 or together.isdigit():
            return None
        known = together in self._table.synonyms.entries or stem_of(together) in self._postings
        return together if known else None

    def modifier(self, surface: str) -> Concept | None:
        """The concept of a two-character modifier code, if there is such a one."""
        number = self._numbers.get(surface, -1)
        if number < self._procedures:
            return None
        return concept(surface, [Alternative(CODE, surface.upper(), (), {number: NAMED})], self._size)

    def _exactly(self, span: tuple[Word, ...]) -> Concept:
        """The concept of words that must stand together in this order, as typed in quotes."""
        stems = tuple(word.stem for word in span)
        written = " ".join(word.surface for word in span)
        lists = [self._postings.get(stem) for stem in stems]
        held: Scores = NO_SCORES
        if lists and all(lists):
            run, texts = f" {' '.join(stems)} ", self._table.stems
            held = {number: score for number, score in conjunction(lists).items() if run in texts[number]}
        ways = [Alternative(WORD, written, stems, impact_order(held.items()))] if held else []
        return concept(written, ways, self._size)

    def _word(self, surface: str, stem: str) -> Concept:
        """One word: what it says and stands for; if nothing holds it, what it may be part or beginning of."""
        ways = list(self._meanings(surface, stem))
        if ways:
            return concept(surface, ways, self._size)
        guesses = tuple(self._guesses(surface))
        one_meaning = len(surface) >= LONG_BEGUN and len(guesses) <= FEW_ENDINGS
        begins_code = _CODE_BEGUN.fullmatch(surface) is not None
        return concept(surface, guesses, self._size, sure=begins_code or one_meaning)

    def _phrase(self, span: tuple[Word, ...]) -> Concept:
        """A phrase that a synonym names, or that is one word run together; its words where only they are held."""
        every = [concept(word.surface, self._meanings(word.surface, word.stem), self._size) for word in span]
        written = " ".join([word.surface for word in span])
        ways: list[Alternative] = []
        if all(part.full for part in every):
            together = conjunction([part.full for part in every])
            if together:
                ways.append(Alternative(WORD, written, tuple(word.stem for word in span), together))
        entry = self._table.synonyms.find(span)
        if entry is not None:
            ways += self._targets(entry, KNOWN * len(span) ** PHRASE_POWER)
        if len(span) == 2:
            run_together = self._joined(span[0].surface, span[1].surface)
            if run_together is not None:
                ways += self._meanings(run_together, stem_of(run_together))
        return concept(written, ways, self._size, parts=[part for part in every if part.full])

    def _meanings(self, surface: str, stem: str) -> Iterator[Alternative]:
        number = self._numbers.get(surface, self._procedures)
        if number < self._procedures:
            yield Alternative(CODE, surface.upper(), (), {number: NAMED})
        literal = self._postings.get(stem)
        if literal:
            yield Alternative(WORD, surface, (stem,), literal)
        entry = self._table.synonyms.find((Word(surface, stem),))
        if entry is not None:
            yield from self._targets(entry, KNOWN)

    def _targets(self, entry: Synonym, level: float) -> Iterator[Alternative]:
        """What a synonym stands for: of each target the best document scores ``level``, later targets less."""
        for goal in entry.targets:
            scores = self._target(goal, level)
            if scores:
                yield Alternative(entry.kind, goal.code or goal.text, goal.stems, scores)
                level *= TARGET_DECAY

    def _target(self, goal: Target, level: float) -> Scores:
        if goal.code:
            number = self._numbers.get(goal.code.lower())
            return NO_SCORES if number is None else {number: level}
        lists = [self._postings.get(stem) for stem in dict.fromkeys(goal.stems)]
        if not lists or not all(lists):
            return NO_SCORES
        together = lists[0] if len(lists) == 1 else impact_order(conjunction(lists).items())
        if not together:
            return NO_SCORES
        share = level / next(iter(together.values()))
        return {number: share * score for number, score in together.items()}

    def _guesses(self, surface: str) -> Iterator[Alternative]:
        """What a word that nothing holds may be: part of a longer name, or the beginning of a word or code."""
        keys = self._keys_with.get(surface, ())
        for key in keys:
            for way in self._targets(self._table.synonyms.entries[key], KNOWN):
                yield way._replace(label=key)
        if not keys and (len(surface) >= SHORTEST_BEGUN or _CODE_BEGUN.fullmatch(surface)):
            yield from self._endings(surface)

    def _endings(self, begun: str) -> tuple[Alternative, ...]:
        """What a word that is begun may become: codes, then words, the commonest first."""
        ways: list[Alternative] = []
        number = self._numbers.get(begun)
        if number is not None:
            ways.append(Alternative(CODE, begun.upper(), (), {number: NAMED}))
        if _CODE_BEGUN.fullmatch(begun) or len(begun) == 1:
            low, high = self.family(begun.upper())
            if low < high:
                ways.append(Alternative(PREFIX, f"{begun.upper()}…", (), dict.fromkeys(range(low, high), KNOWN)))
        if len(begun) == 1:
            return tuple(ways)
        seen: set[str] = set()
        for word in self._completions(begun):
            stem = stem_of(word)
            if stem in seen:
                continue
            seen.add(stem)
            literal = self._postings.get(stem)
            if literal:
                ways.append(Alternative(PREFIX, word, (stem,), literal))
            elif (entry := self._table.synonyms.find((Word(word, stem),))) is not None:
                ways += [way._replace(rule=PREFIX, label=word) for way in self._targets(entry, KNOWN)]
        return tuple(ways)

    def _names_begun(self, begun: str) -> tuple[Alternative, ...]:
        """What a synonym of several words stands for that begins so ("knee sc")."""
        keys = self._phrase_keys
        low, high = bisect_left(keys, begun), bisect_left(keys, begun + _BEYOND)
        return tuple(
            way._replace(rule=PREFIX, label=key)
            for key in keys[low : min(high, low + MOST_NAMES)]
            for way in self._targets(self._table.synonyms.entries[key], KNOWN * 2**PHRASE_POWER)
        )

    def _completions(self, begun: str) -> list[str]:
        low = bisect_left(self._vocabulary, begun)
        high = bisect_left(self._vocabulary, begun + _BEYOND)
        found = self._vocabulary[low:high]
        if len(found) > MOST_COMPLETIONS:
            surfaces = self._table.surfaces
            found.sort(key=lambda word: -surfaces[word][1] if word in surfaces else -1)
            del found[MOST_COMPLETIONS:]
        return found

    def family(self, prefix: str) -> tuple[int, int]:
        """The numbers, from and up to, of the procedure codes that start so."""
        codes, end = self._table.codes, self._procedures
        return bisect_left(codes, prefix, hi=end), bisect_left(codes, prefix + _BEYOND, hi=end)

    def span(self, first: str | None, last: str | None) -> tuple[int, int]:
        """The numbers, from and up to, of the procedure codes from ``first`` to ``last``, both included."""
        codes, end = self._table.codes, self._procedures
        low = 0 if first is None else bisect_left(codes, first, hi=end)
        return low, end if last is None else bisect_left(codes, last + "\x00", hi=end)
