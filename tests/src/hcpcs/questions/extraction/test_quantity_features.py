"""What the amounts of a question make of it."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.questions.parser import parse_question
from hcpcs.questions.question import Intent


@pytest.mark.parametrize(
    ("question", "intent"),
    [("Q4121 2x3 applied", Intent.UNITS), ("A2001 2x3 applied", Intent.UNITS), ("Q4025 2x3 applied", Intent.CARD)],
)
def test_two_sides_are_an_area_of_skin_substitutes_alone(question: str, intent: Intent) -> None:
    assert parse_question(question, date(2026, 11, 21)).intent is intent
