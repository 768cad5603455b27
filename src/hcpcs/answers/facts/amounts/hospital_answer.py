"""How is it paid in an outpatient hospital? The status indicator, APC and rate of OPPS Addendum B."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.facts.fact_answer import FactAnswer, answer_each, fact_evidence, money, proof_of
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject
from hcpcs.records.record import Statement


def answer_hospital(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """The status indicator of each code in words, and what is paid."""

    def answer_one(code: str, facts: tuple[Fact, ...], edition: Edition) -> FactAnswer:
        meaning = facts[0].qualifiers.meaning or "unknown"
        apc = f" and APC {facts[0].qualifiers.apc}" if facts[0].qualifiers.apc else ""
        head = f"{code} has OPPS status indicator {facts[0].value}{apc}: {meaning}."
        rates = [fact_evidence(text, code, label=code) for fact in facts if (text := hospital_rate(fact))]
        return FactAnswer(head, (*rates, proof_of(facts, edition, context.day)), facts)

    return answer_each(context, EditionKind.OPPS, statements, answer_one)


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
