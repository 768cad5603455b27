"""Modifiers are found by their purpose where a search asks for a modifier."""

from __future__ import annotations

import pytest
from tests.index.conftest import codes

from hcpcs_index.searcher import Searcher


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("physical therapy modifier", "GP"),
        ("modifier for capped rental first month", "KH"),
        ("modifier hospice", "GV"),
        ("left great toe modifier", "TA"),
        ("right thumb modifier", "F5"),
    ],
)
def test_the_modifier_of_the_purpose_comes_first(searcher: Searcher, text: str, first: str) -> None:
    assert codes(searcher.search(text))[0] == first


def test_the_purpose_alone_asks_for_no_modifier(searcher: Searcher) -> None:
    assert codes(searcher.search("physical therapy at home"))[0] == "G0151"
