"""Which code for an NDC, which NDCs for a code, and which items PDAC must verify."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.facts.fact_answer import (
    FactAnswer,
    absence_sentence,
    answer_each,
    expects_yes_or_no,
    fact_evidence,
    proof_of,
)
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import Absence, Edition, EditionKind, Fact
from hcpcs.companions.qualifiers import ProductIdentifier
from hcpcs.records.record import Statement

PRODUCTS: Final = 5
"""Maximum products that an answer names; its facts have all of them."""


def answer_products(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """The products that the crosswalk lists under each code."""

    def answer_one(code: str, facts: tuple[Fact, ...], edition: Edition) -> FactAnswer:
        count = len(facts)
        first = ", ".join(str(fact.value) for fact in facts[:PRODUCTS])
        head = (
            f"{code} has {count} product{'' if count == 1 else 's'} in the crosswalk: {first}"
            f"{f' and {count - PRODUCTS} more' if count > PRODUCTS else ''}."
        )
        if expects_yes_or_no(context):  # "does J1885 require an NDC"
            head = f"The payer decides whether a claim needs an NDC (Medicaid does). {head}"
        products = [fact_evidence(product_text(fact), code) for fact in facts[:PRODUCTS]]
        return FactAnswer(head, (*products, proof_of(facts, edition, context.day)), facts)

    return answer_each(context, EditionKind.NDC, statements, answer_one)


def answer_ndc(context: AnswerContext, written: str) -> FactAnswer:
    """The codes of a product by its NDC, each with its billing units; empty where no crosswalk is loaded."""
    look_up = context.facts_of(EditionKind.NDC, written)
    if look_up.absence is Absence.NOT_LOADED:
        return FactAnswer()
    if not look_up.facts or look_up.edition is None:
        sentence = absence_sentence(look_up, f"NDC {written}")
        return FactAnswer(f"{sentence} A product that isn't listed may still be payable.")
    codes = join_words(list(dict.fromkeys(fact.code for fact in look_up.facts)), "or")
    first = look_up.facts[0]
    kind = "NDC" if first.qualifiers.identifier is ProductIdentifier.NDC else "Product"
    head = f"{kind} {first.value} ({first.qualifiers.drug}) is billed with {codes}: {_units(first)}."
    evidence = [fact_evidence(product_text(fact), fact.code, label=fact.code) for fact in look_up.facts]
    if kind != "NDC":
        evidence.append(fact_evidence(f"{first.value} is not an NDC but the identifier that CMS lists.", first.code))
    return FactAnswer(head, (*evidence, proof_of(look_up.facts, look_up.edition, context.day)), look_up.facts)


def product_text(fact: Fact) -> str:
    """A product in a sentence: ``57894-0030-01, Remicade (Janssen), 10 billing units per vial ...``."""
    terms = fact.qualifiers
    name = f"{terms.drug} ({terms.labeler})"
    listed = f" (listed in CMS's {terms.notes})" if terms.notes else ""
    return f"{fact.value}, {name}: {_units(fact)}; one unit is {terms.dosage}{listed}."


def _units(fact: Fact) -> str:
    each = fact.qualifiers.billing_units or "?"
    package = fact.qualifiers.billing_units_per_package or "?"
    return f"{each} billing unit{'' if each == '1' else 's'} each, {package} per package"


def answer_verification(context: AnswerContext, statements: Sequence[Statement]) -> FactAnswer:
    """Whether PDAC must verify the coding of products under each code."""

    def answer_one(code: str, facts: tuple[Fact, ...], edition: Edition) -> FactAnswer:
        policies = join_words([fact.qualifiers.policy for fact in facts])
        yes = "Yes. " if expects_yes_or_no(context) else ""
        head = f"{yes}A product billed as {code} needs PDAC's coding verification (policy: {policies})."
        return FactAnswer(head, (proof_of(facts, edition, context.day),), facts)

    return answer_each(context, EditionKind.CODING_VERIFICATION, statements, answer_one)
