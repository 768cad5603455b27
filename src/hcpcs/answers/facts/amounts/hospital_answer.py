"""How is it paid in an outpatient hospital? The status indicator, APC and rate of OPPS Addendum B."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.facts.fact_answer import FactAnswer, absence_sentence, fact_evidence, money, proof_of
from hcpcs.companions.edition import Absence, EditionKind, Fact, FactSubject
from hcpcs.records.record import Statement


def answer_hospital(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """The status indicator of each code in words, and what is paid."""
    heads: list[str] = []
    evidence: list[Evidence] = []
    facts: list[Fact] = []
    for code in (statement.record.code for statement in statements):
        look_up = context.facts_of(EditionKind.OPPS, code)
        if look_up.absence is Absence.NOT_LOADED:
            return FactAnswer()
        if not look_up.facts or look_up.edition is None:
            heads.append(absence_sentence(look_up, code))
            continue
        indicator = look_up.facts[0]
        meaning = indicator.qualifiers.meaning or "unknown"
        heads.append(f"{code} has OPPS status indicator {indicator.value}: {meaning}.")
        evidence += [fact_evidence(text, code, label=code) for fact in look_up.facts if (text := hospital_rate(fact))]
        evidence.append(proof_of(look_up.facts, look_up.edition, context.day))
        facts += look_up.facts
    return FactAnswer(" ".join(heads), tuple(evidence), tuple(facts))


def hospital_rate(fact: Fact) -> str:
    """The payment rate of a fact with its APC and copayments; blank for a fact that is not a rate."""
    if fact.subject is not FactSubject.AMOUNT or fact.value is None:
        return ""
    terms = fact.qualifiers
    parts = [f"OPPS payment rate {money(fact.decimal)}"]
    if terms.apc:
        parts.append(f"APC {terms.apc}")
    if copayment := terms.copayment or terms.adjusted_copayment:
        parts.append(f"copayment {money(Decimal(copayment))}")
    return f"{', '.join(parts)}."
