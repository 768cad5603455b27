"""Questions in the voices of a DME supplier, a nurse, an oncology biller, an ambulance company, home infusion,
a Medicaid clinic, a hospital, a physician's office, home health, an optician and a student of coding, asked of the
whole desk; those of the voice "mixed" are known questions in other words, written before any rule was looked at.

Each row of ``voices.tsv`` says what a right answer holds: its outcome, codes (one of them first, where words are
searched for), Medicare's verdict, and a fragment of its text (``^`` in the first 120 characters, ``!`` nowhere, ``|``
between alternatives). ``-`` leaves a column open. Every expectation was checked against the records of October 2025.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from tests.src.hcpcs.releases.real_releases import FULL_RELEASES, real_release

from hcpcs.answers.answer import Answer
from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs_index import build_index, open_index

pytestmark = pytest.mark.slow

TODAY: Final = date(2026, 11, 26)
FLOOR: Final = 0.97
"""Share of the rows that must be answered well; within a point of what is measured (0.979)."""
FIRST: Final = 120
"""Characters that a reader sees first."""


class Row(NamedTuple):
    """One question and what a right answer to it holds."""

    question: str
    intent: str
    outcome: str
    codes: str
    verdict: str
    fragment: str
    kind: str
    voice: str


def rows() -> list[Row]:
    lines = Path(__file__).with_name("voices.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [Row(*line.split("\t")) for line in lines]


def is_met(fragment: str, text: str) -> bool:
    lower = text.lower()
    start = lower[:FIRST]
    checks = {"^": lambda words: words in start, "!": lambda words: words not in lower}
    return any(checks[one[0]](one[1:]) if one[0] in checks else one in lower for one in fragment.lower().split("|"))


def misses(row: Row, answer: Answer) -> Iterator[str]:
    """What the answer lacks of what the row expects."""
    if row.outcome not in ("-", answer.outcome.value):
        yield f"outcome {answer.outcome.value}, not {row.outcome}"
    verdict = answer.verdict.value if answer.verdict else None
    if row.verdict not in ("-", verdict) and not (row.verdict == "unknown" and verdict is None):
        yield f"verdict {verdict}, not {row.verdict}"
    expected = set() if row.codes == "-" else set(row.codes.split())
    if row.intent == "search" and expected and not expected & set(answer.codes[:1]):
        yield f"first code {answer.codes[:1]}, not one of {sorted(expected)}"
    if row.intent != "search" and not expected <= set(answer.codes):
        yield f"codes {answer.codes} lack {sorted(expected - set(answer.codes))}"
    if row.fragment != "-" and not is_met(row.fragment, answer.text):
        yield f"text lacks {row.fragment}"


def desk_of(folder: Path, shared_data: Path, *releases: str) -> Desk:
    catalog = Catalog.build([real_release(shared_data, release) for release in releases])
    build_index(catalog, folder)
    return Desk(catalog, open_index(folder, catalog, lambda: TODAY), lambda: TODAY)


@pytest.fixture(scope="module")
def answers(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Row, Answer]]:
    """Every row with its answer; rows of a kind with history are asked of all releases."""
    newest = desk_of(tmp_path_factory.mktemp("newest"), shared_data, "2025-10")
    every = desk_of(tmp_path_factory.mktemp("history"), shared_data, *FULL_RELEASES)
    return [
        (row, (every if row.kind.endswith("; history") else newest).ask(row.question.replace("\\n", "\n"), today=TODAY))
        for row in rows()
    ]


def test_questions_in_every_voice_are_answered_well(answers: list[tuple[Row, Answer]]) -> None:
    missed = {row.question: found for row, answer in answers if (found := list(misses(row, answer)))}
    assert 1 - len(missed) / len(answers) >= FLOOR, missed


def test_answers_are_short(answers: list[tuple[Row, Answer]]) -> None:
    """The median answer has at most eight lines, a coverage answer at most six."""
    lengths = sorted(len(answer.text.splitlines()) for _, answer in answers)
    coverage = sorted(len(answer.text.splitlines()) for _, answer in answers if answer.intent == "coverage")
    assert lengths[len(lengths) // 2] <= 8
    assert coverage[len(coverage) // 2] <= 6
