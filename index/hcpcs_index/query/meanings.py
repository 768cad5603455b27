"""What a word or phrase means by itself: a code, a term of the records, or what a synonym stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hcpcs_index.inverted_index.postings import NO_SCORES, Scores, conjunction, impact_order
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.code_words import CodeWords
from hcpcs_index.query.concepts import CODE, WORD, Alternative
from hcpcs_index.synonyms.synonym import ITEM, Synonym, Target
from hcpcs_index.text.analysis import Word
from hcpcs_index.weights import CODE_SCORE, LATER_TARGET_FACTOR, SYNONYM_SCORE


class Meanings:
    """The meanings of words in one search table. It keeps nothing of what is asked."""

    def __init__(self, table: SearchTable, codes: CodeWords) -> None:
        self._postings = table.postings
        self._synonyms = table.synonyms
        self._codes = codes

    def of_word(self, surface: str, stem: str) -> Iterator[Alternative]:
        """A word as a procedure code, as a term, and by its synonym."""
        number = self._codes.procedure(surface)
        if number is not None:
            yield code_alternative(surface, number)
        postings = self._postings.get(stem)
        if postings:
            yield Alternative(WORD, surface, (stem,), postings)
        synonym = self._synonyms.find((Word(surface, stem),))
        if synonym is not None:
            yield from self.of_synonym(synonym)

    def of_synonym(self, synonym: Synonym, score: float = SYNONYM_SCORE) -> Iterator[Alternative]:
        """The targets of a synonym: the best document of the first gets ``score``, those of later targets less."""
        for target in synonym.targets:
            scores = self._score_target(target, score)
            if scores:
                yield Alternative(synonym.kind, target.code or target.text, target.stems, scores)
                score *= LATER_TARGET_FACTOR

    def of_item(self, synonym: Synonym) -> Iterator[Alternative]:
        """The codes that an item's name asks for, the first with the highest score: above any sum of words."""
        yield from self.of_codes(target.code for target in synonym.targets)

    def of_codes(self, codes: Iterable[str]) -> Iterator[Alternative]:
        """Codes that are asked for by their use, not by their words, the first with the highest score."""
        score = CODE_SCORE
        for code in codes:
            number = self._codes.number(code)
            if number is not None:
                yield Alternative(ITEM, code, (), {number: score})
                score *= LATER_TARGET_FACTOR

    def _score_target(self, target: Target, score: float) -> Scores:
        """The documents of a target, scaled so that the best has ``score``."""
        if target.code:
            number = self._codes.number(target.code)
            return NO_SCORES if number is None else {number: score}
        lists = [self._postings.get(stem) for stem in dict.fromkeys(target.stems)]
        if not lists or not all(lists):
            return NO_SCORES
        matches = lists[0] if len(lists) == 1 else impact_order(conjunction(lists))
        if not matches:
            return NO_SCORES
        scale = score / next(iter(matches.values()))
        return {number: scale * value for number, value in matches.items()}


def code_alternative(surface: str, number: int) -> Alternative:
    """The document of a code that the query names."""
    return Alternative(CODE, surface.upper(), (), {number: CODE_SCORE})
