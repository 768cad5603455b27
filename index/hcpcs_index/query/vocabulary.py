"""The words that the index knows, and the concept of each word, phrase and quoted phrase of a query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from hcpcs.method_cache import cached_method
from hcpcs.records.modifiers.modifier_purposes import purposes_named
from hcpcs_index.inverted_index.postings import NO_SCORES, Scores, conjunction, impact_order
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.code_words import CodeWords, has_code_form, is_code_prefix
from hcpcs_index.query.completion import Completer
from hcpcs_index.query.concepts import WORD, Alternative, Concept, build_concept
from hcpcs_index.query.item_names import ItemNames
from hcpcs_index.query.meanings import Meanings, code_alternative
from hcpcs_index.text.analysis import Word
from hcpcs_index.weights import (
    CLEAR_PREFIX_MEANINGS,
    ITEM_FACTOR,
    MIN_JOINED_LETTERS,
    MIN_PREFIX_LETTERS,
    PHRASE_POWER,
    SYNONYM_SCORE,
)

MODIFIER_WORDS: Final = frozenset({"modifier", "modifiers"})
CACHED_WORDS: Final = 2048
"""Concepts of words that are kept. Only words of the index are: any other may be a patient's name."""
CACHED_PHRASES: Final = 400
"""Concepts of phrases (and as many of quoted ones) that are kept, of words of the index only."""


def knows(table: SearchTable, word: Word) -> bool:
    """Whether a record, an alias, a synonym or an item has a word, or it has a code's form."""
    return (
        word.stem in table.postings
        or word.surface in table.synonyms.key_stems
        or word.surface in table.items.key_stems
        or table.synonyms.has((word,))
        or has_code_form(word.surface)
    )


class SearchVocabulary:
    """The vocabulary of one search table. Immutable but for its caches; threads may share it."""

    def __init__(self, table: SearchTable, codes: CodeWords, meanings: Meanings, completer: Completer) -> None:
        self._table = table
        self._postings = table.postings
        self._document_count = max(len(table.codes), 1)
        self._codes = codes
        self._meanings = meanings
        self._completer = completer
        self.items = ItemNames(table, codes, meanings, partial(knows, table))
        self._cached_word = cached_method(self._build_word, maxsize=CACHED_WORDS)
        self._cached_item = cached_method(self._build_item, maxsize=CACHED_PHRASES)
        self._cached_quoted = cached_method(self._build_quoted, maxsize=CACHED_PHRASES)
        self._cached_phrase = cached_method(self._build_phrase, maxsize=CACHED_PHRASES)

    def knows(self, word: Word) -> bool:
        """Whether a record, an alias, a synonym or an item has the word, or it has a code's form."""
        return knows(self._table, word)

    def has_surface(self, surface: str) -> bool:
        """Whether a record, a synonym or an item has the word in this form."""
        return self._is_indexed(surface) or surface in self._table.items.key_stems

    def joined(self, first: str, second: str) -> str | None:
        """Two words as one, if the index knows that word ("foot" and "drop": "footdrop"); else ``None``."""
        together = first + second
        if len(together) < MIN_JOINED_LETTERS or together.isdigit():
            return None
        known = together in self._table.synonyms or self._table.stem(together) in self._postings
        return together if known else None

    def modifier(self, surface: str) -> Concept | None:
        """The concept of a modifier; ``None`` if there is no such modifier."""
        number = self._codes.modifier(surface)
        return None if number is None else self._concept(surface, [code_alternative(surface, number)])

    def modifiers(self, words: Sequence[Word]) -> tuple[Alternative, ...]:
        """The modifiers for the purpose that a query with the word "modifier" names: "physical therapy modifier"."""
        surfaces = [word.surface for word in words]
        if MODIFIER_WORDS.isdisjoint(surfaces) or any(map(has_code_form, surfaces)):
            return ()
        codes = [code for purpose, _ in purposes_named(surfaces) for code in purpose.modifiers]
        return tuple(self._meanings.of_codes(dict.fromkeys(codes)))

    def item_phrase(self, words: tuple[Word, ...]) -> Concept:
        """The concept of an item's name within a longer query: its words, and the codes of the item."""
        indexed = all(self._is_indexed(word.surface) for word in words)
        return self._cached_item(words) if indexed else self._build_item(words)

    def _build_item(self, words: tuple[Word, ...]) -> Concept:
        plain = self.phrase(words) if len(words) > 1 else self.word(words[0].surface, words[0].stem)
        synonym = self._table.items.find(words)
        assert synonym is not None
        # The item comes before what only mentions it: "insulin pump (with alarm)" before insulin for a pump.
        best = max(plain.matches.values(), default=0.0)
        score = max(SYNONYM_SCORE * len(words) ** PHRASE_POWER, ITEM_FACTOR * best)
        alternatives = [*plain.alternatives, *self._meanings.of_synonym(synonym, score)]
        return build_concept(plain.text, alternatives, self._document_count, parts=plain.parts, certain=True)

    def word(self, surface: str, stem: str) -> Concept:
        """The concept of one word: its meanings; if it has none, what it may be a part or the beginning of."""
        return self._cached_word(surface, stem) if self._is_indexed(surface) else self._build_word(surface, stem)

    def phrase(self, words: tuple[Word, ...]) -> Concept:
        """The concept of a phrase that is a synonym's key, or two words that are one: also of its words together."""
        indexed = all(self._is_indexed(word.surface) for word in words)
        return self._cached_phrase(words) if indexed else self._build_phrase(words)

    def quoted_phrase(self, words: tuple[Word, ...]) -> Concept:
        """The concept of words that must be adjacent and in this order, as typed in quotes."""
        indexed = all(self._is_indexed(word.surface) for word in words)
        return self._cached_quoted(words) if indexed else self._build_quoted(words)

    def _build_quoted(self, words: tuple[Word, ...]) -> Concept:
        stems = tuple(word.stem for word in words)
        text = " ".join(word.surface for word in words)
        lists = [self._postings.get(stem) for stem in stems]
        matches: Scores = NO_SCORES
        if lists and all(lists):
            run, texts = f" {' '.join(stems)} ", self._table.stems
            matches = {number: score for number, score in conjunction(lists).items() if run in texts[number]}
        alternatives = [Alternative(WORD, text, stems, impact_order(matches))] if matches else []
        return self._concept(text, alternatives)

    def _is_indexed(self, surface: str) -> bool:
        return surface in self._table.surfaces or surface in self._table.synonyms.key_stems

    def _concept(self, text: str, alternatives: Sequence[Alternative], *, certain: bool = True) -> Concept:
        return build_concept(text, alternatives, self._document_count, certain=certain)

    def _build_word(self, surface: str, stem: str) -> Concept:
        meanings = list(self._meanings.of_word(surface, stem))
        if meanings:
            return self._concept(surface, meanings)
        keys = self._keys_with(surface)
        guesses = list(self._guesses(surface, keys))
        # "Bicillin" opens every name that it is part of ("bicillin l-a", "bicillin c-r"): nothing is guessed.
        opens = all(key.startswith(f"{surface} ") for key in keys or ("",))
        clear = len(surface) >= MIN_PREFIX_LETTERS and (opens or len(guesses) <= CLEAR_PREFIX_MEANINGS)
        return self._concept(surface, guesses, certain=clear or is_code_prefix(surface))

    def _keys_with(self, surface: str) -> Sequence[str]:
        """The keys of the synonyms that a word is part of."""
        synonyms = self._table.synonyms
        if surface not in synonyms.key_stems:
            return ()
        return [key for key in synonyms if surface in key and surface in key.split()]

    def _guesses(self, surface: str, keys: Sequence[str]) -> Iterator[Alternative]:
        """The meanings of a word without any: those of the synonyms that it is part of, else its completions."""
        for key in keys:
            for alternative in self._meanings.of_synonym(self._table.synonyms[key]):
                yield alternative._replace(label=key)
        if not keys and (len(surface) >= MIN_PREFIX_LETTERS or is_code_prefix(surface)):
            yield from self._completer.completions(surface)

    def _part(self, word: Word) -> Concept:
        """The concept of a word in a phrase: without guesses, if it has no meaning of its own."""
        if word.stem in self._postings:
            return self.word(word.surface, word.stem)
        return self._concept(word.surface, list(self._meanings.of_word(word.surface, word.stem)))

    def _build_phrase(self, words: tuple[Word, ...]) -> Concept:
        parts = [self._part(word) for word in words]
        text = " ".join([word.surface for word in words])
        alternatives: list[Alternative] = []
        if all(part.matches for part in parts):
            together = conjunction([part.matches for part in parts])
            if together:
                alternatives.append(Alternative(WORD, text, tuple(word.stem for word in words), together))
        synonym = self._table.synonyms.find(words)
        if synonym is not None:
            alternatives += self._meanings.of_synonym(synonym, SYNONYM_SCORE * len(words) ** PHRASE_POWER)
        if len(words) == 2:
            joined = self.joined(words[0].surface, words[1].surface)
            if joined is not None:
                alternatives += self._meanings.of_word(joined, self._table.stem(joined))
        return build_concept(text, alternatives, self._document_count, parts=[part for part in parts if part.matches])
