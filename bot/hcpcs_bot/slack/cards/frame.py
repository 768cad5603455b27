"""What all cards share: the target they are drawn for, and the lines and controls around an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import quote

from hcpcs.answers.answer import Answer, RecordView, Source
from hcpcs.records.contacts import CONTACT_LINE, contact_summary
from hcpcs.records.fields import long_date
from hcpcs_bot.slack.blockkit.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    header,
    line,
    link_button,
    note,
    person,
    rich,
    type_ahead,
    words,
)
from hcpcs_bot.slack.blockkit.mrkdwn import clip, clip_escaped, escape, is_user, mention
from hcpcs_bot.slack.ids import ActionId, AnswerMode, ButtonState, code_question

TEXT_LIMIT: Final = 3900
"""Characters of a message's ``text``; Slack asks to stay under 4,000."""
NOTICES_LIMIT: Final = 2_500
HEADLINE_AS_HEADER: Final = 150

COVERAGE_DATABASE: Final = "https://www.cms.gov/medicare-coverage-database/search-results.aspx?keyword={code}&keywordType=starts&areaId=all&contractOption=all"
HCPCS_PAGE: Final = "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system"


class CardPlace(StrEnum):
    """Where a card is shown: it decides which controls make sense, and whether it can contain a table."""

    PRIVATE = "private"
    PUBLIC = "public"
    VIEW = "view"
    UNFURL = "unfurl"


class CardTarget(NamedTuple):
    """Who and where a card is drawn for. ``today`` is the asker's day, ``shared_by`` the user who shared it."""

    place: CardPlace
    today: date
    shared_by: str = ""
    hint: str = ""
    mode: AnswerMode = AnswerMode.ASK

    @property
    def tables(self) -> bool:
        """Whether Slack takes a table block here (in messages only)."""
        return self.place in {CardPlace.PRIVATE, CardPlace.PUBLIC}

    @property
    def controls(self) -> bool:
        """Whether the card may carry controls (an unfurl carries none)."""
        return self.place is not CardPlace.UNFURL


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
    contact: bool = True,
    sharable: bool = True,
) -> Card:
    """A card: who shared it, the body, notices, one row of controls, contacts and source."""
    blocks: list[Block] = []
    if is_user(target.shared_by):
        blocks.append(rich(line(words("Shared by "), person(target.shared_by), words(" from /hcpcs", italic=True))))
    if target.hint:
        blocks.append(note(target.hint))
    blocks += body
    if answer.notices:
        blocks.append(note(clip("\n".join(notice.text for notice in answer.notices), NOTICES_LIMIT)))
    row = [*(share(answer, target) if sharable else ()), *controls] if target.controls else []
    if row:
        blocks.append(actions("controls", row))
    if contact:
        blocks.append(context(escape("\n".join(contact_summary(answer.contacts) or (CONTACT_LINE,)))))
    blocks.append(note(source_line(answer)))
    return Card(whole_text(answer, target), blocks)


def headline(text: str) -> list[Block]:
    """The answer in a sentence: a large line, or a bold paragraph where it is long."""
    if len(text) <= HEADLINE_AS_HEADER:
        return [header(text)]
    return [rich(line(words(text, bold=True)))]


def whole_text(answer: Answer, target: CardTarget) -> str:
    """The answer in words, for notifications and screen readers, which read this and not the blocks."""
    said = [f"Shared by {mention(target.shared_by)}:"] if is_user(target.shared_by) else []
    said += [escape(target.hint)] if target.hint else []
    room = TEXT_LIMIT - sum(len(text) + 1 for text in said)
    return "\n".join([*said, clip_escaped(answer.text, room)])


def source_line(answer: Answer) -> str:
    """Which release proves the answer, for which day, and the answer's id."""
    source = answer.source
    return f"Source: {source_name(source)} · as of {long_date(source.day)} · answer {answer.answer_id}"


def source_name(source: Source) -> str:
    """``HCPCS October 2025 (0123456789ab)``: a release and the start of its digest."""
    return f"{source.release} ({source.digest[:12]})" if source.digest else source.release


def share(answer: Answer, target: CardTarget) -> list[Element]:
    """The button that posts a private answer to the channel; gone once it was shared."""
    if target.place is not CardPlace.PRIVATE or target.shared_by:
        return []
    value = ButtonState(answer.question, target.today, answer.offset, target.mode).pack()
    return [] if value is None else [button("Share to channel", ActionId.SHARE, value, primary=True)]


def question_for(code: str, source: Source, target: CardTarget) -> str:
    """The question that gives a code's card again, for the same day of service."""
    return code_question(code) if source.day == target.today else f"{code_question(code)} on {source.day.isoformat()}"


def ask_button(
    text: str, question: str, target: CardTarget, place: str | int, label: str | None = None
) -> Element | None:
    """A button that asks ``question``; ``None`` where the question is too long to be carried."""
    value = ButtonState(question, target.today).pack()
    return None if value is None else button(text, ActionId.OPEN.at(place), value, label=label)


def open_button(code: str, source: Source, target: CardTarget, place: str | int) -> Element | None:
    """A button that opens a code's card; ``None`` where no controls are allowed."""
    if not target.controls:
        return None
    return ask_button("Open", question_for(code, source, target), target, place, f"Open the card of {code}")


def compare_select(code: str) -> Element:
    """A type-ahead that compares ``code`` with the code chosen."""
    return type_ahead("Compare with…", ActionId.COMPARE.at(code))


def code_controls(record: RecordView, target: CardTarget) -> list[Element]:
    """The controls of one code's card."""
    value = ButtonState(question_for(record.code, record.source, target), target.today).pack()
    row = [compare_select(record.code)]
    if value is not None:
        row.append(button("What these fields mean", ActionId.FIELDS.at(record.code), value))
    return [*row, *code_links(record.code)]


def code_links(code: str) -> list[Element]:
    """CMS's own pages about the code."""
    database = COVERAGE_DATABASE.format(code=quote(code))
    return [
        link_button("Medicare Coverage Database ↗", ActionId.LINK.at("coverage"), database),
        link_button("CMS HCPCS page ↗", ActionId.LINK.at("hcpcs"), HCPCS_PAGE),
    ]


def short(text: str, limit: int) -> str:
    """Escaped mrkdwn of a text cut to ``limit`` characters between words."""
    return escape(clip(text, limit))
