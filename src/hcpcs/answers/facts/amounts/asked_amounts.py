"""The amounts that a question asks beside another subject: "Q4186 2x3 cm how many units and price"."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.facts import answer_from_facts
from hcpcs.answers.facts.fact_answer import FactAnswer
from hcpcs.questions.subject import Subject, subjects_beyond_record
from hcpcs.records.record import Statement

AMOUNTS: Final = frozenset({Subject.AMOUNT, Subject.DRUG_PRICE})
"""The subjects that an amount answers."""


def asked_amounts(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """What companion files pay for the codes, where the question asks that, too; empty where it doesn't."""
    if AMOUNTS.isdisjoint(context.question.out_of_scope):
        return FactAnswer()
    return answer_from_facts(context, Subject.AMOUNT, statements)


def no_amounts(context: AnswerContext) -> str:
    """The sentence that no amount is known, where the question asks for one; else blank."""
    asked = not AMOUNTS.isdisjoint(context.question.out_of_scope)
    return subjects_beyond_record()[Subject.AMOUNT].general if asked else ""


def without_amount_subjects(context: AnswerContext, amounts: FactAnswer) -> AnswerContext:
    """``context`` without the subjects that ``amounts`` answers, so that no notice refuses them."""
    return without_subjects(context, AMOUNTS) if amounts.headline else context


def without_subjects(context: AnswerContext, subjects: Set[Subject]) -> AnswerContext:
    """``context`` without subjects that are answered elsewhere, so that no notice refuses them."""
    left = tuple(one for one in context.question.out_of_scope if one not in subjects)
    return replace(context, question=context.question.model_copy(update={"out_of_scope": left}))
