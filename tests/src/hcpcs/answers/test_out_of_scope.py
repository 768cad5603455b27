"""Subjects that no HCPCS record states: said openly, with where they are published."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import NoticeKind
from hcpcs.answers.out_of_scope import OUT_OF_SCOPE_NOTICES, out_of_scope_notices
from hcpcs.questions.recognizers.out_of_scope import out_of_scope_patterns


def test_every_subject_has_a_notice() -> None:
    assert set(OUT_OF_SCOPE_NOTICES) == set(out_of_scope_patterns().subjects)


def test_notices_follow_the_order_of_the_subjects() -> None:
    notices = out_of_scope_notices(["limits", "abn"])
    assert [notice.kind for notice in notices] == [NoticeKind.OUT_OF_SCOPE] * 2
    assert notices[0].text.startswith("The record has no frequency or unit limits.")


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("does E0601 need prior auth", "The record doesn't say whether prior authorization is required."),
        ("is an ABN needed for A4253", "The record doesn't say whether an ABN is needed."),
        ("how often can A4253 be billed", "The record has no frequency or unit limits."),
        ("which diagnosis for E0601", "The record doesn't say which diagnoses support a code."),
    ],
)
def test_a_subject_of_the_question_is_named(full: Desk, question: str, start: str) -> None:
    assert any(notice.text.startswith(start) for notice in full.ask(question).notices)
