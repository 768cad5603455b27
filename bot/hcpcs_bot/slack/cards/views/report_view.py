"""The report of a team, for its administrators: in a private message and in the App Home."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs_bot.slack.blockkit.blocks import Block, bullets, header, line, note, preformatted, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import escape
from hcpcs_bot.slack.cards.parts.frame import Card
from hcpcs_bot.team.report import PERIODS, ReportRow, TeamReport, report_rows

TITLE: Final = "Questions of your team"
NAME_WIDTH: Final = 21
"""Characters of a name in the table: with the numbers, what fits on a phone."""
NUMBER_WIDTH: Final = 8
UNKNOWN_TITLE: Final = "Not understood, by known words"
PRIVACY: Final = (
    "Counts only, kept for 31 days: no question and no person. Of what was not understood, only words in a closed list "
    "without names and numbers are kept, in alphabetical order."
)


def draw_report(report: TeamReport) -> Card:
    """The report as a message."""
    blocks = [header(TITLE), *report_blocks(report)]
    lines = [TITLE, *_table(report_rows(report)), *_unknown_lines(report), PRIVACY]
    return Card(escape("\n".join(lines)), blocks)


def report_blocks(report: TeamReport) -> list[Block]:
    """The report without its title: a table of counts, and the known words of what was not understood."""
    blocks = [rich(preformatted("\n".join(_table(report_rows(report)))))]
    unknown = _unknown_lines(report)
    if unknown:
        blocks.append(rich(line(words(unknown[0], bold=True)), bullets(line(words(one)) for one in unknown[1:])))
    return [*blocks, note(PRIVACY)]


def _table(rows: Sequence[ReportRow]) -> list[str]:
    heads = [f"{days} days" for days in PERIODS]
    lines = ["".join(["".ljust(NAME_WIDTH), *(head.rjust(NUMBER_WIDTH) for head in heads)])]
    for row in rows:
        numbers = (f"{number:,}".rjust(NUMBER_WIDTH) for number in row.numbers)
        lines.append("".join([row.name.ljust(NAME_WIDTH), *numbers]))
    return lines


def _unknown_lines(report: TeamReport) -> list[str]:
    if not report.unknown:
        return []
    return [UNKNOWN_TITLE, *(f"{one.words} ({one.questions:,})" for one in report.unknown)]
