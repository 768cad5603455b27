"""The DME MAC of a state."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("who is the DME MAC for Ohio", "The DME MAC for Ohio is CGS Administrators (jurisdiction B)."),
    ],
)
def test_the_first_sentence_answers(desk: Desk, question: str, headline: str) -> None:
    assert desk.ask(question).headline.startswith(headline)


def test_a_state_is_needed_and_no_file(tmp_path: Path) -> None:
    answer = facts_desk(tmp_path, loaded=False).ask("who is the DME MAC for Texas")
    assert answer.headline == "The DME MAC for Texas is CGS Administrators (jurisdiction C)."
    assert "The A/B MAC of a state is not in this data." in answer.text
