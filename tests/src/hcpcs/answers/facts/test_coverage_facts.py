"""What companion files add to an answer about coverage: one line per subject, each with its edition."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.src.hcpcs.answers.facts.facts_desk import facts_desk

from hcpcs.answers.desk import Desk


def lines(desk: Desk, question: str, today: date = date(2026, 2, 1)) -> dict[str, str]:
    answer = desk.ask(question, today=today)
    return {one.label: one.text for one in answer.evidence if one.kind.value == "fact"}


def test_each_line_names_its_edition(desk: Desk) -> None:
    assert lines(desk, "is E0601-RR covered in Texas?") == {
        "Amount": "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas "
        "(DMEPOS fee schedule January 2026).",
        "Units": "E0601 is not on the MUE tables July 2024.",
        "Prior authorization": "E0601 is not on the Required Prior Authorization List of July 29, 2026.",
        "Not loaded": "Medicare Coverage Database, codes of LCDs.",
    }


def test_the_verdict_stays_the_first_sentence(desk: Desk) -> None:
    answer = desk.ask("is E0601 covered?")
    assert answer.headline.startswith("Maybe.")
    assert answer.verdict is not None
    assert {fact.subject.value for fact in answer.facts} == {"amount"}


def test_an_outdated_edition_is_marked_in_its_line(desk: Desk) -> None:
    assert "(DMEPOS fee schedule January 2026)." in lines(desk, "is E0601 covered?")["Amount"]
    later = lines(desk, "is E0601 covered?", date(2026, 11, 26))
    assert "(DMEPOS fee schedule January 2026, outdated)." in later["Amount"]


def test_a_hospital_rate_is_not_named_for_a_payment_limit(desk: Desk) -> None:
    assert lines(desk, "is J1745 covered?")["Amount"] == (
        "The Part B payment limit of J1745 is $31.415 per 10 MG (Medicare Part B payment limits January 2026)."
    )


def test_in_the_hospital_its_line_is_that_of_opps(desk: Desk) -> None:
    question = "is C1713 covered in the outpatient hospital"
    assert desk.ask(question).headline.startswith("Maybe.")
    assert "Not considered" not in desk.ask(question).text
    stated = lines(desk, question)
    assert "Amount" not in stated
    assert stated["Outpatient hospital"].startswith("C1713 has OPPS status indicator N: packaged into APC rates")
    assert "(OPPS Addendum B October 2025" in stated["Outpatient hospital"]


def test_an_item_on_the_face_to_face_list_has_a_line(desk: Desk) -> None:
    assert lines(desk, "is K0856 covered?")["Face-to-face"] == (
        "Yes. K0856 needs a face-to-face encounter and a written order prior to delivery (WOPD): it has been on CMS's "
        "list since April 13, 2022 (Required Face-to-Face Encounter and Written Order Prior to Delivery List of "
        "October 28, 2026)."
    )
    assert "Face-to-face" not in lines(desk, "is E0601 covered?")


def test_a_code_that_medicare_does_not_pay_has_no_lines(desk: Desk) -> None:
    assert desk.ask("is S9353 covered?").headline.startswith("No.")
    assert lines(desk, "is S9353 covered?") == {}


def test_what_is_not_loaded_is_said(tmp_path: Path) -> None:
    desk = facts_desk(tmp_path, "DMEPOS26_JAN.csv")
    missing = lines(desk, "is E0601 covered?")["Not loaded"]
    assert "Medicare Part B payment limits" in missing
    assert "DMEPOS fee schedule" not in missing


def test_without_companion_files_and_for_other_payers_nothing_is_added(desk: Desk, tmp_path: Path) -> None:
    assert lines(facts_desk(tmp_path, loaded=False), "is E0601 covered?") == {}
    assert lines(desk, "does Aetna cover E0601?") == {}


def test_the_card_of_a_code_has_the_lines_that_state_something(desk: Desk) -> None:
    assert lines(desk, "E0601-RR") == {
        "Amount": "E0601-RR: $50.50 to $60.00 a month by state, $91.52 to $92.00 a month by state in rural areas "
        "(DMEPOS fee schedule January 2026).",
        "Policy": "LCD L33718 (A52467).",
    }
    assert {fact.subject.value for fact in desk.ask("E0601").facts} == {"amount"}
    assert lines(desk, "S9353") == {}
    assert lines(desk, "E0601 and J1745") == {}
