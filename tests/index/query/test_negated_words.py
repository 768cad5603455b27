"""A word that the query negates is not searched for; records that negate it as well come first."""

from __future__ import annotations

import pytest
from tests.index.conftest import codes

from hcpcs_index.searcher import Searcher


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("knee brace no joints", {"L1836", "L1834"}),
        ("knee brace no hinges", {"L1836", "L1834"}),
        ("foam dressing no border", {"A6209"}),
        ("foam dressing with border", {"A6212"}),
        ("gauze non-sterile", {"A6216"}),
        ("hospital bed no mattress no rails", {"E0291", "E0293", "E0295", "E0297"}),
        ("bipap without backup rate", {"E0470"}),
        ("bipap with backup rate", {"E0471"}),
        ("humidifier not heated", {"E0561"}),
        ("wheelchair not powered", {"K0001"}),
        ("walker no wheels", {"E0130", "E0135"}),
        ("chemotherapy drug oral not otherwise classified", {"J8999"}),
    ],
)
def test_what_is_asked_without_a_word_comes_first(searcher: Searcher, text: str, first: set[str]) -> None:
    assert codes(searcher.search(text))[0] in first


def test_no_hit_is_explained_by_a_negated_word(searcher: Searcher) -> None:
    hits = searcher.search("knee brace no joints").hits
    assert not [why.word for hit in hits for why in hit.why if why.word in ("no", "joints")]


def test_a_query_of_nothing_but_negated_words_still_searches(searcher: Searcher) -> None:
    assert searcher.search("without joints").hits


@pytest.mark.parametrize(
    ("text", "first"), [("benadryl iv", "J1200"), ("zofran oral", "Q0162"), ("zofran iv", "J2405")]
)
def test_how_a_drug_is_given_decides_between_its_codes(searcher: Searcher, text: str, first: str) -> None:
    assert codes(searcher.search(text))[0] == first
