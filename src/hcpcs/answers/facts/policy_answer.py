"""Which coverage policy? Documents by number, and by the policy that PDAC names for a code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.facts.fact_answer import FactAnswer, absence_sentence, proof_of
from hcpcs.companions.edition import Absence, EditionKind, Fact
from hcpcs.records.field_spec import long_date
from hcpcs.records.record import Statement

VERSIONS: Final = 3
"""Maximum versions of documents that an answer names."""


def answer_policies(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """The documents whose numbers are asked about, or those that the list of verified items names for a code."""
    wanted = list(context.question.policy_numbers)
    facts: list[Fact] = []
    heads: list[str] = []
    evidence: list[Evidence] = []
    proofs: list[Evidence] = []
    for code in (statement.record.code for statement in statements):
        named = context.facts_of(EditionKind.CODING_VERIFICATION, code).facts
        facts += named
        wanted += [fact.qualifiers.policy for fact in named]
        for kind in (EditionKind.LCD_CODES, EditionKind.ARTICLE_CODES):
            listing = context.facts_of(kind, code)
            if listing.facts and listing.edition is not None:
                facts += listing.facts
                wanted += [str(fact.value) for fact in listing.facts]
                proofs.append(proof_of(listing.facts, listing.edition, context.day))
    for text in dict.fromkeys(wanted):
        look_up = context.facts_of(EditionKind.POLICIES, text)
        if look_up.absence is Absence.NOT_LOADED:
            if not proofs:
                return FactAnswer()
            heads.append(f"{text}.")
            continue
        if not look_up.facts or look_up.edition is None:
            heads.append(absence_sentence(look_up, text))
            continue
        numbers = dict.fromkeys(f"{fact.qualifiers.type} {fact.value}" for fact in look_up.facts)
        heads.append(f"{', '.join(numbers)}: {look_up.facts[0].qualifiers.title}.")
        evidence += [_document(fact) for fact in look_up.facts[:VERSIONS]]
        evidence.append(proof_of(look_up.facts, look_up.edition, context.day))
        facts += look_up.facts
    return FactAnswer(" ".join(heads), (*evidence, *proofs), tuple(facts) if heads else ())


def _document(fact: Fact) -> Evidence:
    terms = fact.qualifiers
    since = f", effective {long_date(fact.first_day)}" if fact.first_day else ""
    until = f", retired {long_date(fact.last_day)}" if fact.last_day else ""
    text = f"version {terms.version or '?'}{since}{until}, {terms.contractors}: {terms.link}"
    return Evidence(kind=EvidenceKind.FACT, text=text, label=str(fact.value), link=terms.link)
