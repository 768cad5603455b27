"""What are the ceiling and the floor of a code? The DMEPOS fee schedule has them for items with national limits."""

from __future__ import annotations

from collections.abc import Sequence

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.facts.fact_answer import FactAnswer, answer_each, fact_evidence, money, proof_of
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import Edition, EditionKind, Fact
from hcpcs.records.record import Statement

_MEANING = "The ceiling is the most, and the floor the least, that the fee schedule of any state has for the item."


def answer_ceilings(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """The ceiling and floor of each code and its modifiers; that there are none where the schedule has none."""

    def answer_one(code: str, facts: tuple[Fact, ...], edition: Edition) -> FactAnswer:
        by_row: dict[int, list[Fact]] = {}
        for fact in facts:
            if fact.qualifiers.limit:
                by_row.setdefault(fact.row, []).append(fact)
        limits = tuple(fact for row in by_row.values() for fact in row)
        if not limits:
            head = f"The {edition.label} has no ceiling or floor for {code}."
            return FactAnswer(head, (proof_of(facts, edition, context.day),))
        head = " ".join(map(_sentence, by_row.values()))
        return FactAnswer(head, (fact_evidence(_MEANING, ""), proof_of(limits, edition, context.day)), limits)

    return answer_each(context, EditionKind.DMEPOS, statements, answer_one)


def _sentence(facts: Sequence[Fact]) -> str:
    """``A4217-AU: ceiling $4.47, floor $3.80.``"""
    name = "-".join((facts[0].code, *facts[0].qualifiers.modifiers))
    limits = [f"{fact.qualifiers.limit} {money(fact.decimal)}" for fact in facts]
    return f"{name}: {join_words(limits)}."
