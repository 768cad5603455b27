"""The item in words of a question on a subject beyond the record: a code that lacks most of its words is not named."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex

from hcpcs.answers.desk import Desk
from hcpcs.search_port import Confidence


@pytest.mark.parametrize(
    ("item", "lacking", "codes"),
    [
        ("pain pump clinic", ("clinic",), ("S9328",)),
        ("pain pump clinic", ("pain", "clinic"), ()),
        ("pump clinic", ("pump", "clinic"), ("S9328",)),
    ],
)
def test_a_code_that_lacks_most_of_several_words_is_not_the_item(
    starter: Desk, item: str, lacking: tuple[str, ...], codes: tuple[str, ...]
) -> None:
    index = ListedIndex(starter.catalog, "S9328", confidence=Confidence.LOW, lacking=lacking)
    assert Desk(starter.catalog, index).ask(f"documentation for {item}").codes == codes
