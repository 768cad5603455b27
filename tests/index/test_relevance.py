"""How often the right code is found on the development queries: a floor a little under what is measured.

``make relevance`` prints the figures beside those of other engines.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.relevance import JudgedQuery, Scores, groups, measure, read_queries, split

from hcpcs_index.searcher import Searcher

FLOORS = {"words": (0.70, 0.87), "brand names": (0.79, 0.88)}
"""Shares of queries with a right code first, and among the first five."""


@pytest.fixture(scope="module")
def queries(shared_data: Path) -> list[JudgedQuery]:
    return read_queries(shared_data / "relevance" / "dev.tsv")


def scores(searcher: Searcher, queries: list[JudgedQuery]) -> Scores:
    return measure(queries, lambda text, limit: [hit.code for hit in searcher.search(text, limit=limit).hits])


@pytest.mark.parametrize("group", FLOORS)
def test_the_right_code_is_found(searcher: Searcher, queries: list[JudgedQuery], group: str) -> None:
    measured = scores(searcher, groups(queries)[group])
    first, five = FLOORS[group]
    assert measured.hit1 >= first
    assert measured.hit5 >= five


def test_the_held_out_part_does_as_well(searcher: Searcher, queries: list[JudgedQuery]) -> None:
    tune, held_out = (scores(searcher, part) for part in split(queries))
    assert held_out.hit5 >= tune.hit5 - 0.06


def test_the_split_is_the_same_whatever_the_order(queries: list[JudgedQuery]) -> None:
    tune, held_out = split(queries)
    again, rest = split(queries[::-1])
    assert set(tune) == set(again)
    assert set(held_out) == set(rest)
    assert not set(tune) & set(held_out)
    assert len(tune) / len(queries) == pytest.approx(0.6, abs=0.01)
