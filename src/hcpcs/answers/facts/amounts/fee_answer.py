"""What Medicare's DMEPOS fee schedule pays: by state, by rural ZIP code and by modifier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.doses.dose import plain_number
from hcpcs.answers.facts.amounts.asked_area import AskedArea
from hcpcs.answers.facts.amounts.capped_rental import (
    ENDED,
    LATER_MONTHS,
    asked_month,
    asked_months,
    asks_to_buy,
    is_capped_rental,
    rent_of_months,
)
from hcpcs.answers.facts.fact_answer import FactAnswer, cents, dollars, fact_evidence, money, proof_of
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import EditionKind, Fact, FactLookUp
from hcpcs.companions.forms.fees.former_areas import area_title, has_area
from hcpcs.questions.question import AskedDetail
from hcpcs.records.billing.areas import area_name
from hcpcs.records.billing.payment_categories import PURCHASE_OPTION, is_complex_power_wheelchair, later_share
from hcpcs.records.modifiers.pricing_modifiers import PURCHASE, RENTED_OR_BOUGHT

ROWS: Final = 4
"""Maximum rows of a schedule (a code with its modifiers) that an answer names; its facts have all of them."""
NOT_COVERAGE: Final = "A fee schedule amount is the most that Medicare allows for a covered item; it isn't coverage."
NO_FORMER_AMOUNTS: Final = (
    "Items that were bid in the former bidding area {} are paid by its own fee schedule, which isn't loaded; "
    "the amount here is that of the state."
)
CHOOSE_STATE: Final = "Name the state (and a rural ZIP code) to get its amount."
COINSURANCE: Final = Decimal("0.2")
"""The patient's share of a fee schedule amount. Source: Social Security Act, section 1834(a)(1)(A)."""
_UNITS: Final = {"USD": "", "USD per month": " a month", "USD per day": " a day"}


def fee_answer(context: AnswerContext, code: str, modifiers: Sequence[str], place: AskedArea) -> FactAnswer:
    """The amounts of a code, of the rows with these modifiers where there are any; empty if the schedules lack it.

    In a former bidding area, the amounts of its schedule come first: they apply there to the items that were bid.
    """
    kinds = (EditionKind.DMEPOS, EditionKind.PEN)
    look_ups = [context.facts_of(kind, code, area=place.area, extremes=place.area is None) for kind in kinds]
    look_up = next((one for one in look_ups if one.facts), look_ups[0])
    wanted = _matching(look_up, modifiers)
    if not wanted or look_up.edition is None:
        return _without_column(context, code, place)
    former = _former_amounts(context, code, modifiers, place)
    heads, notes = _heads(context, code, modifiers, wanted, place)
    if len(wanted) > ROWS:
        heads.append(f"The schedule has {len(wanted) - ROWS} more rows of {code} with other modifiers.")
    facts = [fact for facts in wanted.values() for fact in facts]
    if place.rural is not None:
        facts = [fact for fact in facts if fact.qualifiers.rural in (None, place.rural)]
    if place.area is None:
        facts = _extremes(facts)
    evidence = list(former.evidence)
    if former.headline:
        evidence.append(fact_evidence(f"Outside former bidding areas: {' '.join(heads)}", code, label=code))
        heads = [former.headline]
    evidence += [fact_evidence(text, code, label=code) for text in (*notes, *_terms(wanted))]
    if place.area is None and any(len({fact.value for fact in facts if fact.row == row}) > 1 for row in wanted):
        evidence.append(fact_evidence(CHOOSE_STATE, ""))
    evidence += [proof_of(facts, look_up.edition, context.day), fact_evidence(NOT_COVERAGE, "")]
    return FactAnswer(" ".join(heads), tuple(evidence), (*former.facts, *facts))


def times_units(fees: FactAnswer, code: str, units: Decimal | None) -> FactAnswer:
    """The amounts of a code for a number of units, before the amount of one; only of what is priced per unit."""
    facts = [fact for fact in fees.facts if fact.kind is not EditionKind.FORMER_CBA and fact.value is not None]
    rows = {fact.row for fact in facts}
    single = len(rows) == 1 and len({fact.qualifiers.rural for fact in facts}) == 1
    if units is None or units <= 1 or not single or _UNITS.get(facts[0].unit, ""):
        return fees
    totals = sorted({cents(fact.decimal * units) for fact in facts}, key=Decimal)
    written = " to ".join(dollars(Decimal(one)) for one in dict.fromkeys((totals[0], totals[-1])))
    by_state = " by state" if len(totals) > 1 else ""
    head = f"{plain_number(units)} units of {code} are {written}{by_state} at the fee schedule amount."
    return fees._replace(headline=f"{head} {fees.headline}")


def coinsurance_sentence(fees: FactAnswer, code: str, place: AskedArea) -> str:
    """What a patient pays of the amounts of a code in a state; blank where the schedule has none."""
    rows: dict[int, list[Fact]] = {}
    for fact in fees.facts:
        if fact.kind is not EditionKind.FORMER_CBA and fact.value is not None:
            rows.setdefault(fact.row, []).append(_part(fact, COINSURANCE))
    shares = [_sentence(code, facts, place) for facts in list(rows.values())[:ROWS]]
    return f"A patient's 20 percent after the deductible: {' '.join(shares)}" if shares else ""


def _heads(
    context: AnswerContext, code: str, modifiers: Sequence[str], rows: Mapping[int, Sequence[Fact]], place: AskedArea
) -> tuple[list[str], list[str]]:
    """The amounts of the rows, and what a capped rental adds to them: a later month or a purchase leads where asked."""
    # Of two codes or states, the difference is theirs, and not that of the areas of each.
    question = context.question
    compares = AskedDetail.DIFFERENCE in question.details and len(question.codes) <= 1 and not question.other_areas
    amounts = [_sentence(code, facts, place, compares=compares) for facts in list(rows.values())[:ROWS]]
    rented = next((facts for facts in rows.values() if is_capped_rental(facts)), None)
    if rented is None:
        priced = {modifier for facts in rows.values() for modifier in facts[0].qualifiers.modifiers}
        absent = [one for one in modifiers if one in RENTED_OR_BOUGHT and one not in priced]
        return [*(f"The schedule has no amount of {code} with {one}." for one in absent), *amounts], []
    share = later_share(code)
    later = [_part(fact, share) for fact in rented]
    first = f"1 to {LATER_MONTHS.first - 1}"
    percent = f"{share * 100:f}".removesuffix(".00")
    months = _sentence(code, later, place, when=f", {LATER_MONTHS.words}")
    rule = f"{months.removesuffix('.')} ({percent} percent of the amount of months {first})."
    month = asked_month(context.question, modifiers)
    if month is None and (together := asked_months(context.question)):
        totals = [
            fact.model_copy(update={"value": rent_of_months(code, fact.decimal, together), "unit": "USD"})
            for fact in rented
            if fact.value is not None
        ]
        return [_sentence(code, totals, place, when=f", {together} months of rent together"), *amounts], [rule]
    if month is not None and month > LATER_MONTHS.last:
        return [ENDED, *amounts], [rule]
    if month is not None and month >= LATER_MONTHS.first:
        return [rule], [f"Months {first}: {amount}" for amount in amounts]
    if asks_to_buy(context.question, modifiers) and not any(
        PURCHASE.intersection(facts[0].qualifiers.modifiers) for facts in rows.values()
    ):
        option = [PURCHASE_OPTION] if is_complex_power_wheelchair(code) else []
        head = f"The schedule has no purchase amount for {code}, which is a capped rental."
        return [head, *option, *amounts], [rule, ENDED]
    return amounts, [rule]


def _part(fact: Fact, share: Decimal) -> Fact:
    """A fact with a share of its amount, rounded to cents."""
    return fact if fact.value is None else fact.model_copy(update={"value": cents(fact.decimal * share)})


def _without_column(context: AnswerContext, code: str, place: AskedArea) -> FactAnswer:
    """The answer that the schedule has no column for the area asked about (Guam); empty if it doesn't list the code."""
    listed = context.facts_of(EditionKind.DMEPOS, code)
    if place.area is None or not listed.facts or listed.edition is None:
        return FactAnswer()
    head = f"The {listed.edition.label} lists {code}, but has no amounts for {area_name(place.area)}."
    return FactAnswer(head, (proof_of(listed.facts, listed.edition, context.day),))


def _matching(look_up: FactLookUp, modifiers: Sequence[str]) -> dict[int, list[Fact]]:
    """The facts of each row: of those with exactly these modifiers, else with at least these, else of all.

    Modifiers that no row has (KX, RT, the months of a rental) change no amount; RR, NU and UE are a choice.
    """
    rows: dict[int, list[Fact]] = {}
    for fact in look_up.facts:
        rows.setdefault(fact.row, []).append(fact)
    priced = {modifier for facts in rows.values() for modifier in facts[0].qualifiers.modifiers}
    wanted = priced.intersection(modifiers)
    if not wanted:
        return rows
    choice = wanted & RENTED_OR_BOUGHT
    sets = [wanted - choice | {one} for one in choice] or [wanted]
    with_them = {
        row: facts for row, facts in rows.items() if any(map(set(facts[0].qualifiers.modifiers).issuperset, sets))
    }
    exact = {row: facts for row, facts in with_them.items() if set(facts[0].qualifiers.modifiers) in sets}
    return exact or with_them


def _former_amounts(context: AnswerContext, code: str, modifiers: Sequence[str], place: AskedArea) -> FactAnswer:
    """The amounts of the ZIP code's former bidding area, or that their schedule isn't loaded."""
    if place.former_area is None:
        return FactAnswer()
    area = area_title(place.former_area)
    look_up = context.facts_of(EditionKind.FORMER_CBA, code, area=place.former_area)
    if look_up.edition is None or not has_area(look_up.edition, place.former_area):
        return FactAnswer("", (fact_evidence(NO_FORMER_AMOUNTS.format(area), code, label=code),))
    wanted = _matching(look_up, modifiers)
    if not wanted:
        return FactAnswer()
    heads = [_former_sentence(context, facts[0], area, modifiers) for facts in list(wanted.values())[:ROWS]]
    facts = tuple(fact for facts in wanted.values() for fact in facts)
    return FactAnswer(" ".join(heads), (proof_of(facts, look_up.edition, context.day),), facts)


def _former_sentence(context: AnswerContext, fact: Fact, area: str, modifiers: Sequence[str]) -> str:
    """``E0601-RR in the former bidding area Dallas TX: $53.94 a month.``; of a later month, if that is asked about."""
    name = "-".join((fact.code, *fact.qualifiers.modifiers))
    unit = _UNITS.get(fact.unit, "")
    month = asked_month(context.question, modifiers)
    if month is None or not LATER_MONTHS.first <= month <= LATER_MONTHS.last or not is_capped_rental([fact]):
        return f"{name} in the former bidding area {area}: {money(fact.decimal)}{unit}."
    later = _part(fact, later_share(fact.code))
    months = f"{LATER_MONTHS.words}: {money(later.decimal)}{unit}"
    return f"{name} in the former bidding area {area}, {months}, {money(fact.decimal)} before that."


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


def _sentence(code: str, facts: Sequence[Fact], place: AskedArea, when: str = "", *, compares: bool = False) -> str:
    """``E0601-RR in Texas: $50.91 a month, $91.52 a month in rural areas.``; ``when`` names the months.

    Where the question ``compares`` the amounts, their difference is said.
    """
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
            return f"{name} in rural areas{f' of {area}' if area else ''}{when}: {rural}."
        return f"{name}{where}{when}: {other}; the schedule has no rural amount for it."
    if place.rural is False or not rural:
        return f"{name}{where}{when}: {other}."
    return f"{name}{where}{when}: {other}, {rural} in rural areas{_difference(by_rural) if compares else ''}."


def _difference(by_rural: Mapping[bool, Sequence[Decimal]]) -> str:
    """``, a difference of $40.61``; blank where more than one state is meant."""
    if any(len(set(amounts)) != 1 for amounts in by_rural.values()):
        return ""
    return f", a difference of {money(abs(by_rural[True][0] - by_rural[False][0]))}"


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
