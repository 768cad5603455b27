"""What are the ceiling and the floor of a code? The DMEPOS fee schedule has them for items with national limits."""

from __future__ import annotations

from collections.abc import Sequence

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.facts.fact_answer import FactAnswer, absence_sentence, fact_evidence, money, proof_of
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import Absence, EditionKind, Fact
from hcpcs.records.record import Statement

_MEANING = "The ceiling is the most, and the floor the least, that the fee schedule of any state has for the item."


def answer_ceilings(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """The ceiling and floor of each code and its modifiers; that there are none where the schedule has none."""
    heads: list[str] = []
    evidence: list[Evidence] = []
    facts: list[Fact] = []
    for code in (statement.record.code for statement in statements):
        look_up = context.facts_of(EditionKind.DMEPOS, code)
        if look_up.absence is Absence.NOT_LOADED:
            return FactAnswer()
        if not look_up.facts or look_up.edition is None:
            heads.append(absence_sentence(look_up, code))
            continue
        limits = [fact for fact in look_up.facts if fact.qualifiers.limit]
        if not limits:
            heads.append(f"The {look_up.edition.label} has no ceiling or floor for {code}.")
            evidence.append(proof_of(look_up.facts, look_up.edition, context.day))
            continue
        by_row: dict[int, list[Fact]] = {}
        for fact in limits:
            by_row.setdefault(fact.row, []).append(fact)
        heads += map(_sentence, by_row.values())
        evidence += [fact_evidence(_MEANING, ""), proof_of(limits, look_up.edition, context.day)]
        facts += limits
    return FactAnswer(" ".join(heads), tuple(dict.fromkeys(evidence)), tuple(facts))


def _sentence(facts: Sequence[Fact]) -> str:
    """``A4217-AU: ceiling $4.47, floor $3.80.``"""
    name = "-".join((facts[0].code, *facts[0].qualifiers.modifiers))
    limits = [f"{fact.qualifiers.limit} {money(fact.decimal)}" for fact in facts]
    return f"{name}: {join_words(limits)}."
