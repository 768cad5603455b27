"""The first sentence on the modifiers of a code: what fits a purpose, a month of a rental, or those named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.lookup import LookupResult, procedures_or_all
from hcpcs.answers.parts.transports import transport_sentence
from hcpcs.answers.rendering.sentences import in_sentence, join_words
from hcpcs.questions.recognizers.modifiers.modifier_words import is_cpt
from hcpcs.records.billing.payment_categories import CAPPED_RENTAL, PAYMENT_CATEGORIES, RENTAL_MONTHS
from hcpcs.records.field_spec import long_date
from hcpcs.records.modifiers.ambulance_points import is_ambulance_code, transport_of
from hcpcs.records.modifiers.modifier_pairs import has_rule_on_each, rules_on
from hcpcs.records.modifiers.pricing_modifiers import ON_AMBULANCE_LINES, pricing_modifiers_of
from hcpcs.records.record import RecordKind, Statement, Status

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
    first = f"{'Modifier' if len(fitting) == 1 else 'Modifiers'} for that: {'; '.join(named)}."
    # "TB or JG for a 340B drug": the other one may have ended.
    first = " ".join((first, *ended_modifiers(one for one in lookup.statements if one.record.code not in fitting)))
    codes = [one.record.code for one in lookup.statements if one.record.kind is RecordKind.PROCEDURE]
    codes += [f"{mention.system.value} {mention.code}" for mention in lookup.foreign if not is_cpt(mention.code)]
    if not codes:
        return first
    do = "doesn't say whether" if len(fitting) == 1 else "doesn't say which of them"
    require = "requires" if len(codes) == 1 else "require"
    it = " it" if len(fitting) == 1 else ""
    return f"{first} The HCPCS record {do} {join_words(codes[:CODES_NAMED])} {require}{it}."


def ended_modifiers(statements: Iterable[Statement]) -> Iterator[str]:
    """When each modifier of the statements ended that has."""
    for statement in statements:
        record = statement.record
        if record.kind is RecordKind.MODIFIER and statement.status is Status.TERMINATED and record.termination_date:
            yield f"{record.code} ended on {long_date(record.termination_date)}."


def named_modifiers_sentence(context: AnswerContext, lookup: LookupResult) -> str:
    """Which month of a rental has which modifier, or that the record doesn't say whether codes take those named."""
    statements = [one for one in lookup.statements if one.record.kind is RecordKind.PROCEDURE]
    if month := _rental_month(context.question.rental_month, statements):
        return month
    cpt, codes = context.question.cpt_modifiers, [one.record.code for one in statements]
    ours = [one.record.code for one in lookup.statements if one.record.kind is RecordKind.MODIFIER]
    asked = {one for one in ours if one not in cpt}
    priced = pricing_sentence(statements, frozenset(asked))
    if not codes or not (cpt or ours) or (priced and not cpt):
        return priced
    listed = join_words([*ours, *(f"CPT modifier {one}" for one in cpt)], "or")
    take, named = "takes" if len(codes) == 1 else "take", join_words(codes[:CODES_NAMED])
    if cpt:
        return f"The HCPCS record doesn't say whether {named} {take} {listed}."
    unknown = f"it doesn't say whether {named} {take} {listed}."
    return f"The modifiers a claim needs for {named} are not in the record: {unknown}"


def pricing_sentence(statements: Sequence[Statement], asked: frozenset[str] = frozenset()) -> str:
    """Which modifiers the claim lines of equipment have by its payment category, and those of ambulance services.

    Blank for other items, and where modifiers are ``asked`` about of which one is not among those.
    """
    records = [one.record for one in statements if one.record.kind is RecordKind.PROCEDURE][:CODES_NAMED]
    if records and all(is_ambulance_code(one.code) for one in records):
        codes = join_words([one.code for one in records])
        return "" if asked else f"Modifiers a claim needs for {codes}: {ON_AMBULANCE_LINES}."
    lines: dict[tuple[str, str], list[str]] = {}
    for record in records:
        indicator = next(iter(record.pricing_indicators), None)
        priced = pricing_modifiers_of(record.code, indicator)
        if indicator is None or priced is None or not asked <= priced.modifiers:
            return ""
        lines.setdefault((indicator, priced.on_a_line), []).append(record.code)
    sentences = [
        f"Modifiers a claim needs for {join_words(codes)}, {PAYMENT_CATEGORIES[indicator].name} (pricing indicator "
        f"{indicator}): {on_a_line}."
        for (indicator, on_a_line), codes in lines.items()
    ]
    return " ".join((*sentences, "Other modifiers, such as KX, aren't in the record.")) if sentences else ""


def together_sentence(lookup: LookupResult) -> str:
    """Whether the modifiers that are named share a claim line; blank where no published rule is known on them."""
    names = [one.record.code for one in lookup.statements if one.record.kind is RecordKind.MODIFIER]
    ended = [*ended_modifiers(lookup.statements)]
    rules = rules_on(names)
    if not rules or (rules[0].together and not has_rule_on_each(names)):
        return " ".join(ended)
    return " ".join((*ended, "Yes." if rules[0].together and not ended else "No.", rules[0].sentence))


def _rental_month(month: int | None, statements: Sequence[Statement]) -> str:
    """The modifier of one month of capped rentals; blank where no month or another sort of item is asked about."""
    codes = [one.record.code for one in statements if one.record.pricing_indicators[:1] == (CAPPED_RENTAL,)]
    modifier = next((one.modifier for one in RENTAL_MONTHS if month and one.first <= month <= one.last), None)
    if modifier is None or len(codes) != len(statements) or not codes:
        return ""
    months = ", ".join(f"{one.modifier} for {one.words}" for one in RENTAL_MONTHS)
    return f"RR and {modifier}: month {month} of the capped rental of {join_words(codes)} takes {modifier} ({months})."
