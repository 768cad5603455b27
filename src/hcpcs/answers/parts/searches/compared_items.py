"""The codes of two items that are compared in words: "Truxima vs Riabni"."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.parts.searches.item_coverage import sure_hits

MOST_CODES: Final = 2
"""Codes of one item up to which it is compared: "wheelchair" stands for too many."""


def codes_compared(context: AnswerContext) -> tuple[tuple[str, ...], ...]:
    """The codes of each item; none where an item isn't surely one or two codes, or shares some of them."""
    items: list[tuple[str, ...]] = []
    for words in context.question.compared:
        result = context.index.search(words, filters=context.question.filters, limit=context.limit)
        sure = [hit.code for hit in sure_hits(result)]
        # "Eylea" is J0178 by a table of brands, whatever else the search finds.
        named = [code for code in sure[:1] if any(why.matched == code for why in result.hits[0].why)]
        sure = named or sure
        shared = [one for one in items if not set(one).isdisjoint(sure) and one != tuple(sure)]
        if not 0 < len(sure) <= MOST_CODES or shared:
            return ()
        items.append(tuple(sure))
    return tuple(items)
