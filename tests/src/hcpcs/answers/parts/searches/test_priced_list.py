"""The codes that are priced under a pricing indicator."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk

CAPPED = "(Capped rental DME (price subject to floors and ceilings))."


def test_the_codes_in_use_are_listed_in_order_and_in_pages(full: Desk) -> None:
    answer = full.ask("codes with pricing indicator 45", limit=4)
    assert answer.headline == "6 codes in use have pricing indicator 45 (Customized DME items)."
    assert answer.codes == ("A8002", "A8003", "E1220", "K0008")
    assert full.ask("codes with pricing indicator 45", limit=4, offset=4).codes == ("K0013", "K0900")


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("pricing indicator 56 codes", "3 codes in use have pricing indicator 56"),
        ("E codes that are capped rental", "245 E codes in use have pricing indicator 36"),
        ("E0100-E0120 codes with pricing indicator 36", "1 code from E0100 to E0120 in use has pricing indicator 36"),
        ("list of frequently serviced items", "8 codes in use have pricing indicator 31"),
    ],
)
def test_a_letter_a_range_or_a_category_bounds_the_list(full: Desk, question: str, start: str) -> None:
    assert full.ask(question).headline.startswith(start)


def test_codes_that_ended_are_not_listed(full: Desk) -> None:
    codes = full.ask("J codes with pricing indicator 51", limit=1000).codes
    assert "J9271" in codes
    assert "J1940" not in codes


def test_words_are_searched_for_among_them(full: Desk) -> None:
    desk = Desk(full.catalog, ListedIndex(full.catalog, "K0001", "K0005", "E0950"), lambda: TODAY)
    answer = desk.ask("wheelchair codes with pricing indicator 36")
    assert answer.codes == ("K0001",)
    assert answer.headline == f'1 code for "wheelchair" in use has pricing indicator 36 {CAPPED}'


def test_no_code_is_not_found(full: Desk) -> None:
    answer = full.ask("J codes with pricing indicator 36")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.headline == f"No J codes in use have pricing indicator 36 {CAPPED}"


def test_what_an_indicator_means_is_no_list(full: Desk) -> None:
    assert full.ask("what is pricing indicator 36").headline.startswith("Pricing indicator 36 means:")
    assert full.ask("what is a capped rental item").headline.startswith("Capped rental: Equipment")
