"""The codes that the words of a watch are about: every word is in the description or matches by a synonym."""

from __future__ import annotations

from typing import Final

from hcpcs.search_port import Hit, SearchIndex
from hcpcs_bot.watches.watch import WordSearch, stems

HIT_LIMIT: Final = 500
"""Maximum codes per watch about words."""


def word_search(index: SearchIndex) -> WordSearch:
    """A search for codes by the words of a watch, in an index.

    Brand names, abbreviations and lay words count. A search that corrected a misspelling finds nothing: for
    months, nobody would notice that something else is watched.
    """

    def find(text: str) -> frozenset[str]:
        wanted = stems(text)
        result = index.search(text, limit=HIT_LIMIT)
        if result.repairs or not wanted:
            return frozenset()
        return frozenset(hit.code for hit in result.hits if wanted <= _stems_of(hit))

    return find


def _stems_of(hit: Hit) -> frozenset[str]:
    """The stems of a hit's descriptions, and of the searched words that it matches by synonym."""
    texts = [hit.short_description, hit.long_description, *(why.word for why in hit.why)]
    return stems(" ; ".join(texts))
