"""A table that a phone shows without scrolling sideways: a row each with its name, and beside it a few lines.

More than two columns are wider than a phone (390 px). What decides is the first line of a row, so that Slack's sorting
of a column sorts by it. Where Slack takes no table each row is a paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from hcpcs_bot.slack.blockkit.blocks import Block, Element, bold_cell, cell, line, note, rich, section, table, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip, escape
from hcpcs_bot.slack.cards.parts.target import CardTarget

ROWS_SHOWN: Final = 60
"""Maximum rows."""
TABLE_TEXT: Final = 9_000
"""Maximum characters of all cells; Slack takes 10,000."""
REST_TEXT: Final = 600
"""Maximum characters of the note of rows that are left out."""


class TableRow(NamedTuple):
    """One row: ``name`` in bold, and ``lines`` of text. The first line is in bold, too, if it is a verdict.

    Each line may begin with words in bold, its ``leads``: the name of a code.
    """

    name: str
    lines: tuple[str, ...]
    leads: tuple[str, ...] = ()
    verdict: bool = False

    @property
    def size(self) -> int:
        """Characters of both cells."""
        return len(self.name) + sum(len(text) + 1 for text in (*self.lines, *self.leads))


def code_table(
    head: tuple[str, str], rows: Sequence[TableRow], target: CardTarget, *, wrap_names: bool = False
) -> list[Block]:
    """The rows under ``head``, as many as Slack takes; those that are left out are named below.

    Names longer than a code may be wrapped.
    """
    shown: list[TableRow] = []
    room = TABLE_TEXT
    for row in rows[:ROWS_SHOWN]:
        room -= row.size
        if room < 0:
            break
        shown.append(row)
    if target.tables:
        drawn: list[list[Element]] = [[bold_cell(text) for text in head]]
        drawn += [[bold_cell(row.name), _lines(row)] for row in shown]
        blocks = [table(drawn, [wrap_names, True])] if shown else []
    else:
        blocks = [_paragraph(row) for row in shown]
    left = rows[len(shown) :]
    if left:
        rest = clip(", ".join(row.name for row in left), REST_TEXT)
        blocks.append(note(f"And {len(left)} more; ask for fewer at a time: {rest}"))
    return blocks


def _lines(row: TableRow) -> Element:
    if len(row.lines) < 2 and not row.leads and not row.verdict:
        return cell("".join(row.lines))
    return rich(
        *(
            line(*([words(f"{lead} ", bold=True)] if lead else []), words(text, bold=row.verdict and number == 0))
            for number, (lead, text) in enumerate(_with_leads(row))
        )
    )


def _paragraph(row: TableRow) -> Block:
    texts = [f"*{escape(lead)}* {escape(text)}" if lead else escape(text) for lead, text in _with_leads(row)]
    return section("\n".join([f"*{escape(row.name)}*  {texts[0]}" if texts else f"*{escape(row.name)}*", *texts[1:]]))


def _with_leads(row: TableRow) -> list[tuple[str, str]]:
    return list(zip(row.leads or ("",) * len(row.lines), row.lines, strict=True))
