"""The buttons and selects of cards: the id of each, its text, and the row of a card that it is in.

What a button does is in ``listeners/actions.py``, under the same ``ActionId``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import quote

from hcpcs.answers.answer import Answer, RecordView, Source
from hcpcs.search_port import CodeFamily
from hcpcs_bot.slack.blockkit.blocks import (
    OPTION_VALUE,
    Element,
    button,
    link_option,
    option,
    overflow,
    static_select,
    type_ahead,
)
from hcpcs_bot.slack.cards.parts.target import CardPlace, CardTarget
from hcpcs_bot.slack.ids import ButtonState, code_question

COVERAGE_DATABASE: Final = "https://www.cms.gov/medicare-coverage-database/search-results.aspx?keyword={code}&keywordType=starts&areaId=all&contractOption=all"
HCPCS_PAGE: Final = "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system"


class CodeChoice(NamedTuple):
    """One code to open: what a select shows, and the question that gives its card."""

    label: str
    question: str


class ActionId(StrEnum):
    """What a control does. Slack wants ids unique within a message: ``at`` numbers controls that do the same."""

    SHARE = "share"
    OPEN = "open"
    PAGE = "page"
    MORE = "more"
    COMPARE = "compare"
    FIELDS = "fields"
    DESCRIPTION = "description"
    """On cards of older versions: it is the full record now."""
    SEARCH = "search"
    LOOKUP = "lookup"
    LINK = "link"
    FEEDBACK = "feedback"
    EDIT_NOTE = "edit_note"
    DELETE_NOTE = "delete_note"
    NOTES_PAGE = "notes_page"

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


def open_select(choices: Iterable[CodeChoice], target: CardTarget, place: str) -> list[Element]:
    """A select that opens the card of one of several codes, instead of a button for each."""
    return _select("Open a code…", choices, target, place)


def _select(placeholder: str, choices: Iterable[CodeChoice], target: CardTarget, place: str) -> list[Element]:
    options = []
    for choice in choices:
        value = ButtonState(choice.question, target.today).pack()
        if value is not None and len(value) <= OPTION_VALUE:
            options.append(option(choice.label, value))
    return [static_select(placeholder, ActionId.OPEN.at(place), options)] if options and target.controls else []


def family_select(families: Sequence[CodeFamily], target: CardTarget) -> list[Element]:
    """A select of families to browse, instead of a button for each."""
    choices = (CodeChoice(f"{family.prefix}* {family.label}", f"{family.prefix}*") for family in families)
    return _select("Browse a family…", choices, target, "families")


def compare_select(code: str) -> Element:
    """A type-ahead that compares ``code`` with the code chosen."""
    return type_ahead("Compare with…", ActionId.COMPARE.at(code))


def full_record_button(record: RecordView, target: CardTarget) -> list[Element]:
    """The button that shows every field of a record in a modal."""
    value = ButtonState(question_for(record.code, record.source, target), target.today).pack()
    return [] if value is None else [button("Full record", ActionId.FIELDS.at(record.code), value)]


def code_controls(record: RecordView, target: CardTarget) -> list[Element]:
    """The controls of one code's card: its full record, a comparison, and a menu of links."""
    return [*full_record_button(record, target), compare_select(record.code), link_menu(record.code)]


def link_menu(code: str) -> Element:
    """CMS's own pages about the code, behind ``⋯``."""
    database = COVERAGE_DATABASE.format(code=quote(code))
    return overflow(
        ActionId.LINK.at(code),
        [
            link_option("Medicare Coverage Database ↗", "coverage", database),
            link_option("CMS HCPCS page ↗", "hcpcs", HCPCS_PAGE),
        ],
    )
