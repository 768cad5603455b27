"""Whether two codes may be billed together."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        (
            "can A9500 and A9512 be billed together",
            "Only with an NCCI-associated modifier where it is appropriate: otherwise A9512 is not paid together",
        ),
        (
            "99213 with A9500 allowed",
            "Whether A9500 and CPT 99213 can be billed together isn't in the edits loaded here:",
        ),
        (
            "can 99213 and 99214 be billed together",
            "Whether CPT 99213 and CPT 99214 can be billed together isn't in the",
        ),
        (
            "can A9500 and J1745 be billed together",
            "No NCCI edit stops it: A9500 and J1745 are not a pair in the NCCI PTP edits",
        ),
        ("A9500 and J1745 bundled", "A9500 and J1745 are not a pair in the NCCI PTP edits"),
        ("can A9500, J1745 and J1885 be billed together", "A9500 and J1745 are not a pair in the NCCI PTP edits"),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def test_without_edits_the_answer_is_not_that_there_is_no_pair(tmp_path: Path) -> None:
    answer = facts_desk(tmp_path, "MUE_2024-07.csv").ask("can A9500 and A9512 be billed together")
    assert "not a pair" not in answer.text
    assert not answer.facts
