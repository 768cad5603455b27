"""What all answers from companion files have: proof by edition and row, and what is said without a fact."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import TODAY, facts_desk

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind
from hcpcs.answers.facts.fact_answer import FactAnswer, answer_each, fact_evidence
from hcpcs.answers.rendering.json_form import answer_json
from hcpcs.companions.edition import Edition, EditionKind, Fact
from hcpcs.questions.parser import parse_question


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


def test_an_outdated_edition_says_so_in_the_line_that_uses_it(desk: Desk) -> None:
    said = "Its quarter ended on March 31, 2026; CMS has published a newer edition since."
    assert said not in desk.ask("how much is E0601 RR in Texas").text
    later = desk.ask("how much is E0601 RR in Texas", today=date(2026, 11, 26))
    assert said in later.text
    assert later.headline == "E0601-RR in Texas: $50.50 a month, $91.52 a month in rural areas (January 2026)."


def test_a_day_before_the_first_edition_has_no_amount(desk: Desk) -> None:
    answer = desk.ask("how much was E0601 RR in Texas on 2020-01-01")
    assert not answer.facts
    assert answer.headline.startswith("No loaded edition of the DMEPOS fee schedule was in force on January 1, 2020.")


def test_what_is_the_same_for_two_codes_is_said_once(desk: Desk) -> None:
    headline = desk.ask("how much were E0601 and K0856 in Texas on 2020-01-01").headline
    assert headline.count("No loaded edition of the DMEPOS fee schedule was in force on January 1, 2020.") == 1


def test_what_is_not_loaded_is_not_taken_for_not_listed(tmp_path: Path) -> None:
    desk = facts_desk(tmp_path, "DMEPOS26_JAN.csv")
    assert "is not on" not in desk.ask("does K0856 need prior auth?").headline
    assert desk.ask("how much is J1885?").headline == "J1885 is not on the DMEPOS fee schedule January 2026."


@pytest.mark.parametrize(
    "question", ["status indicator of J1745", "which NDCs for J1745", "does E0601 need PDAC verification"]
)
def test_a_subject_whose_file_is_not_loaded_is_referred(tmp_path: Path, question: str) -> None:
    answer = facts_desk(tmp_path, "DMEPOS26_JAN.csv").ask(question)
    assert not answer.headline.startswith("No ")
    assert any(fact.kind is EvidenceKind.WHERE_TO_LOOK for fact in answer.evidence)


def test_what_the_answers_for_two_codes_share_is_said_once(desk: Desk) -> None:
    context = AnswerContext(
        parse_question("J1745 J0897", TODAY), desk.catalog, desk.index, TODAY, companions=desk.companions
    )
    statements = [one for code in ("J1745", "J0897") if (one := context.state(code))]
    shared = fact_evidence("A payment limit is not coverage.", "")

    def answer_one(code: str, facts: tuple[Fact, ...], edition: Edition) -> FactAnswer:
        return FactAnswer(f"{code}.", (shared, fact_evidence(edition.label, code)), facts)

    answer = answer_each(context, EditionKind.ASP, statements, answer_one)
    assert answer.headline == "J1745. J0897."
    assert [fact.code for fact in answer.evidence] == [None, "J1745", "J0897"]
    assert {fact.code for fact in answer.facts} == {"J1745", "J0897"}
