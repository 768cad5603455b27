"""What is this code? Every field of each record asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.asked_units import claimed_units
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.facts.coverage_facts import facts_beside_the_record
from hcpcs.answers.facts.fact_answer import FactAnswer
from hcpcs.answers.facts.trait_answer import proof_sentence
from hcpcs.answers.lookup import LookupResult, look_up, views
from hcpcs.answers.notices.day_notices import on_the_day, span_phrase
from hcpcs.answers.notices.modifier_choices import deciding_sentence
from hcpcs.answers.notices.modifier_sentences import (
    companion_sentence,
    cpt_evidence,
    cpt_modifiers_named,
    line_evidence,
)
from hcpcs.answers.notices.record_notices import record_notices
from hcpcs.answers.notices.refusals import refuse, side_notices, suggest_codes
from hcpcs.answers.parts.intent_contacts import contacts_for
from hcpcs.answers.parts.successors import successions
from hcpcs.answers.parts.transports import SOURCE_NOTICE, transport_sentence, trip_sentences
from hcpcs.answers.rendering.sentences import MODIFIER_FACT, in_sentence, join_words, short_title
from hcpcs.questions.question import AskedDetail
from hcpcs.records.billing.areas import area_name
from hcpcs.records.families.code_uses import use_of
from hcpcs.records.families.noc import noc_advice
from hcpcs.records.fields import long_date
from hcpcs.records.record import RecordKind, Statement, Status

_EACH_STATE: Final = "as defined by each state"
WHETHER_NOC: Final = "whether a code is a NOC code"
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
        facts.append(
            Evidence(
                kind=EvidenceKind.NOC,
                text=noc_advice(record.long_description),
                code=record.code,
                field="long_description",
            )
        )
    return tuple(facts)


def _beside_the_record(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """What companion files state about the one procedure of a question that is in force: amount, limit, policy."""
    procedures = [statement for statement in statements if statement.record.kind is RecordKind.PROCEDURE]
    if len(procedures) != 1 or procedures[0].status is not Status.ACTUAL:
        return FactAnswer()
    return facts_beside_the_record(context, procedures[0])


def _defined_by_states(context: AnswerContext, statements: Sequence[Statement]) -> tuple[str, ...]:
    """Sentences on modifiers that mean on a code what a state's Medicaid program says ("T1019 U6")."""
    records = [one.record for one in statements if one.record.kind is RecordKind.MODIFIER]
    by_state = [record.code for record in records if _EACH_STATE in record.long_description.lower()]
    procedures = [one.record.code for one in statements if one.record.kind is RecordKind.PROCEDURE]
    attached = {one.code for one in context.question.codes if not set(by_state).isdisjoint(one.modifiers)}
    procedures = [one for one in procedures if not attached or one in attached]
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
    if AskedDetail.CHOICE in context.question.details:
        decides = deciding_sentence(only, [one.code for one in modifiers])
        meanings = [*((decides,) if decides else ()), *meanings]
    return " ".join((*meanings, f"{in_sentence(headline_of(only))}."))


def _on_the_line(context: AnswerContext, lookup: LookupResult) -> tuple[Evidence, ...]:
    """What the modifiers say together: which are CPT's, what goes beside one, and which can't share a line."""
    cpt = cpt_modifiers_named(lookup)
    by_purpose = context.question.rule == BY_PURPOSE and not cpt
    beside = companion_sentence([one.record.code for one in lookup.statements]) if by_purpose else ""
    conflicts = () if context.question.rule in MEANING_RULES else line_evidence(context)
    companion = (Evidence(kind=EvidenceKind.CLAIM_LINE, text=beside),) if beside else ()
    return (*conflicts, *companion, *cpt_evidence(cpt))


def _notices(context: AnswerContext, lookup: LookupResult, trips: Sequence[str]) -> tuple[Notice, ...]:
    """The notices, but for the ``trips`` of the headline and the modifiers of CPT or none, which the evidence names."""
    named = cpt_modifiers_named(lookup)
    notices = (*side_notices(context, lookup.without_missing_modifiers()), *((SOURCE_NOTICE,) if trips else ()))
    kept = (one for one in notices if one.kind is not NoticeKind.FOREIGN or one.code not in named)
    beside = (one for one in kept if one.text not in trips)
    return tuple(dict.fromkeys((*beside, *record_notices(context, lookup.statements))))


def _whether_noc(context: AnswerContext, statement: Statement) -> str:
    """Whether the code is a NOC code, where that is asked; else blank."""
    if context.question.rule != WHETHER_NOC:
        return ""
    is_noc = context.catalog.is_not_otherwise_classified(statement.record)
    answer, is_one = ("Yes", "is a") if is_noc else ("No", "is not a")
    return f"{answer}. {statement.record.code} {is_one} NOC code"


def answer_card(context: AnswerContext) -> Draft:
    """The card of each code of the question."""
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    statements = lookup.statements
    titles = f"{join_words([short_title(s) for s in statements])}."
    headline = _meanings(context, statements) or titles
    dated, by_states = on_the_day(context), _defined_by_states(context, statements)
    leads = [*by_states]
    if len(statements) == 1:
        when = "" if lookup.transports else span_phrase(context, statements[0])
        headline = headline_of(statements[0], when)
        if noc := _whether_noc(context, statements[0]):
            headline, leads = f"{noc}: {statements[0].record.long_description}", [f"{noc}."]
        dated = "" if when and when in headline else dated
        if proved := proof_sentence(context, statements):
            headline, leads = f"{proved} {headline}", [proved]
    pair = trip_sentences(statements, lookup.transports)
    trips = pair or tuple(map(transport_sentence, lookup.transports))
    if trips and len(statements) == 1:
        # "Is SH right for scene to hospital?" asks about the pair.
        first = bool(pair) or AskedDetail.OPEN in context.question.details
        title = f"{in_sentence(headline)}."
        headline = " ".join((*trips, title) if first else (title, *trips))
    elif trips:  # "A0427 SH QM": beside another modifier
        headline = " ".join((*trips, headline))
    lookup = lookup._replace(transports=())
    headline = " ".join((*by_states, headline))
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
        lead=" ".join((*leads, *trips)),
        evidence=tuple(dict.fromkeys((*_on_the_line(context, lookup), *facts, *beside.evidence))),
        facts=beside.facts,
        notices=_notices(context, lookup, trips),
        records=views(context, statements),
        contacts=contacts_for(context, statements),
        suggestions=tuple(dict.fromkeys((*suggest_codes(context, lookup), *ended))),
    )
