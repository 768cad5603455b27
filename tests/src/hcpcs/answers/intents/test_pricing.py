"""How is a code priced? The method, never an amount."""

from __future__ import annotations

from pathlib import Path

from tests.src.hcpcs.conftest import desk_of
from tests.src.hcpcs.releases.writing import a_record, fixed_text, put

from hcpcs.answers.desk import Desk
from hcpcs.answers.intents.pricing import NO_AMOUNT
from hcpcs.questions.question import Intent
from hcpcs.records.contacts import CODING_CONTACTS


def test_the_method_is_stated_and_no_amount(full: Desk) -> None:
    answer = full.ask("how is E0601 priced")
    assert answer.intent is Intent.PRICING
    assert answer.headline == (
        "E0601 is priced under pricing indicator 36: Capped rental DME (price subject to floors and ceilings)."
    )
    assert "The record gives the pricing method, not the amount." in answer.text
    assert NO_AMOUNT in answer.notices
    assert answer.contacts == CODING_CONTACTS


def test_further_pricing_fields_are_listed(full: Desk) -> None:
    fields = {fact.field for fact in full.ask("how is S9353 priced").evidence}
    assert fields == {"multiple_pricing_indicator"}


def test_several_codes_get_a_sentence_each(full: Desk) -> None:
    answer = full.ask("how are E0601 and S9353 priced")
    assert "E0601 is priced under pricing indicator 36" in answer.headline
    assert "S9353 is priced under pricing indicator 00" in answer.headline
    assert {fact.label for fact in answer.evidence} == {"E0601", "S9353"}


def test_a_modifier_has_no_price(full: Desk) -> None:
    assert full.ask("how is modifier RR priced").headline == "RR is a modifier, so it has no price of its own."


def test_a_record_without_a_pricing_indicator_says_so(tmp_path: Path) -> None:
    desk = desk_of(put(tmp_path, "HCPC2019_ANWEB.txt", fixed_text(a_record("E0601", pricing_indicators=()))))
    assert desk.ask("how is E0601 priced").headline == "The record of E0601 has no pricing indicator."


def test_further_pricing_indicators_and_base_units_are_listed(tmp_path: Path) -> None:
    record = a_record("E0601", pricing_indicators=("36", "46"), anesthesia_base_units=3)
    answer = desk_of(put(tmp_path, "HCPC2019_ANWEB.txt", fixed_text(record))).ask("how is E0601 priced")
    assert [fact.field for fact in answer.evidence] == [
        "pricing_indicator_2",
        "multiple_pricing_indicator",
        "anesthesia_base_units",
    ]


def test_a_pump_of_nutrition_therapy_is_rented_or_purchased(full: Desk) -> None:
    assert full.ask("is B9004 rental or purchase").headline == (
        "B9004 is a pump for enteral or parenteral nutrition (pricing indicator 39): it is rented or purchased, as the "
        "patient chooses, and Medicare pays at most 15 months of rent."
    )
    assert full.ask("B4035 rental or purchase").headline.startswith("B4035 is purchased, not rented")
