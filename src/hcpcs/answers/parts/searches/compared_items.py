"""The codes of two items that are compared in words: "Truxima vs Riabni"."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.parts.searches.item_coverage import sure_hits

_OWN_WORD: Final = "word"
"""The rule of a match by a word of the description itself."""
MOST_CODES: Final = 2
"""Codes of one item up to which it is compared: "wheelchair" stands for too many."""


def codes_compared(context: AnswerContext) -> tuple[tuple[str, ...], ...]:
    """The codes of each item; none where an item isn't surely one or two codes, or shares some of them."""
    items: list[tuple[str, ...]] = []
    for words in context.question.compared:
        result = context.index.search(words, filters=context.question.filters, limit=context.limit)
        hits = sure_hits(result)
        # "Eylea" is J0178 by a table of brands, whatever else the search finds.
        named = [hit for hit in hits[:1] if any(why.matched == hit.code for why in hit.why)]
        # Q5103 has "inflectra" in its description; J1748 is found by the name of the substance alone.
        own = [hit for hit in hits if any(why.rule == _OWN_WORD for why in hit.why)]
        sure = [hit.code for hit in named or own or hits]
        shared = [one for one in items if not set(one).isdisjoint(sure) and one != tuple(sure)]
        if not 0 < len(sure) <= MOST_CODES or shared:
            return ()
        items.append(tuple(sure))
    return tuple(items)
