"""The counts of a team: by day, once per person and answer, for 31 days, and without any text."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from hcpcs_bot.state.database import Database, StateError, open_database
from hcpcs_bot.state.tables import FeedbackRow, QuestionCountRow, UnknownWordsRow
from hcpcs_bot.team import usage_store
from hcpcs_bot.team.report import ReportRow, UnknownQuestion, report_rows
from hcpcs_bot.team.usage_log import UsageLog
from hcpcs_bot.team.usage_store import QuestionKind, UnknownWords, UsageStore, feedback_key

TODAY = date(2026, 11, 26)
COVERAGE = QuestionKind("T1", TODAY, "coverage", "answered")


def days_ago(days: int, kind: QuestionKind = COVERAGE) -> QuestionKind:
    return kind._replace(day=TODAY - timedelta(days=days))


def test_the_report_counts_seven_and_thirty_days(database: Database) -> None:
    store = UsageStore(database)
    store.add({COVERAGE: 2, days_ago(6): 1, days_ago(7): 4, days_ago(29): 8, days_ago(30): 16}, {}, TODAY)
    store.add({COVERAGE: 1, QuestionKind("T1", TODAY, "help", "not_understood"): 3}, {}, TODAY)
    store.rate(feedback_key("T1", "a", "m1"), COVERAGE, useful=True)
    store.rate(feedback_key("T1", "b", "m1"), days_ago(8), useful=False)
    assert report_rows(store.report("T1", TODAY)) == [
        ReportRow("Questions", (7, 19)),
        ReportRow("  answered", (4, 16)),
        ReportRow("  not understood", (3, 3)),
        ReportRow("  about coverage", (4, 16)),
        ReportRow("  about help", (3, 3)),
        ReportRow("Called useful", (1, 1)),
        ReportRow("Called not useful", (0, 1)),
        ReportRow("  about coverage", (0, 1)),
    ]


def test_one_person_counts_once_per_answer_and_may_change_their_mind(database: Database) -> None:
    store = UsageStore(database)
    key = feedback_key("T1", "a", "m1")
    for useful in (True, True, False):
        store.rate(key, COVERAGE, useful=useful)
    counts = store.report("T1", TODAY).counts
    assert [(one.useful, one.not_useful) for one in counts] == [(0, 1)]
    assert len({key, feedback_key("T1", "b", "m1"), feedback_key("T1", "a", "m2"), feedback_key("T2", "a", "m1")}) == 4


def test_teams_are_apart(database: Database) -> None:
    store = UsageStore(database)
    store.add({COVERAGE: 1}, {UnknownWords("T1", TODAY, ("wheelchair",)): 1}, TODAY)
    store.rate(feedback_key("T1", "a", "m1"), COVERAGE, useful=True)
    other = store.report("T2", TODAY)
    assert (other.counts, other.unknown) == ((), ())


def test_the_commonest_unknown_questions_come_first(database: Database) -> None:
    store = UsageStore(database)
    asked = UnknownWords("T1", TODAY, ("denied", "wheelchair"))
    store.add({}, {asked: 1, asked._replace(words=("stroller",)): 2, asked._replace(words=("airway",)): 1}, TODAY)
    store.add({}, {asked._replace(day=TODAY - timedelta(days=3)): 3}, TODAY)
    assert store.report("T1", TODAY).unknown == (
        UnknownQuestion("denied wheelchair", 4),
        UnknownQuestion("stroller", 2),
        UnknownQuestion("airway", 1),
    )


def test_what_is_older_than_31_days_is_deleted(database: Database) -> None:
    store = UsageStore(database)
    old = days_ago(31)
    store.add({old: 1, days_ago(30): 1}, {UnknownWords("T1", old.day, ("wheelchair",)): 1}, old.day)
    store.rate(feedback_key("T1", "a", "m1"), old, useful=True)
    store.add({COVERAGE: 1}, {}, TODAY)
    with database.reading() as session:
        numbers = [
            session.scalar(select(func.count()).select_from(row))
            for row in (QuestionCountRow, UnknownWordsRow, FeedbackRow)
        ]
    assert numbers == [2, 0, 0]


def test_the_sets_of_unknown_words_are_bounded(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage_store, "UNKNOWN_PER_DAY", 2)
    store = UsageStore(database)
    for words in ("airway", "bottle", "cushion", "airway"):
        store.add({}, {UnknownWords("T1", TODAY, (words,)): 1}, TODAY)
    assert store.report("T1", TODAY).unknown == (UnknownQuestion("airway", 2), UnknownQuestion("bottle", 1))


async def test_the_log_writes_what_it_counted_and_loses_nothing_while_the_database_is_down(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    log = UsageLog(UsageStore(database), lambda: TODAY)
    log.count("T1", "coverage", "answered")
    log.count("T1", "coverage", "answered")
    log.count("T1", "help", "not_understood", ("wheelchair",))
    log.count("", "coverage", "answered")
    log.count("T1", "", "")
    with database.transaction() as session:
        session.execute(text("ALTER TABLE question_counts RENAME TO away"))
    await log.write()
    with pytest.raises(StateError):
        await log.report("T1")
    with database.transaction() as session:
        session.execute(text("ALTER TABLE away RENAME TO question_counts"))
    report = await log.report("T1")
    assert sum(one.questions for one in report.counts) == 3
    assert report.unknown == (UnknownQuestion("wheelchair", 1),)
    database.close()


async def test_the_service_writes_by_itself_and_when_it_stops(database: Database) -> None:
    store = UsageStore(database)
    log = UsageLog(store, lambda: TODAY)
    await log.start()
    log.count("T1", "coverage", "answered")
    assert store.report("T1", TODAY).counts == ()
    await log.stop()
    assert [one.questions for one in store.report("T1", TODAY).counts] == [1]
