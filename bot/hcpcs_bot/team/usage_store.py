"""The database side of the report: counts by day, and feedback; kept for 31 days and without any text or person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import FeedbackRow, QuestionCountRow, UnknownWordsRow
from hcpcs_bot.team.report import PERIODS, UNKNOWN_SHOWN, DayCount, TeamReport, UnknownQuestion

KEPT_DAYS: Final = 31
"""Days for which counts and feedback are kept, today included."""
UNKNOWN_PER_DAY: Final = 200
"""Maximum different sets of known words that are kept per team and day."""


class QuestionKind(NamedTuple):
    """What is counted of a question: its team, day, intent and outcome."""

    team: str
    day: date
    intent: str
    outcome: str


class UnknownWords(NamedTuple):
    """What is counted of a question that was not understood: its team, day and known words."""

    team: str
    day: date
    words: tuple[str, ...]


def feedback_key(team: str, person: str, message: str) -> str:
    """The digest under which one person's feedback on one message is kept; ``person`` is a keyed hash."""
    return hashlib.sha256(f"{team}\n{person}\n{message}".encode("utf-8", "surrogatepass")).hexdigest()


class UsageStore:
    """Counts by team. Every method raises ``StateError`` if the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.run = database.run

    def add(self, questions: Mapping[QuestionKind, int], unknown: Mapping[UnknownWords, int], today: date) -> None:
        """Adds to the counts, and deletes those that are older than is kept."""
        with self._database.transaction() as session:
            oldest = (today - timedelta(days=KEPT_DAYS - 1)).isoformat()
            for row in (QuestionCountRow, UnknownWordsRow, FeedbackRow):
                session.execute(delete(row).where(row.day < oldest))
            for kind, number in sorted(questions.items()):
                key = {"team": kind.team, "day": kind.day.isoformat(), "intent": kind.intent, "outcome": kind.outcome}
                _increase(session, QuestionCountRow, key, number)
            for one, number in sorted(unknown.items()):
                if _may_count(session, one):
                    key = {"team": one.team, "day": one.day.isoformat(), "words": " ".join(one.words)}
                    _increase(session, UnknownWordsRow, key, number)

    def rate(self, key: str, kind: QuestionKind, *, useful: bool) -> None:
        """Counts one person's feedback on one answer; a second one on the same answer replaces the first."""
        row = FeedbackRow(
            key=key, team=kind.team, day=kind.day.isoformat(), intent=kind.intent, outcome=kind.outcome, useful=useful
        )
        with self._database.transaction() as session:
            try:
                with session.begin_nested():
                    session.merge(row)
            except IntegrityError:
                return  # Another replica has just counted the same press of the button.

    def teams(self) -> tuple[str, ...]:
        """The teams of which anything is counted."""
        with self._database.reading() as session:
            asked = session.scalars(select(QuestionCountRow.team).distinct())
            rated = session.scalars(select(FeedbackRow.team).distinct())
            return tuple(sorted({*asked, *rated}))

    def report(self, team: str, today: date) -> TeamReport:
        """The counts of a team."""
        first = (today - timedelta(days=max(PERIODS) - 1)).isoformat()
        with self._database.reading() as session:
            counts = [
                DayCount(_days_ago(row.day, today), row.intent, row.outcome, questions=row.questions)
                for row in session.scalars(_of_team(QuestionCountRow, team, first))
            ]
            counts += [
                DayCount(
                    _days_ago(row.day, today), row.intent, row.outcome, useful=row.useful, not_useful=not row.useful
                )
                for row in session.scalars(_of_team(FeedbackRow, team, first))
            ]
            total = func.sum(UnknownWordsRow.questions)
            query = select(UnknownWordsRow.words, total).where(
                UnknownWordsRow.team == team, UnknownWordsRow.day >= first
            )
            grouped = query.group_by(UnknownWordsRow.words).order_by(total.desc(), UnknownWordsRow.words)
            unknown = [
                UnknownQuestion(words, int(number)) for words, number in session.execute(grouped.limit(UNKNOWN_SHOWN))
            ]
        return TeamReport(counts=tuple(counts), unknown=tuple(unknown))


def _of_team(row: Any, team: str, first: str) -> Any:
    return select(row).where(row.team == team, row.day >= first)


def _days_ago(day: str, today: date) -> int:
    return max(0, (today - date.fromisoformat(day)).days)


def _may_count(session: Session, one: UnknownWords) -> bool:
    """Whether the words may be counted: they are counted already, or the day has not too many yet."""
    of_day = select(func.count()).select_from(UnknownWordsRow)
    of_day = of_day.where(UnknownWordsRow.team == one.team, UnknownWordsRow.day == one.day.isoformat())
    same = session.get(UnknownWordsRow, (one.team, one.day.isoformat(), " ".join(one.words)))
    return same is not None or (session.scalar(of_day) or 0) < UNKNOWN_PER_DAY


def _increase(session: Session, row: Any, key: Mapping[str, str], number: int) -> None:
    """Adds ``number`` to the count under ``key``, which is made if needed."""
    matching = [getattr(row, name) == value for name, value in key.items()]
    increase = update(row).where(*matching).values(questions=row.questions + number)
    if session.execute(increase, execution_options={"synchronize_session": False}).rowcount:  # type: ignore[attr-defined]
        return
    try:
        with session.begin_nested():
            session.add(row(**key, questions=number))
    except IntegrityError:
        # Another replica was quicker.
        session.execute(increase, execution_options={"synchronize_session": False})
