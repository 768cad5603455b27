"""The state that an answer is for where the question names none: that of the asker's team, or of the conversation."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.questions.payers import MEDICAID
from hcpcs.questions.question import Intent, Question
from hcpcs.questions.subject import Subject, subjects_beyond_record
from hcpcs.records.billing.areas import area_name
from hcpcs.records.record import Frozen


class AreaSource(StrEnum):
    """Where an assumed state comes from, in the words of the answer."""

    TEAM = "your team's state"
    CONVERSATION = "the state of this conversation"


class AssumedArea(Frozen):
    """A state or territory, by its abbreviation, that holds where a question names none."""

    code: str
    source: AreaSource = AreaSource.TEAM


_BY_AREA: Final = frozenset({Intent.COVERAGE, Intent.PRICING, Intent.REFERRAL})
"""The intents whose answers may depend on a state."""


def may_depend_on_area(question: Question) -> bool:
    """Whether a state may matter to a question that names none."""
    if question.area is not None or question.zip_code is not None:
        return False
    if question.payer is not None and MEDICAID not in question.payer and not question.names_medicare:
        return False  # what another insurer covers is its own in every state
    return question.intent in _BY_AREA or question.subject in subjects_beyond_record() or _asks_for_contractor(question)


def in_area(question: Question, area: AssumedArea) -> Question:
    """The question, asked for a state. "Who is the DME MAC" asks what a MAC is only as long as there is no state."""
    named = question.model_copy(update={"area": area.code})
    if not _asks_for_contractor(question):
        return named
    return named.model_copy(update={"intent": Intent.REFERRAL, "subject": Subject.CONTRACTOR})


def _asks_for_contractor(question: Question) -> bool:
    return question.intent in {Intent.DEFINE, Intent.CONTACT} and Subject.CONTRACTOR in question.out_of_scope


def with_area_notice(draft: Draft, area: AssumedArea) -> Draft:
    """``draft`` with the line that says which state it is for: ``For Texas, your team's state.``"""
    notice = Notice(kind=NoticeKind.PLACE, text=f"For {area_name(area.code)}, {area.source.value}.")
    return draft.model_copy(update={"notices": (notice, *draft.notices)})
