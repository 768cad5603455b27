"""From what is typed to concepts: pieces, words, repairs, phrases. No grammar: any text reads as something.

Two signs mean more than words: "double quotes" hold words that must stand together, and OR in capitals between words
makes one of them enough. Everything else is words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from hcpcs.search_port import Repair
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.query.concepts import Concept, ParsedQuery
from hcpcs_index.query.spelling import Speller
from hcpcs_index.query.vocabulary import SearchVocabulary
from hcpcs_index.text.analysis import MAX_WORDS, Word, bounded, plain_word, words_of_folded
from hcpcs_index.text.word_lists import NOISE

_OR: Final = " OR "
_QUOTED: Final = re.compile(r'"([^"]+)"')
MOST_GUESSES: Final = 5
"""So many unknown words of a query are looked up for repair: a query of more is no misspelling."""
LONGEST_NAME: Final = 4
"""So many words may begin a longer name."""
_MODIFIER: Final = "modifier"


class QueryParser:
    """Understands queries by one search table. Threads may share it."""

    def __init__(self, table: SearchTable, lexicon: SearchVocabulary) -> None:
        self._synonyms = table.synonyms
        self._lexicon = lexicon
        self._speller = Speller(table)

    def read(self, text: str, *, typing: bool = False) -> ParsedQuery:
        """The concepts of a text; while ``typing``, its last word counts as begun."""
        folded = bounded(text)
        reading = (self._read_quoted if '"' in folded else self._read_words)(folded, typing)
        if _OR in text and len(reading.concepts) > 1:
            return reading._replace(any_of=True)
        return reading

    def _read_quoted(self, folded: str, typing: bool) -> ParsedQuery:
        runs = [run for quoted in _QUOTED.findall(folded) if (run := words_of_folded(quoted))]
        rest = self._read_words(_QUOTED.sub(" ", folded), typing)
        exactly = [self._lexicon.exactly(tuple(run)) for run in runs]
        return rest._replace(
            words=(*(word for run in runs for word in run), *rest.words),
            concepts=(*(concept for concept in exactly if concept.full), *rest.concepts),
            unknown=(*(concept.written for concept in exactly if not concept.full), *rest.unknown),
        )

    def _read_words(self, folded: str, typing: bool) -> ParsedQuery:
        found = words_of_folded(folded)
        if typing and not found and folded.isalnum():
            found = [Word(folded, folded)]
        meant = [word for word in found if word.surface not in NOISE][:MAX_WORDS] or found[:MAX_WORDS]
        if len(meant) <= 2:
            if not meant:
                return ParsedQuery((), ())
            named = None if typing else self._modifier(meant)
            if named is not None:
                return ParsedQuery(tuple(meant), (named,))
        begun = meant.pop() if typing and folded.endswith(meant[-1].surface) else None
        repairs: list[Repair] = []
        sure = True
        if not all(map(self._lexicon.knows, meant)):
            meant, sure = self._repaired(meant, repairs)
        concepts: list[Concept] = []
        unknown: list[str] = []
        phrases = self._phrases(meant)
        in_phrases = {place for places in phrases for place in places}
        starts = {places[0]: places for places in phrases}
        for place, word in enumerate(meant):
            if place in starts:
                concepts.append(self._lexicon.phrase(tuple([meant[p] for p in starts[place]])))
            elif place not in in_phrases:
                concept = self._lexicon.word(word.surface, word.stem)
                if concept.full:
                    concepts.append(concept)
                else:
                    unknown.append(word.surface)
        reading = ParsedQuery(tuple(meant), tuple(concepts), tuple(unknown), tuple(repairs), sure)
        return reading if begun is None else self._still_typing(reading, begun)

    def _still_typing(self, reading: ParsedQuery, begun: Word) -> ParsedQuery:
        """The reading of whole words, and of one after them that is begun."""
        surfaces = [word.surface for word in (*reading.words, begun)]
        names = (" ".join(surfaces[start:]) for start in range(max(0, len(surfaces) - LONGEST_NAME), len(surfaces)))
        named = next((ways for name in names if " " in name and (ways := self._lexicon.names_begun(name))), ())
        endings = self._lexicon.endings(begun.surface)
        return reading._replace(
            words=(*reading.words, begun),
            unknown=reading.unknown if endings or named else (*reading.unknown, begun.surface),
            begun=endings,
            named=named,
        )

    def _modifier(self, meant: Sequence[Word]) -> Concept | None:
        """What "modifier RR", or "RR" alone, asks for."""
        codes = [word.surface for word in meant if len(word.surface) == 2]
        spoken = len(meant) == 1 or any(word.surface == _MODIFIER for word in meant)
        return self._lexicon.modifier(codes[0]) if len(codes) == 1 and spoken else None

    def _repaired(self, meant: Sequence[Word], repairs: list[Repair]) -> tuple[list[Word], bool]:
        """The words with each unknown one taken apart into known ones, or repaired; and whether that is sure."""
        lexicon, speller = self._lexicon, self._speller
        joins = [lexicon.joined(first.surface, second.surface) is not None for first, second in pairwise(meant)]
        kept: list[Word] = []
        guesses = 0
        sure = True
        for word, joins_former, joins_next in zip(meant, (False, *joins), (*joins, False), strict=True):
            if joins_former or joins_next or guesses == MOST_GUESSES or lexicon.knows(word):
                kept.append(word)
                continue
            guesses += 1
            correction = speller.correct(word.surface)
            if correction is None:
                kept.append(word)
                continue
            sure = sure and correction.sure
            kept += map(plain_word, correction.words)
            if len(correction.words) == 1:
                repairs.append(Repair(written=word.surface, searched=correction.words[0]))
        return kept[:MAX_WORDS], sure

    def _phrases(self, meant: Sequence[Word]) -> list[tuple[int, ...]]:
        """The places of synonyms of several words, and of pairs that are one word run together."""
        if len(meant) < 2:
            return []
        phrases = self._synonyms.phrases(meant)
        joined = [self._lexicon.joined(first.surface, second.surface) for first, second in pairwise(meant)]
        if any(joined):
            taken = {place for places in phrases for place in places}
            for place, word in enumerate(joined):
                if word is not None and place not in taken and place + 1 not in taken:
                    phrases.append((place, place + 1))
                    taken |= {place, place + 1}
            phrases.sort()
        return phrases
