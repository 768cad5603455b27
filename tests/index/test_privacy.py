"""What people type is not kept: it may be a patient's name."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from functools import lru_cache

import pytest

from hcpcs.search_port import Filters
from hcpcs_index.searcher import Searcher

MARK = "zqxjkvmarthaw"
QUERIES = (
    MARK,
    f"{MARK} wheelchair",
    f"insulin pump for {MARK}",
    f"knee {MARK} scooter",
    f'"foot {MARK}" splint',
    f"{MARK}-pump {MARK}42 wheel{MARK} {MARK}s",
    f"pump OR {MARK}",
    # Not a word of the index either, though its stem is, so that it is found as a phrase: "knee scooter".
    "knee scootered",
)


CONTAINERS = (dict, list, tuple, set, frozenset, type(lru_cache(str)))


def reachable_texts(roots: list[object]) -> Iterator[str]:
    """Every string in the attributes, containers and caches of the index, however deep."""
    seen: set[int] = set()
    pending = list(roots)
    while pending:
        value = pending.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, str):
            yield value
        elif isinstance(value, CONTAINERS) or is_ours(value):
            pending.extend(gc.get_referents(value))


def is_ours(value: object) -> bool:
    """Whether a value is a class or an instance of the index, or an entry of a cache of functools."""
    defined_by = value if isinstance(value, type) else type(value)
    return defined_by.__module__.startswith(("hcpcs_index", "functools"))


@pytest.mark.parametrize("query", QUERIES)
def test_no_typed_word_is_kept(searcher: Searcher, query: str) -> None:
    searcher.search(query)
    searcher.search(query, filters=Filters(prefix=MARK.upper(), coverage=frozenset({MARK}), first=MARK))
    searcher.suggest(query)
    searcher.neighbors(query)
    modules = [module for name, module in sys.modules.items() if name.startswith("hcpcs_index")]
    texts = reachable_texts([searcher, *(vars(module) for module in modules)])
    assert [text for text in texts if MARK in text.lower() or "scootered" in text] == []


def test_words_of_the_index_are_cached(searcher: Searcher) -> None:
    searcher.search("titanium")
    cached = searcher._parser._vocabulary._cached_word.cache_info()
    searcher.search("titanium")
    again = searcher._parser._vocabulary._cached_word.cache_info()
    assert again.hits > cached.hits
    assert again.currsize == cached.currsize
