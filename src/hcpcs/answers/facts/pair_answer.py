"""May two codes be billed together? The NCCI edits between Level II codes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.facts.fact_answer import FactAnswer, fact_evidence, loaded_look_ups, names_of, proof_of
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import EditionKind, Fact
from hcpcs.questions.question import AskedDetail
from hcpcs.records.codes import CodeSystem
from hcpcs.records.field_spec import long_date
from hcpcs.records.record import Statement

_KINDS: Final = (EditionKind.PTP_PRACTITIONER, EditionKind.PTP_OUTPATIENT_HOSPITAL)
PAIRS: Final = 3
"""Maximum pairs that are looked up."""


def answer_pairs(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """What the NCCI edits say about each pair of codes; that pairs with a CPT code aren't kept; empty for one code."""
    heads: list[str] = []
    evidence: list[Evidence] = []
    facts: list[Fact] = []
    codes = [statement.record.code for statement in statements] if context.question.codes else []
    asked = AskedDetail.YES_NO in context.question.details and len(codes) == 2
    for first, second in list(combinations(codes, 2))[:PAIRS]:
        look_ups = loaded_look_ups(context, _KINDS, first, other_code=second)
        if not look_ups:
            return FactAnswer()
        stated = [fact for look_up in look_ups for fact in look_up.facts]
        holding = [fact for fact in stated if fact.holds_on(context.day)]
        editions = join_words(names_of([one.edition for one in look_ups if one.edition is not None]))
        if holding:
            heads += dict.fromkeys(map(_edit, holding))
        elif editions:
            absent = f"{first} and {second} are not a pair in the {editions}."
            heads.append(f"No NCCI edit stops it: {absent}" if asked else absent)
        else:
            heads.append(f"No loaded NCCI edits were in force on {long_date(context.day)}.")
        for fact in stated:
            if fact not in holding and fact.last_day is not None:
                pair = f"{fact.code} and {fact.qualifiers.column_2}"
                which = "An earlier" if holding else "The"
                text = f"{which} edit of {pair} was deleted on {long_date(fact.last_day)}."
                evidence.append(fact_evidence(text, fact.code))
        for look_up in look_ups:
            if look_up.edition is not None and look_up.facts:
                terms = look_up.facts[0].qualifiers
                label = f"Rationale, {terms.setting} services"
                evidence.append(fact_evidence(f"{terms.rationale}.", first, label=label))
                evidence.append(proof_of(look_up.facts, look_up.edition, context.day))
        facts += stated
    heads += _with_cpt(context, codes)
    return FactAnswer(" ".join(heads), tuple(dict.fromkeys(evidence)), tuple(facts))


def _with_cpt(context: AnswerContext, codes: Sequence[str]) -> list[str]:
    """Sentences on pairs with a CPT code, which no loaded edit has, and where they are; none without such a code."""
    named = [f"CPT {one.code}" for one in context.question.codes if one.system is CodeSystem.CPT]
    loaded = [one for one in context.companions.editions if one.kind in _KINDS]
    if not named or not loaded or len(named) + len(codes) < 2:
        return []
    pair = join_words([*codes[:PAIRS], *named[:PAIRS]])
    return [
        f"Whether {pair} can be billed together isn't in the edits loaded here: they have only pairs of two Level II "
        "codes. Look in CMS's NCCI PTP edit files, or in the lookup of your MAC."
    ]


def _edit(fact: Fact) -> str:
    first, second = fact.code, fact.qualifiers.column_2
    match fact.value:
        case "0":
            return (
                f"No. {second} is never paid together with {first}, with or without a modifier: their NCCI edit has "
                "modifier indicator 0."
            )
        case "1":
            return (
                f"Only with an NCCI-associated modifier where it is appropriate: otherwise {second} is not paid "
                f"together with {first}. Their NCCI edit has modifier indicator 1."
            )
        case _:
            return f"The NCCI edit of {first} and {second} doesn't apply (modifier indicator 9)."
