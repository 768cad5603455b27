"""What the descriptions of codes state of their own: a weight capacity, how a brace is fitted, what is included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from hcpcs.answers.facts.fact_answer import FactAnswer
from hcpcs.questions.subject import Subject
from hcpcs.records.record import RecordKind, Statement
from hcpcs.records.terms.described_traits import proof_of_trait
from hcpcs.records.terms.descriptor_traits import DescriptorTrait, clause_of, stated_trait

TRAITS: Final[Mapping[Subject, DescriptorTrait]] = MappingProxyType(
    {
        Subject.FITTING: DescriptorTrait.FITTING,
        Subject.WEIGHT_CAPACITY: DescriptorTrait.WEIGHT_CAPACITY,
        Subject.CONTENTS: DescriptorTrait.CONTENTS,
    }
)
"""The subjects that the description of a code answers."""


def answer_trait(trait: DescriptorTrait, statements: Sequence[Statement]) -> FactAnswer:
    """What each description states of a trait; empty where none states it."""
    of_codes = [(one.record.code, stated_trait(trait, one.record.long_description)) for one in statements]
    if not any(stated for _, stated in of_codes):
        return FactAnswer()
    clauses = [clause_of(trait, code, stated) if stated else f"that of {code} doesn't say" for code, stated in of_codes]
    by = "its description" if len(clauses) == 1 else "their descriptions"
    return FactAnswer(f"By {by}, {'; '.join(clauses)}.")


def proof_sentence(trait: str, statements: Sequence[Statement]) -> str:
    """``No, by its description: "without integrated breast prosthesis form".``; blank where nothing is proved."""
    procedures = [one.record for one in statements if one.record.kind is RecordKind.PROCEDURE]
    if not trait or len(procedures) != 1:
        return ""
    proof = proof_of_trait(trait, procedures[0].long_description)
    return "" if proof is None else f'{"Yes" if proof.answer else "No"}, by its description: "{proof.clause}".'
