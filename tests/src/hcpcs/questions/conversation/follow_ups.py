"""What the tests of follow-ups share: a day, a topic, and the completed question."""

from __future__ import annotations

from datetime import date

from hcpcs.questions.conversation.completed_question import FollowUp
from hcpcs.questions.conversation.follow_up import complete
from hcpcs.questions.conversation.topic import Topic
from hcpcs.questions.subject import Subject

TODAY = date(2026, 1, 15)
E0601 = Topic(codes=("E0601",), subject=Subject.COVERAGE)


def completed(text: str, topic: Topic = E0601) -> FollowUp:
    follow_up = complete(text, topic, TODAY)
    assert isinstance(follow_up, FollowUp)
    return follow_up
