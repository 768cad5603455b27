"""What the record does state about a subject that it doesn't state as a whole: one or two facts per code.

``tables/subjects.toml`` names these functions by subject.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from hcpcs.answers.answer import Verdict
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.facts.authorization_answer import answer_authorizations
from hcpcs.answers.facts.fact_answer import fact_evidence
from hcpcs.answers.facts.policy_answer import policy_evidence
from hcpcs.answers.facts.unit_limit_answer import answer_unit_limits
from hcpcs.answers.intents.pricing import pricing_sentence
from hcpcs.answers.rendering.sentences import field_evidence, in_sentence
from hcpcs.records.billing.payment_categories import NO_SEPARATE_PRICE
from hcpcs.records.families.noc import noc_advice
from hcpcs.records.record import RecordKind, Statement
from hcpcs.records.terms.glossary import term

HOSPITAL_CODES: Final = "c_codes"
"""The term of the glossary that says what C codes are."""
Part = Callable[[AnswerContext, Statement], tuple[Evidence, ...]]
"""Gives what a statement says that bears on a subject; none where it says nothing."""


def verdict_part(context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """Medicare's coverage of the code, which the record does state; that it ended is said before."""
    if statement.record.kind is RecordKind.MODIFIER:
        return modifiers_part(context, statement)
    ruling = context.judge(statement)
    if ruling.verdict is Verdict.TERMINATED:
        return ()
    return (
        Evidence(kind=EvidenceKind.PROOF, text=f"What the record states: {ruling.claim}", code=statement.record.code),
    )


def not_payable_part(context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """Evidence that Medicare doesn't pay the code at all, where the record says so: there is no amount then."""
    return verdict_part(context, statement) if context.judge(statement).verdict is Verdict.NOT_PAYABLE else ()


def description_part(_context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """What the code stands for, in its short description."""
    record = statement.record
    text = in_sentence(record.short_description or record.long_description)
    return (Evidence(kind=EvidenceKind.DESCRIPTION, text=f"{text}.", code=record.code, label=record.code),)


def long_description_part(_context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """What the code stands for, in full."""
    record = statement.record
    text = f"{in_sentence(record.long_description)}."
    return (Evidence(kind=EvidenceKind.PROOF, text=text, code=record.code, label=record.code),)


def pricing_part(_context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """How Part B prices the code."""
    text = pricing_sentence(statement)
    return (Evidence(kind=EvidenceKind.PROOF, text=text, code=statement.record.code, field="pricing_indicator_1"),)


def modifiers_part(_context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """What a modifier says that is named in the question; nothing for a procedure."""
    record = statement.record
    if record.kind is not RecordKind.MODIFIER:
        return ()
    text = f"{in_sentence(record.long_description)}."
    return (Evidence(kind=EvidenceKind.MODIFIER, text=text, code=record.code, label=f"Modifier {record.code}"),)


def setting_part(_context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """The providers that C codes were created for; nothing for other codes."""
    record, explained = statement.record, term(HOSPITAL_CODES)
    if record.kind is RecordKind.MODIFIER or record.code[0] != "C" or explained is None:
        return ()
    return (Evidence(kind=EvidenceKind.CONDITION, text=explained.text, code=record.code, label=explained.label),)


def manual_part(_context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """The manual sections that the record cites."""
    return field_evidence(statement, ("cim_references", "mcm_references"), named=True)


def policy_part(_context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """The policies of the DME MACs on the code, which say what must be documented."""
    return policy_evidence(statement.record.code)


def unit_limit_part(context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """The maximum units of the code on a claim, where a table of them is loaded; it is not a maximum dose."""
    stated = answer_unit_limits(context, (statement,))
    return (fact_evidence(stated.headline, statement.record.code),) if stated.facts else ()


def authorization_part(context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """Whether the code is on the list of items that need prior authorization, where the list is loaded."""
    stated = answer_authorizations(context, (statement,)) if context.companions.editions else None
    return (fact_evidence(stated.headline, statement.record.code),) if stated and stated.headline else ()


def crosswalk_part(_context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """The codes that the record refers to."""
    return field_evidence(statement, ("cross_references",), named=True)


def separate_payment_part(_context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """Evidence that Part B sets no separate price for the code, where its pricing indicator says so."""
    record = statement.record
    if record.kind is RecordKind.MODIFIER or record.pricing_indicators[:1] != (NO_SEPARATE_PRICE,):
        return ()
    text = f"{record.code} has pricing indicator {NO_SEPARATE_PRICE}: Part B sets no separate price for it."
    return (Evidence(kind=EvidenceKind.PROOF, text=text, code=record.code, field="pricing_indicator_1"),)


def noc_part(context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """What a claim with a NOC code must say besides the code; nothing for any other code."""
    record = statement.record
    if not context.catalog.is_not_otherwise_classified(record):
        return ()
    return (
        Evidence(
            kind=EvidenceKind.NOC, text=noc_advice(record.long_description), code=record.code, field="long_description"
        ),
    )


def rental_part(_context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """The pricing indicator that names the payment category."""
    return field_evidence(statement, ("pricing_indicator_1",), named=True)


def betos_part(_context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """The group of the code in CMS's statistics."""
    return field_evidence(statement, ("betos",), named=True)


PARTS: Final[Mapping[str, Part]] = MappingProxyType(
    {
        "verdict": verdict_part,
        "not_payable": not_payable_part,
        "description": description_part,
        "long_description": long_description_part,
        "pricing": pricing_part,
        "modifiers": modifiers_part,
        "manual": manual_part,
        "policy": policy_part,
        "setting": setting_part,
        "crosswalk": crosswalk_part,
        "separate_payment": separate_payment_part,
        "noc": noc_part,
        "rental": rental_part,
        "betos": betos_part,
        "unit_limit": unit_limit_part,
        "authorization": authorization_part,
    }
)
"""The parts by their names in the table."""
