"""What Medicare's DMEPOS fee schedule pays: by state, by rural ZIP code and by modifier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence
from hcpcs.answers.facts.fact_answer import FactAnswer, absence_sentence, age_of, fact_evidence, money, proof_of
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import Absence, EditionKind, Fact
from hcpcs.records.billing.areas import area_name

ROWS: Final = 4
"""Maximum rows of a schedule (a code with its modifiers) that an answer names; its facts have all of them."""
NOT_COVERAGE: Final = "A fee schedule amount is the most that Medicare allows for a covered item; it isn't coverage."
CHOOSE_STATE: Final = "Name the state (and a rural ZIP code) to get its amount."
_UNITS: Final = {"USD": "", "USD per month": " a month", "USD per day": " a day"}


class AskedArea(NamedTuple):
    """Where an amount is asked for, and what the list of rural ZIP codes says about it."""

    area: str | None
    rural: bool | None
    facts: tuple[Fact, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def asked_area(context: AnswerContext) -> AskedArea:
    """The state and whether it is rural, from the words of the question and from its ZIP code."""
    question = context.question
    if question.zip_code is None:
        return AskedArea(question.area, question.rural)
    look_up = context.facts_of(EditionKind.RURAL_ZIP, question.zip_code)
    if look_up.absence is Absence.NOT_LISTED and look_up.edition is not None:
        text = f"ZIP code {question.zip_code} is not on the {look_up.edition.label}: it is not rural."
        return AskedArea(question.area, False, (), (fact_evidence(text, ""),))
    if not look_up.facts or look_up.edition is None:
        return AskedArea(question.area, question.rural, (), (fact_evidence(absence_sentence(look_up, ""), ""),))
    (fact,) = look_up.facts
    evidence = (fact_evidence(zip_sentence(fact), ""), proof_of((fact,), look_up.edition, context.day))
    return AskedArea(fact.qualifiers.state, fact.value == "yes", (fact,), evidence)


def zip_sentence(fact: Fact) -> str:
    """Whether a ZIP code is rural: ``ZIP code 79936 (Texas) is not rural: El Paso TX CBA.``"""
    state = area_name(fact.qualifiers.state)
    if fact.value == "yes":
        return f"ZIP code {fact.code} ({state}) is rural for the DMEPOS fee schedule."
    return f"ZIP code {fact.code} ({state}) is not rural for the DMEPOS fee schedule: {fact.qualifiers.location}."


def answer_zip(context: AnswerContext, zip_code: str) -> FactAnswer:
    """Whether a ZIP code is rural; empty where no list of rural ZIP codes is loaded."""
    look_up = context.facts_of(EditionKind.RURAL_ZIP, zip_code)
    if look_up.absence is Absence.NOT_LOADED:
        return FactAnswer()
    if look_up.facts and look_up.edition is not None:
        head = " ".join(map(zip_sentence, look_up.facts))
        return FactAnswer(head, (proof_of(look_up.facts, look_up.edition, context.day),), look_up.facts)
    if look_up.edition is None:
        return FactAnswer(absence_sentence(look_up, f"ZIP code {zip_code}"))
    head = f"ZIP code {look_up.key} is not on the {look_up.edition.label}: the amounts that are not rural apply."
    text = f"{look_up.edition.file}.{age_of(look_up.edition, context.day)}"
    return FactAnswer(head, (fact_evidence(text, "", label="From"),))


def fee_answer(context: AnswerContext, code: str, modifiers: Sequence[str], place: AskedArea) -> FactAnswer:
    """The amounts of a code, of the rows with these modifiers where there are any; empty if the schedule lacks it."""
    look_up = context.facts_of(EditionKind.DMEPOS, code, area=place.area)
    rows: dict[int, list[Fact]] = {}
    for fact in look_up.facts:
        rows.setdefault(fact.row, []).append(fact)
    wanted = {row: facts for row, facts in rows.items() if set(modifiers) <= set(facts[0].qualifiers.modifiers)} or rows
    if modifiers:
        exact = {row: facts for row, facts in wanted.items() if set(facts[0].qualifiers.modifiers) == set(modifiers)}
        wanted = exact or wanted
    if not wanted or look_up.edition is None:
        return FactAnswer()
    heads = [_sentence(code, facts, place) for facts in list(wanted.values())[:ROWS]]
    if len(wanted) > ROWS:
        heads.append(f"The schedule has {len(wanted) - ROWS} more rows of {code} with other modifiers.")
    facts = [fact for facts in wanted.values() for fact in facts]
    if place.rural is not None:
        facts = [fact for fact in facts if fact.qualifiers.rural in (None, place.rural)]
    if place.area is None:
        facts = _extremes(facts)
    evidence = [fact_evidence(text, code, label=code) for text in _terms(wanted)]
    if place.area is None and len({fact.value for fact in facts}) > 1:
        evidence.append(fact_evidence(CHOOSE_STATE, ""))
    evidence += [proof_of(facts, look_up.edition, context.day), fact_evidence(NOT_COVERAGE, "")]
    return FactAnswer(" ".join(heads), tuple(evidence), tuple(facts))


def _extremes(facts: Sequence[Fact]) -> list[Fact]:
    """The lowest and the highest amount of each row, rural and not: what a sentence without a state is drawn from."""
    kept: dict[tuple[int, bool | None], list[Fact]] = {}
    for fact in facts:
        if fact.value is not None and fact.qualifiers.area is not None:
            kept.setdefault((fact.row, fact.qualifiers.rural), []).append(fact)
    extremes: list[Fact] = []
    for group in kept.values():
        lowest, highest = (pick(group, key=lambda fact: fact.decimal) for pick in (min, max))
        extremes += [lowest] if lowest.value == highest.value else [lowest, highest]
    return extremes


def _sentence(code: str, facts: Sequence[Fact], place: AskedArea) -> str:
    """``E0601-RR in Texas: $50.91 a month, $91.52 a month in rural areas.``"""
    name = "-".join((code, *facts[0].qualifiers.modifiers))
    unit = _UNITS.get(facts[0].unit, "")
    by_rural = {
        rural: [fact.decimal for fact in facts if fact.qualifiers.rural is rural and fact.value is not None]
        for rural in (False, True)
    }
    area = "" if place.area is None else area_name(place.area)
    where = f" in {area}" if area else ""
    other = _range(by_rural[False], unit) if by_rural[False] else "no amount"
    rural = _range(by_rural[True], unit) if by_rural[True] else ""
    if place.rural is True:
        if rural:
            return f"{name} in rural areas{f' of {area}' if area else ''}: {rural}."
        return f"{name}{where}: {other}; the schedule has no rural amount for it."
    if place.rural is False or not rural:
        return f"{name}{where}: {other}."
    return f"{name}{where}: {other}, {rural} in rural areas."


def _range(amounts: Iterable[Decimal], unit: str) -> str:
    """``$50.91 a month``, or ``$50.04 to $100.22 a month by state``."""
    lowest, *between = sorted(set(amounts))
    return f"{money(lowest)} to {money(between[-1])}{unit} by state" if between else f"{money(lowest)}{unit}"


def _terms(rows: Mapping[int, Sequence[Fact]]) -> list[str]:
    """The payment category and the contractor of the rows, each once."""
    terms = [facts[0].qualifiers for facts in rows.values()]
    categories = dict.fromkeys(
        f"{one.category_meaning} ({one.category})" if one.category_meaning else one.category for one in terms
    )
    claims = dict.fromkeys(one.jurisdiction_meaning for one in terms if one.jurisdiction_meaning)
    sentences = [f"Payment category: {join_words([one for one in categories if one])}."]
    if claims:
        sentences.append(f"Claims go to the {join_words(list(claims), 'or')}.")
    return [" ".join(sentences)]
