"""The units of several drugs in one question, of which some have a code and others a name."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("J1885 60 mg and rocephin 500 mg", "60 mg of J1885 is 4 units. 500 mg of J0696 is 2 units."),
        ("rocephin 500 mg and J1885 60 mg", "500 mg of J0696 is 2 units. 60 mg of J1885 is 4 units."),
        ("J1885 60 and rocephin 500mg", "60 mg of J1885 is 4 units. 500 mg of J0696 is 2 units."),
        ("J0696 750 mg and rocephin 500 mg", "750 mg of J0696 is 3 units; 500 mg is 2 units; if both were given"),
    ],
)
def test_a_code_and_a_drug_in_words_have_each_its_own_dose(full: Desk, asked: str, headline: str) -> None:
    assert (
        Desk(full.catalog, ListedIndex(full.catalog, "J0696"), lambda: TODAY).ask(asked).headline.startswith(headline)
    )
