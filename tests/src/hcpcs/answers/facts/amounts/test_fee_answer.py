"""Fee schedule amounts by state, by rural ZIP code and by modifier."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk
from tests.src.hcpcs.companions.companion_files import read_bytes, store_of, table_text

from hcpcs.answers.desk import Desk
from hcpcs.answers.facts.amounts.fee_answer import CHOOSE_STATE


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("how much is E0601 RR in Texas", "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas."),
        ("E0601-RR fee in TX, rural", "E0601-RR in rural areas of Texas: $91.52 a month."),
        (
            "fee for E0601 RR in Alaska, rural",
            "E0601-RR in Alaska: $60.00 a month; the schedule has no rural amount for it.",
        ),
        ("how much does Medicare pay for E0601 in 79936", "E0601-RR in Texas: $50.50 a month."),
        ("E0601 fee", "E0601-RR: $50.50 to $60.00 a month by state, $91.52 to $92.00 a month by state in rural areas."),
        ("price of A4217 AU in TX", "A4217-AU in Texas: $4.47."),
        ("E0601 79936", "E0601-RR in Texas: $50.50 a month."),
        ("how much is E0601 RR 79936", "E0601-RR in Texas: $50.50 a month."),
        ("E0601 RR in 79936 month 5", "E0601-RR in Texas, months 4 to 13: $37.88 a month"),
        (
            "what is the difference between rural and non rural for E0601 in Texas",
            "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas, a difference of $41.02.",
        ),
        (  # the difference of two codes is not that of the areas of each
            "compare price of E0601 and A4217 in Texas",
            "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas. A4217",
        ),
        ("A4217-NU in Texas, fee", "The schedule has no amount of A4217 with NU. A4217-AU in Texas: $4.47."),
        ("how much is E0601-NU in Texas", "The schedule has no purchase amount for E0601, which is a capped rental."),
        ("E0601 RR fee in Texas in 2026", "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas."),
        ("E0601 RR in Alaska", "E0601-RR in Alaska: $60.00 a month"),
        (
            "A4217 AU 3 units fee in TX",
            "3 units of A4217 are $13.41 at the fee schedule amount. A4217-AU in Texas: $4.47.",
        ),
        ("E0601 RR x 2 fee in Alaska", "E0601-RR in Alaska: $60.00 a month"),
        ("reimbursement of E0601 RR in tx", "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas."),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def test_without_a_state_the_facts_are_the_lowest_and_highest_amounts(desk: Desk) -> None:
    facts = desk.ask("E0601 fee").facts
    assert [(str(fact.value), fact.qualifiers.area) for fact in facts] == [
        ("50.5", "TX"),
        ("60", "AK"),
        ("91.52", "TX"),
        ("92", "AL"),
    ]


def test_a_year_has_the_first_edition_of_it_that_is_loaded(tmp_path: Path) -> None:
    """A year asked about begins before the schedule of July that is loaded."""
    editions = [
        one
        for name in ("DMEPOS25_JUL.csv", "DMEPOS26_JAN.csv")
        for one in read_bytes(
            tmp_path, name, table_text("DMEPOS26_JAN.csv").replace(b"January 2026", name[6:12].encode())
        )
    ]
    desk = facts_desk(tmp_path, stored=store_of(tmp_path, *editions))
    answer = desk.ask("E0601 RR fee in Texas in 2025")
    assert answer.headline == "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas (July 2025)."
    assert "For 2025, the earliest edition loaded is July 2025." in answer.text
    assert "was in force" in desk.ask("E0601 RR fee in Texas in 2024").headline


def test_a_lost_leading_zero_is_said(tmp_path: Path) -> None:
    assert "1223 is read as ZIP code 01223." in facts_desk(tmp_path).ask("E0601 RR fee zip code 1223").text


def test_a_state_is_wanted_only_where_a_row_has_more_than_one_amount(tmp_path: Path, desk: Desk) -> None:
    row = ("D", "SU", "0", "0", *["4.47", "0"] * 3, "Sterile water/saline")
    rows = (("A4217", "", "", *row), ("A4217", "KF", "", *(one.replace("4.47", "5.10") for one in row)))
    store = store_of(tmp_path, *read_bytes(tmp_path, "DMEPOS26_JAN.csv", table_text("DMEPOS26_JAN.csv", rows)))
    answer = facts_desk(tmp_path, stored=store).ask("A4217 allowable")
    assert answer.headline.startswith("A4217: $4.47. A4217-KF: $5.10")
    assert CHOOSE_STATE not in answer.text
    assert CHOOSE_STATE in desk.ask("A4217 allowable").text
