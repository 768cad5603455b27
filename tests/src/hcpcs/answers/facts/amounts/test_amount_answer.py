"""Payment limits of drugs, times the units that are asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import TODAY, facts_desk
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.companions.companion_files import csv_of, read_bytes, store_of, table_text

from hcpcs.answers.desk import Desk
from hcpcs.search_port import Confidence


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("payment limit for J1745", "The Part B payment limit of J1745 is $31.415 per 10 MG."),
        ("J1745 400 mg at ASP", "40 units of J1745 are $1,256.60 at the Part B payment limit."),
        ("J1745 payment limit for 5 vials", "50 units of J1745 are $1,570.75 at the Part B payment limit."),
        ("5 vials of J1745 payment", "50 units of J1745 are $1,570.75 at the Part B payment limit."),
        (
            "J1745 400 mg how many units and reimbursement",
            "400 mg of J1745 is 40 units. 40 units of J1745 are $1,256.60 at the Part B payment limit.",
        ),
        ("J0897 vs J1745 which is paid more", "The Part B payment limit of J0897 is $1,029.856 per 1 MG."),
        (
            "fee for S9353",
            "Medicare has no amount for S9353, which it doesn't pay for; Medicaid and other payers set theirs.",
        ),
        ("how much for A9606", "A9606 has no payment limit in the file (N/A): 100% AWP = $212.84; 100% WAC = $177.37."),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def of_item(desk: Desk, *codes: str, confidence: Confidence = Confidence.HIGH) -> Desk:
    """The desk with a search that finds ``codes`` by any words."""
    return Desk(desk.catalog, ListedIndex(desk.catalog, *codes, confidence=confidence), lambda: TODAY, desk.companions)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("price of saline", "A4217-AU: $3.80 to $4.93 by state."),
        ("saline code and price in TX", 'Codes for "saline": A4217 (Sterile water/saline). A4217-AU in Texas'),
        ("HCPCS code for saline, reimbursement", 'Codes for "saline": A4217 (Sterile water/saline). A4217-AU'),
    ],
)
def test_the_amount_of_an_item_in_words_is_that_of_its_code(desk: Desk, question: str, headline: str) -> None:
    assert of_item(desk, "A4217").ask(question).headline.startswith(headline)


def test_the_amounts_of_its_other_codes_follow(desk: Desk) -> None:
    answer = of_item(desk, "E0601", "A4217").ask("cpap price in TX")
    assert answer.headline.startswith("E0601-RR in Texas: $50.50 a month")
    assert "A4217-AU in Texas: $4.47. A4217 in Texas: $4.46." in [fact.text for fact in answer.evidence]


def test_an_item_that_is_not_certain_has_no_amount(desk: Desk) -> None:
    asked = Desk(
        desk.catalog,
        ListedIndex(desk.catalog, "A4217", confidence=Confidence.LOW, lacking=("saline",)),
        lambda: TODAY,
        desk.companions,
    )
    assert asked.ask("price of saline").headline.startswith("It isn't clear which code is meant: name it to get its")


def test_the_coinsurance_is_of_the_total(desk: Desk) -> None:
    text = desk.ask("J0897 60 mg payment limit").text
    assert text.startswith("60 units of J0897 are $61,791.36 at the Part B payment limit.")
    assert "J0897: Coinsurance: 17.885 percent of $61,791.36 is $11,051.38." in text


def test_discarded_drug_is_paid_as_a_line_of_its_own(desk: Desk) -> None:
    answer = desk.ask("how much is J1745, 60 mg used and 40 mg wasted")
    assert answer.headline.startswith(
        "6 units of J1745 and 4 discarded units (JW) are $314.15 at the Part B payment limit"
    )
    assert "JW line: 4 x $31.415 per 10 MG = $125.66." in answer.text


def test_units_are_rounded_up_before_they_are_paid(desk: Desk) -> None:
    answer = desk.ask("J1745 337 mg ASP")
    assert answer.headline.startswith("34 units of J1745 are $1,068.11 at the Part B payment limit")


def test_what_a_patient_pays_is_the_coinsurance_of_a_drug_and_a_general_rule_for_other_codes(desk: Desk) -> None:
    assert desk.ask("how much will the patient pay for J1745").headline.startswith("The coinsurance of J1745 is 20")
    assert desk.ask("how much will the patient pay for E0601").headline.startswith(
        "What a patient pays for E0601 isn't"
    )


def test_the_coinsurance_of_an_item_in_a_state_is_20_percent_of_its_fee(desk: Desk) -> None:
    answer = desk.ask("coinsurance for E0601 in Texas")
    assert answer.headline.startswith("A patient's 20 percent after the deductible: E0601-RR in Texas: $10.")
    assert "The fee schedule: E0601-RR in Texas: $5" in answer.text
    assert desk.ask("coinsurance for E0601 and L3761 in Texas").headline.startswith("What a patient pays")


def test_a_question_about_coinsurance_is_answered_with_it_first(desk: Desk) -> None:
    assert desk.ask("coinsurance for J1745").headline.startswith(
        "The coinsurance of J1745 is 20 percent of $31.415: $6.28."
    )


def test_what_no_schedule_lists_may_be_paid_another_way(desk: Desk) -> None:
    assert "An item that isn't listed may still be paid another way" in desk.ask("price of L3761").text


@pytest.mark.parametrize("code", ["J1745", "Q5103"])
def test_a_drug_on_a_day_without_limits_is_not_looked_up_in_the_schedule_of_items(desk: Desk, code: str) -> None:
    assert desk.ask(f"{code} price in 2020").headline.startswith(
        "No loaded edition of the Medicare Part B payment limits was in force on January 1, 2020."
    )


def test_a_not_otherwise_classified_code_has_the_drugs_without_a_code(tmp_path: Path) -> None:
    rows = (
        ("Effective January 1, 2026 through March 31, 2026",),
        ("Drug Generic Name (Trade Name)", "Dosage", "Payment Limit", "Notes"),
        ("Vasopressin (Long Grove)", "1 UNIT", "$2.462", ""),
    )
    editions = [
        *read_bytes(tmp_path, "noc.csv", csv_of(rows)),
        *read_bytes(tmp_path, "payment limits.csv", table_text("payment limits.csv")),
    ]
    desk = facts_desk(tmp_path, stored=store_of(tmp_path, *editions))
    answer = desk.ask("payment limit of J3490")
    assert answer.headline == (
        "J3490 is not on the Medicare Part B payment limits January 2026. CMS lists payment limits for 1 drug without "
        "a code: Vasopressin (Long Grove) $2.462 per 1 UNIT."
    )
    assert "The MAC says which not otherwise classified code a drug is billed with." in answer.text
    assert "Vasopressin" not in desk.ask("payment limit of J1885").text
    assert "Vasopressin" not in desk.ask("payment limit of C1889").text


def test_a_schedule_of_nutrition_that_is_not_loaded_is_named(desk: Desk) -> None:
    assert desk.ask("fee for B4150 in Texas").headline == (
        "No DMEPOS fee schedule of parenteral and enteral nutrition is loaded: it would list B4150."
    )


def test_vials_are_units_by_the_crosswalk_where_no_amount_is_asked(desk: Desk) -> None:
    answer = desk.ask("J1745 5 vials units")
    assert answer.headline == "5 vials of J1745 is 50 units."
    assert "5 vials x 10 billing units = 50 units." in answer.text


def test_what_medicare_does_not_pay_for_has_no_amount_where_nothing_is_loaded(starter: Desk) -> None:
    assert starter.ask("fee for S9353").headline.startswith("Medicare has no amount for S9353")


@pytest.mark.parametrize("question", ["payment limit for J1745 in 79936", "J1745 400 mg at ASP in 79936"])
def test_a_limit_of_all_states_says_nothing_of_a_zip_code(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert "ZIP" not in answer.text
    assert all(fact.code == "J1745" for fact in answer.facts)


def test_an_amount_of_a_state_says_what_its_zip_code_is(desk: Desk) -> None:
    assert "ZIP code 79936" in desk.ask("E0601 fee in 79936").text
