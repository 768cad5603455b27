"""The buttons and selects of cards: the id of each, its text, and the row of a card that it is in.

What a button does is in ``listeners/actions.py``, under the same ``ActionId``.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from hcpcs.answers.answer import Answer, RecordView, Source
from hcpcs_bot.slack.blockkit.blocks import Element, button, link_button, type_ahead
from hcpcs_bot.slack.cards.parts.target import CardPlace, CardTarget
from hcpcs_bot.slack.ids import ButtonState, code_question

COVERAGE_DATABASE: Final = "https://www.cms.gov/medicare-coverage-database/search-results.aspx?keyword={code}&keywordType=starts&areaId=all&contractOption=all"
HCPCS_PAGE: Final = "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system"


class ActionId(StrEnum):
    """What a control does. Slack wants ids unique within a message: ``at`` numbers controls that do the same."""

    SHARE = "share"
    OPEN = "open"
    PAGE = "page"
    COMPARE = "compare"
    FIELDS = "fields"
    DESCRIPTION = "description"
    SEARCH = "search"
    LOOKUP = "lookup"
    LINK = "link"

    def at(self, place: str | int) -> str:
        """The id of this control at ``place`` in a message."""
        return f"{self.value}:{place}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches this control's id at any place."""
        return re.compile(rf"^{self.value}(:.*)?$", re.DOTALL)


def share_button(answer: Answer, target: CardTarget) -> list[Element]:
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
