"""Answers from companion files as a whole: for Medicare alone, and where to look when nothing is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.facts.contractor_answer import BY_ADDRESS
from hcpcs.answers.facts.face_to_face_answer import RULE
from hcpcs.answers.facts.unit_limit_answer import LIFETIME
from hcpcs.answers.rendering.json_form import answer_json
from hcpcs.questions.subject import Subject, subjects_beyond_record


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


def test_a_limit_is_given_for_each_of_eight_codes_and_the_others_are_named(full: Desk) -> None:
    text = full.ask("A7030 A7031 A7034 A7037 A7038 A7039 A7035 A7036 A7046 how often").text
    assert "The usual quantity limit of A7036 is" in text
    assert "Only the first 8 codes are answered: ask for A7046 separately." in text


def test_the_subject_is_that_of_the_question(desk: Desk) -> None:
    assert desk.ask("NDC 57894-0030-01").subject is Subject.NDC
    assert desk.ask("MUE for J1885").subject is Subject.LIMIT
    assert desk.ask("how much is E0601 RR in Texas").unused == ()


def test_the_id_of_an_answer_changes_with_the_editions(desk: Desk, tmp_path: Path) -> None:
    question = "is E0601 covered?"
    other = facts_desk(tmp_path, "DMEPOS26_JAN.csv")
    assert desk.ask(question).answer_id == desk.ask(question).answer_id
    assert desk.ask(question).answer_id != other.ask(question).answer_id


@pytest.mark.parametrize(
    ("sentence", "subject", "fact", "citation"),
    [
        (RULE, Subject.FACE_TO_FACE_TIME, "within the 6 months before the date of the", "42 CFR 410.38(d)"),
        (LIFETIME, Subject.USEFUL_LIFETIME, "at least five years", "42 CFR 414.210(f)"),
        (BY_ADDRESS, Subject.TRAVEL, "the DME MAC of the patient's permanent address", "42 CFR 421.210(b)"),
    ],
)
def test_a_rule_that_a_subject_states_too_is_the_same(
    sentence: str, subject: Subject, fact: str, citation: str
) -> None:
    entry = subjects_beyond_record()[subject]
    assert fact in sentence
    assert fact in entry.general
    assert citation in entry.source
