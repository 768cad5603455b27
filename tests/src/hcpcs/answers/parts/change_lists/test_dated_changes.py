"""What was added, ended or changed in a span of time, by the dates in the records."""

from __future__ import annotations

from hcpcs.answers.desk import Desk
from hcpcs.records.change_kinds import ChangeKind


def test_codes_added_on_a_day(full: Desk) -> None:
    answer = full.ask("new codes effective 10/1/2025")
    assert answer.total == 73
    assert {change.kind for change in answer.changes} == {ChangeKind.ADDED}


def test_a_letter_and_two_years_bound_the_list(full: Desk) -> None:
    answer = full.ask("what L codes were added between 2020 and 2023")
    assert {"L1681", "L2006", "L5991"} <= set(answer.codes)
    assert all(code.startswith("L") for code in answer.codes)


def test_modifiers_are_a_list_of_their_own(full: Desk) -> None:
    answer = full.ask("new modifiers in 2023")
    assert "JZ" in answer.codes
    assert all(len(code) == 2 for code in answer.codes)


def test_codes_by_their_first_letter_are_procedures_also_between_two_releases(full: Desk) -> None:
    answer = full.ask("what changed in G codes between January 2024 and October 2025")
    assert answer.codes
    assert all(len(code) == 5 for code in answer.codes)


def test_a_family_is_named_by_its_word(full: Desk) -> None:
    answer = full.ask("list of discontinued DME codes 2024")
    assert answer.codes
    assert all(code[0] in "EK" for code in answer.codes)


def test_a_quarter_that_is_not_loaded_is_the_newest_one_and_says_so(full: Desk) -> None:
    answer = full.ask("any new J codes this quarter?")
    assert answer.total == 26
    assert "October" in answer.headline


def test_a_third_date_is_said_to_be_left_out(full: Desk) -> None:
    answer = full.ask("J codes added between 2020 and 2022, also 2024")
    assert answer.headline.endswith("from January 1, 2020 to December 31, 2022.")
    assert "2024 isn't considered; ask for it separately." in answer.text


def test_a_family_narrows_the_codes_of_a_letter(full: Desk) -> None:
    answer = full.ask("any Q codes for biosimilars added in 2025")
    assert answer.headline.startswith("Yes. 28 biosimilar Q codes were added")
    assert all(code.startswith(("Q5", "Q999")) for code in answer.codes)
    assert full.ask("hcpcs modifiers deleted 2024").headline.startswith("10 modifiers ended")
