"""From what is typed to concepts: pieces, words, repairs, phrases. No grammar: any text reads as something.

Two signs mean more than words: "double quotes" hold words that must stand together, and OR in capitals makes the
words on its two sides alternatives. Everything else is words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hcpcs.search import Repair
from hcpcs_index.analysis import MAX_WORDS, Word, bounded, stem_of, words_of_folded
from hcpcs_index.concepts import Concept, Reading, any_of
from hcpcs_index.lexicon import Lexicon
from hcpcs_index.repair import Speller
from hcpcs_index.table import Table
from hcpcs_index.word_lists import NOISE

_OR: Final = re.compile(r"(?<=\S)\s+OR\s+(?=\S)")
_QUOTED: Final = re.compile(r'"([^"]+)"')
_MODIFIER: Final = "modifier"


class Reader:
    """Understands queries by one search table. Threads may share it."""

    def __init__(self, table: Table, lexicon: Lexicon) -> None:
        self._synonyms = table.synonyms
        self._size = max(len(table.codes), 1)
        self._lexicon = lexicon
        self._speller = Speller(table)

    def read(self, text: str, *, typing: bool = False) -> Reading:
        """The concepts of a text; while ``typing``, its last word counts as begun."""
        text = text[: 4 * MAX_WORDS * 20]
        if " OR " not in text:
            return self._read(bounded(text), typing)
        sides = [self._read(bounded(side), typing=False) for side in _OR.split(text)[:MAX_WORDS]]
        concepts: list[Concept] = []
        for side in sides:
            if concepts and side.concepts:
                concepts.append(any_of((concepts.pop(), side.concepts[0]), self._size))
                concepts += side.concepts[1:]
            else:
                concepts += side.concepts
        return Reading(
            tuple(word for side in sides for word in side.words)[:MAX_WORDS],
            tuple(concepts[:MAX_WORDS]),
            tuple(word for side in sides for word in side.unknown),
            tuple(repair for side in sides for repair in side.repairs),
        )

    def _read(self, folded: str, typing: bool) -> Reading:
        if '"' not in folded:
            return self._read_words(folded, typing)
        quoted = [exact for run in _QUOTED.findall(folded) if (exact := words_of_folded(run))]
        rest = self._read_words(_QUOTED.sub(" ", folded), typing)
        exactly = [self._lexicon.exactly(run) for run in quoted]
        return rest._replace(
            words=(*(word for run in quoted for word in run), *rest.words),
            concepts=(*(concept for concept in exactly if concept.full), *rest.concepts),
            unknown=(*(concept.written for concept in exactly if not concept.full), *rest.unknown),
        )

    def _read_words(self, folded: str, typing: bool) -> Reading:
        found = words_of_folded(folded)
        meant = ([word for word in found if word.surface not in NOISE] or found)[:MAX_WORDS]
        if not meant:
            return Reading((), ())
        named = self._modifier(meant)
        if named is not None:
            return Reading(tuple(meant), (named,))
        begun = meant[-1] if typing and folded.endswith(meant[-1].surface) else None
        repairs: list[Repair] = []
        if not all(map(self._lexicon.knows, meant)):
            meant = self._repaired(meant, begun, repairs)
        concepts: list[Concept] = []
        unknown: list[str] = []
        at = 0
        for start, end in (*self._phrases(meant, begun), (len(meant), len(meant))):
            for word in meant[at:start]:
                meaning = self._lexicon.begun if word is begun else self._lexicon.word
                concept = meaning(word.surface, word.stem)
                if concept.full:
                    concepts.append(concept)
                else:
                    unknown.append(word.surface)
            if start < end:
                concepts.append(self._lexicon.phrase(tuple(meant[start:end])))
            at = end
        return Reading(tuple(meant), tuple(concepts), tuple(unknown), tuple(repairs))

    def _modifier(self, meant: Sequence[Word]) -> Concept | None:
        """What "modifier RR", or "RR" alone, asks for."""
        if len(meant) > 2:
            return None
        codes = [word.surface for word in meant if len(word.surface) == 2]
        spoken = len(meant) == 1 or any(word.surface == _MODIFIER for word in meant)
        return self._lexicon.modifier(codes[0]) if len(codes) == 1 and spoken else None

    def _repaired(self, meant: Sequence[Word], begun: Word | None, repairs: list[Repair]) -> list[Word]:
        """The words with each unknown one taken apart into known ones, or repaired."""
        kept: list[Word] = []
        for at, word in enumerate(meant):
            around = (meant[at - 1 : at + 1], meant[at : at + 2])
            if (
                word is begun
                or self._lexicon.knows(word)
                or any(len(pair) == 2 and self._lexicon.joined(pair) for pair in around)
            ):
                kept.append(word)
            elif parts := self._speller.split(word.surface):
                kept += [Word(part, stem_of(part)) for part in parts]
            elif repaired := self._speller.repair(word.surface):
                kept.append(Word(repaired, stem_of(repaired), word.glued))
                repairs.append(Repair(written=word.surface, searched=repaired))
            else:
                kept.append(word)
        return kept[:MAX_WORDS]

    def _phrases(self, meant: Sequence[Word], begun: Word | None) -> list[tuple[int, int]]:
        """Where synonyms of several words stand, and pairs that are one word run together."""
        last = len(meant) - (begun is not None)
        if last < 2:
            return []
        spans = [(start, end) for start, end, _ in self._synonyms.phrases(meant[:last])]
        taken = {at for start, end in spans for at in range(start, end)}
        for at in range(last - 1):
            if at not in taken and at + 1 not in taken and self._lexicon.joined(meant[at : at + 2]) is not None:
                spans.append((at, at + 2))
                taken |= {at, at + 1}
        return sorted(spans)
