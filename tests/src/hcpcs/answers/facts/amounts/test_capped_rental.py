"""Capped rentals: later months pay less, there is no purchase amount, and the item is the patient's after 13 months."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk
from tests.src.hcpcs.companions.companion_files import read_bytes, store_of, table_text

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        (
            "E0601 RR month 4 amount in Texas",
            "E0601-RR in Texas, months 4 to 13: $37.88 a month, $68.64 a month in rural areas "
            "(75 percent of the amount of months 1 to 3)",
        ),
        ("E0601 RR KJ fee in Texas, rural", "E0601-RR in rural areas of Texas, months 4 to 13: $68.64 a month"),
        ("E0601 RR KI fee in Texas", "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas"),
        ("price of E0601 RR in the 2nd month in Texas", "E0601-RR in Texas: $50.50 a month"),
        (
            "purchase price of E0601 in Texas",
            "The schedule has no purchase amount for E0601, which is a capped rental.",
        ),
        (
            "E0601 month 14 rental Texas",
            "A capped rental ends after 13 months of use: the patient then owns the item, and no further month is "
            "paid. E0601-RR in Texas: $50.50 a month",
        ),
        ("monthly rental of E0601 in Texas month 7", "E0601-RR in Texas, months 4 to 13: $37.88 a month"),
        (
            "E0601 total cost over 13 months in Texas",
            "E0601-RR in Texas, 13 months of rent together: $530.30, $960.96 in rural areas. E0601-RR in Texas: $50.50",
        ),
        ("E0601 rental cost for 3 months in Texas", "E0601-RR in Texas, 3 months of rent together: $151.50, $274.56"),
        ("E0601 NU price in Texas", "The schedule has no purchase amount for E0601, which is a capped rental."),
    ],
)
def test_the_month_or_purchase_that_is_asked_about_leads(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def test_the_other_months_are_in_every_answer(desk: Desk) -> None:
    assert "months 4 to 13: $37.88 a month" in desk.ask("how much is E0601 RR in Texas").text
    assert "Months 1 to 3: E0601-RR in Texas: $50.50 a month" in desk.ask("E0601 RR month 5 price in Texas").text
    assert "months 4" not in desk.ask("price of A4217 AU in TX").text


def test_the_facts_are_the_amounts_of_the_file(desk: Desk) -> None:
    facts = desk.ask("E0601 RR month 4 amount in Texas").facts
    assert [fact.value for fact in facts] == [Decimal("50.5"), Decimal("91.52")]


def test_modifiers_that_change_no_amount_are_left_aside(desk: Desk) -> None:
    assert desk.ask("price of A4217 AU KX in TX").headline.startswith("A4217-AU in Texas: $4.47.")


def test_a_question_on_the_rules_of_rental_gets_the_rules(desk: Desk) -> None:
    answer = desk.ask("is E0601 rented or purchased")
    assert not answer.facts


def test_a_complex_power_wheelchair_can_be_bought(tmp_path: Path) -> None:
    row = ("K0856", "RR", "", "D", "CR", "0", "0", "900", "0", "1045.09", "0", "1149.63", "0", "Power wheelchair")
    editions = read_bytes(tmp_path, "DMEPOS26_JAN.csv", table_text("DMEPOS26_JAN.csv", [row]))
    answer = facts_desk(tmp_path, stored=store_of(tmp_path, *editions)).ask("purchase price of K0856 in Texas")
    assert answer.headline.startswith(
        "The schedule has no purchase amount for K0856, which is a capped rental. As a complex rehabilitative power "
        "wheelchair it can be purchased at the start instead"
    )
