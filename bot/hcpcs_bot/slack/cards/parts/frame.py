"""The frame of every card: the lines above and below an answer, its row of controls, and its plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from hcpcs.answers.answer import Answer
from hcpcs.answers.rendering.plain_text import OUTDATED
from hcpcs.records.contacts import Contact, contact_summary
from hcpcs.records.fields import long_date
from hcpcs_bot.slack.blockkit.blocks import (
    Block,
    Element,
    actions,
    header,
    line,
    note,
    person,
    rich,
    sentence,
    words,
)
from hcpcs_bot.slack.blockkit.mrkdwn import clip, clip_escaped, escape, is_user, mention
from hcpcs_bot.slack.cards.parts.buttons import ActionId, share_button
from hcpcs_bot.slack.cards.parts.feedback import with_feedback
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.team_notes import note_texts

TEXT_LIMIT: Final = 3900
"""Maximum characters of a message's ``text``; Slack asks to stay under 4,000."""
NOTICES_LIMIT: Final = 2_500
"""Maximum characters of all notices of an answer together."""
HEADLINE_AS_HEADER: Final = 120
"""Maximum characters of a large line: four lines on a phone. A longer answer is a bold paragraph."""
CONTACTS_SHOWN: Final = 2
"""Maximum contacts in the line below a card; the full record and the contact card have all."""


class Card(NamedTuple):
    """A drawn answer: ``text`` is the whole answer in words, ``blocks`` the same as Block Kit."""

    text: str
    blocks: list[Block]


def frame(
    answer: Answer,
    target: CardTarget,
    body: Iterable[Block],
    controls: Sequence[Element] = (),
    *,
    sharable: bool = True,
    sources: bool = True,
) -> Card:
    """A card: who shared it, the body, notices, one row of controls, and a small line each for contacts and source."""
    blocks: list[Block] = []
    if is_user(target.shared_by):
        blocks.append(rich(line(words("Shared by "), person(target.shared_by), words(" from /hcpcs", italic=True))))
    if target.hint:
        blocks.append(note(target.hint))
    blocks += body
    if answer.notices:
        blocks.append(note(clip("\n".join(notice.text for notice in answer.notices), NOTICES_LIMIT)))
    row = [*(share_button(answer, target) if sharable else ()), *controls] if target.controls else []
    if sharable:
        row = with_feedback(row, answer, target, ActionId.LINK.at("answer"))
    if row:
        blocks.append(actions("controls", row))
    if sources:
        if answer.contacts:
            blocks.append(note(contact_line(answer.contacts)))
        blocks.append(note(source_line(answer)))
    return Card(whole_text(answer, target), blocks)


def contact_line(contacts: Sequence[Contact]) -> str:
    """The contacts most likely to help, in a small line: ``Ask PDAC (877) 735-1326 · hcpcs@cms.hhs.gov``."""
    _, _, addresses = contact_summary(tuple(contacts[:CONTACTS_SHOWN]))[0].partition(": ")
    return f"Ask {addresses}"


def headline(text: str) -> list[Block]:
    """The answer in a sentence: a large line, or a bold paragraph where it is long."""
    if len(text) <= HEADLINE_AS_HEADER:
        return [header(text)]
    return [rich(line(*sentence(text, bold=True)))]


def whole_text(answer: Answer, target: CardTarget) -> str:
    """The answer in words, for notifications and screen readers, which read this and not the blocks."""
    lines = [f"Shared by {mention(target.shared_by)}:"] if is_user(target.shared_by) else []
    lines += [escape(target.hint)] if target.hint else []
    notes = [escape(text) for text in note_texts(target)]
    room = TEXT_LIMIT - sum(len(text) + 1 for text in (*lines, *notes))
    answered = [clip_escaped(answer.text, room)]
    return "\n".join([*lines, *(notes + answered if target.notes_first else answered + notes)])


def source_line(answer: Answer) -> str:
    """Which release proves the answer, and for which day."""
    source = answer.source
    age = f" · {OUTDATED}" if source.outdated else ""
    return f"Source: {source.release} · as of {long_date(source.day)}{age}"
