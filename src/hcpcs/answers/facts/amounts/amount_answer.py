"""How much does Medicare pay? The fee schedule, the Part B payment limit and the hospital rate of a code."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.dose import plain_number
from hcpcs.answers.doses.unit_counts import number_of_units
from hcpcs.answers.doses.unit_sentences import units_of_code
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.facts.amounts.asked_area import asked_area
from hcpcs.answers.facts.amounts.capped_rental import asked_month
from hcpcs.answers.facts.amounts.fee_answer import coinsurance_sentence, fee_answer, times_units
from hcpcs.answers.facts.amounts.hospital_answer import hospital_rate
from hcpcs.answers.facts.amounts.vial_units import VialUnits, vial_units
from hcpcs.answers.facts.fact_answer import (
    FactAnswer,
    absence_sentence,
    dollars,
    fact_evidence,
    money,
    proof_of,
)
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import Absence, EditionKind, Fact, FactSubject
from hcpcs.companions.forms.unclassified_limits import EVERY_DRUG
from hcpcs.questions.question import AskedDetail
from hcpcs.records.billing.billing_settings import BillingSetting
from hcpcs.records.billing.payment_categories import other_schedule_of
from hcpcs.records.families.code_families import is_drug
from hcpcs.records.record import RecordKind, Statement
from hcpcs.records.terms.vocabularies import NOT_COVERED

ABSENT_CAUTION: Final = (
    "An item that isn't listed may still be paid another way, such as at the price that the MAC sets."
)
MAC_NAMES_CODE: Final = "The MAC says which not otherwise classified code a drug is billed with."
DRUGS_NAMED: Final = 4
"""Maximum drugs without a code that a sentence names; the facts have all of them."""
_NUTRITION: Final = "B"
"""The first letter of the codes of parenteral and enteral nutrition, which have a schedule of their own."""
_KINDS: Final = (EditionKind.DMEPOS, EditionKind.ASP, EditionKind.OPPS)
LIMIT_CAUTION: Final = "A payment limit is not coverage, and a drug that isn't listed may still be paid another way."


def answer_amounts(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """What the loaded files pay for each code; empty where none is loaded and Medicare pays for any of the codes."""
    procedures = [one for one in statements if one.record.kind is RecordKind.PROCEDURE]
    if not context.companions.editions and not all(one.record.coverage in NOT_COVERED for one in procedures):
        return FactAnswer()
    place = asked_area(context)
    by_area = False
    parts: list[FactAnswer] = []
    mentions = {mention.code: mention for mention in context.question.codes}
    alone = tuple(one.record.code for one in statements if one.record.kind is RecordKind.MODIFIER)
    for number, statement in enumerate(procedures):
        code = statement.record.code
        modifiers = (*mentions[code].modifiers, *alone) if code in mentions else alone
        fees = fee_answer(context, code, tuple(dict.fromkeys(modifiers)), place)
        units = units_of_code(code, statement.record.long_description, context.question, number, len(procedures))
        fees = times_units(fees, code, units.billed)
        limit = _limit(context, statement, number, len(procedures))
        by_area |= bool(fees.headline)
        stated = [part for part in (fees, limit) if part.headline]
        asked = context.question.setting is BillingSetting.OUTPATIENT_HOSPITAL
        hospital = _hospital(context, statement, number, len(procedures), leads=asked or not stated)
        if hospital.headline:
            stated = [hospital, *(part._replace(headline="") for part in stated)]
        elif not stated:
            stated = [_absent(context, statement)]
        parts += stated
        if hospital.facts and not hospital.headline:
            parts.append(hospital)
    if not any(part.headline for part in parts):
        return FactAnswer()
    # Only the fee schedules differ by area: no list has a drug's limit or an ambulance's ZIP code.
    if by_area:
        parts.insert(0, FactAnswer("", place.evidence, place.facts))
    return FactAnswer(
        " ".join(dict.fromkeys(part.headline for part in parts if part.headline)),
        tuple(dict.fromkeys(one for part in parts for one in part.evidence)),
        tuple(fact for part in parts for fact in part.facts),
    )


def answer_rentals(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """The rent of a month or place that a question on rental names; empty where it asks for the rules of rental."""
    question = context.question
    month = asked_month(question, ())
    place = question.area is not None or question.zip_code is not None
    if month is None and (not place or question.payment_category is not None):
        return FactAnswer()
    return answer_amounts(context, statements)


def answer_cost_sharing(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """The coinsurance of the drugs that the limits list, and of one code of the fee schedule in a state."""
    listed = [one for one in statements if context.facts_of(EditionKind.ASP, one.record.code).facts]
    if listed:
        return answer_amounts(context, statements)
    place = asked_area(context)
    procedures = [one.record for one in statements if one.record.kind is RecordKind.PROCEDURE]
    if place.area is None or len(procedures) != 1:
        return FactAnswer()
    fees = answer_amounts(context, statements)
    share = coinsurance_sentence(fees, procedures[0].code, place)
    if not share:
        return FactAnswer()
    whole = fact_evidence(fees.headline, procedures[0].code, label="The fee schedule")
    return fees._replace(headline=share, evidence=(whole, *fees.evidence))


def _absent(context: AnswerContext, statement: Statement) -> FactAnswer:
    """The answer that Medicare pays nothing for a code, or that no loaded schedule or limit lists it; empty otherwise.

    A not otherwise classified code of drugs has the limits of the drugs that are billed with such a code.
    """
    code = statement.record.code
    kinds = (EditionKind.PEN,) if code.startswith(_NUTRITION) else _KINDS
    look_ups = [context.facts_of(kind, code) for kind in kinds]
    loaded = [look_up for look_up in look_ups if look_up.absence is not Absence.NOT_LOADED]
    # A drug is paid by its limit: that there is none for the day says more than a schedule of items without it.
    limits = next((one for kind, one in zip(kinds, look_ups, strict=True) if kind is EditionKind.ASP), None)
    if is_drug(code) and limits in loaded and limits.absence is not Absence.NOT_LISTED:
        return FactAnswer(absence_sentence(limits, code))
    if statement.record.coverage in NOT_COVERED:
        return FactAnswer(
            f"Medicare has no amount for {code}, which it doesn't pay for; Medicaid and other payers set theirs."
        )
    schedule = other_schedule_of(code, statement.record.pricing_indicators)
    if schedule is not None and loaded:
        return FactAnswer(f"Medicare pays {code} by {schedule}, which isn't loaded here.")
    labels = [one.edition.label for one in loaded if one.edition is not None and one.absence is Absence.NOT_LISTED]
    if labels:
        head = f"{code} is not on the {join_words(labels, 'or')}."
        caution = fact_evidence(ABSENT_CAUTION, "")
        drugs = _unclassified(context, statement)
        return FactAnswer(f"{head}{drugs.headline}", (*drugs.evidence, caution), drugs.facts)
    if not loaded and code.startswith(_NUTRITION):
        return FactAnswer(f"{absence_sentence(look_ups[0], code).removesuffix('.')}: it would list {code}.")
    unlisted = next((look_up for look_up in loaded if look_up.absence is not None), None)
    return FactAnswer() if unlisted is None else FactAnswer(absence_sentence(unlisted, code))


def _unclassified(context: AnswerContext, statement: Statement) -> FactAnswer:
    """The limits of drugs without a code, for a not otherwise classified code of drugs; empty for any other code."""
    look_up = context.facts_of(EditionKind.NOC_LIMITS, EVERY_DRUG)
    record = statement.record
    of_drugs = is_drug(record.code) and context.catalog.is_not_otherwise_classified(record)
    if not of_drugs or not look_up.facts or look_up.edition is None:
        return FactAnswer()
    facts = look_up.facts
    limits = [f"{one.qualifiers.drug} {money(one.decimal)} {one.unit.removeprefix('USD ')}" for one in facts]
    more = [f"{len(limits) - DRUGS_NAMED} more"] if len(limits) > DRUGS_NAMED else []
    drugs = "1 drug" if len(limits) == 1 else f"{len(limits)} drugs"
    head = f" CMS lists payment limits for {drugs} without a code: {join_words([*limits[:DRUGS_NAMED], *more])}."
    proof = proof_of(facts, look_up.edition, context.day)
    return FactAnswer(head, (fact_evidence(MAC_NAMES_CODE, ""), proof), facts)


def _limit(context: AnswerContext, statement: Statement, number: int, codes: int) -> FactAnswer:
    """The Part B payment limit of a code, times the units that the question gives."""
    code = statement.record.code
    look_up = context.facts_of(EditionKind.ASP, code)
    if not look_up.facts or look_up.edition is None:
        return FactAnswer()
    limit = look_up.facts[0]
    percent = next((one.decimal for one in look_up.facts if one.subject is FactSubject.COINSURANCE), None)
    terms = limit.qualifiers
    evidence: list[Evidence] = []
    vials = VialUnits()
    paid: Decimal | None = None
    written = ""
    if limit.value is None:
        head = f"{code} has no payment limit in the file (N/A): {terms.notes or 'no note'}."
    else:
        head = f"The Part B payment limit of {code} is {money(limit.decimal)} {limit.unit.removeprefix('USD ')}."
        paid, written = limit.decimal, money(limit.decimal)
        units = units_of_code(code, statement.record.long_description, context.question, number, codes)
        vials = VialUnits() if units.billed else vial_units(context, code)
        evidence += vials.evidence
        units = units._replace(billed=units.billed or vials.billed, steps=() if vials.billed else units.steps)
        if units.billed:
            paid = limit.decimal * (units.billed + units.discarded)
            written = dollars(paid)
            steps = [_line(units.billed, limit)]
            discarded = ""
            if units.discarded:
                discarded = f" and {plain_number(Decimal(units.discarded))} discarded units (JW)"
                steps.append(f"JW line: {_line(Decimal(units.discarded), limit)}")
            are = "is" if units.billed == 1 and not units.discarded else "are"
            head = f"{number_of_units(units.billed)} of {code}{discarded} {are} {written}"
            head = f"{head} at the Part B payment limit."
            evidence += [fact_evidence(text, code, label=code) for text in (*units.steps, *steps)]
    if percent is not None:
        share = "" if paid is None else dollars(paid * percent / Decimal(100))
        if share and AskedDetail.COINSURANCE in context.question.details:
            head = f"The coinsurance of {code} is {_percent(percent)} of {written}: {share}. {head}"
        else:
            of_paid = f" of {written} is {share}" if share else ""
            evidence.append(fact_evidence(f"Coinsurance: {_percent(percent)}{of_paid}.", code, label=code))
    if terms.notes and limit.value is not None:
        evidence.append(fact_evidence(f"CMS's note: {terms.notes}.", code, label=code))
    evidence += [proof_of(look_up.facts, look_up.edition, context.day), fact_evidence(LIMIT_CAUTION, "")]
    return FactAnswer(head, tuple(evidence), (*look_up.facts, *vials.facts))


def _line(units: Decimal, limit: Fact) -> str:
    """``75 x $73.632 per 10 MG = $5,522.40.``"""
    total = dollars(limit.decimal * units)
    each = limit.unit.removeprefix("USD ")
    return f"{plain_number(units)} x {money(limit.decimal)} {each} = {total}."


def _percent(number: Decimal) -> str:
    return f"{number.normalize():f} percent"


def _hospital(context: AnswerContext, statement: Statement, number: int, codes: int, *, leads: bool) -> FactAnswer:
    """The rate of an outpatient hospital: in the first sentence where it ``leads``, else under the other amounts.

    A leading rate is multiplied by the units that the question gives.
    """
    code = statement.record.code
    look_up = context.facts_of(EditionKind.OPPS, code)
    rates: list[Fact] = [fact for fact in look_up.facts if fact.subject is FactSubject.AMOUNT]
    if not rates or look_up.edition is None:
        return FactAnswer()
    proof = proof_of(rates, look_up.edition, context.day)
    if not leads:
        evidence = [fact_evidence(hospital_rate(fact), code, label=f"{code}, outpatient hospital") for fact in rates]
        return FactAnswer("", (*evidence, proof), tuple(rates))
    head = " ".join(f"{code} in an outpatient hospital: {hospital_rate(fact)}" for fact in rates)
    units = units_of_code(code, statement.record.long_description, context.question, number, codes).billed
    if units and units != 1:
        total = dollars(rates[0].decimal * units)
        head = f"{plain_number(units)} units of {code} in an outpatient hospital are {total} at the OPPS rate. {head}"
    return FactAnswer(head, (proof,), tuple(rates))
