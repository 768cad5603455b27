"""The codes that the name of a drug finds: which of them are other drugs, and which one is meant first."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.dose import number_of
from hcpcs.answers.doses.unit_counts import UnitSentences
from hcpcs.answers.doses.unit_sentences import units_of_code
from hcpcs.answers.lookup import hit_of
from hcpcs.questions.question import QuantityRole
from hcpcs.questions.recognizers.quantities.quantity_roles import not_the_drug
from hcpcs.questions.recognizers.quantities.related_quantities import STRENGTH
from hcpcs.records.billing.brand_strengths import code_of_strength, forms_of
from hcpcs.records.billing.dose_forms import differs_in_form, dose_form
from hcpcs.records.record import Statement
from hcpcs.records.terms.drug_names import is_biosimilar, suffix_of
from hcpcs.search_port import Hit

CODES_OFFERED: Final = 4
"""Maximum codes offered for one name."""
NEAR_THE_BEST: Final = 0.6
"""Share of the best hit's score from which another hit is offered beside it: another strength or form."""
NEAR_THE_BEST_OF_BIOSIMILARS: Final = 0.5
"""The same for a biosimilar, which the search puts behind the drug: what "infliximab" was given has to be chosen."""
_LETTERS: Final = 4
"""Minimum letters of a word of the question that may be a substance."""
_ABBREVIATED: Final = 3
"""Minimum letters of one that may be the beginning of a word of a descriptor: "testosterone cyp"."""
_WRITTEN_OUT: Final = frozenset({"hcl"})
"""What some descriptors abbreviate and others write out (hydrochloride): it doesn't distinguish them."""
_DEPOT: Final = re.compile(r"(?<!non-)(?<!non )\bdepot\b", re.IGNORECASE)
# "Injection, meperidine and promethazine hcl": a drug of two substances.
_COMBINED: Final = re.compile(r"(?:injection, )?([a-z-]{4,}) and ([a-z-]{5,})", re.IGNORECASE)
# "tbo-filgrastim", "ziv-aflibercept": the prefixes by which the FDA's names tell a biologic apart from the drug whose
# name follows; source: FDA, Purple Book, proper names of Granix, Zaltrap, Kadcyla and Enhertu.
_ANOTHER_SUBSTANCE: Final = re.compile(r"\b(?P<prefix>tbo|ziv|ado|fam)-[a-z]{5,}", re.IGNORECASE)


class DrugMatch(NamedTuple):
    """A code that the name finds, and its units for the amounts of the question."""

    hit: Hit
    statement: Statement
    units: UnitSentences


def is_less_sure(hit: Hit, best: Hit) -> bool:
    """Whether a hit's score is too far from the best one's to be offered beside it."""
    biosimilar = is_biosimilar(hit.long_description)
    return hit.score < (NEAR_THE_BEST_OF_BIOSIMILARS if biosimilar else NEAR_THE_BEST) * best.score


def is_another_drug(context: AnswerContext, hit: Hit, best: Hit) -> bool:
    """Whether a hit is another drug than the one that was named and that the best hit is.

    That is a biosimilar of a brand (Ziextenzo where Neulasta was named), a substance whose name only ends in that of
    the best one (tbo-filgrastim where Neupogen was named), or the substance combined with one that wasn't named.
    """
    if _prefix(hit) != _prefix(best) or _is_combined(context, hit) > _is_combined(context, best):
        return True
    own_code = _is_of_a_brand(best)
    substance, words = best.long_description.lower(), context.question.words.lower().split()
    names_substance = any(len(word) >= _LETTERS and word in substance for word in words)
    suffixed = suffix_of(hit.long_description) != suffix_of(best.long_description)
    named_apart = is_biosimilar(hit.long_description) or suffixed
    return (own_code or not names_substance) and named_apart


def _is_combined(context: AnswerContext, hit: Hit) -> bool:
    """Whether a hit is of two substances of which the question doesn't name each."""
    match = _COMBINED.match(hit.long_description)
    words = context.question.words.lower()
    return match is not None and not all(name.lower() in words for name in match.groups())


def is_of_another_form(context: AnswerContext, hit: Hit) -> bool:
    """Whether every dose of the question is given in another form than a hit's drug: "zofran 4 mg tab" and J2405."""
    doses = [one for one in context.question.quantities if one.role in {QuantityRole.DOSE, QuantityRole.RATE}]
    form = dose_form(hit.long_description)
    return bool(doses) and all(differs_in_form(one.form, form) for one in doses)


def _prefix(hit: Hit) -> str:
    match = _ANOTHER_SUBSTANCE.search(hit.long_description)
    return match["prefix"].lower() if match else ""


def of_most_words(context: AnswerContext, matches: list[DrugMatch]) -> list[DrugMatch]:
    """The matches whose descriptors have the most words of the question: "rituximab truxima", "testosterone cyp".

    The brand that names a code itself is such a word: "Bendamustine HCl (Treanda)" has HCl of another's descriptor.
    """
    written = {word.lower() for word in context.question.words.split()} - not_the_drug() - _WRITTEN_OUT
    words = [word for word in written if len(word) >= _ABBREVIATED and word.isalpha()]
    fits = [sum(_has(one.hit.long_description, word) for word in words) for one in matches]
    if not any(fits):
        return matches
    fits = [fit + _is_of_a_brand(one.hit) for one, fit in zip(matches, fits, strict=True)]
    return [one for one, fit in zip(matches, fits, strict=True) if fit == max(fits)]


def of_the_brand(matches: list[DrugMatch]) -> list[DrugMatch]:
    """The matches without those of another product than the brand that names the first one: Abraxane is not Taxol."""
    if not matches or not _is_of_a_brand(matches[0].hit):
        return matches
    name = _product(matches[0].hit)
    return [one for one in matches if _is_of_a_brand(one.hit) or _product(one.hit) == name]


def _is_of_a_brand(hit: Hit) -> bool:
    """Whether a brand names the code of a hit itself, and not only its substance."""
    return any(why.rule == "brand" and why.field == "code" for why in hit.why)


def _product(hit: Hit) -> str:
    """What a descriptor names before its first comma: ``paclitaxel protein-bound particles``."""
    return hit.long_description.lower().removeprefix("injection, ").partition(",")[0].strip()


def _has(descriptor: str, word: str) -> bool:
    """Whether a word of a descriptor is or begins with a word of the question."""
    return re.search(rf"\b{re.escape(word)}", descriptor, re.IGNORECASE) is not None


def strength_first(context: AnswerContext, matches: list[DrugMatch]) -> list[DrugMatch]:
    """The matches, the form of the brand that is given in the dose of the question first; none where it isn't known."""
    quantity = context.question.quantity
    if quantity is None or quantity.role is not QuantityRole.DOSE:
        return []
    amount = number_of(quantity)
    unit = "mg" if quantity.unit == STRENGTH else quantity.unit
    codes = (code_of_strength(word, amount, unit) for word in context.question.words.split())
    statement = next((one for code in codes if code and (one := context.state(code)) and one.active), None)
    if statement is None:
        return []
    record = statement.record
    units = units_of_code(record.code, record.long_description, context.question)
    listed = (one for one in matches if one.hit.code == record.code)
    first = next(listed, DrugMatch(hit_of(statement), statement, units))
    forms = {code for word in context.question.words.split() for code in forms_of(word)}
    return [first, *(one for one in matches if one.hit.code not in forms)][:CODES_OFFERED]


def whole_units_first(matches: list[DrugMatch]) -> list[DrugMatch]:
    """The matches, the first one of a larger unit that the dose is a multiple of before one that rounds the dose.

    A brand of several strengths has a code for each: 22.5 mg of Lupron is 3 units of the depot form, per 7.5 mg, and
    not 22.5 per mg. A smaller unit would fit by chance.
    """
    if depot := _depot_form(matches):
        return [depot, *(one for one in matches if one is not depot)]
    if not matches or not matches[0].units.rounded:
        return matches
    most = matches[0].units.billed or 0
    whole = (one for one in matches if not one.units.rounded and 0 < (one.units.billed or 0) < most)
    first = next(whole, matches[0])
    return [first, *(one for one in matches if one is not first)]


def _depot_form(matches: list[DrugMatch]) -> DrugMatch | None:
    """The depot form of a drug that a dose is whole units of, where the best match is another form of it.

    A depot is given in a dose of weeks: 30 mg of Lupron is 4 units per 7.5 mg, while a day's dose of 1 mg would be a
    part of one unit. 11.25 mg is 3 units of the depot per 3.75 mg, and not 1.5 of the one per 7.5 mg.
    """
    best = matches[0] if matches else None
    if best is None or (_DEPOT.search(best.hit.long_description) and not best.units.rounded):
        return None
    depots = (one for one in matches if _DEPOT.search(one.hit.long_description))
    return next((one for one in depots if one.units.units and not one.units.rounded), None)
