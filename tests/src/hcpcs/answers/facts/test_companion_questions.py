"""Questions of a DME supplier, an infusion center and a hospital, answered from the real files.

``companion_questions.tsv`` names the fact that each answer must be drawn from; its value is read from the files, and
the test checks that the answer states it. Blanks in qualifiers are written as underscores.
"""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from tests.src.hcpcs.companions.real_companions import real_store

from hcpcs.answers.answer import Answer
from hcpcs.answers.desk import Desk
from hcpcs.answers.facts.fact_answer import money
from hcpcs.companions.edition import Fact

pytestmark = pytest.mark.slow
QUESTIONS: Final = Path(__file__).with_name("companion_questions.tsv")
TODAY: Final = date(2026, 11, 26)
ROWS: Final = list(csv.DictReader(QUESTIONS.read_text(encoding="utf-8").splitlines(), delimiter="\t"))


@pytest.fixture(scope="module")
def desk(full: Desk, companion_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The release of October 2025 with all companion files."""
    store = real_store(companion_data, tmp_path_factory.mktemp("version"))
    return Desk(full.catalog, full.index, lambda: TODAY, store)


def wanted(row: dict[str, str], fact: Fact) -> bool:
    pairs = (pair.split("=") for pair in row["qualifiers"].split())
    return (
        fact.subject.value == row["subject"]
        and fact.code == row["code"]
        and all(fact.qualifiers.texts().get(name) == text.replace("_", " ") for name, text in pairs)
    )


def stated(answer: Answer, fact: Fact) -> bool:
    """Whether the answer says the value of a fact in its text."""
    if isinstance(fact.value, Decimal):
        text = money(fact.value) if fact.unit.startswith("USD") else f"{fact.value.normalize():f} percent"
        return text in answer.text
    said_otherwise = bool(fact.qualifiers.states) or fact.subject.value in {"rural", "face_to_face"}
    return said_otherwise or str(fact.value) in answer.text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["question"])
def test_an_answer_states_the_fact_of_the_file(desk: Desk, row: dict[str, str]) -> None:
    answer = desk.ask(row["question"])
    facts = [fact for fact in answer.facts if wanted(row, fact)]
    assert facts, f"{answer.headline}\n{answer.facts[:6]}"
    assert any(stated(answer, fact) for fact in facts), answer.text
    assert facts[0].edition in answer.text or facts[0].edition.rsplit(" ", 2)[0].split(" for ")[0] in answer.text


def test_every_voice_asks() -> None:
    assert len(ROWS) >= 120
    assert {row["voice"] for row in ROWS} == {"dme", "infusion", "hospital"}
