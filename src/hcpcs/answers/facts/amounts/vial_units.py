"""The billing units of a number of vials or syringes, by the crosswalk of drug products."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.dose import number_of, of_role, plain_number
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.facts.fact_answer import fact_evidence, proof_of
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import EditionKind, Fact
from hcpcs.questions.question import QuantityRole

_CONTAINERS: Final = frozenset({"vial", "syringe", "pen", "ampule", "ampoule", "bottle", "bag"})


class VialUnits(NamedTuple):
    """The units of a number of containers, and the sentence about them.

    ``billed`` is ``None`` where the products of the code have several sizes. Empty where the question gives no number
    of containers, or no crosswalk lists the code.
    """

    billed: Decimal | None = None
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[Fact, ...] = ()
    sentence: str = ""


def vial_units(context: AnswerContext, code: str) -> VialUnits:
    """The billing units of the vials of a question: their number times the units that the crosswalk has for each."""
    doses = of_role(context.question.quantities, QuantityRole.DOSE)
    if len(doses) != 1 or doses[0].unit not in _CONTAINERS:
        return VialUnits()
    look_up = context.facts_of(EditionKind.NDC, code)
    products = _of_brand(context, look_up.facts)
    sizes = sorted({Decimal(text) for fact in products if (text := fact.qualifiers.billing_units)})
    if not sizes or look_up.edition is None:
        return VialUnits()
    number, container = number_of(doses[0]), doses[0].unit
    things = f"{plain_number(number)} {container}{'' if number == 1 else 's'}"
    proof = proof_of(products, look_up.edition, context.day)
    if len(sizes) > 1:
        each = join_words([plain_number(size) for size in sizes], "or")
        total = join_words([plain_number(size * number) for size in sizes], "or")
        text = f"A product of {code} has {each} billing units."
        sentence = f"{things} of {code} is {total} units: name the strength."
        return VialUnits(None, (fact_evidence(text, code, label=code), proof), products, sentence)
    units = number * sizes[0]
    text = f"{things} x {plain_number(sizes[0])} billing units = {plain_number(units)} units."
    sentence = f"{things} of {code} is {plain_number(units)} units."
    return VialUnits(units, (fact_evidence(text, code, label=code), proof), products, sentence)


def _of_brand(context: AnswerContext, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The products of the brand that the question names, the longest name first; all of them without one.

    A name that begins another one may stand for it ("Synvisc" for Synvisc-One), so the products of both are left.
    """
    question = context.question
    written = _letters(" ".join((question.words, *question.unused)))
    brands = sorted({_letters(fact.qualifiers.drug) for fact in facts} - {""}, key=lambda name: (-len(name), name))
    brand = next((name for name in brands if name in written), None)
    return tuple(fact for fact in facts if brand is None or _letters(fact.qualifiers.drug).startswith(brand))


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))
