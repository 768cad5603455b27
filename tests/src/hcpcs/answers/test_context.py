"""The input of every intent: the day asked about, and what the catalog states of a code on it."""

from __future__ import annotations

from datetime import date

from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.answer import Verdict
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.desk import Desk
from hcpcs.questions.question import Intent, Question
from hcpcs.records.record import RecordKind


def context(desk: Desk, day: date | None = None) -> AnswerContext:
    question = Question(text="S9353", intent=Intent.CARD, rule="test", day=day)
    return AnswerContext(question, desk.catalog, desk.index, TODAY)


def test_the_day_is_today_unless_one_is_named(history: Desk) -> None:
    assert context(history).day == TODAY
    assert context(history, date(2018, 5, 1)).day == date(2018, 5, 1)


def test_a_code_is_stated_as_of_the_day_named(history: Desk) -> None:
    then, now = context(history, date(2018, 2, 1)).state("G9890"), context(history).state("G9890")
    assert then is not None
    assert now is not None
    assert "macular exam" in then.record.long_description
    assert "Bridge payment" in now.record.long_description
    assert context(history).state("S9354") is None
    assert context(history).code_on_day("S9354") is None


def test_the_verdict_is_that_of_the_day(history: Desk) -> None:
    ended, valid = context(history), context(history, date(2017, 6, 15))
    for asked, verdict in ((ended, Verdict.TERMINATED), (valid, Verdict.CONDITIONAL)):
        statement = asked.state("Q5102")
        assert statement is not None
        assert asked.judge(statement).verdict is verdict


def test_days_and_coverage_of_a_list_are_those_of_the_records(history: Desk) -> None:
    """Codes of each kind: corrected ends, reused codes, and another coverage code in an older release."""
    dated = history.catalog.dated_codes.codes
    codes = [one.code for one in dated if one.restated and one.kind is RecordKind.PROCEDURE][::4]
    for day in (None, date(2018, 2, 1), date(2018, 5, 1), date(2021, 7, 1)):
        asked = context(history, day)
        for code in (*codes, "S9353", "E0601"):
            statement, listed = asked.state(code), asked.dated_code(code)
            assert statement is not None
            assert (listed.active(asked.day), listed.coverage) == (statement.active, statement.record.coverage)
