"""The abbreviations of the records' own texts, and the words that they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from hcpcs_index.synonyms.synonym_map import ABBREVIATION, SynonymMap
from hcpcs_index.text.analysis import Word, tokenize
from hcpcs_index.text.stemming import cached_stem


class Abbreviations:
    """The synonyms of kind ``ABBREVIATION``. Each is one word, so a text is expanded word by word."""

    def __init__(self, synonyms: SynonymMap) -> None:
        self._synonyms = synonyms
        self._meanings: dict[str, tuple[list[Word], ...]] = {}

    def expand(self, words: Sequence[Word]) -> list[Word]:
        """The words that the abbreviations among the words of a text stand for and that it lacks."""
        present: set[str] = set()
        added: list[str] = []
        for word in words:
            meanings = self._meanings.get(word.surface)
            if meanings is None:
                meanings = self._meanings[word.surface] = self._look_up(word)
            for meaning in meanings:
                present = present or {one.stem for one in words}
                missing = [one for one in meaning if one.stem not in present]
                added += [one.surface for one in missing]
                present.update(one.stem for one in missing)
        return tokenize(" ".join(added), cached_stem) if added else []

    def _look_up(self, word: Word) -> tuple[list[Word], ...]:
        """The words of each target of an abbreviation; none for any other word."""
        synonym = self._synonyms.find([word])
        if synonym is None or synonym.kind != ABBREVIATION:
            return ()
        return tuple(tokenize(target.text, cached_stem) for target in synonym.targets)
