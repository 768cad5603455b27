"""The list of a team's notes, a page at a time, each with a button to change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from hcpcs_bot.slack.blockkit.blocks import (
    Block,
    Element,
    actions,
    button,
    header,
    note,
    plain_section,
    preformatted,
    rich,
)
from hcpcs_bot.slack.blockkit.mrkdwn import clip_escaped, escape
from hcpcs_bot.slack.cards.parts.buttons import ActionId
from hcpcs_bot.slack.cards.parts.frame import TEXT_LIMIT, Card
from hcpcs_bot.slack.ids import COMMAND
from hcpcs_bot.team.note import NoteTarget, TeamNote

PAGE_SIZE: Final = 8
"""Notes per page: 500 characters each are far from Slack's limit of 13,200 per message."""


class NotePage(NamedTuple):
    """The notes to list: on ``target``, or all where it is ``None``; ``changeable`` are the numbers of those that the
    person may change.
    """

    notes: Sequence[TeamNote]
    target: NoteTarget | None
    offset: int
    changeable: frozenset[int]


def draw_notes(page: NotePage) -> Card:
    """A page of notes, newest first."""
    shown = page.notes[page.offset : page.offset + PAGE_SIZE]
    about = f" on {page.target.phrase}" if page.target else ""
    title = f"Team notes{about} ({len(page.notes):,})"
    blocks: list[Block] = [header(title)]
    for one in shown:
        edit = button("Edit", ActionId.EDIT_NOTE.at(one.number), str(one.number), label=f"Edit note {one.number}")
        blocks.append(plain_section(note_line(one), edit if one.number in page.changeable else None))
    if controls := _paging(page):
        blocks.append(actions("note-pages", controls))
    blocks.append(note(f"Kept by your team, not from CMS. To save all: {COMMAND} notes export"))
    text = "\n".join([title, *map(note_line, shown)])
    return Card(clip_escaped(text, TEXT_LIMIT), blocks)


def note_line(one: TeamNote) -> str:
    """``17 · S9353 · @robin, Nov 26, 2026: BCBS of Texas pays with auth``."""
    return f"{one.number} · {one.target.phrase} · {one.byline}: {one.text}"


def note_export(text: str, count: int, total: int) -> Card:
    """The notes as CSV to copy; those that don't fit into a message are left out, and it says so."""
    rest = f" The first {count:,} are here; `hcpcs notes export` on the server has all." if count < total else ""
    head = f"{total:,} team {'note' if total == 1 else 'notes'} as CSV.{rest}"
    return Card(escape(head), [note(head), rich(preformatted(text))])


def _paging(page: NotePage) -> list[Element]:
    target = page.target.phrase if page.target else ""
    pages = (
        ("◀ Previous", page.offset - PAGE_SIZE, page.offset > 0),
        ("Next ▶", page.offset + PAGE_SIZE, page.offset + PAGE_SIZE < len(page.notes)),
    )
    return [
        button(label, ActionId.NOTES_PAGE.at(number), f"{max(0, offset)}|{target}")
        for number, (label, offset, exists) in enumerate(pages)
        if exists
    ]
