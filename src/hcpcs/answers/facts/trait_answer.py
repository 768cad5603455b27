"""What the descriptions of codes state of their own: a weight capacity, how a brace is fitted, what is included."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.dose import number_of
from hcpcs.answers.doses.unit_counts import exact_units
from hcpcs.answers.facts.fact_answer import FactAnswer
from hcpcs.answers.rendering.sentences import field_sentence, in_sentence
from hcpcs.questions.subject import Subject
from hcpcs.records.billing.billing_units import UnitSize, unit_size
from hcpcs.records.billing.payment_categories import priced_item
from hcpcs.records.modifiers.pricing_modifiers import pricing_modifiers_of
from hcpcs.records.record import CodeRecord, RecordKind, Statement
from hcpcs.records.terms.described_traits import kinds_named, proof_of_trait, trait_words
from hcpcs.records.terms.descriptor_traits import DescriptorTrait, clause_of, stated_trait
from hcpcs.records.terms.drug_names import is_biosimilar, substance_of

TRAITS: Final[Mapping[Subject, DescriptorTrait]] = MappingProxyType(
    {
        Subject.FITTING: DescriptorTrait.FITTING,
        Subject.WEIGHT_CAPACITY: DescriptorTrait.WEIGHT_CAPACITY,
        Subject.CONTENTS: DescriptorTrait.CONTENTS,
    }
)
"""The subjects that the description of a code answers."""

DRUG: Final = "drug"
BIOLOGIC: Final = "biologic"
CHEMOTHERAPY: Final = "chemotherapy"
"""Kinds of items in the table of traits: a record never says that a drug is a biological."""
CHEMOTHERAPY_SECTION: Final = "J9"
"""What the codes of the section of chemotherapy drugs start with. Source: CMS, HCPCS Level II sections."""
_BIOSIMILAR_OF: Final = re.compile(r"biosimilar (?:of|to|for|version of) (?:the )?(.+)")
_PER_UNIT: Final = re.compile(r"per ([a-z]+)")
_AMOUNT: Final = re.compile(r"(?:per )?\d[\d.,]* ?[a-z]+|per .+")
"""An amount that a code is asked to be: "is J0585 per 10 units", "is T1019 15 minutes"."""


def answer_trait(trait: DescriptorTrait, statements: Sequence[Statement]) -> FactAnswer:
    """What each description states of a trait; empty where none states it."""
    of_codes = [(one.record.code, stated_trait(trait, one.record.long_description)) for one in statements]
    if not any(stated for _, stated in of_codes):
        return FactAnswer()
    clauses = [clause_of(trait, code, stated) if stated else f"that of {code} doesn't say" for code, stated in of_codes]
    by = "its description" if len(clauses) == 1 else "their descriptions"
    return FactAnswer(f"By {by}, {'; '.join(clauses)}.")


def proof_sentence(context: AnswerContext, statements: Sequence[Statement]) -> str:
    """``No, by its description: "without integrated breast prosthesis form".``; blank where nothing is proved."""
    procedures = [one.record for one in statements if one.record.kind is RecordKind.PROCEDURE]
    trait = context.question.trait
    if not trait or len(procedures) != 1:
        return ""
    if reference := _BIOSIMILAR_OF.fullmatch(trait):
        return _biosimilar_sentence(context, procedures[0], reference[1])
    if kinds := kinds_named(trait):
        return _kind_sentence(statements[0], kinds)
    if of_one := one_unit_sentence(context, statements):
        return of_one
    proof = proof_of_trait(trait, procedures[0].long_description)
    return "" if proof is None else f'{"Yes" if proof.answer else "No"}, by its description: "{proof.clause}".'


def _kind_sentence(statement: Statement, asked: frozenset[str]) -> str:
    """``Yes. The record prices J1885 as a drug (pricing indicator 51).``; blank where no field says what it is."""
    stated, clause = _kinds_of(statement)
    if not stated:
        return ""
    if BIOLOGIC in asked and is_biosimilar(statement.record.long_description.lower()):
        return "Yes, by its description: a biosimilar."
    if BIOLOGIC in asked and DRUG in stated:
        return f"{clause}; it doesn't say which drugs are biologicals."
    if CHEMOTHERAPY in asked and DRUG in stated and CHEMOTHERAPY not in stated:
        betos = field_sentence(statement, "betos")
        if statement.record.code.startswith(CHEMOTHERAPY_SECTION):
            return f"By its section, yes: J9 codes are those of chemotherapy drugs. By its BETOS code, no: {betos}"
        return f"No. {clause}, and not as chemotherapy: {betos}"
    if len(asked) > 1:
        return f"{clause}."
    if CHEMOTHERAPY in asked & stated:
        return f"Yes. {field_sentence(statement, 'betos')}"
    return f"{'Yes' if asked & stated else 'No'}. {clause}."


def _kinds_of(statement: Statement) -> tuple[frozenset[str], str]:
    """What a record says that its item is, and the clause that says so: by the pricing indicator, else by BETOS."""
    record = statement.record
    indicator = next(iter(record.pricing_indicators), None)
    item, by_betos = priced_item(record.pricing_indicators), trait_words().of_betos.get(record.betos, frozenset())
    priced = pricing_modifiers_of(record.code, indicator)
    clause = f"The record prices {record.code} as {item.priced_as} (pricing indicator {indicator})"
    if priced is not None and priced.kinds:
        return priced.kinds, f"{clause}, and it is {priced.name}"
    if item.kinds:
        return item.kinds | (by_betos if item.kinds & by_betos else frozenset()), clause
    return by_betos, f"{record.code} has {in_sentence(field_sentence(statement, 'betos'))}"


def one_unit_sentence(context: AnswerContext, statements: Sequence[Statement]) -> str:
    """``No, one unit of J0696 is 250 mg.``: whether an amount is one unit of the only code; blank if not asked."""
    trait, amounts = context.question.trait, context.question.quantities
    size = unit_size(statements[0].record.long_description) if len(statements) == 1 else None
    if not isinstance(size, UnitSize):
        return ""
    if unit := _PER_UNIT.fullmatch(trait):  # "is J0178 per mg"
        exact = exact_units(size, Decimal(1), unit[1])
    elif _AMOUNT.fullmatch(trait) and len(amounts) == 1:
        exact = exact_units(size, number_of(amounts[0]), amounts[0].unit)
    else:
        return ""
    answer = "Yes" if exact == 1 else "No"
    return "" if exact is None else f"{answer}, one unit of {statements[0].record.code} is {size.written}."


def _biosimilar_sentence(context: AnswerContext, record: CodeRecord, reference: str) -> str:
    """Whether a drug is a biosimilar of a reference drug: its name is that drug's with a suffix of four letters."""
    described = record.long_description.lower()
    if not is_biosimilar(described):
        return f"No, {record.code} is not described as a biosimilar."
    hits = context.index.search(reference, limit=1).hits
    substance = substance_of(hits[0].long_description).partition("-")[0] if hits else ""
    suffixed = substance and f"{substance}-" in described
    return f"Yes, {record.code} is a biosimilar of {substance}." if suffixed else ""
