"""Every word that the index knows, and what each may mean: the concept of a word, a phrase, or a word begun."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from hcpcs_index.analysis import Word, stem_of
from hcpcs_index.concepts import CODE, PREFIX, WORD, Alternative, Concept, concept
from hcpcs_index.postings import NO_SCORES, Scores, conjunction, impact_order
from hcpcs_index.synonyms import Synonym, Target
from hcpcs_index.table import Table

CODE_SCORE: Final = 18.0
"""What a record scores that is named by its code: as much as a rare word in a short description."""
TARGET_DECAY: Final = 0.93
"""Each further target of a synonym counts so much less: the data names the best first."""
WORD_GAIN: Final = 0.25
"""What each further word of a target adds to the mean score of its words."""
MOST_COMPLETIONS: Final = 50
"""So many words may complete one that is begun, the commonest first."""
SHORTEST_BEGUN: Final = 4
"""An unknown word of so many letters is taken for the beginning of others."""

_BEYOND: Final = "\uffff"
_CODE: Final = re.compile(r"[a-z]\d{4}|\d{4}[a-z]")
_CODE_BEGUN: Final = re.compile(r"[a-z]\d{1,3}")


class Lexicon:
    """The words of one search table. Immutable but for its caches, which are bounded; threads may share it."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._size = max(len(table.codes), 1)
        self._procedures = len(table.codes) - len(table.sets["kind"].get("modifier", ()))
        self._numbers = {code.lower(): number for number, code in enumerate(table.codes)}
        self._vocabulary = sorted({*table.surfaces, *(key for key in table.synonyms.entries if " " not in key)})
        self._keys_with: dict[str, list[str]] = defaultdict(list)
        for key in table.synonyms.entries:
            for word in key.split():
                self._keys_with[word].append(key)
        self.word = lru_cache(maxsize=8192)(self._word)
        self.begun = lru_cache(maxsize=2048)(self._begun)
        self.phrase = lru_cache(maxsize=4096)(self._phrase)

    def knows(self, word: Word) -> bool:
        """Whether a record, a name or a synonym has the word, or a longer synonym has it among its words."""
        table = self._table
        return (
            word.stem in table.text
            or word.surface in self._keys_with
            or word.stem in table.names
            or table.synonyms.find((word,)) is not None
            or self.is_code(word.surface)
        )

    def is_code(self, surface: str) -> bool:
        """Whether the word has the form of a code, known or not, whole or begun."""
        return _CODE.fullmatch(surface) is not None or _CODE_BEGUN.fullmatch(surface) is not None

    def joined(self, span: Sequence[Word]) -> str | None:
        """The words run together, if that is a known word ("blood meter" no, "foot drop" perhaps)."""
        together = "".join([word.surface for word in span])
        if len(together) < 4 or together.isdigit():
            return None
        known = together in self._table.synonyms.entries or stem_of(together) in self._table.text
        return together if known else None

    def modifier(self, surface: str) -> Concept | None:
        """The concept of a two-character modifier code, if there is such a one."""
        number = self._numbers.get(surface, -1)
        if number < self._procedures:
            return None
        return concept(surface, (), [Alternative(CODE, surface.upper(), (), {number: 3 * CODE_SCORE})], self._size)

    def exactly(self, span: Sequence[Word]) -> Concept:
        """The concept of words that must stand together in this order, as typed in quotes."""
        stems = tuple(word.stem for word in span)
        written = " ".join(word.surface for word in span)
        lists = [self._literal(stem) for stem in stems]
        alternatives: list[Alternative] = []
        if lists and all(lists):
            run = f" {' '.join(stems)} "
            held = {n: s for n, s in conjunction(lists).items() if run in self._table.stems[n]}
            alternatives = [Alternative(WORD, written, stems, impact_order(held.items()))]
        return concept(written, stems, alternatives, self._size)

    def _word(self, surface: str, stem: str) -> Concept:
        """One word: what it says and stands for; if nothing holds it, what it may be part or beginning of."""
        alternatives = list(self._meanings(surface, stem))
        if alternatives:
            return concept(surface, (stem,), alternatives, self._size)
        return concept(surface, (stem,), list(self._guesses(surface)), self._size, sure=False)

    def _phrase(self, span: tuple[Word, ...]) -> Concept:
        """A phrase that a synonym names, or that is one word run together; its words where only they are held."""
        every = [concept(w.surface, (w.stem,), list(self._meanings(w.surface, w.stem)), self._size) for w in span]
        stems = tuple(word.stem for word in span)
        written = " ".join(word.surface for word in span)
        alternatives: list[Alternative] = []
        if all(part.full for part in every):
            together = conjunction([part.full for part in every])
            if together:
                alternatives.append(Alternative(WORD, written, stems, together))
        entry = self._table.synonyms.find(span)
        if entry is not None:
            alternatives += self._targets(entry)
        together_word = self.joined(span)
        if together_word is not None:
            alternatives += self._meanings(together_word, stem_of(together_word))
        parts = tuple(part for part in every if part.full)
        return concept(written, stems, alternatives, self._size, parts=parts)

    def _begun(self, surface: str, stem: str) -> Concept:
        """A word still being typed: itself, every code that begins so, every word that begins so."""
        alternatives = list(self._meanings(surface, stem))
        codes = self._codes_begun(surface)
        if codes:
            alternatives.append(Alternative(PREFIX, f"{surface.upper()}…", (), codes))
        for completed in self._completions(surface):
            scores = concept("", (), list(self._meanings(completed, stem_of(completed))), self._size).full
            if scores:
                alternatives.append(Alternative(PREFIX, completed, (stem_of(completed),), scores))
        return concept(surface, (stem,), alternatives, self._size)

    def _meanings(self, surface: str, stem: str) -> Iterator[Alternative]:
        number = self._numbers.get(surface, self._procedures)
        if number < self._procedures:
            yield Alternative(CODE, surface.upper(), (), {number: 3 * CODE_SCORE})
        literal = self._literal(stem)
        if literal:
            yield Alternative(WORD, surface, (stem,), literal)
        entry = self._table.synonyms.find((Word(surface, stem),))
        if entry is not None:
            yield from self._targets(entry)

    def _literal(self, stem: str) -> Scores:
        text, names = self._table.text.get(stem), self._table.names.get(stem)
        if not names or not text:
            return text or names
        return impact_order((n, text.get(n, 0.0) + names.get(n, 0.0)) for n in text.keys() | names.keys())

    def _targets(self, entry: Synonym) -> Iterator[Alternative]:
        gain = 1.0
        for goal in entry.targets:
            scores = self._target(goal, gain)
            if scores:
                yield Alternative(entry.kind, goal.code or goal.text, goal.stems, scores)
                gain *= TARGET_DECAY

    def _target(self, goal: Target, gain: float) -> Scores:
        if goal.code:
            number = self._numbers.get(goal.code.lower())
            return NO_SCORES if number is None else {number: gain * CODE_SCORE}
        lists = [self._literal(stem) for stem in dict.fromkeys(goal.stems)]
        if not lists or not all(lists):
            return NO_SCORES
        share = gain * (1 + WORD_GAIN * (len(lists) - 1)) / len(lists)
        return impact_order((number, share * score) for number, score in conjunction(lists).items())

    def _guesses(self, surface: str) -> Iterator[Alternative]:
        keys = self._keys_with.get(surface, ())
        for key in keys:
            for alternative in self._targets(self._table.synonyms.entries[key]):
                yield alternative._replace(label=f"{key} → {alternative.label}")
        if not keys and (len(surface) >= SHORTEST_BEGUN or _CODE_BEGUN.fullmatch(surface)):
            yield from self._begun(surface, surface).alternatives

    def _codes_begun(self, surface: str) -> Scores:
        if _CODE_BEGUN.fullmatch(surface) is None:
            return NO_SCORES
        low, high = self.family(surface.upper())
        return dict.fromkeys(range(low, high), CODE_SCORE)

    def family(self, prefix: str) -> tuple[int, int]:
        """The numbers, from and up to, of the procedure codes that start so."""
        codes, end = self._table.codes, self._procedures
        return bisect_left(codes, prefix, hi=end), bisect_left(codes, prefix + _BEYOND, hi=end)

    def span(self, first: str | None, last: str | None) -> tuple[int, int]:
        """The numbers, from and up to, of the procedure codes from ``first`` to ``last``, both included."""
        codes, end = self._table.codes, self._procedures
        low = 0 if first is None else bisect_left(codes, first, hi=end)
        return low, end if last is None else bisect_left(codes, last + "\x00", hi=end)

    def _completions(self, begun: str) -> list[str]:
        low = bisect_left(self._vocabulary, begun)
        high = bisect_left(self._vocabulary, begun + _BEYOND)
        found = [word for word in self._vocabulary[low:high] if word != begun]
        if len(found) > MOST_COMPLETIONS:
            found.sort(key=lambda word: -self._table.surfaces.get(word, ("", 1))[1])
            del found[MOST_COMPLETIONS:]
        return found
