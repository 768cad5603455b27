"""Where an amount is asked for: the state, from its name or a ZIP code, and whether the ZIP code is rural."""

from __future__ import annotations

from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.facts.fact_answer import FactAnswer, absence_sentence, age_of, fact_evidence, proof_of
from hcpcs.companions.edition import Absence, EditionKind, Fact, FactLookUp
from hcpcs.companions.edition_kinds import edition_kinds
from hcpcs.companions.forms.fees.former_areas import area_title, is_former_area
from hcpcs.companions.forms.fees.rural_zips import LOCATION
from hcpcs.records.billing.areas import area_name
from hcpcs.records.billing.zip_codes import place_of_zip

MILITARY: Final = "ZIP code {} is an address of the armed forces overseas ({}), which is in no state."


class AskedArea(NamedTuple):
    """Where an amount is asked for, and what the lists of ZIP codes say about it.

    ``former_area`` is the location of the former bidding area of the ZIP code (``Dallas TX CBA``).
    """

    area: str | None
    rural: bool | None
    former_area: str | None = None
    facts: tuple[Fact, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def asked_area(context: AnswerContext) -> AskedArea:
    """The state and whether it is rural, from the words of the question and from its ZIP code."""
    place = _asked_area(context)
    return place._replace(evidence=(*_restored(context), *place.evidence))


def _restored(context: AnswerContext) -> tuple[Evidence, ...]:
    """How a ZIP code is read that has lost its leading zeros."""
    question = context.question
    if question.zip_written is None:
        return ()
    return (fact_evidence(f"{question.zip_written} is read as ZIP code {question.zip_code}.", ""),)


def _asked_area(context: AnswerContext) -> AskedArea:
    question = context.question
    if question.zip_code is None:
        return AskedArea(question.area, question.rural)
    look_up = _listed(context, question.zip_code)
    if look_up.facts and look_up.edition is not None:
        (fact,) = look_up.facts
        terms = fact.qualifiers
        evidence = [fact_evidence(zip_sentence(fact), ""), proof_of((fact,), look_up.edition, context.day)]
        former_area = terms.location if is_former_area(terms.location) else None
        evidence += _contradiction(context, question.zip_code, terms.state)
        return AskedArea(terms.state, fact.value == "yes", former_area, (fact,), tuple(evidence))
    place = place_of_zip(question.zip_code)
    evidence = _contradiction(context, question.zip_code, place.area)
    if place.military is not None:
        evidence.append(fact_evidence(MILITARY.format(question.zip_code, place.military), ""))
        return AskedArea(question.area, question.rural, evidence=tuple(evidence))
    if look_up.absence is Absence.NOT_LISTED and look_up.edition is not None:
        evidence.append(fact_evidence(_unlisted(context, question.zip_code, look_up), ""))
        return AskedArea(place.area or question.area, False, evidence=tuple(evidence))
    evidence.append(fact_evidence(absence_sentence(look_up, ""), ""))
    return AskedArea(place.area or question.area, question.rural, evidence=tuple(evidence))


def answer_zip(context: AnswerContext, zip_code: str) -> FactAnswer:
    """Whether a ZIP code is rural; empty where no list of rural ZIP codes is loaded."""
    look_up = _listed(context, zip_code)
    if look_up.absence is Absence.NOT_LOADED:
        return FactAnswer()
    if look_up.facts and look_up.edition is not None:
        head = " ".join(map(zip_sentence, look_up.facts))
        evidence = (*_restored(context), proof_of(look_up.facts, look_up.edition, context.day))
        return FactAnswer(head, evidence, look_up.facts)
    place = place_of_zip(zip_code)
    if place.military is not None:
        return FactAnswer(MILITARY.format(zip_code, place.military))
    if look_up.edition is None:
        return FactAnswer(absence_sentence(look_up, f"ZIP code {zip_code}"))
    text = f"{look_up.edition.file}.{age_of(look_up.edition, context.day)}"
    evidence = (*_restored(context), fact_evidence(text, "", label="From"))
    return FactAnswer(_unlisted(context, zip_code, look_up), evidence)


def zip_sentence(fact: Fact) -> str:
    """Whether a ZIP code is rural: ``ZIP code 79936 (Texas) is not rural: El Paso TX CBA.``"""
    state, terms = area_name(fact.qualifiers.state), fact.qualifiers
    if fact.value == "yes":
        return f"ZIP code {fact.code} ({state}) is rural for the DMEPOS fee schedule."
    if is_former_area(terms.location):
        area = area_title(terms.location)
        return f"ZIP code {fact.code} ({state}) is not rural: it is in the former competitive bidding area {area}."
    return f"ZIP code {fact.code} ({state}) is not rural for the DMEPOS fee schedule: {terms.location}."


def _listed(context: AnswerContext, zip_code: str) -> FactLookUp:
    """The ZIP code in the list of rural ones, else in that of former bidding areas."""
    rural = context.facts_of(EditionKind.RURAL_ZIP, zip_code)
    if rural.facts:
        return rural
    former = context.facts_of(EditionKind.CBA_ZIP, zip_code)
    return former if former.facts else rural


def _unlisted(context: AnswerContext, zip_code: str, look_up: FactLookUp) -> str:
    """The sentence that a ZIP code is on no list, so that the amounts that are not rural apply."""
    area = place_of_zip(zip_code).area
    state = f" ({area_name(area)})" if area is not None else ""
    edition = look_up.edition
    label = edition.label if edition is not None else edition_kinds()[look_up.kind].name
    areas = context.facts_of(EditionKind.CBA_ZIP, zip_code)
    only_rural = edition is not None and LOCATION not in edition.columns and areas.edition is None
    unknown = " That list doesn't say whether it is in a former bidding area." if only_rural else ""
    return f"ZIP code {zip_code}{state} is not on the {label}: the amounts that are not rural apply.{unknown}"


def _contradiction(context: AnswerContext, zip_code: str, area: str | None) -> list[Evidence]:
    """Evidence that the ZIP code is not in the state that the question names."""
    named = context.question.area
    if named is None or area is None or named == area:
        return []
    return [fact_evidence(f"ZIP code {zip_code} is in {area_name(area)}, not in {area_name(named)}.", "")]
