"""Which questions ask for the team's own notes."""

from __future__ import annotations

import pytest

from hcpcs_bot.team.asked_notes import may_ask_for_own_notes


@pytest.mark.parametrize(
    "question", ["any notes on S9353?", "our notes on S9353", "S9353 note", "what was noted on S9353"]
)
def test_notes_may_be_the_team_s_own(question: str) -> None:
    assert may_ask_for_own_notes(question)


@pytest.mark.parametrize(
    "question", ["processing note for S9353", "CMS notes on S9353", "BETOS for S9353", "keynote S9353"]
)
def test_a_processing_note_is_that_of_cms(question: str) -> None:
    assert not may_ask_for_own_notes(question)
