"""What a drug of a brand comes in is not searched for; without a brand it is."""

from __future__ import annotations

import pytest
from tests.index.conftest import codes

from hcpcs_index.searcher import Searcher


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("prolia 1 syringe", "J0897"),
        ("humira prefilled syringe", "J0139"),
        ("euflexxa 1 syringe", "J7323"),
        ("suboxone film", "J0572"),
        ("irrigation syringe", "A4322"),
        ("tegaderm film", "A6257"),
        ("sterile syringe 20 cc", "A4213"),
    ],
)
def test_the_syringe_of_a_drug_is_not_asked_for(searcher: Searcher, text: str, first: str) -> None:
    assert codes(searcher.search(text))[0] == first
