"""How many billing units is an amount? The division of the amount by the unit that the descriptor states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.discarded_amounts import holds_drug
from hcpcs.answers.doses.drug_by_name import answer_drug_by_name, several_drugs
from hcpcs.answers.doses.own_amounts import unsure_code
from hcpcs.answers.doses.unit_counts import unit_evidence
from hcpcs.answers.doses.unit_sentences import units_of_code
from hcpcs.answers.evidence import Evidence, Notice, NoticeKind
from hcpcs.answers.facts import answer_from_facts
from hcpcs.answers.facts.amounts.asked_amounts import asked_amounts, without_amount_subjects
from hcpcs.answers.facts.amounts.vial_units import VialUnits, vial_units
from hcpcs.answers.facts.trait_answer import one_unit_sentence, proof_sentence
from hcpcs.answers.intents.compare import ended_sentences
from hcpcs.answers.lookup import look_up, procedures_or_all, views
from hcpcs.answers.notices.modifier_sentences import fitting_sentence
from hcpcs.answers.notices.payers import payer_sentence
from hcpcs.answers.notices.record_notices import record_notices
from hcpcs.answers.notices.refusals import refuse, side_notices
from hcpcs.answers.parts.intent_contacts import contacts_for
from hcpcs.answers.parts.searches.fitting_codes import fitting_code
from hcpcs.answers.parts.successors import successions
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import Fact
from hcpcs.questions.payers import ANY_INSURER
from hcpcs.questions.question import AskedDetail, QuantityRole
from hcpcs.questions.subject import Subject
from hcpcs.records.billing.billing_units import unit_size
from hcpcs.records.codes import CodeSystem
from hcpcs.records.families.code_families import is_skin_substitute
from hcpcs.records.field_spec import long_date
from hcpcs.records.record import CodeRecord, Statement, Status

CAUTION: Final = Notice(
    kind=NoticeKind.CAUTION,
    text="Check the payer's rules: payers differ on rounding, discarded drug (modifiers JW and JZ) and daily unit "
    "limits.",
)
CAUTION_OF_ITEMS: Final = Notice(
    kind=NoticeKind.CAUTION, text="Check the payer's rules: payers differ on rounding and unit limits."
)
"""The same for things, miles and hours, of which no drug is discarded."""
_DRUGS: Final = "51"
"""Pricing indicator of drugs."""


def _is_a_drug(record: CodeRecord) -> bool:
    """Whether a code is of a drug, of which a part may be discarded: not of a formula, miles or strips."""
    if is_skin_substitute(record.code):
        return False
    by_price = record.code.startswith("J") or _DRUGS in record.pricing_indicators
    return by_price or holds_drug(unit_size(record.long_description))


def _ends(context: AnswerContext, statements: Sequence[Statement]) -> tuple[str, ...]:
    """When codes ended that units are asked of: they are not billed any more, whatever the arithmetic."""
    if any(statement.active for statement in statements):
        return ended_sentences(statements)
    sentences = []
    for statement, then in zip(statements, successions(context, statements), strict=True):
        last_day = statement.record.termination_date
        if statement.status is Status.TERMINATED and last_day is not None:
            after = f"; likely replaced by {join_words(then.replaced_by, 'or')}" if then.replaced_by else ""
            sentences.append(f"{statement.record.code} ended on {long_date(last_day)}{after}.")
            sentences += units_of_replacement(context, then.replaced_by) if len(statements) == 1 else []
    return tuple(sentences)


def units_of_replacement(context: AnswerContext, codes: Sequence[str]) -> list[str]:
    """The units of the only code that likely replaced one that ended, for the dose of the question."""
    statement = context.state(codes[0]) if len(codes) == 1 else None
    if statement is None or not statement.active:
        return []
    units = units_of_code(codes[0], statement.record.long_description, context.question)
    return [units.head] if units.units else []


def _limits(context: AnswerContext, statements: Sequence[Statement]) -> tuple[str, ...]:
    """What is known of a limit, where a question asks whether a dose is all right: the record has no doses."""
    claimed = any(one.role is QuantityRole.CLAIMED for one in context.question.quantities)
    beside_code = any(mention.units is not None for mention in context.question.codes)
    if AskedDetail.ALL_RIGHT not in context.question.details or claimed or beside_code:
        return ()
    limits = answer_from_facts(context, Subject.LIMIT, statements)
    if not any(holds_drug(unit_size(one.record.long_description)) for one in statements):
        return (limits.headline,) if limits.headline else ()
    codes = join_words([statement.record.code for statement in statements])
    states = "states" if len(statements) == 1 else "state"
    unknown = f"The record of {codes} {states} no maximum dose: see the drug's label."
    return (unknown, limits.headline) if limits.facts else (unknown,)


def answer_units(context: AnswerContext) -> Draft:
    """The units of each code of the question for the amounts asked about, or what one unit is.

    Without a code, the words of the question find the codes.
    """
    if several := several_drugs(context, answer_units):
        return several
    codes = context.question.codes
    not_billed = all(mention.system in {CodeSystem.MODIFIER, CodeSystem.ICD10} for mention in codes)
    if not codes or (not_billed and context.question.words):
        # "Saphnelo 300 mg from a 300 mg vial, JZ?", "toradol 60 mg dx M54.50": beside a drug that is named in words.
        return answer_drug_by_name(replace(context, question=context.question.model_copy(update={"codes": ()})))
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    heads: list[str] = []
    facts: list[Evidence] = []
    of_files: list[Fact] = []
    rules: dict[str, None] = {}
    counted = 0
    statements = procedures_or_all(lookup.statements)
    for place, statement in enumerate(statements):
        record = statement.record
        units = units_of_code(record.code, record.long_description, context.question, place, len(statements))
        vials = VialUnits() if units.units else vial_units(context, record.code)
        if vials.sentence:
            units = units._replace(head=vials.sentence)
        facts += vials.evidence
        of_files += vials.facts
        heads.insert(counted if units.units else len(heads), units.head)
        counted += bool(units.units)
        facts += unit_evidence(record, units.steps)
        rules.update(dict.fromkeys(units.rules))
    described = [(statement.record.code, statement.record.long_description) for statement in statements]
    if fit := fitting_code(context.question.quantities, described):
        heads = [fit.sentence]
    if of_one := one_unit_sentence(context, statements):  # "is J0585 per 10 units", "is T1019 per hour"
        heads = [of_one]
    elif proved := proof_sentence(context, statements):  # "is A0425 per mile"
        heads.insert(0, proved)
    elif counted > 1 and (unsure := unsure_code(context.question, [descriptor for _, descriptor in described])):
        heads.insert(0, unsure)
    limits = _limits(context, statements)
    if len(limits) == 1 and not counted:  # "A4353 180 units a month ok?": only its limit can be said
        heads = []
    if context.question.fitting_modifiers:  # "J9271 200 mg vial fully used, units and modifier"
        heads = [*(heads if counted else ()), fitting_sentence(context, lookup)]
    heads = [*_ends(context, statements), *heads, *limits]
    amounts = asked_amounts(context, lookup.statements)
    heads += [amounts.headline] if amounts.headline else []
    payer = "" if context.question.payer == ANY_INSURER else payer_sentence(context)
    heads = [payer, *heads] if payer else heads
    caution = CAUTION if any(_is_a_drug(one.record) for one in statements) else CAUTION_OF_ITEMS
    cautions = tuple(Notice(kind=NoticeKind.CAUTION, text=rule) for rule in rules) or (() if payer else (caution,))
    return Draft(
        codes=tuple(statement.record.code for statement in lookup.statements),
        headline=" ".join(dict.fromkeys(heads)),
        evidence=(*facts, *amounts.evidence),
        facts=(*of_files, *amounts.facts),
        notices=(
            *cautions,
            *record_notices(context, lookup.statements),
            *side_notices(without_amount_subjects(context, amounts), lookup),
        ),
        records=views(context, lookup.statements),
        contacts=contacts_for(context, lookup.statements),
    )
