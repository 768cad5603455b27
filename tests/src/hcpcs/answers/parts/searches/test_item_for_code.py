"""An item in words for the device of a code: its codes, and not the card of the device."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk
from hcpcs.search_port import Confidence

CARD = "E0601: Continuous positive airway pressure (cpap) device"


def _asked(full: Desk, question: str, *codes: str, **index: object) -> tuple[str, tuple[str, ...]]:
    desk = Desk(full.catalog, ListedIndex(full.catalog, *codes, **index), lambda: TODAY)  # type: ignore[arg-type]
    answer = desk.ask(question)
    return answer.headline, answer.codes


def test_the_items_that_fit_the_device_are_named(full: Desk) -> None:
    headline, codes = _asked(full, "mask for E0601", "A4620", "A7030", "A7034", "A7525")
    assert headline.startswith('Codes for "mask" with E0601: A7030 (')
    assert codes == ("A7030", "A7034")


def test_the_noun_of_a_plain_name_is_enough(full: Desk) -> None:
    headline, codes = _asked(full, "elevating leg rests for K0001", "K0195", "E0990", "A4565")
    assert headline.startswith('Codes for "elevating leg rests" with K0001: K0195 (')
    assert codes == ("K0195", "E0990")


def test_an_item_of_the_device_s_policy_fits_though_its_description_names_no_device(full: Desk) -> None:
    headline, codes = _asked(full, "canister for E2402", "A7000", "A7525")
    assert headline == 'Codes for "canister" with E2402: A7000 (Canister).'
    assert codes == ("A7000",)


def test_a_replacement_of_the_policy_is_left_out_where_descriptions_name_the_device(full: Desk) -> None:
    _, codes = _asked(full, "mask for E0601", "A7031", "A7030", "A7034")
    assert codes == ("A7030", "A7034")


def test_what_comes_with_the_item_but_is_far_behind_is_left_out(full: Desk) -> None:
    _, codes = _asked(full, "mask for E0601", "A7030", "A7034", scores={"A7030": 9.0, "A7034": 1.0})
    assert codes == ("A7030",)


@pytest.mark.parametrize(
    ("question", "found", "confidence"),
    [
        ("waiting for E0601", ("A0420",), Confidence.HIGH),  # names no device
        ("mask for E0601", ("A7030",), Confidence.LOW),
        ("machine for E0601", ("A7030", "E0601"), Confidence.HIGH),
        ("mask E0601", ("A7030",), Confidence.HIGH),
        ("mask for E0601 on Mars", ("A7030",), Confidence.HIGH),
    ],
)
def test_the_card_stays_where_no_item_is_surely_wanted(
    full: Desk, question: str, found: tuple[str, ...], confidence: Confidence
) -> None:
    headline, codes = _asked(full, question, *found, confidence=confidence)
    assert headline.startswith(CARD)
    assert codes == ("E0601",)
