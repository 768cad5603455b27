"""What a conversation remembers of a question: a day of service, and no date of birth."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.questions.conversation.topic import topic_of
from hcpcs.questions.parser import parse_question

TODAY = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("E0601 on 3/4/2025", date(2025, 3, 4)),
        ("E0601 on 1/1/1982", date(1982, 1, 1)),
        ("Smith, John 12/31/1981 is E0601 covered", None),
        ("John Smith 3/4/1951 E0601", None),
        ("E0601 covered", None),
    ],
)
def test_a_day_from_before_any_code_is_not_remembered(text: str, day: date | None) -> None:
    topic = topic_of(parse_question(text, TODAY), ("E0601",))
    assert topic is not None
    assert topic.codes == ("E0601",)
    assert topic.day == day
