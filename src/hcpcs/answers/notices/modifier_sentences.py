"""The first sentence on the modifiers of a code: what fits a purpose, a month of a rental, or those named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.lookup import LookupResult, procedures_or_all
from hcpcs.answers.parts.transports import transport_sentence
from hcpcs.answers.rendering.sentences import in_sentence, join_words
from hcpcs.questions.recognizers.modifiers.modifier_words import is_cpt
from hcpcs.records.billing.payment_categories import CAPPED_RENTAL, RENTAL_MONTHS
from hcpcs.records.modifiers.ambulance_points import is_ambulance_code, transport_of
from hcpcs.records.record import RecordKind, Statement

CODES_NAMED: Final = 6
"""Maximum codes that a sentence names."""


def fitting_sentence(context: AnswerContext, lookup: LookupResult) -> str:
    """The modifiers for the purpose that is given, and that the record doesn't say whether the codes require them."""
    fitting = context.question.fitting_modifiers
    records = [one.record for one in procedures_or_all(lookup.statements)]
    if len(fitting) == 1 and transport_of(fitting[0]) and all(is_ambulance_code(one.code) for one in records):
        return transport_sentence(fitting[0])
    named = [
        f"{one}, {in_sentence(statement.record.long_description)}" if (statement := context.state(one)) else one
        for one in fitting
        if not is_cpt(one)
    ]
    named += [f"CPT modifier {one}" for one in fitting if is_cpt(one)]
    codes = [statement.record.code for statement in procedures_or_all(lookup.statements)]
    codes += [f"{mention.system.value} {mention.code}" for mention in lookup.foreign]
    do = "doesn't say whether" if len(fitting) == 1 else "doesn't say which of them"
    require = "requires" if len(codes) == 1 else "require"
    it = " it" if len(fitting) == 1 else ""
    return (
        f"{'Modifier' if len(fitting) == 1 else 'Modifiers'} for that: {'; '.join(named)}. The HCPCS record {do} "
        f"{join_words(codes[:CODES_NAMED])} {require}{it}."
    )


def named_modifiers_sentence(context: AnswerContext, lookup: LookupResult) -> str:
    """Which month of a rental has which modifier, or that the record doesn't say whether codes take those named."""
    statements = [one for one in lookup.statements if one.record.kind is RecordKind.PROCEDURE]
    if month := _rental_month(context.question.rental_month, statements):
        return month
    cpt, codes = context.question.cpt_modifiers, [one.record.code for one in statements]
    ours = [one.record.code for one in lookup.statements if one.record.kind is RecordKind.MODIFIER]
    if not codes or not (cpt or ours):
        return ""
    asked = join_words([*ours, *(f"CPT modifier {one}" for one in cpt)], "or")
    take, named = "takes" if len(codes) == 1 else "take", join_words(codes[:CODES_NAMED])
    if cpt:
        return f"The HCPCS record doesn't say whether {named} {take} {asked}."
    return (
        f"The modifiers a claim needs for {named} are not in the record: it doesn't say whether {named} {take} {asked}."
    )


def _rental_month(month: int | None, statements: Sequence[Statement]) -> str:
    """The modifier of one month of capped rentals; blank where no month or another sort of item is asked about."""
    codes = [one.record.code for one in statements if one.record.pricing_indicators[:1] == (CAPPED_RENTAL,)]
    modifier = next((one.modifier for one in RENTAL_MONTHS if month and one.first <= month <= one.last), None)
    if modifier is None or len(codes) != len(statements) or not codes:
        return ""
    months = ", ".join(f"{one.modifier} for {one.words}" for one in RENTAL_MONTHS)
    return f"RR and {modifier}: month {month} of the capped rental of {join_words(codes)} takes {modifier} ({months})."
