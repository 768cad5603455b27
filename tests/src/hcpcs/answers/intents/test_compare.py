"""How do codes differ?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.conftest import desk_of
from tests.src.hcpcs.releases.writing import a_record, fixed_text, put

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind
from hcpcs.answers.intents.compare import MOST_COMPARED
from hcpcs.questions.question import Intent, Question


def test_what_differs_is_marked(full: Desk) -> None:
    answer = full.ask("compare S9328 and S9353")
    assert answer.intent is Intent.COMPARE
    assert answer.headline == (
        'S9328 and S9353 differ in description ("implanted pump pain management infusion" vs. "continuous insulin '
        'infusion therapy"); Medicare coverage and pricing indicator are the same.'
    )
    assert answer.comparison is not None
    assert {row.name for row in answer.comparison.rows if row.differs} == {"long_description", "short_description"}
    assert "[-implanted pump pain management infusion;-] {+continuous insulin infusion therapy;+}" in answer.text
    assert [fact.kind for fact in answer.evidence] == [
        EvidenceKind.WORD_DIFF,
        EvidenceKind.DIFFERENCE,
        EvidenceKind.AGREEMENT,
    ]


@pytest.mark.parametrize(
    ("question", "is_no"),
    [
        ("is E0185 the same as E0184", True),
        ("are K0001 and K0003 the same thing", True),
        ("is E0185 identical to E0184", True),
        ("is E0185 the same price as E0184", False),
        ("compare E0185 and E0184", False),
    ],
)
def test_codes_that_are_asked_to_be_the_same_get_a_no(full: Desk, question: str, is_no: bool) -> None:
    assert full.ask(question).headline.startswith("No. E0185 and" if "E0" in question else "No. K0001") is is_no


def test_units_that_differ_are_quoted_with_their_per(full: Desk) -> None:
    assert '("per 15 minutes" vs. "per diem")' in full.ask("T1019 vs T1020").headline


def test_what_only_one_description_says_is_quoted(full: Desk) -> None:
    assert '("Targeted case management" vs. "Case management")' in full.ask("T1017 vs T1016").headline
    assert '("ceftriaxone sodium" vs. "cefoxitin sodium")' in full.ask("J0696 vs J0694").headline


def test_words_that_say_nothing_alone_are_quoted_with_the_next_word(full: Desk) -> None:
    assert '("with mattress" vs. "without mattress")' in full.ask("E0260 and E0261 difference").headline
    assert '("0.25 mg" vs. "10 mg")' in full.ask("C9257 vs J9035").headline
    # "Dextran 40, 500 ml": the number ends with a comma, so that what follows is another amount.
    assert '("40" vs. "75")' in full.ask("J7100 vs J7110").headline


def test_each_of_three_codes_is_quoted(full: Desk) -> None:
    head = full.ask("B4034 vs B4035 vs B4036").headline
    assert all(f"supply kit, {way} fed" in head for way in ("syringe", "pump", "gravity"))


def test_a_number_is_quoted_with_its_unit(full: Desk) -> None:
    assert '("1 cc" vs. "over 10 cc")' in full.ask("J1460 vs J1560").headline


def test_every_row_states_the_value_of_each_code(full: Desk) -> None:
    answer = full.ask("compare S9353 and E0601")
    assert answer.comparison is not None
    coverage = next(row for row in answer.comparison.rows if row.name == "coverage")
    assert coverage.values == ("I (Not payable by Medicare)", "D (Special coverage instructions apply)")
    assert [value.value for value in coverage.stated] == ["I", "D"]


def test_what_people_choose_by_comes_first_with_its_coded_values(full: Desk) -> None:
    answer = full.ask("compare S9353 and E0601")
    assert (
        answer.headline
        == 'S9353 and E0601 differ in description ("Home infusion therapy" vs. "Continuous positive airway pressure '
        'device"), Medicare coverage (I vs. D) and pricing indicator (00 vs. 36).'
    )
    assert answer.comparison is not None
    decisive = [row.name for row in answer.comparison.rows if row.decides]
    assert decisive == ["long_description", "coverage", "pricing_indicator_1", "status"]
    assert [row.name for row in answer.comparison.rows][: len(decisive)] == decisive


def test_other_fields_are_named_with_their_capitals(full: Desk) -> None:
    others = next(fact for fact in full.ask("compare S9353 and E0601").evidence if fact.label == "Also different")
    assert others.text.startswith("short description, ")
    assert "BETOS" in others.text
    assert "Coverage Issues Manual" in others.text


def test_descriptions_with_little_in_common_are_each_shown_in_full(full: Desk) -> None:
    first, second = full.ask("compare S9353 and E0601").evidence[:2]
    assert (first.kind, first.code) == (EvidenceKind.DESCRIPTION, "S9353")
    assert (second.kind, second.code) == (EvidenceKind.DESCRIPTION, "E0601")


def test_an_ended_code_differs_in_status(tmp_path: Path) -> None:
    ended = a_record("E0602", termination_date=date(2018, 12, 31))
    desk = desk_of(put(tmp_path, "HCPC2019_ANWEB.txt", fixed_text(a_record("E0601"), ended)))
    assert "differ in status;" in desk.ask("compare E0601 and E0602").headline


def test_a_code_that_ended_is_said_to_have_ended_first(full: Desk) -> None:
    answer = full.ask("J2505 or J2506 for neulasta")
    assert answer.headline.startswith("J2505 ended on December 31, 2021; J2506 is valid. J2505 and J2506 differ in")
    assert full.ask("J2505 vs J1040").headline.startswith("J2505 and J1040 differ in")  # both ended


def test_equal_records_are_said_to_be_the_same(tmp_path: Path) -> None:
    desk = desk_of(put(tmp_path, "HCPC2019_ANWEB.txt", fixed_text(a_record("E0601"), a_record("E0602"))))
    answer = desk.ask("compare E0601 and E0602")
    assert answer.headline == "E0601 and E0602 are the same in every field of the record."


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("compare S9353 with E9353", "Can't compare S9353 with E9353: E9353 isn't in HCPCS October 2025."),
        ("compare G0008 with 90471", "I can only compare HCPCS Level II codes; 90471 looks like a CPT code."),
    ],
)
def test_one_code_alone_cannot_be_compared(full: Desk, question: str, headline: str) -> None:
    answer = full.ask(question)
    assert answer.headline == headline
    assert answer.comparison is None


def test_a_question_with_one_code_asks_for_a_second(full: Desk) -> None:
    mentions = full.ask("S9353").mentions
    answer = full.answer(Question(text="compare S9353", intent=Intent.COMPARE, rule="compare", codes=mentions))
    assert answer.headline == "Name a second code to compare S9353 with."


def test_no_code_at_all_is_refused(full: Desk) -> None:
    assert full.ask("compare E9353 and E9354").outcome is Outcome.NOT_FOUND


def test_at_most_four_codes_are_compared(full: Desk) -> None:
    answer = full.ask("compare S9353, S9328, E0601, E0470 and E0471")
    assert answer.comparison is not None
    assert len(answer.comparison.codes) == MOST_COMPARED
    assert "Only the first 4 codes are compared." in answer.text
    assert "The same in all:" in answer.text


def test_a_code_that_has_nothing_to_be_compared_with_is_described(full: Desk) -> None:
    answer = full.ask("G0439 vs 99397")
    assert "annual wellness visit" in answer.text.lower()
    assert "99397 looks like a CPT code" in answer.text


def test_brands_in_parentheses_are_quoted_with_them(full: Desk) -> None:
    assert '"hcl (bendeka)"' in full.ask("J9034 vs J9036").headline
