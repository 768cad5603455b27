"""Which contractor (MAC) takes the claims of a state, and of a code.

The table of areas has the contractors of each state; the DMEPOS fee schedule, where it is loaded, says whether claims
for a code go to the DME MAC or the A/B MAC.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.facts.fact_answer import FactAnswer, fact_evidence, proof_of
from hcpcs.answers.rendering.sentences import capitalized, join_words
from hcpcs.companions.edition import EditionKind
from hcpcs.records.billing.areas import Area, areas
from hcpcs.records.billing.contractors import ContractorKind
from hcpcs.records.billing.zip_codes import place_of_zip
from hcpcs.records.contacts import is_served_by_pdac
from hcpcs.records.record import Statement

BY_ADDRESS: Final = "DMEPOS claims go to the DME MAC of the patient's permanent address."
"""Source: 42 CFR 421.210(b); Medicare Claims Processing Manual, chapter 1, section 10.1.5.1."""


def answer_contractor(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """The contractor of the area and of the codes that are named; empty where neither is known."""
    codes = [one.record.code for one in statements]
    claims, proofs = _claims(context, codes)
    zip_code = context.question.zip_code
    place = context.question.area or (place_of_zip(zip_code).area if zip_code else None)
    area = areas().get(place or "")
    if area is None:
        return FactAnswer(claims, proofs) if claims else FactAnswer()
    kind = context.question.contractor
    if kind is None and codes and all(is_served_by_pdac(code) for code in codes):
        kind = ContractorKind.DME
    first = (kind,) if kind else (ContractorKind.A_B, ContractorKind.DME)
    head = "; ".join(f"the {one} for {area.name} is {area.contractors[one].text}" for one in first)
    return FactAnswer(
        " ".join(filter(None, (f"{capitalized(head)}.", claims))),
        (*(fact_evidence(text, "") for text in _others(area, first)), *proofs),
    )


def _others(area: Area, first: tuple[ContractorKind, ...]) -> list[str]:
    """The contractors that the first sentence doesn't name, and what else decides whose claim it is."""
    others = [f"the {kind} is {one.text}" for kind, one in area.contractors.items() if kind not in first]
    text = join_words(others)
    return [f"{capitalized(text)}.", *([area.note] if area.note else []), BY_ADDRESS]


def _claims(context: AnswerContext, codes: Sequence[str]) -> tuple[str, tuple[Evidence, ...]]:
    """Which contractor the fee schedule sends the claims for codes to, and its proof; blank where it doesn't say."""
    sentences: list[str] = []
    proofs: list[Evidence] = []
    for code in codes:
        look_up = context.facts_of(EditionKind.DMEPOS, code, extremes=True)
        named = {fact.qualifiers.jurisdiction_meaning: fact for fact in look_up.facts}
        named.pop("", None)
        if look_up.edition is not None and named:
            sentences.append(f"Claims for {code} go to the {join_words(list(named), 'or')}.")
            proofs.append(proof_of(named.values(), look_up.edition, context.day))
    return " ".join(sentences), tuple(dict.fromkeys(proofs))
