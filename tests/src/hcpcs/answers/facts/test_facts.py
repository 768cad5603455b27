"""Answers from companion files: the first sentence, its proof, and what is said where nothing is listed or loaded."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.rendering.json_form import answer_json
from hcpcs.questions.subject import Subject


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return facts_desk(tmp_path_factory.mktemp("companions"))


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
        ("payment limit for J1745", "The Part B payment limit of J1745 is $31.415 per 10 MG."),
        ("J1745 400 mg at ASP", "40 units of J1745 are $1,256.60 at the Part B payment limit."),
        ("how much for A9606", "A9606 has no payment limit in the file (N/A): 100% AWP = $212.84; 100% WAC = $177.37."),
        ("which NDCs for J1745", "J1745 has 1 product in the crosswalk: 57894-0030-01."),
        (
            "NDC 57894-0030-01",
            "NDC 57894-0030-01 (Remicade) is billed with J1745: 10 billing units each, 10 per package.",
        ),
        ("what code for NDC 57894003001", "NDC 57894-0030-01 (Remicade) is billed with J1745"),
        ("57894003001 how many units", "NDC 57894-0030-01 (Remicade) is billed with J1745"),
        ("which code for 888867413689", "Product 888867413689 (SynoJoynt) is billed with J7331: 20 billing units each"),
        ("NDC 99999-9999-99", "NDC 99999-9999-99 is not on the ASP NDC-HCPCS crosswalk January 2026."),
        ("is 79936 rural?", "ZIP code 79936 (Texas) is not rural for the DMEPOS fee schedule: El Paso TX CBA."),
        ("is ZIP code 01223 rural?", "ZIP code 01223 (Massachusetts) is rural for the DMEPOS fee schedule."),
        (
            "is 10001 rural?",
            "ZIP code 10001 is not on the DMEPOS rural ZIP codes January 2026: the amounts that are not",
        ),
        ("does K0856 need prior auth?", "Yes. K0856 needs prior authorization nationwide since July 17, 2017."),
        ("does E0601 need prior auth?", "E0601 is not on the Required Prior Authorization List of July 29, 2026."),
        ("who is the DME MAC for Ohio", "The DME MAC for Ohio is CGS Administrators (jurisdiction B)."),
        (
            "can A9500 and A9512 be billed together",
            "Only with an NCCI-associated modifier where it is appropriate: otherwise A9512 is not paid together",
        ),
        ("can A9500 and J1745 be billed together", "A9500 and J1745 are not a pair in the NCCI PTP edits"),
        (
            "MUE for J1885",
            "The MUE of J1885 is 8 units a day for practitioner services and 9 units a day for outpatient hospital "
            "services (July 2024).",
        ),
        ("MUE for J1885 in the office", "The MUE of J1885 is 8 units a day for practitioner services (July 2024)."),
        (
            "MUE of J1885 for a DME supplier",
            "The MUE of J1885 is 0 (not billed in this setting) for DME supplier services (July 2024).",
        ),
        (
            "MUE of E0114 in the office",
            "E0114 is not on the MUE table for practitioner services July 2024.",
        ),
        ("ceiling for A4217", "A4217-AU: ceiling $4.47 and floor $3.80. A4217: ceiling $4.47 and floor $3.80."),
        ("ceiling of E0601", "The DMEPOS fee schedule January 2026 has no ceiling or floor for E0601."),
        ("ceiling of L3761", "L3761 is not on the DMEPOS fee schedule January 2026."),
        ("reimbursement of E0601 RR in tx", "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas."),
        ("how much does C9727 pay", "C9727 in an outpatient hospital: OPPS payment rate $1,031,090.50, APC 5165"),
        (
            "payment rate of J1745 for a hospital",
            "J1745 in an outpatient hospital: OPPS payment rate $31.09, APC 7043, copayment $6.22 (October 2025).",
        ),
        ("OPPS status of C1713", "C1713 has OPPS status indicator N: packaged into APC rates; no separate payment"),
        ("MUE for A9500", "A9500 is not on the MUE tables July 2024."),
    ],
)
def test_the_first_sentence_answers_from_the_files(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


@pytest.mark.parametrize(
    ("day", "code", "area", "headline"),
    [
        (
            "2017-04-01",
            "K0856",
            " in Florida",
            "Not on April 1, 2017. K0856 needs prior authorization in Florida from July",
        ),
        (
            "2017-04-01",
            "K0856",
            " in New York",
            "Yes. K0856 needs prior authorization in New York since March 20, 2017.",
        ),
        ("2017-04-01", "K0856", "", "In some states. K0856 needs prior authorization in Illinois, Missouri, New York"),
        (
            "2026-05-01",
            "K0856",
            " in Florida",
            "Yes. K0856 needs prior authorization in Florida since July 17, 2017, as",
        ),
        (
            "2026-12-01",
            "L3761",
            "",
            "In some states. L3761 needs prior authorization in New York, Michigan, Florida and",
        ),
        (
            "2026-12-01",
            "L3761",
            " in Texas",
            "L3761 is not on the Required Prior Authorization List of July 29, 2026 in",
        ),
    ],
)
def test_prior_authorization_goes_by_state_and_day(desk: Desk, day: str, code: str, area: str, headline: str) -> None:
    asked = desk.ask(f"does {code} need prior auth{area}?", as_of=date.fromisoformat(day))
    assert asked.headline.startswith(headline)


def test_a_status_indicator_is_in_words(desk: Desk) -> None:
    answer = desk.ask("status indicator of C1713", as_of=date(2025, 11, 1))
    assert answer.headline == "C1713 has OPPS status indicator N: packaged into APC rates; no separate payment."


def test_every_fact_names_its_edition_file_and_row(desk: Desk) -> None:
    answer = desk.ask("how much is E0601 RR in Texas")
    (fact, rural) = answer_json(answer)["facts"]
    assert fact == {
        "subject": "amount",
        "code": "E0601",
        "value": "50.5",
        "unit": "USD per month",
        "qualifiers": {
            "modifiers": "RR",
            "category": "CR",
            "category_meaning": "capped rental items",
            "jurisdiction": "D",
            "jurisdiction_meaning": "DME MAC",
            "area": "TX",
            "rural": "no",
        },
        "edition": "DMEPOS fee schedule January 2026",
        "from": "2026-01-01",
        "to": "2026-03-31",
        "file": "DMEPOS26_JAN.csv",
        "row": 8,
    }
    assert rural["qualifiers"]["rural"] == "yes"
    assert "From: DMEPOS fee schedule January 2026 (DMEPOS26_JAN.csv, row 8)." in answer.text
    assert "it isn't coverage" in answer.text


def test_the_coinsurance_is_of_the_total(desk: Desk) -> None:
    text = desk.ask("J0897 60 mg payment limit").text
    assert text.startswith("60 units of J0897 are $61,791.36 at the Part B payment limit.")
    assert "J0897: Coinsurance of 17.885 percent: $11,051.38." in text


def test_an_outdated_edition_says_so_in_the_line_that_uses_it(desk: Desk) -> None:
    said = "Its quarter ended on March 31, 2026; CMS has published a newer edition since."
    assert said not in desk.ask("how much is E0601 RR in Texas").text
    later = desk.ask("how much is E0601 RR in Texas", today=date(2026, 11, 26))
    assert said in later.text
    assert later.headline == "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas (January 2026)."


def test_a_day_before_the_first_edition_has_no_amount(desk: Desk) -> None:
    answer = desk.ask("how much was E0601 RR in Texas on 2020-01-01")
    assert not answer.facts
    assert answer.headline.startswith("No loaded DMEPOS fee schedule was in force on January 1, 2020.")


def test_another_payer_gets_no_amount_of_medicare(desk: Desk) -> None:
    answer = desk.ask("does Texas Medicaid require prior auth for K0856")
    assert answer.headline.startswith("Texas Medicaid sets its own")
    assert not answer.facts


def test_without_companion_files_the_answer_says_where_to_look(tmp_path: Path) -> None:
    desk = facts_desk(tmp_path, loaded=False)
    for question in ("how much is E0601 RR in Texas", "does K0856 need prior auth?", "MUE for J1885"):
        answer = desk.ask(question)
        assert "HCPCS record" in answer.headline
        assert "Where to look" in answer.text
        assert answer_json(answer)["facts"] == []
    rural = desk.ask("is 79936 rural?")
    assert rural.outcome is Outcome.NOT_FOUND
    assert rural.headline == "The data loaded here doesn't say whether ZIP code 79936 is rural."
    assert desk.ask("NDC 57894-0030-01").outcome is Outcome.NOT_HCPCS


def test_what_is_not_loaded_is_not_taken_for_not_listed(tmp_path: Path) -> None:
    desk = facts_desk(tmp_path, "DMEPOS26_JAN.csv")
    assert "is not on" not in desk.ask("does K0856 need prior auth?").headline
    assert desk.ask("how much is J1885?").headline == "J1885 is not on the DMEPOS fee schedule January 2026."


def test_the_subject_is_that_of_the_question(desk: Desk) -> None:
    assert desk.ask("NDC 57894-0030-01").subject is Subject.NDC
    assert desk.ask("MUE for J1885").subject is Subject.LIMIT
    assert desk.ask("how much is E0601 RR in Texas").unused == ()


def test_the_id_of_an_answer_changes_with_the_editions(desk: Desk, tmp_path: Path) -> None:
    question = "is E0601 covered?"
    other = facts_desk(tmp_path, "DMEPOS26_JAN.csv")
    assert desk.ask(question).answer_id == desk.ask(question).answer_id
    assert desk.ask(question).answer_id != other.ask(question).answer_id


def test_without_a_state_the_facts_are_the_lowest_and_highest_amounts(desk: Desk) -> None:
    facts = desk.ask("E0601 fee").facts
    assert [(str(fact.value), fact.qualifiers.area) for fact in facts] == [
        ("50.5", "TX"),
        ("60", "AK"),
        ("91.52", "TX"),
        ("92", "AL"),
    ]


def test_a_limit_says_the_other_settings_under_the_one_that_is_asked_about(desk: Desk) -> None:
    text = desk.ask("MUE for J1885 in the office").text
    assert "J1885, outpatient hospital: 9 units a day." in text
    assert "J1885, DME supplier: 0 (not billed in this setting)." in text
