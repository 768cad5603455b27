"""The report of a team, for its administrators: in a private message and in the App Home."""

from __future__ import annotations

from typing import Final

from hcpcs_bot.slack.blockkit.blocks import Block, bullets, header, line, note, preformatted, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import escape
from hcpcs_bot.slack.cards.parts.frame import Card
from hcpcs_bot.team.report import TeamReport, report_lines, table_lines, unknown_lines

TITLE: Final = "Questions of your team"
PRIVACY: Final = (
    "Counts only, kept for 31 days: no question and no person. Of what was not understood, only words in a closed list "
    "without names and numbers are kept, in alphabetical order."
)


def draw_report(report: TeamReport) -> Card:
    """The report as a message."""
    blocks = [header(TITLE), *report_blocks(report)]
    lines = [TITLE, *report_lines(report), PRIVACY]
    return Card(escape("\n".join(lines)), blocks)


def report_blocks(report: TeamReport) -> list[Block]:
    """The report without its title: a table of counts, and the known words of what was not understood."""
    blocks = [rich(preformatted("\n".join(table_lines(report))))]
    unknown = unknown_lines(report)
    if unknown:
        blocks.append(rich(line(words(unknown[0], bold=True)), bullets(line(words(one)) for one in unknown[1:])))
    return [*blocks, note(PRIVACY)]
