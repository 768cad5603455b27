"""An item in words for the device of a code: its codes, and not the card of the device."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk
from hcpcs.search_port import Confidence

CARD = "E0601: Continuous positive airway pressure (cpap) device"


def _asked(
    full: Desk, question: str, *codes: str, together: tuple[str, ...] = (), **index: object
) -> tuple[str, tuple[str, ...]]:
    """The answer where the item's words find ``codes``, and they with the device's name those of ``together``."""
    item = question.rpartition(" for ")[0].rpartition(" a ")[2]
    listed = ListedIndex(full.catalog, *together, by_text={item: codes}, **index)  # type: ignore[arg-type]
    answer = Desk(full.catalog, listed, lambda: TODAY).ask(question)
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


@pytest.mark.parametrize(
    ("question", "together", "expected"),
    [
        ("pads for E0730", ("A4595", "A4556"), ("A4595", "A4556")),  # the description of A4556 names no TENS
        ("battery for K0823", ("E2361", "E2366"), ("E2361", "E2366")),
        ("sling for E0630", ("E0621", "E0635"), ("E0621",)),  # another lift is not a part
        ("mask for E0601", ("A7030", "E0470"), ("A7030",)),  # nor is another device
        ("what is the code for a mask for E0601", ("A7030",), ("A7030",)),
        ("which code is a mask for E0601", ("A7030",), ("A7030",)),
    ],
)
def test_the_device_s_name_is_searched_for_with_the_item(
    full: Desk, question: str, together: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert _asked(full, question, "E2366", together=together)[1] == expected


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"A7030": 9.0, "A7027": 5.0, "A4620": 8.0}, ("A7030", "A7027", "A4620")),
        ({"A7030": 9.0, "A7027": 4.0, "A4620": 7.0}, ("A7030",)),  # neither the device's nor nearly as good
    ],
)
def test_what_both_names_find_is_left_out_where_far_behind(
    full: Desk, scores: dict[str, float], expected: tuple[str, ...]
) -> None:
    assert _asked(full, "mask for E0601", together=("A7030", "A7027", "A4620"), scores=scores)[1] == expected


def test_all_accessories_are_those_of_the_policy_whose_codes_are_named(full: Desk) -> None:
    together = ("E0720", "A4595", "A7030")
    headline, codes = _asked(full, "accessories for E0730", together=together, confidence=Confidence.LOW)
    assert headline.startswith('Codes for "accessories" with E0730: A4595 (')
    assert headline.endswith(
        " LCD L33802, Transcutaneous Electrical Nerve Stimulators (TENS), is about A4557, A4595, A4630, "
        "E0720, E0730, E0731."
    )
    assert codes == ("A4595",)


@pytest.mark.parametrize(
    ("question", "found", "together"),
    [
        ("machine for E0601", ("E0482",), ("E0601", "A7030")),  # E0482 has "positive and negative airway pressure"
        ("liner for L5301", (), ("L5673",)),  # "below knee" names a part of the body
        ("gel for E0601", (), ("A4558",)),  # neither of its policy nor named in the description
        ("humidifier for E1390", ("E0431",), ()),  # another system with one
    ],
)
def test_the_card_stays_where_no_part_of_the_device_is_found(
    full: Desk, question: str, found: tuple[str, ...], together: tuple[str, ...]
) -> None:
    device = question.rpartition(" ")[2]
    assert _asked(full, question, *found, together=together)[1] == (device,)
