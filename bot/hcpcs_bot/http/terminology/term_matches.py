"""The codes that match what is typed into a form: every word must match, and an exact code stands first.

A code that doesn't exist matches nothing: a client that takes the first result must never get another code for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from hcpcs.search_port import Hit, SearchIndex
from hcpcs_bot.http.terminology.code_rows import CodeTable
from hcpcs_bot.http.terminology.column_index import Rows, words_of

MAX_TERMS: Final = 200
"""Maximum characters of what is typed."""
RANKED: Final = 100
"""Matches that are in the order of the search; the others follow by code, those in use first."""
_LEVEL_II: Final = re.compile(r"[a-z]\d{4}")
"""The form of a HCPCS Level II code, in lower case."""
_CPT: Final = re.compile(r"\d{4}[a-z0-9]")
"""The form of a CPT code. With other words it may be a number: "epoetin 10000 units"."""


def term_matches(index: SearchIndex, table: CodeTable, terms: str) -> list[int]:
    """The positions of the rows that match typed text, best first; every row for a blank text."""
    if not terms.strip():
        return list(range(len(table.rows)))
    words = words_of(terms)
    if not words:
        return []
    named = [word for word in words if _LEVEL_II.fullmatch(word)]
    if len(words) == 1 and _CPT.fullmatch(words[0]):
        # Descriptions name CPT codes, and are not those codes.
        named = words
    spelled = {word: table.words.starting(word) for word in words}
    whole = frozenset.intersection(*spelled.values())
    if named:
        places = [table.positions.get(word.upper()) for word in dict.fromkeys(named)]
        return [place for place in places if place is not None and place in whole]
    exact = table.positions.get(words[0].upper()) if len(words) == 1 else None
    first = [] if exact is None else [exact]
    ranked = [
        table.positions[hit.code]
        for hit in index.suggest(terms, limit=RANKED)
        if _has_all(hit, table.positions[hit.code], spelled)
    ]
    rest = sorted(whole - set(ranked), key=lambda place: (not table.rows[place].active, place))
    return list(dict.fromkeys([*first, *ranked, *rest]))


def _has_all(hit: Hit, place: int, spelled: Mapping[str, Rows]) -> bool:
    """Whether every word matches: by a word's beginning, or by a reason of the search, such as a brand name."""
    lacking = [word for word, rows in spelled.items() if place not in rows]
    return not lacking or {word for why in hit.why for word in words_of(why.word)}.issuperset(lacking)
