"""Refusals are logged, and can't fill a disk."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs
from tests.bot.slack.conftest import Clock

from hcpcs_bot.serving.refusal_log import KINDS, SUMMARY_SECONDS, RefusalLog


def test_ten_thousand_refusals_are_one_line_a_minute_with_their_number() -> None:
    clock = Clock()
    refusals = RefusalLog(clock)
    with capture_logs() as lines:
        for _ in range(10_000):
            refusals.note(408, "request timeout")
        clock.now += SUMMARY_SECONDS
        refusals.note(408, "request timeout")
    assert [(line["status"], line["reason"], line["count"]) for line in lines] == [
        (408, "request timeout", 1),
        (408, "request timeout", 10_000),
    ]


def test_each_kind_has_a_line_of_its_own() -> None:
    refusals = RefusalLog(Clock())
    with capture_logs() as lines:
        refusals.note(401, "unsigned")
        refusals.note(408, "request timeout")
        refusals.note(401, "unsigned")
    assert [line["status"] for line in lines] == [401, 408]


@pytest.mark.parametrize("kinds", [3 * KINDS])
def test_the_kinds_are_bounded(kinds: int) -> None:
    refusals = RefusalLog(Clock())
    for number in range(kinds):
        refusals.note(400, f"reason {number}")
    assert len(refusals._kinds) == KINDS
