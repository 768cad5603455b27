"""The second of two questions, where the answer is to one of them: it is named, so that it can be asked alone."""

from __future__ import annotations

from collections.abc import Mapping, Set
from types import MappingProxyType
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.questions.conversation.asked_parts import AskedPart, asked_parts
from hcpcs.questions.question import SUBJECT_OF_INTENT
from hcpcs.questions.subject import Subject, subjects_beyond_record

_OPEN: Final = frozenset({Subject.UNSTATED, Subject.DESCRIPTION, Subject.SMALL_TALK})
"""Subjects of a part that say too little of what it asks."""
_IN_THE_ANSWER: Final[Mapping[Subject, Set[Subject]]] = MappingProxyType(
    {
        Subject.COVERAGE: {
            Subject.AMOUNT,
            Subject.PRICE,
            Subject.LIMIT,
            Subject.PRIOR_AUTHORIZATION,
            Subject.POLICY,
        },
        Subject.STATUS: {Subject.REPLACEMENT, Subject.HISTORY},
        Subject.REPLACEMENT: {Subject.STATUS},
        Subject.AMOUNT: {Subject.PRICE, Subject.RENTAL, Subject.COVERAGE},
        Subject.PRICE: {Subject.AMOUNT, Subject.RENTAL},
        Subject.RENTAL: {Subject.PRICE, Subject.AMOUNT},
        Subject.UNITS: {Subject.DESCRIPTION, Subject.DISCARDED_DRUG},
    }
)
"""Subjects that the answer to another gives as well."""


def with_second_question(context: AnswerContext, draft: Draft) -> Draft:
    """``draft`` with a notice of the part of the question that it doesn't answer, where there are two."""
    if draft.outcome is not Outcome.ANSWERED:
        return draft
    left_out = [
        part.text for part in asked_parts(context.question, context.today) if _is_left_out(part, context, draft)
    ]
    if not left_out:
        return draft
    notice = Notice(kind=NoticeKind.UNUSED, text=f'Not answered: "{left_out[0]}". Ask it alone, with its code.')
    return draft.model_copy(update={"notices": (*draft.notices, notice)})


def _is_left_out(part: AskedPart, context: AnswerContext, draft: Draft) -> bool:
    """Whether a part asks about a subject that the answer neither gives nor names."""
    question = context.question
    answered = question.subject or (SUBJECT_OF_INTENT[question.intent] if question.intent else Subject.HELP)
    if part.subject is None:
        return answered is not Subject.DESCRIPTION
    if part.subject is answered or part.subject in _OPEN or part.subject in question.out_of_scope:
        return False
    if part.subject is Subject.COVERAGE and _states_coverage(answered, draft):
        return False
    if part.subject is Subject.FIELD:
        return not set(part.fields) <= {fact.field for fact in draft.evidence}
    return part.subject not in _IN_THE_ANSWER.get(answered, frozenset())


def _states_coverage(answered: Subject, draft: Draft) -> bool:
    """Whether Medicare's verdict is among what an answer says."""
    entry = subjects_beyond_record().get(answered)
    beside = entry is not None and "verdict" in entry.parts
    return beside or any(fact.field == "coverage" for fact in draft.evidence)
