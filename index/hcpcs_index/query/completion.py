"""Type-ahead: the words, codes and names that the beginning of a word may be completed to."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from hcpcs.method_cache import cached_method
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.code_words import CodeWords, is_code_prefix, prefix_span
from hcpcs_index.query.concepts import PREFIX, Alternative
from hcpcs_index.query.meanings import Meanings, code_alternative
from hcpcs_index.text.analysis import Word
from hcpcs_index.weights import MAX_COMPLETIONS, PHRASE_POWER, SYNONYM_SCORE

CACHED_PREFIXES: Final = 256
"""Prefixes whose completions are kept. Only beginnings of indexed words are: others may be a patient's name."""


class Completer:
    """The completions in one search table. Threads may share it."""

    def __init__(self, table: SearchTable, codes: CodeWords, meanings: Meanings) -> None:
        self._table = table
        self._codes = codes
        self._meanings = meanings
        self._cached_completions = cached_method(self._complete, maxsize=CACHED_PREFIXES)
        self._cached_name_completions = cached_method(self._complete_name, maxsize=CACHED_PREFIXES)

    @cached_property
    def _words(self) -> Sequence[str]:
        keys = self._table.synonyms
        return sorted({*self._table.surfaces, *(key for key in keys if " " not in key)})

    @cached_property
    def _names(self) -> Sequence[str]:
        return sorted(key for key in self._table.synonyms if " " in key)

    @cached_property
    def _frequencies(self) -> Sequence[int]:
        """The document frequency of each word; 1 for one of the synonyms alone."""
        known = dict(zip(self._table.surfaces, self._table.frequencies, strict=True))
        return array("I", [known.get(word, 1) for word in self._words])

    def completions(self, prefix: str) -> tuple[Alternative, ...]:
        """What a folded word may be completed to: codes first, then words of the index, the most common first."""
        return self._cached_completions(prefix) if _begins_any(self._words, prefix) else self._complete(prefix)

    def name_completions(self, prefix: str) -> tuple[Alternative, ...]:
        """The meanings of the synonyms of several words that start with ``prefix`` ("knee sc": knee scooter)."""
        return self._cached_name_completions(prefix) if _begins_any(self._names, prefix) else ()

    def _complete(self, prefix: str) -> tuple[Alternative, ...]:
        alternatives: list[Alternative] = []
        number = self._codes.number(prefix)
        if number is not None:
            alternatives.append(code_alternative(prefix, number))
        if is_code_prefix(prefix) or len(prefix) == 1:
            numbers = self._codes.prefix_range(prefix.upper())
            if numbers:
                alternatives.append(
                    Alternative(PREFIX, f"{prefix.upper()}…", (), dict.fromkeys(numbers, SYNONYM_SCORE))
                )
        if len(prefix) == 1:
            return tuple(alternatives)
        stems: set[str] = set()
        for word in self._most_common_words(prefix):
            stem = self._table.stem(word)
            if stem in stems:
                continue
            stems.add(stem)
            postings = self._table.postings.get(stem)
            if postings:
                alternatives.append(Alternative(PREFIX, word, (stem,), postings))
            elif (synonym := self._table.synonyms.find((Word(word, stem),))) is not None:
                alternatives += [
                    alternative._replace(rule=PREFIX, label=word) for alternative in self._meanings.of_synonym(synonym)
                ]
        return tuple(alternatives)

    def _complete_name(self, prefix: str) -> tuple[Alternative, ...]:
        span = prefix_span(self._names, prefix)
        return tuple(
            alternative._replace(rule=PREFIX, label=name)
            for name in self._names[span.start : span.stop]
            for alternative in self._meanings.of_synonym(self._table.synonyms[name], SYNONYM_SCORE * 2**PHRASE_POWER)
        )

    def _most_common_words(self, prefix: str) -> Sequence[str]:
        span = prefix_span(self._words, prefix)
        if len(span) <= MAX_COMPLETIONS:
            return self._words[span.start : span.stop]
        common = sorted(span, key=self._frequencies.__getitem__, reverse=True)
        return [self._words[place] for place in common[:MAX_COMPLETIONS]]


def _begins_any(ordered: Sequence[str], prefix: str) -> bool:
    """Whether any string of a sorted sequence starts with a prefix."""
    start = bisect_left(ordered, prefix)
    return start < len(ordered) and ordered[start].startswith(prefix)
