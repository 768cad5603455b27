"""What is this code? Every field of each record asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.asked_units import claimed_units
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice
from hcpcs.answers.facts.coverage_facts import facts_beside_the_record
from hcpcs.answers.facts.fact_answer import FactAnswer
from hcpcs.answers.lookup import LookupResult, look_up, views
from hcpcs.answers.notices.day_notices import day_phrase, on_the_day
from hcpcs.answers.notices.modifier_sentences import companion_sentence, conflict_sentences
from hcpcs.answers.notices.record_notices import record_notices
from hcpcs.answers.notices.refusals import refuse, side_notices, suggest_codes
from hcpcs.answers.parts.intent_contacts import contacts_for
from hcpcs.answers.parts.successors import successions
from hcpcs.answers.parts.transports import SOURCE_NOTICE, transport_sentence, trip_sentences
from hcpcs.answers.rendering.sentences import MODIFIER_FACT, in_sentence, join_words, short_title
from hcpcs.questions.question import AskedDetail
from hcpcs.questions.recognizers.modifiers.modifier_words import CPT_MODIFIERS
from hcpcs.records.billing.areas import area_name
from hcpcs.records.families.code_uses import use_of
from hcpcs.records.families.noc import NOC_ADVICE
from hcpcs.records.fields import long_date
from hcpcs.records.record import RecordKind, Statement, Status

_EACH_STATE: Final = "as defined by each state"
_WHETHER_NOC: Final = "whether a code is a NOC code"
"""The rule of questions that a yes or no answers before the card."""
BY_PURPOSE: Final = "a modifier for a purpose"
"""The rule of questions that name a modifier by its purpose: "PTA modifier"."""
MEANING_RULES: Final = frozenset(
    {"what a modifier or code means", "what a modifier does on a code", "modifiers of a code"}
)
"""The rules of questions about what modifiers mean on a code: "E1390 QH meaning", "A4450 AU vs AX"."""


def headline_of(statement: Statement, when: str = "") -> str:
    """``S9353: Home infusion therapy, ...``, with ``when`` ("on June 15, 2017") and the date on which it ended."""
    record = statement.record
    kind = "Modifier " if record.kind is RecordKind.MODIFIER else ""
    ended = ""
    if statement.status is Status.TERMINATED and record.termination_date is not None:
        ended = f" (terminated {long_date(record.termination_date)})"
    elif statement.status is Status.NOT_YET and record.added_date is not None:
        ended = f" (not in effect before {long_date(record.added_date)})"
    return f"{kind}{record.code}{f' {when}' if when else ''}{ended}: {record.long_description}"


def card_evidence(context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """Medicare's verdict on a code, and the NOC checklist where it applies; for a modifier, what a modifier is."""
    record = statement.record
    if record.kind is RecordKind.MODIFIER:
        return (Evidence(kind=EvidenceKind.MODIFIER, text=MODIFIER_FACT, field="kind"),)
    facts = [
        Evidence(
            kind=EvidenceKind.VERDICT,
            text=context.judge(statement).sentence,
            code=record.code,
            field="coverage",
            label="Medicare",
        )
    ]
    if use := use_of(record.code):
        facts.append(Evidence(kind=EvidenceKind.CONDITION, text=use.text, code=record.code))
    if context.catalog.is_not_otherwise_classified(record):
        facts.append(Evidence(kind=EvidenceKind.NOC, text=NOC_ADVICE, code=record.code, field="long_description"))
    return tuple(facts)


def _beside_the_record(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """What companion files state about the one procedure of a question that is in force: amount, limit, policy."""
    procedures = [statement for statement in statements if statement.record.kind is RecordKind.PROCEDURE]
    if len(procedures) != 1 or procedures[0].status is not Status.ACTUAL:
        return FactAnswer()
    return facts_beside_the_record(context, procedures[0])


def _defined_by_states(context: AnswerContext, statements: Sequence[Statement]) -> tuple[str, ...]:
    """That a modifier on a code means what a state's Medicaid program says ("T1019 U6")."""
    records = [one.record for one in statements if one.record.kind is RecordKind.MODIFIER]
    by_state = [record.code for record in records if _EACH_STATE in record.long_description.lower()]
    procedures = [one.record.code for one in statements if one.record.kind is RecordKind.PROCEDURE]
    if not by_state or not procedures:
        return ()
    area = context.question.area
    program = f"{area_name(area)} Medicaid" if area else "the state's Medicaid program"
    means = "means" if len(by_state) == 1 else "mean"
    return (f"What {join_words(by_state)} {means} on {join_words(procedures)} is defined by {program}.",)


def _meanings(context: AnswerContext, statements: Sequence[Statement]) -> str:
    """What each modifier on a code means, and then the code, where that is asked; else blank."""
    modifiers = [one.record for one in statements if one.record.kind is RecordKind.MODIFIER]
    procedures = [one for one in statements if one.record.kind is RecordKind.PROCEDURE]
    if context.question.rule not in MEANING_RULES or not modifiers or len(procedures) != 1:
        return ""
    (only,) = procedures
    meanings = [f"{one.code} on {only.record.code}: {in_sentence(one.long_description)}." for one in modifiers]
    return " ".join((*meanings, f"{in_sentence(headline_of(only))}."))


def _beside(context: AnswerContext, lookup: LookupResult) -> tuple[str, ...]:
    """What follows the titles: modifiers of CPT that are named beside ours, and modifiers that can't share a line."""
    cpt = [one.code for one in lookup.foreign if one.code in CPT_MODIFIERS]
    are = "is a modifier" if len(cpt) == 1 else "are modifiers"
    named = f"{join_words(cpt)} {are} of CPT, which HCPCS doesn't define."
    by_purpose = context.question.rule == BY_PURPOSE and not cpt
    beside = companion_sentence([one.record.code for one in lookup.statements]) if by_purpose else ""
    conflicts = () if context.question.rule in MEANING_RULES else conflict_sentences(context)
    return (*((named,) if cpt else ()), *((beside,) if beside else ()), *conflicts)


def _whether_noc(context: AnswerContext, statement: Statement) -> str:
    """Whether the code is a NOC code, with its description, where that is asked; else blank."""
    if context.question.rule != _WHETHER_NOC:
        return ""
    record = statement.record
    is_noc = context.catalog.is_not_otherwise_classified(record)
    answer, is_one = ("Yes", "is a") if is_noc else ("No", "is not a")
    return f"{answer}. {record.code} {is_one} NOC code: {record.long_description}"


def answer_card(context: AnswerContext) -> Draft:
    """The card of each code of the question."""
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    statements = lookup.statements
    titles = f"{join_words([short_title(s) for s in statements])}."
    headline = _meanings(context, statements) or titles
    dated = on_the_day(context)
    if len(statements) == 1:
        when = "" if lookup.transports else day_phrase(context)
        headline = _whether_noc(context, statements[0]) or headline_of(statements[0], when)
        dated = "" if when and when in headline else dated
    source: tuple[Notice, ...] = ()
    pair = trip_sentences(statements, lookup.transports)
    if pair:
        headline = " ".join((*pair, f"{in_sentence(headline)}." if len(statements) == 1 else headline))
        lookup, source = lookup._replace(transports=()), (SOURCE_NOTICE,)
    elif len(statements) == 1 and lookup.transports:
        sentences = (*map(transport_sentence, lookup.transports), f"{in_sentence(headline)}.")
        # "Is SH right for scene to hospital?" asks about the pair.
        asked = AskedDetail.OPEN in context.question.details
        headline = " ".join(sentences if asked else (sentences[-1], *sentences[:-1]))
        lookup, source = lookup._replace(transports=()), (SOURCE_NOTICE,)
    elif lookup.transports:  # "A0427 SH QM": beside another modifier
        headline = " ".join((*map(transport_sentence, lookup.transports), headline))
        lookup, source = lookup._replace(transports=()), (SOURCE_NOTICE,)
    beside_it = _beside(context, lookup)
    if beside_it and not headline.endswith("."):
        headline += "."
    headline = " ".join((*_defined_by_states(context, statements), headline, *beside_it))
    after = successions(context, statements)
    facts = [
        fact
        for statement, then in zip(statements, after, strict=True)
        for fact in (*claimed_units(context, statement), *card_evidence(context, statement), *then.evidence)
    ]
    beside = _beside_the_record(context, statements)
    ended = [code for then in after for code in then.codes]
    return Draft(
        codes=tuple(statement.record.code for statement in statements),
        headline=dated + headline,
        evidence=tuple(dict.fromkeys((*facts, *beside.evidence))),
        facts=beside.facts,
        notices=side_notices(context, lookup) + source + record_notices(context, statements),
        records=views(context, statements),
        contacts=contacts_for(context, statements),
        suggestions=tuple(dict.fromkeys((*suggest_codes(context, lookup), *ended))),
    )
