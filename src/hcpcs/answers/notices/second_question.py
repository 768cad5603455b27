"""The questions behind the first: each is answered in a sentence behind its answer, or named as not answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import EvidenceKind, Notice, NoticeKind
from hcpcs.answers.facts import FACT_ANSWERS, answer_from_facts
from hcpcs.answers.facts.amounts.asked_amounts import AMOUNTS
from hcpcs.answers.facts.fact_answer import FactAnswer
from hcpcs.answers.lookup import look_up
from hcpcs.answers.notices.unused_words import with_more_unused
from hcpcs.questions.conversation.asked_parts import AskedPart, asked_parts
from hcpcs.questions.question import SUBJECT_OF_INTENT, AskedDetail, Intent
from hcpcs.questions.subject import Subject, subjects_beyond_record
from hcpcs.records.billing.areas import area_name

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

_READ_THERE: Final[Mapping[Intent, Set[Subject]]] = MappingProxyType({Intent.UNITS: AMOUNTS, Intent.COMPARE: AMOUNTS})
"""Subjects that the answers to an intent look up themselves."""
_STATED_THERE: Final = frozenset({*AMOUNTS, Subject.LIMIT, Subject.PRIOR_AUTHORIZATION, Subject.POLICY})
"""Subjects of which an answer on coverage has a line."""
OTHER_AREAS: Final = 3
"""Maximum states behind the first that are answered for."""
_OPENING: Final = re.compile(r"^(?:Yes|No|Maybe)\b[^.:]*\. ")
"""What only the first answer begins with: "No.", "No, not yet, according to its record."."""
_PROOFS: Final = frozenset({EvidenceKind.FACT, EvidenceKind.ARITHMETIC, EvidenceKind.WHERE_TO_LOOK})
"""What the answer to a part has below it that its sentence can't do without."""


def facts_beside(context: AnswerContext) -> dict[Subject, FactAnswer]:
    """What companion files and our tables say of the other subjects that a question names: "J9271 asp and mue".

    It is empty where the answer to the question states it itself.
    """
    question = context.question
    if question.intent is None or not question.codes:
        return {}
    left = {question.subject, *_READ_THERE.get(question.intent, frozenset[Subject]())}
    others = [one for one in question.out_of_scope if one in FACT_ANSWERS and one not in left]
    if not others:
        return {}
    plain = question.model_copy(update={"details": question.details - {AskedDetail.YES_NO}})
    statements = look_up(context).statements
    stated = _STATED_THERE if question.intent is Intent.COVERAGE else frozenset[Subject]()
    answers: dict[Subject, FactAnswer] = {}
    for subject in others:
        answer = answer_from_facts(replace(context, question=plain), subject, statements)
        if not answer.headline or (question.subject in AMOUNTS and subject in AMOUNTS):
            continue
        repeated = subject in stated or any(answer.headline == one.headline for one in answers.values())
        answers[subject] = FactAnswer() if repeated else answer
    return answers


def with_facts_beside(draft: Draft, beside: Mapping[Subject, FactAnswer]) -> Draft:
    """``draft`` with the first sentences of ``beside`` behind its own, and the facts that they are drawn from."""
    added = [one for one in beside.values() if one.headline and one.headline not in draft.headline]
    if not added or draft.outcome is not Outcome.ANSWERED:
        return draft
    sentences = [_OPENING.sub("", one.headline) for one in added]
    update = {
        "headline": " ".join([draft.headline, *sentences]),
        "lead": " ".join([draft.lead, *sentences]).lstrip(),
        "evidence": (*draft.evidence, *(evidence for one in added for evidence in one.evidence)),
        "facts": (*draft.facts, *(fact for one in added for fact in one.facts)),
    }
    return draft.model_copy(update=update)


def with_other_areas(context: AnswerContext, draft: Draft, answer: Callable[[AnswerContext], Draft]) -> Draft:
    """``draft`` with what ``answer`` says for each state that the question names behind the first, where it differs.

    A state that makes no difference beside one that does is named instead, as are those after the first ones.
    """
    question = context.question
    if draft.outcome is not Outcome.ANSWERED or not question.other_areas:
        return draft
    by_state = area_name(question.area or "") in draft.headline
    answered = question.other_areas[: OTHER_AREAS if question.payer is None or question.names_medicare else 0]
    unused: list[str] = []
    for area in question.other_areas:
        details = question.details - {AskedDetail.DIFFERENCE}
        elsewhere = question.model_copy(update={"area": area, "other_areas": (), "details": details})
        other = _with_answer(draft, answer(replace(context, question=elsewhere))) if area in answered else draft
        if other == draft and by_state and area_name(area) not in draft.headline:
            unused.append(area_name(area))
        draft = other
    return with_more_unused(draft, unused)


def with_second_question(context: AnswerContext, draft: Draft, answer: Callable[[AnswerContext], Draft]) -> Draft:
    """``draft`` with what ``answer`` says of each part of the question that it doesn't answer, where there are several.

    A part is answered by the first sentence of its own answer; one that only its words explain is named instead.
    """
    if draft.outcome is not Outcome.ANSWERED:
        return draft
    parts = [one for one in asked_parts(context.question, context.today) if _is_left_out(one, context, draft)]
    for part in parts:
        alone = answer(replace(context, question=part.question)) if part.subject is not None else None
        if alone is None or alone.outcome is not Outcome.ANSWERED:
            notice = Notice(kind=NoticeKind.UNUSED, text=f'Not answered: "{part.text}". Ask it alone, with its code.')
            draft = draft.model_copy(update={"notices": (*draft.notices, notice)})
        else:
            draft = _with_answer(draft, alone)
    return draft


def _with_answer(draft: Draft, alone: Draft) -> Draft:
    """``draft`` with the headline of ``alone`` behind its own, without a yes or no, and the facts that prove it."""
    sentence = _OPENING.sub("", alone.headline)
    sentence = "" if sentence in draft.headline else sentence
    update = {
        "headline": f"{draft.headline} {sentence}".rstrip(),
        "lead": f"{draft.lead} {sentence}".strip(),
        "evidence": tuple(dict.fromkeys((*draft.evidence, *(one for one in alone.evidence if one.kind in _PROOFS)))),
        "facts": tuple(dict.fromkeys((*draft.facts, *alone.facts))),
    }
    return draft.model_copy(update=update)


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
        return not set(part.question.fields) <= {fact.field for fact in draft.evidence}
    return part.subject not in _IN_THE_ANSWER.get(answered, frozenset())


def _states_coverage(answered: Subject, draft: Draft) -> bool:
    """Whether Medicare's verdict is among what an answer says."""
    entry = subjects_beyond_record().get(answered)
    beside = entry is not None and "verdict" in entry.parts
    return beside or any(fact.field == "coverage" for fact in draft.evidence)
