"""How many units may be billed: the medically unlikely edits (MUE) of each setting, and a policy's usual maximum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.asked_units import units_beside
from hcpcs.answers.doses.compared_limits import LimitComparison, asked_units, compared_with_edits, compared_with_usual
from hcpcs.answers.doses.dose import number_of
from hcpcs.answers.doses.unit_sentences import units_of_code
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.facts.fact_answer import (
    FactAnswer,
    absence_sentence,
    fact_evidence,
    loaded_look_ups,
    names_of,
    proofs_of,
)
from hcpcs.answers.facts.policy_answer import policy_evidence
from hcpcs.answers.facts.trait_answer import answer_trait
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import EditionKind, Fact, FactLookUp
from hcpcs.companions.forms.unit_limits import SETTINGS
from hcpcs.questions.question import AskedDetail, Intent
from hcpcs.records.billing.billing_settings import BillingSetting
from hcpcs.records.billing.billing_units import NoUnitSize, unit_size
from hcpcs.records.billing.counted_units import DAYS_OF, LimitPeriod
from hcpcs.records.billing.payment_categories import is_rented_by_month, payment_category
from hcpcs.records.manuals.dme_policies import usual_maximum
from hcpcs.records.modifiers.pricing_modifiers import pricing_modifiers_of
from hcpcs.records.record import CodeRecord, Statement
from hcpcs.records.terms.descriptor_traits import DescriptorTrait
from hcpcs.records.terms.vocabularies import NOT_COVERED

_KINDS: Final = (EditionKind.MUE_PRACTITIONER, EditionKind.MUE_OUTPATIENT_HOSPITAL, EditionKind.MUE_DME)
_MORE: Final = "More than the usual limit needs a reason in the medical record."
LIFETIME: Final = "For equipment, Medicare's reasonable useful lifetime is at least five years (42 CFR 414.210(f))."
_EQUIPMENT: Final = (("E0100", "E1999"), ("K0001", "K0014"), ("K0800", "K0899"))
"""Runs of codes that have most devices. Source: the section headings of the HCPCS file."""
_OF_A_DEVICE: Final = re.compile(r"\b(?:accessory|replacement|attachment)\b", re.IGNORECASE)
"""What the description of a part says: what is used up or worn out with a device has limits of its own."""
_NO_EDITS: Final = "No MUE table is loaded."
_PER_LINE: Final = "1"
"""The adjudication indicator of an edit that checks each claim line alone."""


def answer_unit_limits(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """The maximum units of each code per day or claim line: in the setting asked about first, or where it is billed."""
    asked = context.question.setting
    heads: list[str] = []
    evidence: list[Evidence] = []
    facts: list[Fact] = []
    for code in (statement.record.code for statement in statements):
        look_ups = loaded_look_ups(context, _KINDS, code)
        if not look_ups:
            return FactAnswer()
        stated = [fact for look_up in look_ups for fact in look_up.facts]
        absent = [look_up for look_up in look_ups if not look_up.facts]
        if asked is None:
            leading = [fact for fact in stated if fact.value] or stated
        else:
            leading = [fact for fact in stated if fact.qualifiers.setting is asked]
        heads.append(_head(code, look_ups, stated, leading, asked))
        others = [fact for fact in stated if fact not in leading]
        evidence += [
            fact_evidence(f"{units}.", code, label=f"{code}, {join_words(settings)}")
            for units, settings in _by_units(others).items()
        ]
        evidence += [
            fact_evidence(text, code, label=f"{code}, {join_words(settings)}")
            for text, settings in _edits(stated).items()
        ]
        if stated:
            unsaid = [one for one in absent if SETTINGS[one.kind] is not asked]
            evidence += [fact_evidence(absence_sentence(look_up, code), code) for look_up in unsaid]
        evidence += proofs_of(look_ups, context.day)
        facts += [*leading, *others]
    return FactAnswer(" ".join(heads), tuple(evidence), tuple(facts))


def answer_limits(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """The MUE of each code and the usual maximum of its policy, which leads where a month or year is asked about."""
    edits = answer_unit_limits(context, statements)
    codes = [statement.record.code for statement in statements]
    usual = [
        f"The usual quantity limit of {code} is {known.quantity} (LCD {known.policy.lcd})."
        for code in codes
        if (known := usual_maximum(code))
    ]
    beside = [fact_evidence(_MORE, "")] if usual else []
    beside += dict.fromkeys(one for code in codes for one in policy_evidence(code))
    heads, period = [edits.headline], context.question.limit_period
    if usual and period is not None:
        heads = [*usual, edits.headline]
    elif usual and edits.headline:
        beside = [*(fact_evidence(sentence, "") for sentence in usual), *beside]
    elif usual:
        of_amount = AskedDetail.ALL_RIGHT in context.question.details
        heads = [*usual, _NO_EDITS] if of_amount else [_NO_EDITS, *usual]
    elif period is not None and edits.headline:
        # An MUE is of a day or line: the limit of a month or year is in none of the files.
        heads = [f"The files loaded have no limit {period.text}: the LCD or the payer sets it.", edits.headline]
    unpaid = [one.record.code for one in statements if one.record.coverage in NOT_COVERED]
    if not edits.facts and len(unpaid) == len(statements) > 0:
        # Of what Medicare doesn't pay for it has no limit: the payer that does has one.
        heads = [f"Medicare doesn't pay for {join_words(unpaid)} and has no limit: another payer's policy states one."]
    if period is not None and any(_is_device(one.record) for one in statements):
        if edits.headline:
            heads.insert(0, LIFETIME)
        else:
            beside.insert(0, fact_evidence(LIFETIME, ""))
    if (rented := _rented_by_month(statements, period)) and edits.headline:
        heads.insert(0, rented)
    elif rented:
        beside.insert(0, fact_evidence(rented, ""))
    if by_days := _by_days(statements, period):
        heads = [by_days, *(heads if any(heads) else [_NO_EDITS])]
    often = answer_trait(DescriptorTrait.FREQUENCY, statements).headline if period is not None else ""
    if often and len(unpaid) < len(statements):
        heads = [often, *(heads if any(heads) else [_NO_EDITS])]
    compared = _comparison(context, statements, edits.facts)
    if compared.states_usual:
        heads = [head for head in heads if head not in usual]
    heads = [compared.sentence, *heads]
    if any(heads) and _counts_otherwise(context, statements):
        heads.insert(0, units_beside(context, statements))  # "A4259 200 per 3 months": 2 boxes of 100
    return FactAnswer(" ".join(filter(None, heads)), (*beside, *edits.evidence), edits.facts)


def _comparison(context: AnswerContext, statements: Sequence[Statement], edits: Sequence[Fact]) -> LimitComparison:
    """Whether the units of the question are more than the limits: the usual one first where a period is given."""
    asked = asked_units(context, statements)
    if asked is None:
        return LimitComparison()
    setting = context.question.setting
    of_setting = [fact for fact in edits if setting is None or fact.qualifiers.setting is setting]
    usual = usual_maximum(asked.code)
    by_usual = compared_with_usual(context, asked, usual) if usual else LimitComparison()
    by_edits = compared_with_edits(context, asked, of_setting)
    first, second = (by_edits, by_usual) if asked.days is None else (by_usual, by_edits)
    return first if first.sentence else second


def _is_device(record: CodeRecord) -> bool:
    """Whether a code is a device that Medicare pays for as equipment, and neither a part of one nor oxygen contents."""
    priced = pricing_modifiers_of(record.code, next(iter(record.pricing_indicators), None))
    return (
        any(first <= record.code <= last for first, last in _EQUIPMENT)
        and payment_category(record.pricing_indicators, record.types_of_service) is not None
        and (priced is None or bool(priced.modifiers))
        and not _OF_A_DEVICE.search(record.long_description)
    )


def _rented_by_month(statements: Sequence[Statement], period: LimitPeriod | None) -> str:
    """The sentence that one unit of rented equipment is a month of rent; blank for other periods and things."""
    if period is None or period.days != DAYS_OF["month"]:
        return ""
    records = [one.record for one in statements]
    rented = [one.code for one in records if is_rented_by_month(one.pricing_indicators, one.types_of_service)]
    return f"One unit of {join_words(rented)} with RR is a month of rent." if rented else ""


def _by_days(statements: Sequence[Statement], period: LimitPeriod | None) -> str:
    """The units of a month of the codes that are billed per day, where a month is asked about; else blank."""
    if period is None or period.days != DAYS_OF["month"]:
        return ""
    sizes = [(one.record.code, unit_size(one.record.long_description)) for one in statements]
    daily = [
        code
        for code, size in sizes
        if isinstance(size, NoUnitSize) and size.counted and size.counted.thing == "day" and size.counted.number == 1
    ]
    days = DAYS_OF["month"]
    are = "is" if len(daily) == 1 else "are"
    return f"{join_words(daily)} {are} billed per day: a month of {days} days is {days} units." if daily else ""


def _counts_otherwise(context: AnswerContext, statements: Sequence[Statement]) -> bool:
    """Whether the amount of the question is another number of units of its only code: 200 lancets are 2 boxes."""
    amounts = {number_of(one) for one in context.question.quantities if one.unit}
    if len(statements) != 1 or not amounts or context.question.intent is Intent.UNITS:
        return False  # the units are the answer there
    record = statements[0].record
    billed = units_of_code(record.code, record.long_description, context.question).billed
    return billed is not None and billed not in amounts


def _edits(stated: Sequence[Fact]) -> dict[str, list[str]]:
    """How more units are treated, each with the settings that it holds for; 0 says it already."""
    edits: dict[str, list[str]] = {}
    for terms in (fact.qualifiers for fact in stated if fact.value):
        text = f"MAI {terms.adjudication}, {terms.adjudication_meaning}; rationale: {terms.rationale}."
        edits.setdefault(text, []).append(terms.setting or "")
    return edits


def _head(
    code: str,
    look_ups: Sequence[FactLookUp],
    stated: Sequence[Fact],
    leading: Sequence[Fact],
    asked: BillingSetting | None,
) -> str:
    if leading:
        limits = [f"{units} for {join_words(settings)} services" for units, settings in _by_units(leading).items()]
        return f"The MUE of {code} is {join_words(limits)}."
    if stated:
        absent = [look_up for look_up in look_ups if SETTINGS[look_up.kind] is asked]
        return absence_sentence(absent[0], code) if absent else f"No MUE table for {asked} services is loaded."
    tables = names_of(look_up.edition for look_up in look_ups if look_up.edition is not None)
    return f"{code} is not on the {join_words(tables)}." if tables else absence_sentence(look_ups[0], code)


def _by_units(facts: Sequence[Fact]) -> dict[str, list[str]]:
    """The settings of each limit in words, those in which the code is billed first."""
    by_limit: dict[str, list[str]] = {}
    for fact in sorted(facts, key=lambda fact: not fact.value):
        by_limit.setdefault(_units(fact), []).append(fact.qualifiers.setting or "")
    return by_limit


def _units(fact: Fact) -> str:
    """``8 units a day``, ``1 unit per claim line``, ``0 (not billed in this setting)``."""
    count = int(str(fact.value))
    per = "per claim line" if fact.qualifiers.adjudication == _PER_LINE else "a day"
    if count == 0:
        return f"0 ({fact.qualifiers.meaning})"
    return f"{count:,} unit{'' if count == 1 else 's'} {per}"
