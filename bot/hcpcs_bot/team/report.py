"""What the report of a team counts: questions by intent and outcome, feedback, and what was not understood. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from hcpcs.records.record import Frozen

PERIODS: Final = (7, 30)
"""Days of the two periods of a report, today included."""
NAME_WIDTH: Final = 21
"""Characters of a name in the table: with the numbers, what fits on a phone."""
NUMBER_WIDTH: Final = 8
UNKNOWN_TITLE: Final = "Not understood, by known words"
UNKNOWN_SHOWN: Final = 10
"""Maximum questions that were not understood in a report, the commonest first."""
OUTCOMES: Final = {
    "answered": "answered",
    "not_found": "no such code",
    "not_hcpcs": "other code systems",
    "not_understood": "not understood",
}
"""The outcomes in the order and words of a report."""


class DayCount(NamedTuple):
    """Questions of one intent and outcome, or the useful and not useful answers of one, a number of days ago."""

    days_ago: int
    intent: str
    outcome: str
    questions: int = 0
    useful: int = 0
    not_useful: int = 0


class UnknownQuestion(NamedTuple):
    """The known words of questions that were not understood, and how many they were."""

    words: str
    questions: int


class TeamReport(Frozen):
    """The counts of a team over the longest period."""

    counts: tuple[DayCount, ...] = ()
    unknown: tuple[UnknownQuestion, ...] = ()

    def within(self, days: int) -> tuple[DayCount, ...]:
        """The counts of the last ``days`` days."""
        return tuple(count for count in self.counts if count.days_ago < days)


class ReportRow(NamedTuple):
    """A row of a report: a name, and the number for each of ``PERIODS``."""

    name: str
    numbers: tuple[int, ...]


def report_rows(report: TeamReport) -> list[ReportRow]:
    """All questions, then by outcome, then by intent, then feedback; rows without any number are left out."""
    periods = [report.within(days) for days in PERIODS]
    rows = [ReportRow("Questions", tuple(sum(one.questions for one in period) for period in periods))]
    rows += _rows(periods, OUTCOMES.items(), "outcome")
    intents = sorted({one.intent for one in report.counts if one.questions})
    rows += _rows(
        periods, [(intent, f"about {intent}" if intent else "without a code") for intent in intents], "intent"
    )
    rows.append(ReportRow("Called useful", tuple(sum(one.useful for one in period) for period in periods)))
    rows.append(ReportRow("Called not useful", tuple(sum(one.not_useful for one in period) for period in periods)))
    rows += _not_useful_rows(periods)
    return rows


def report_lines(report: TeamReport) -> list[str]:
    """The whole report as lines of plain text."""
    return [*table_lines(report), *unknown_lines(report)]


def table_lines(report: TeamReport) -> list[str]:
    """The rows as a table for a font in which every character has the same width."""
    heads = "".join(f"{days} days".rjust(NUMBER_WIDTH) for days in PERIODS)
    lines = ["".ljust(NAME_WIDTH) + heads]
    for row in report_rows(report):
        numbers = "".join(f"{number:,}".rjust(NUMBER_WIDTH) for number in row.numbers)
        lines.append(row.name.ljust(NAME_WIDTH) + numbers)
    return lines


def unknown_lines(report: TeamReport) -> list[str]:
    """What was not understood, by its known words, under a title; none where there is nothing."""
    if not report.unknown:
        return []
    return [UNKNOWN_TITLE, *(f"{one.words} ({one.questions:,})" for one in report.unknown)]


def report_json(report: TeamReport) -> dict[str, object]:
    """The report for programs: the numbers of ``PERIODS`` by intent and outcome, and the known words."""
    periods = {}
    for days in PERIODS:
        kinds: dict[tuple[str, str], list[int]] = {}
        for one in report.within(days):
            numbers = kinds.setdefault((one.intent, one.outcome), [0, 0, 0])
            for place, number in enumerate((one.questions, one.useful, one.not_useful)):
                numbers[place] += number
        periods[f"days_{days}"] = [
            {"intent": intent, "outcome": outcome, "questions": asked, "useful": useful, "not_useful": not_useful}
            for (intent, outcome), (asked, useful, not_useful) in sorted(kinds.items())
        ]
    return {**periods, "not_understood": [one._asdict() for one in report.unknown]}


def _rows(
    periods: Sequence[Sequence[DayCount]], names: Iterable[tuple[str, str]], attribute: str
) -> Iterator[ReportRow]:
    for value, name in names:
        numbers = tuple(sum(one.questions for one in period if getattr(one, attribute) == value) for period in periods)
        if any(numbers):
            yield ReportRow(f"  {name}", numbers)


def _not_useful_rows(periods: Sequence[Sequence[DayCount]]) -> Iterator[ReportRow]:
    for intent in sorted({one.intent for one in periods[-1] if one.not_useful}):
        numbers = tuple(sum(one.not_useful for one in period if one.intent == intent) for period in periods)
        yield ReportRow(f"  about {intent}", numbers)
