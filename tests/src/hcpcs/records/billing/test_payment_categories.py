"""The payment category of equipment that a text names."""

from __future__ import annotations

import pytest

from hcpcs.records.billing.payment_categories import (
    category_named,
    is_complex_power_wheelchair,
    later_share,
    other_schedule_of,
    payment_category,
    priced_item,
    priced_items,
)
from hcpcs.records.terms.vocabularies import VocabularyName, vocabularies


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("is E0601 capped rental", "36"),
        ("E0470 - Frequently Serviced?", "31"),
        ("is E0143 inexpensive", "32"),
        ("is E0143 inexpensive or routinely purchased", "32"),
        ("capped or frequently serviced?", None),
        ("how long is E0601 rented", None),
    ],
)
def test_one_category_that_is_named(text: str, indicator: str | None) -> None:
    assert category_named(text) == indicator


def test_a_category_is_named_by_words_of_its_name_and_has_a_source() -> None:
    items = [item for item in priced_items().values() if item.category]
    assert all(words in item.category.name for item in items if item.category for words in item.category.words)
    assert all(item.source for item in items)


def test_what_is_purchased_or_a_service_has_no_rental_rule() -> None:
    assert not [one for one in priced_items().values() if one.category and (one.is_purchased or one.schedule)]


def test_indicators_of_the_table_are_of_the_vocabulary_and_dme_is_said_of_what_is_called_so() -> None:
    assert priced_items().keys() <= vocabularies()[VocabularyName.PRICING_INDICATOR].values.keys()
    assert all(("DME" in one.priced_as) is one.is_dme for one in priced_items().values())


def test_only_a_rented_item_of_nutrition_is_a_pump() -> None:
    pump = payment_category(("39",), ("R",))
    assert pump is not None
    assert pump.name == "a pump for enteral or parenteral nutrition"
    assert payment_category(("39",), ("9",)) is None
    assert priced_item(()) == priced_item(("46",))


@pytest.mark.parametrize(
    ("code", "complex_rehabilitative"),
    [("K0835", True), ("K0856", True), ("K0823", False), ("K0868", False), ("E0601", False)],
)
def test_which_wheelchairs_can_be_bought_at_the_start(code: str, complex_rehabilitative: bool) -> None:
    assert is_complex_power_wheelchair(code) is complex_rehabilitative


@pytest.mark.parametrize(
    ("code", "indicator", "schedule"),
    [
        ("A0427", "52", "the Ambulance Fee Schedule"),
        ("A0420", "00", None),
        ("G0108", "11", "the Physician Fee Schedule"),
        ("P9612", "21", "the Clinical Laboratory Fee Schedule"),
        ("E0601", "36", None),
    ],
)
def test_services_have_fee_schedules_of_their_own(code: str, indicator: str, schedule: str | None) -> None:
    assert other_schedule_of(code, (indicator,)) == schedule


def test_a_power_wheelchair_pays_less_in_later_months() -> None:
    shares = {code: str(later_share(code)) for code in ("K0813", "K0823", "K0898", "K0812", "K0001", "E0601")}
    assert shares == {
        "K0813": "0.40",
        "K0823": "0.40",
        "K0898": "0.40",
        "K0812": "0.75",
        "K0001": "0.75",
        "E0601": "0.75",
    }
