"""Does it need prior authorization? The Required Prior Authorization List, by state and day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.facts.fact_answer import (
    FactAnswer,
    absence_sentence,
    codes_in_words,
    expects_yes_or_no,
    fact_evidence,
    proof_of,
    starts,
    states_in_words,
)
from hcpcs.answers.notices.record_sentences import repetitive_transports
from hcpcs.companions.edition import Absence, EditionKind, Fact, FactLookUp
from hcpcs.companions.forms.prior_authorization import NATIONWIDE
from hcpcs.questions.question import AskedDetail
from hcpcs.records.billing.areas import area_name
from hcpcs.records.contacts import is_served_by_pdac
from hcpcs.records.field_spec import long_date
from hcpcs.records.record import Statement

HOSPITAL_LIST: Final = "services of hospital outpatient departments have another list, which isn't loaded."
"""Source: CMS, prior authorization for certain hospital outpatient department services (42 CFR 419.83)."""
CAUTION: Final = "The list is Medicare's for DMEPOS items; other payers have lists of their own."


def answer_authorizations(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """Whether each code is on the list on the day asked about, where, and since when; the whole list without codes."""
    if not statements:
        return _listed_codes(context) if AskedDetail.LIST in context.question.details else FactAnswer()
    heads: list[str] = []
    evidence: list[Evidence] = []
    facts: list[Fact] = []
    for code in (statement.record.code for statement in statements):
        look_up = context.facts_of(EditionKind.PRIOR_AUTHORIZATION, code)
        if look_up.absence is Absence.NOT_LOADED:
            return FactAnswer()
        head = _head(context, code, look_up)
        # Only of items: services of hospital outpatient departments have a list of their own.
        no = _is_unlisted(look_up, context.question.area) and is_served_by_pdac(code)
        heads.append(f"No. {head}" if no and expects_yes_or_no(context) else head)
        if len(look_up.facts) > 1:
            evidence += [fact_evidence(f"required {_phase(fact)}.", code, label=code) for fact in look_up.facts]
        if look_up.edition is not None and look_up.facts:
            evidence.append(proof_of(look_up.facts, look_up.edition, context.day))
        facts += look_up.facts
    return FactAnswer(" ".join(heads), (*evidence, fact_evidence(CAUTION, "")), tuple(facts))


def _is_unlisted(look_up: FactLookUp, area: str | None) -> bool:
    """Whether the list of the day has no phase for a code, or none in the state asked about."""
    elsewhere = bool(look_up.facts) and not _in_area(look_up.facts, area)
    return look_up.absence is Absence.NOT_LISTED or elsewhere


def _head(context: AnswerContext, code: str, look_up: FactLookUp) -> str:
    if not look_up.facts:
        if repetitive := repetitive_transports([code]):
            return repetitive
        absent = absence_sentence(look_up, code)
        if is_served_by_pdac(code):
            return absent
        return f"{absent.removesuffix('.')}, which covers only DMEPOS items: {HOSPITAL_LIST}"
    area, day = context.question.area, context.day
    phases = sorted(_in_area(look_up.facts, area), key=_first_day)
    holding = [fact for fact in phases if fact.holds_on(day)]
    if not holding:
        where = "" if area is None else f" in {area_name(area)}"
        if not phases:
            return f"{code} is not on the {look_up.edition.label if look_up.edition else 'list'}{where}."
        return f"Not on {long_date(day)}. {code} needs prior authorization{where} from {_day(phases[0])}."
    newest = holding[-1]
    yes = "" if AskedDetail.SINCE_WHEN in context.question.details else "Yes. "
    everywhere = NATIONWIDE in newest.qualifiers.states
    if area is not None:
        since = _day(holding[0])
        nationwide = f", and nationwide since {_day(newest)}" if everywhere and since != _day(newest) else ""
        nationwide = ", as everywhere" if everywhere and not nationwide else nationwide
        return f"{yes}{code} has needed prior authorization in {area_name(area)} since {since}{nationwide}."
    if everywhere:
        return f"{yes}{code} has needed prior authorization nationwide since {_day(newest)}."
    states = tuple(dict.fromkeys(state for fact in holding for state in fact.qualifiers.states))
    return f"In some states. {code} needs prior authorization {states_in_words(states)}."


def _listed_codes(context: AnswerContext) -> FactAnswer:
    """The codes that need prior authorization on the day asked about, or whose phase starts in that time, by states."""
    edition = context.companions.in_force(EditionKind.PRIOR_AUTHORIZATION, context.day)
    if edition is None:
        return FactAnswer()
    starting = AskedDetail.STARTING in context.question.details and context.question.day is not None
    area, last = context.question.area, context.question.last_day or context.day
    every = context.companions.every_fact(edition)
    facts = [fact for fact in every if (starts(fact, context.day, last) if starting else fact.holds_on(context.day))]
    facts = _in_area(facts, area)
    groups = _by_states(facts)
    period = context.question.last_day is not None and context.question.day_written
    day = f"in {context.question.day_written}" if period else f"on {long_date(context.day)}"
    if not groups:
        where = "" if area is None else f" in {area_name(area)}"
        nothing = "No phase of prior authorization starts" if starting else "No code needs prior authorization"
        head = f"{nothing}{where} {day} by the {edition.label}."
    else:
        verb = "Prior authorization starts" if starting else "Prior authorization is required"
        head = f"{verb} {day} {_listed(groups)}."
    return FactAnswer(head, (proof_of(facts, edition, context.day), fact_evidence(CAUTION, "")), tuple(facts))


def authorizations_among(context: AnswerContext, codes: Collection[str], words: str) -> FactAnswer:
    """Which of the codes that the words of a question find need prior authorization, by states; empty for none."""
    edition = context.companions.in_force(EditionKind.PRIOR_AUTHORIZATION, context.day)
    if edition is None:
        return FactAnswer()
    held = [one for one in context.companions.every_fact(edition) if one.code in codes and one.holds_on(context.day)]
    facts = _in_area(held, context.question.area)
    if not facts:
        return FactAnswer()
    head = f'Some do: of the codes for "{words}", prior authorization is required {_listed(_by_states(facts))}.'
    others = fact_evidence(f"The others don't need it on {long_date(context.day)} by the {edition.label}.", "")
    proof = proof_of(facts, edition, context.day)
    return FactAnswer(head, (others, proof, fact_evidence(CAUTION, "")), tuple(facts))


def _in_area(facts: Iterable[Fact], area: str | None) -> list[Fact]:
    """The facts that hold in a state; all of them where none is asked about."""
    return [fact for fact in facts if area is None or {area, NATIONWIDE} & set(fact.qualifiers.states)]


def _by_states(facts: Iterable[Fact]) -> dict[tuple[str, ...], list[str]]:
    """The codes of each group of states, nationwide ones only there."""
    codes: dict[tuple[str, ...], list[str]] = {}
    for fact in facts:
        codes.setdefault(fact.qualifiers.states, []).append(fact.code)
    everywhere = set(codes.get((NATIONWIDE,), ()))
    groups = {
        states: [code for code in group if states == (NATIONWIDE,) or code not in everywhere]
        for states, group in codes.items()
    }
    return {states: group for states, group in groups.items() if group}


def _listed(groups: Mapping[tuple[str, ...], Sequence[str]]) -> str:
    """``nationwide for 80 codes (...); in New York for 2 codes (...)``."""
    return "; ".join(f"{states_in_words(states)} for {codes_in_words(codes)}" for states, codes in groups.items())


def _phase(fact: Fact) -> str:
    return f"{states_in_words(fact.qualifiers.states)} from {_day(fact)}"


def _day(fact: Fact) -> str:
    return long_date(_first_day(fact))


def _first_day(fact: Fact) -> date:
    """The day of a phase, which the list states for each."""
    assert fact.first_day is not None
    return fact.first_day
