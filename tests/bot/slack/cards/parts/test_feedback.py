"""The value of a feedback choice: what counts, and nothing else."""

from __future__ import annotations

import pytest

from hcpcs_bot.slack.cards.parts.feedback import AnswerKind, FeedbackValue


@pytest.mark.parametrize("useful", [True, False])
def test_a_value_is_read_as_it_was_packed(useful: bool) -> None:
    value = FeedbackValue(useful, AnswerKind("coverage", "answered"))
    assert FeedbackValue.unpack(value.pack()) == value
    assert len(value.pack()) <= 150


@pytest.mark.parametrize(
    "value",
    ["", "useful", "useful|coverage", "useful|Jane Roe|answered", "useful|coverage|MRN 1", "maybe|coverage|answered"],
)
def test_any_other_value_counts_nothing(value: str) -> None:
    assert FeedbackValue.unpack(value) is None
