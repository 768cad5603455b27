"""Face-to-face encounters and written orders prior to delivery: yes, not on the list, or not settled."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk
from tests.src.hcpcs.companions.companion_files import csv_of, read_bytes, store_of

from hcpcs.answers.desk import Desk

ON_IT = "Yes. K0856 needs a face-to-face encounter and a written order prior to delivery (WOPD): it has been on CMS's"


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("K0856 face to face?", f"{ON_IT} list since April 13, 2022."),
        ("does K0856 need a f2f visit", f"{ON_IT} list since April 13, 2022."),
        ("K0856 WOPD", f"{ON_IT} list since April 13, 2022."),
        ("does K0856 need swo and f2f", f"{ON_IT} list since April 13, 2022."),
        ("does E0601 need swo and f2f", "Every DMEPOS item needs a standard written order (SWO) before its claim"),
        ("is an order before delivery needed for K0856", f"{ON_IT} list since April 13, 2022."),
        (
            "does E0601 require a face to face",
            "No. E0601 is not on the Required Face-to-Face Encounter and Written Order Prior to Delivery List of",
        ),
        ("does L3761 need a face to face on 2026-09-01", "L3761 was not on CMS's face-to-face list on September 1"),
        (
            "K0856 wopd on 2021-05-05",
            "CMS's face-to-face list began on April 13, 2022, after May 5, 2021. K0856 joined",
        ),
    ],
)
@pytest.mark.parametrize("loaded", [True, False])
def test_the_first_sentence_answers_by_the_list_of_the_program(
    tmp_path: Path, question: str, headline: str, loaded: bool
) -> None:
    answer = facts_desk(tmp_path, loaded=loaded).ask(question)
    assert answer.headline.startswith(headline)
    assert "Not considered" not in answer.text
    assert "face_to_face.toml, a table of this program" in answer.text


def test_a_code_that_no_item_has_or_another_payer_is_not_answered_by_the_list(desk: Desk) -> None:
    for question in ("J1745 face to face?", "does Aetna require a face to face for K0856"):
        assert "The HCPCS record doesn't say what documentation" in desk.ask(question).headline


def test_days_that_the_sources_leave_open_are_said(tmp_path: Path) -> None:
    desk = facts_desk(tmp_path, loaded=False)
    assert "joined CMS's face-to-face list" not in desk.ask("K0856 face to face").text
    answer = desk.ask("which items need a face to face on 2025-01-01")
    assert answer.headline.startswith(
        "On January 1, 2025, 75 codes (E0290, E0301, E0304, E0747, E0748, E0760, K0800 to"
    )
    assert len(answer.facts) == 75


def test_a_loaded_list_is_used_instead(tmp_path: Path) -> None:
    rows = [("HCPCS", "F2F_WOPD_FROM"), ("E0601", "2027-01-15"), ("K0856", "2022-04-13")]
    store = store_of(tmp_path, *read_bytes(tmp_path, "face_to_face_2027-01-15.csv", csv_of(rows)))
    desk = facts_desk(tmp_path, stored=store)
    answer = desk.ask("does E0601 need a face to face on 2027-02-01")
    assert answer.headline.endswith("it has been on CMS's list since January 15, 2027.")
    assert "(face_to_face_2027-01-15.csv, row 2)" in answer.text
    listed = desk.ask("which items need a face to face on 2027-02-01")
    assert listed.headline.startswith("On February 1, 2027, 2 codes (E0601 and K0856) need a face-to-face encounter")
