"""Amounts in a question about billing units, each with its role: "100 mg", "from 500 mg vials", "4 x 4 cm", "x 60"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.contents import GAUGE, find_boxes, find_concentrations
from hcpcs.questions.recognizers.quantities.counted_items import (
    find_cans,
    find_daily,
    find_items,
    find_items_of_months,
    find_surfaces,
    find_weights,
    find_wounds,
)
from hcpcs.questions.recognizers.quantities.form_words import with_forms
from hcpcs.questions.recognizers.quantities.frequencies import find_days_of_cycle, single_periods, with_frequency
from hcpcs.questions.recognizers.quantities.opened_vials import find_opened
from hcpcs.questions.recognizers.quantities.quantity_roles import READ_BESIDE, lasts, role_of
from hcpcs.questions.recognizers.quantities.related_quantities import (
    CONTAINERS,
    PERIODS,
    SIDES,
    QuantitySpan,
    with_roles,
)
from hcpcs.questions.recognizers.quantities.repetitions import BOTH_SIDES, find_dose_counts, find_times, without_shares
from hcpcs.questions.recognizers.quantities.solid_counts import find_solids
from hcpcs.questions.recognizers.quantities.strengths import find_bare_doses, find_strengths
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.questions.words.number_words import SPELLED, number_in
from hcpcs.questions.words.tokens import blank_out
from hcpcs.records.billing.units import ASKABLE, DIVISIBLE, Dimension, UnitOfMeasure, unit_of

MOST: Final = 12
"""Maximum amounts that are read in one text."""
# "1,000 units", "1/2 mg", "1 1/2 hours", "1.5 g", ".5 mg", "two hours", "45-minute", "2 x 100 mg", "x 3 days"; not the
# 5 of "J1745", "$5", "3.5" or "10-20".
_QUANTITY: Final = re.compile(
    rf"(?<![\w.,/$-])(?:(?P<times>\d{{1,3}})?\s?[x\u00d7]\s?)?"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,6}})?|(?:\d{{1,3}} )?[1357]/[248]|\d{{1,9}}(?:\.\d{{1,6}})?"
    rf"|\.\d{{1,6}}|{SPELLED})"
    rf"\s?-?(?P<unit>{ASKABLE})(?![a-z0-9])",
    re.IGNORECASE,
)
# "half an hour", "an hour and a half"
_HALVES: Final = GatedPattern(r"\b(?:(?P<half>half (?:an? )?hour)|(?:an|one) hour and a half)\b", re.IGNORECASE)
# "half a unit", "1/2 a unit": a part of a billing unit.
_HALF_A_UNIT: Final = GatedPattern(r"\b(?:half|1/2) (?:of )?an? (?:billing )?unit\b", re.IGNORECASE)
# "1 hr 15 min", "1 hour and 15 minutes", "1h15m", "1 hr 15": hours and minutes.
_HOURS_AND_MINUTES: Final = re.compile(
    r"(?<![\w.,/$-])(?P<hours>\d{1,2})\s?h(?:(?:ou)?rs?)?\s?(?:and\s)?(?P<minutes>[1-5]?\d)\s?"
    r"(?:m(?:in(?:ute)?s?)?)?(?![\w/:]|[.,]\d|\s?(?:mg|ml|units?|days?)\b)",
    re.IGNORECASE,
)
# "2 mg am 1 mg pm", "2 mg in the morning and 1 mg at bedtime": the two doses of a day.
_TWO_A_DAY: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<one>\d{{1,4}}(?:\.\d{{1,3}})?)\s?-?(?P<same>{DIVISIBLE})? "
    rf"(?:in the |every |q ?)?(?:am|morning)[,;/]?(?: and| then| \+)? "
    rf"(?P<other>\d{{1,4}}(?:\.\d{{1,3}})?)\s?-?(?P<unit>{DIVISIBLE}) "
    r"(?:(?:in the |at |every |q ?)?(?:pm|evening|night|hs|bedtime))\b",
    re.IGNORECASE,
)
# "60 inches of 2 inch tape", "1 inch x 10 yards": the length of a strip and its width.
_STRIP: Final = GatedPattern(
    r"(?<![\w.,/$-])(?:(?P<length>\d{1,4}(?:\.\d)?)\s?-?(?P<in>inch(?:es)?|in|yards?|yds?|feet|ft) of "
    r"(?P<wide>\d{1,2}(?:\.\d)?)\s?-?(?:inch(?:es)?|in\b|\")|(?P<width>\d{1,2}(?:\.\d)?)\s?-?(?:inch(?:es)?|in|\")\s?(?:x|by)\s?"
    r"(?P<long>\d{1,4}(?:\.\d)?)\s?-?(?P<unit>yards?|yds?|feet|ft))(?![a-z0-9])",
    re.IGNORECASE,
)
_INCHES: Final = {"i": 1, "f": 12, "y": 36}
"""Inches in a measure of length, by its first letter."""
# "60 mg IM, Rx naproxen 500 mg": what is prescribed beside what was given, to the end of the text.
_PRESCRIBED: Final = GatedPattern(
    r"\b(?:rx|script for|prescription for|prescribed|discharged (?:on|with)|sent home (?:on|with)) [a-z][\w-]* (?=\d)",
    re.IGNORECASE,
)
# "4x4 cm", "2 cm x 3.5 cm", "4 by 4 inches": an area by its sides.
_SIDES: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<one>\d{1,4}(?:\.\d{1,3})?)\s?(?:cm|in|inch|inches|\")?\s?(?:[x\u00d7*]|by)\s?"
    r"(?P<other>\d{1,4}(?:\.\d{1,3})?)\s?(?P<unit>sq\.?\s?cm|cm|centimeters?|sq\.?\s?in|inches|inch|in(?=\W|$)|\")"
    r"(?![a-z0-9])",
    re.IGNORECASE,
)
# "5x5", "4 x 7": sides without a unit, in a question about the units of a graft.
_BARE_SIDES: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<one>\d{1,2}(?:\.\d)?) ?[x\u00d7] ?(?P<other>\d{1,2}(?:\.\d)?)"
    r"(?= ?(?:(?:grafts?|sheets?|pieces?|size|applied|used|units?|how many|qty)\b"
    r"|(?:and|\+|&) \d{1,2} ?[x\u00d7])|[?,.; ]*$)",
    re.IGNORECASE,
)
_OF_A_GRAFT: Final = GatedPattern(r"\b(?:units?|grafts?|sheets?|applied)\b", re.IGNORECASE)
# "/kg", "per day", "a day", "/ml", "daily": the amount is a rate.
_RATE: Final = re.compile(
    rf"\s*(?:(?:/|per\b|an?\b|each\b|every\b)\s*(?P<per>{ASKABLE})(?![a-z0-9])"
    # not "another 4 mg an hour later"
    rf"(?! (?:later|after|ago|before|apart|prior)\b)|(?P<daily>daily\b|qd\b))",
    re.IGNORECASE,
)
_PER_ML: Final = re.compile(r"\s*(?:/|per)\s*(?:1 ?)?(?:ml|cc)\b", re.IGNORECASE)
# "6 cans of Osmolite 1.5 a day": containers a day, with what is in them.
_RATE_OF_CANS: Final = re.compile(
    r"\s+of\s+[a-z][\w-]*(?:\s[\w.-]+){0,2}?\s+(?:(?:per|an?|each|every)\s+(?P<per>day|week|month)\b|(?P<daily>daily\b))",
    re.IGNORECASE,
)
# "> 48 sq in", "more than 48 sq in", "under 16 sq in"; not ">=", "no more than 48 sq in".
_BEYOND: Final = re.compile(
    r"(?:(?P<more>>|(?<!\bno )(?<!\bnot )\b(?:more|greater|larger|bigger) than|(?<!\bnot )\bover)"
    r"|<|(?<!\bno )(?<!\bnot )\b(?:less|smaller) than|(?<!\bnot )\bunder) ?$"
)
# "two weeks apart", "3 days later": when something was, and not for how long.
_APART: Final = re.compile(r"\s(?:apart|ago|later|after|before|prior|post)\b", re.IGNORECASE)
# "Dilaudid 1 mg x2 units": twice, and the units are asked for.
_TIMES_UNITS: Final = re.compile(
    rf"\d ?(?:{DIVISIBLE})(?: (?:vials?|im|iv|ivp|sq|subq|given|push|doses?))* ?,? ?[x\u00d7] ?\d{{1,2}} units$",
    re.IGNORECASE,
)
# "charge 2", "bill 40", "qty 60", "units: 4", "qty 1 or 4": units without the word after them.
_BARE_CLAIM: Final = GatedPattern(
    r"\b(?:charged?|bill(?:ed|ing)?|qty|quantity|units?\s?[:=])\s?(?:of|for|is|as|:|=)?\s?(?P<number>\d{1,4})"
    r"(?:\s?(?:or|vs\.?)\s?(?P<other>\d{1,4}))?(?![\w/]|[.,]\d|\s?[x\u00d7%-])",
    re.IGNORECASE,
)
_LEAST_CALORIES: Final = 10
"""Calories below which a number is the density of a formula: "Jevity 1.5 cal" has 1.5 per milliliter."""
_COULD_FOLLOW_A_YEAR: Final = frozenset({Dimension.ACTIVITY, Dimension.COUNTED, Dimension.TIME, Dimension.VOLUME})
"""What may follow a year: "S9353 in 2019 units"; "l" is a letter of many abbreviations."""
_NEVER_AFTER_A_YEAR: Final = frozenset({"ml", "cc"})


def find_quantities(text: str) -> list[QuantitySpan]:
    """The amounts in a plain text in order, their units as answers write them; thousands may have commas.

    The text has spaces where codes and days were recognized. A bare number counts only after "x", "charge", "qty".
    """
    spans: list[QuantitySpan] = []
    scanners = (
        find_days_of_cycle, _days_of_two_doses, _strips, _areas, _bare_sides, find_solids, find_opened, _halves,
        _hours_and_minutes, find_boxes, find_surfaces,
        find_concentrations, find_dose_counts, find_weights, find_wounds, find_cans, find_daily, single_periods,
        find_items_of_months, _amounts, find_items, find_times, _bare_claims,
    )  # fmt: skip
    for span in chain.from_iterable(scan(text) for scan in scanners):
        if len(spans) == MOST:
            break
        if all(span.end <= one.start or one.end <= span.start for one in spans):
            spans.append(span)
    if bare := find_bare_doses(text, spans):
        spans = [one for one in spans if all(one.end <= it.start or it.end <= one.start for it in bare)]
        spans += bare[: MOST - len(spans)]
    elif not any(span.quantity.unit for span in spans):
        spans += find_strengths(text)[: MOST - len(spans)]
    spans = _without_prescribed(text, spans)
    spans.sort(key=lambda span: span.start)
    return with_forms(text, without_shares(text, with_roles(text, with_frequency(text, spans))))


def _without_prescribed(text: str, spans: list[QuantitySpan]) -> list[QuantitySpan]:
    """The amounts without those of another drug that is prescribed, beside a dose that was given."""
    match = _PRESCRIBED.search(text)
    given = [] if match is None else [span for span in spans if span.end <= match.start()]
    return given if any(one.quantity.role is QuantityRole.DOSE and one.quantity.unit for one in given) else spans


def measures(text: str) -> list[tuple[int, int]]:
    """The places of numbers that a unit keeps from being a day: the 2000 of "2000 mg", "1/2 hour"."""
    return [
        match.span()
        for match in _QUANTITY.finditer(text)
        if "/" in match["number"]
        or match["unit"].lower() in _NEVER_AFTER_A_YEAR
        or ((unit := unit_of(match["unit"])) and unit.dimension not in _COULD_FOLLOW_A_YEAR)
    ]


def _areas(text: str) -> Iterator[QuantitySpan]:
    for match in _SIDES.finditer(text):
        inches = match["unit"].lower().replace(" ", "").replace(".", "").removeprefix("sq")[:1] in {"i", '"'}
        area = float(match["one"]) * float(match["other"])
        written = f"{match['one']} x {match['other']} {'in' if inches else 'cm'}"
        quantity = Quantity(amount=round(area, 6), unit="sq in" if inches else "sq cm", written=written)
        yield QuantitySpan(quantity, *match.span())


def _strips(text: str) -> Iterator[QuantitySpan]:
    """The area of a tape by its length and width: "60 inches of 2 inch tape" is 120 square inches."""
    for match in _STRIP.finditer(text):
        unit, width = match["in"] or match["unit"], match["wide"] or match["width"]
        length = float(match["length"] or match["long"]) * _INCHES[unit[0].lower()]
        area, written = round(length * float(width), 6), f"{width} in x {length:g} in"
        strip = Quantity(amount=area, unit="sq in", role=QuantityRole.CONTAINER, written=written)
        yield QuantitySpan(strip, *match.span())


def _days_of_two_doses(text: str) -> Iterator[QuantitySpan]:
    """The dose of a day of which a part is given in the morning and the rest in the evening."""
    for match in _TWO_A_DAY.finditer(text):
        unit, same = unit_of(match["unit"]), unit_of(match["same"] or match["unit"])
        if unit is not None and unit == same:
            of_day = round(float(match["one"]) + float(match["other"]), 6)
            written = f"{match['one']} {unit.display} + {match['other']} {unit.display}"
            rate = Quantity(amount=of_day, unit=unit.display, role=QuantityRole.RATE, per="day", written=written)
            yield QuantitySpan(rate, *match.span())


def _bare_sides(text: str) -> Iterator[QuantitySpan]:
    """The sides of a graft without their unit, for whose code they are centimeters: "Q4186 5x5 units"."""
    for match in _BARE_SIDES.finditer(text) if _OF_A_GRAFT.search(text) else ():
        area = round(float(match["one"]) * float(match["other"]), 6)
        written = f"{match['one']} x {match['other']} cm (cm assumed)"
        yield QuantitySpan(Quantity(amount=area, unit=SIDES, written=written), *match.span())


def _amounts(text: str) -> Iterator[QuantitySpan]:
    # "each knee" is not "40 mg each", and a needle of 24 G has no grams.
    text = blank_out(text, (one.span() for pattern in (BOTH_SIDES, GAUGE) for one in pattern.finditer(text)))
    for match in _QUANTITY.finditer(text):
        unit = unit_of(match["unit"])
        if unit is None:
            continue
        number = number_in(match["number"])
        start, end = match.start("number"), match.end()
        before, after = text[max(0, match.start() - READ_BESIDE) : match.start()], text[end : end + READ_BESIDE]
        if unit.dimension is Dimension.ENERGY and number < _LEAST_CALORIES:
            continue
        quantity, length = _read(number, unit, before, after)
        if bound := _BEYOND.search(before):
            quantity = quantity.model_copy(update={"beyond": 1 if bound["more"] else -1})
        if unit.display in CONTAINERS and match[0].lstrip()[0] in "xX\u00d7":  # "2.5 mg x 120 vials"
            quantity = quantity.model_copy(update={"role": QuantityRole.TIMES})
        if unit.dimension is Dimension.ACTIVITY and _TIMES_UNITS.search(
            text[max(0, match.start() - READ_BESIDE) : end]
        ):
            times = Quantity(amount=number, unit="", role=QuantityRole.TIMES)
            yield QuantitySpan(times, match.start(), match.end("number"))
            continue
        if match["times"]:
            holds = quantity.role is QuantityRole.CONTAINER
            role = QuantityRole.COUNT if holds else QuantityRole.TIMES
            times = Quantity(amount=float(match["times"]), unit="vial" if holds else "", role=role)
            yield QuantitySpan(times, match.start(), start)
        yield QuantitySpan(quantity, start if match["times"] else match.start(), end + length)


def _halves(text: str) -> Iterator[QuantitySpan]:
    for match in _HALVES.finditer(text):
        yield QuantitySpan(Quantity(amount=0.5 if match["half"] else 1.5, unit="hour"), *match.span())
    for match in _HALF_A_UNIT.finditer(text):
        yield QuantitySpan(Quantity(amount=0.5, unit="unit"), *match.span())


def _hours_and_minutes(text: str) -> Iterator[QuantitySpan]:
    for match in _HOURS_AND_MINUTES.finditer(text):
        hours, minutes = int(match["hours"]), int(match["minutes"])
        written = f"{hours} {'hour' if hours == 1 else 'hours'} {minutes} minutes"
        yield QuantitySpan(Quantity(amount=60 * hours + minutes, unit="min", written=written), *match.span())


def _read(number: float, unit: UnitOfMeasure, before: str, after: str) -> tuple[Quantity, int]:
    """One amount with its role, and how many characters after it belong to it."""
    name = unit.display
    if unit.name == "kg":
        return Quantity(amount=number, unit=name, role=QuantityRole.WEIGHT), 0
    if name in PERIODS and _APART.match(after):
        return Quantity(amount=number, unit=name, role=QuantityRole.INTERVAL), 0
    cued = role_of(before, after)
    if cued and cued.role is QuantityRole.CONTAINER and _PER_ML.match(after):
        cued = None  # "10 ml vial of 40 mg/ml"
    if cued and _can_be(cued.role, unit):
        return Quantity(amount=number, unit=name, role=cued.role), cued.length
    rate = _RATE.match(after) or (_RATE_OF_CANS.match(after) if name in CONTAINERS else None)
    if rate and (per := unit_of(rate["per"]) if rate["per"] else unit_of("day")):
        if name in PERIODS:  # "14 days per diem"
            return Quantity(amount=number, unit=name), rate.end()
        return Quantity(amount=number, unit=name, role=QuantityRole.RATE, per=per.display), rate.end()
    if name in PERIODS and lasts(before):
        return Quantity(amount=number, unit=name, role=QuantityRole.DURATION), 0
    return Quantity(amount=number, unit=name), 0


def _can_be(role: QuantityRole, unit: UnitOfMeasure) -> bool:
    """Whether an amount in a unit can have a role: only units are claimed, and a vial doesn't hold vials."""
    if role is QuantityRole.CLAIMED:
        return unit.dimension is Dimension.ACTIVITY
    return role is not QuantityRole.CONTAINER or unit.display not in CONTAINERS


def _bare_claims(text: str) -> Iterator[QuantitySpan]:
    for match in _BARE_CLAIM.finditer(text):
        for group in ("number", "other"):
            if match[group]:
                claimed = Quantity(amount=float(match[group]), unit="", role=QuantityRole.CLAIMED)
                first = match.start() if group == "number" else match.start(group)
                yield QuantitySpan(claimed, first, match.end(group))
