"""The codes that a watch's words find: those of which every word is said, literally or by the search's synonyms."""

from __future__ import annotations

from typing import Final

from hcpcs.search_port import Hit, SearchIndex
from hcpcs_bot.watches.watch import Finds, stems

FOUND_AT_MOST: Final = 500


def finder(index: SearchIndex) -> Finds:
    """Finds codes by words in an index.

    Brand names, abbreviations and people's words count; a word repaired as misspelt does not, since nobody would
    see for months what was watched instead.
    """

    def finds(text: str) -> frozenset[str]:
        wanted = stems(text)
        result = index.search(text, limit=FOUND_AT_MOST)
        if result.repairs or not wanted:
            return frozenset()
        return frozenset(hit.code for hit in result.hits if wanted <= _said(hit))

    return finds


def _said(hit: Hit) -> frozenset[str]:
    """The stems of a hit's descriptions, and of the searched words that it meets otherwise."""
    texts = [hit.short_description, hit.long_description, *(why.word for why in hit.why)]
    return stems(" ; ".join(texts))
