"""A count that is written with a code says what it amounts to."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("J1100x10", "10 units of J1100 at 1 mg each is 10 mg."),
        ("J1885 x 1", "1 unit of J1885 at 15 mg each is 15 mg."),
        ("E0114 x 2", "2 units of E0114."),
        ("J0585x155 J0585-JWx45", "45 units of J0585 with JW at 1 unit each is 45 units."),
    ],
)
def test_a_count_is_an_amount_where_the_descriptor_states_one(full: Desk, asked: str, sentence: str) -> None:
    assert sentence in full.ask(asked).text


def test_the_volume_of_a_brand_that_is_searched_for_is_counted(full: Desk) -> None:
    index = ListedIndex(full.catalog, "A9585")
    by_brand = index.hits[0].why[0].model_copy(update={"rule": "brand"})
    asked = Desk(full.catalog, index, lambda: TODAY)
    assert "75 units" not in asked.ask("gadavist 7.5 ml").headline
    index.hits = (index.hits[0].model_copy(update={"why": (by_brand,)}),)
    assert asked.ask("gadavist 7.5 ml").headline.startswith("7.5 ml of A9585 is 75 units.")


def test_a_code_without_a_count_says_nothing_of_it(full: Desk) -> None:
    assert " units of J1100" not in full.ask("J1100").text
