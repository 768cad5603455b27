"""How many times a dose was given: "x 2", "twice", "3 doses of 25 mg", "two 50 mg doses", "40 mg each knee"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.counted_items import UNSURE
from hcpcs.questions.recognizers.quantities.quantity_roles import READ_BESIDE
from hcpcs.questions.recognizers.quantities.related_quantities import CONTAINERS, QuantitySpan
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.questions.words.number_words import SPELLED, number_in
from hcpcs.records.billing.units import DIVISIBLE, unit_of

_NUMBER: Final = rf"(?P<number>\d{{1,2}}|one|{SPELLED})"
_GIVEN: Final = (
    r"(?:doses?|injections?|inj|shots?|infusions?|administrations?|treatments?|visits?|sessions?|cycles?"
    r"|pieces?|sheets?|grafts?|dis[ck]s?)"
)
_MEASURE: Final = rf"\d{{1,7}}(?:,\d{{3}})*(?:\.\d{{1,6}})?\s?-?(?:{DIVISIBLE})(?![a-z0-9])"
# "x 2", "x1" without a unit: how often a dose was given. After a code it is part of the code ("J0897 x 60"), and "45 mi
# x 2 pts" is one trip with two patients.
_TIMES: Final = re.compile(
    r"(?<![\w.])[x\u00d7*]\s?(?P<number>\d{1,4})(?![\w/]|[.,]\d|\s?[x\u00d7%]|\s?-\s?\d"
    r"|\s?(?:pts?|patients?|people|riders|passengers)\b)",
    re.IGNORECASE,
)
# "15mg (2)": how often, or the units; not "30 mg (1 ml)".
_IN_PARENTHESES: Final = re.compile(
    rf"(?<![\w.,/$-])(?P<dose>{_MEASURE})\s?\((?P<number>[2-9]|[1-9]\d)\)", re.IGNORECASE
)
# "3 doses of 25 mg", "two injections at 40 mg", "4 visits, 100 mg each visit".
_DOSES_OF: Final = GatedPattern(
    rf"(?<![\w.,/$-]){_NUMBER} (?P<what>{_GIVEN})(?: \w+)? ?(?:of|at|@|,|x) (?={_MEASURE})", re.IGNORECASE
)
_SIDES: Final = r"\d{1,2}(?:\.\d)? ?x ?\d{1,2}(?:\.\d)? ?cm"
# "two 50 mg doses", "three 150 mg vials", "two 4x4 cm pieces": the number before the amount.
_OF_AN_AMOUNT: Final = GatedPattern(
    rf"(?<![\w.,/$-]){_NUMBER} (?=(?:{_MEASURE}|{_SIDES}) "
    rf"(?P<what>{_GIVEN}|vials?|sdvs?|syringes?|pens?|bags?|bottles?)\b)",
    re.IGNORECASE,
)
# "x 3 injections", "4 weekly shots": things of which the table of units has none.
_INJECTIONS: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?:x ?)?{_NUMBER} (?:weekly |daily |monthly |separate |total )?"
    r"(?P<what>injections|shots|infusions|administrations|cycles)\b",
    re.IGNORECASE,
)
# "250 mg + 20 mg caps, 5 of each": how often each of several doses.
_OF_EACH_DOSE: Final = GatedPattern(
    r"(?<![\w.,/$#-])(?P<number>\d{1,3}) of each\b(?! (?:side|knee|eye))", re.IGNORECASE
)
# "30 mg twice", "25 mg three times", "30 mg 2x"; not "twice a day", which is how often, and not for how long.
_ADVERB: Final = GatedPattern(
    r"\b(?P<times>twice|thrice|(?P<number>[2-9]|two|three|four|five|six)(?: times|x(?= |$|[,;?])))"
    r"(?!\s?(?:/|an?\b|per\b|each\b|every\b|daily\b|weekly\b|monthly\b|(?:in|over) (?:a|the|one)\b|(?:the|as)\b|\d))",
    re.IGNORECASE,
)
# "60 mg, repeated once", "30 mg may repeat x1 given": the dose was given once more.
_REPEATED: Final = GatedPattern(r"\brepeat(?:ed)?,? (?:once|one time|x ?1)\b", re.IGNORECASE)
# "2 mg both eyes", "40 mg each knee", "1.25 mg OU", "bilateral knees": the dose of one side, given on both.
BOTH_SIDES: Final = GatedPattern(
    r"\b(?:both (?:eyes|knees|shoulders|hips|sides|arms|legs|thighs|ankles|wrists|elbows|feet|hands|glutes"
    r"|buttocks|heels|ways)|(?:each|per) (?:eye|knee|shoulder|hip|side|arm|leg|thigh|ankle|wrist|elbow|foot|hand|glute"
    r"|buttock|heel|way)\b"
    r"|bilat(?:eral(?:ly)?)?\.?|b/l(?= |$|,)|ou(?= |$|,))",
    re.IGNORECASE,
)
# "80 mg split between both knees": the dose is that of both sides.
_DIVIDED: Final = GatedPattern(r"\b(?:split|divided|shared|half in)\b", re.IGNORECASE)
# "total of 80 mg, both knees", "80 mg total"; not the total that is asked for: "40 mg each knee, total units?".
_IN_ALL: Final = GatedPattern(
    r"\btotal (?:of|dose)\b|\btotal\W*$|\d ?(?:mg|mcg|ml|cc|units?|u) (?:in )?(?:total|altogether|combined)\b",
    re.IGNORECASE,
)
# "80 mg, 40 each side", "40 each": the dose of each side, of which the whole is given, too.
_OF_EACH: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<number>\d{1,4}(?:\.\d)?) ?(?:mg|mcg|ml|cc|units?)? (?:in )?each\b", re.IGNORECASE
)
# "1000 mg over 5 visits", "1 g divided in 4 doses": the dose is all of them together.
_SHARES: Final = re.compile(
    r"\b(?:over|across|(?:divided|split|spread|broken)(?: up)?(?: equally| evenly)?"
    r" (?:in|into|over|across|among|between)) (?:the |a course of )?$",
    re.IGNORECASE,
)
_OR: Final = re.compile(r"\b(?:or|vs\.?) $", re.IGNORECASE)
_TWICE: Final = 2
_THRICE: Final = 3
_ADVERBS: Final = {"twice": _TWICE, "thrice": _THRICE}


def find_dose_counts(text: str) -> Iterator[QuantitySpan]:
    """The numbers of doses that are written beside the amount of one: "3 doses of 25 mg", "two 50 mg doses".

    A number of vials or other containers counts those.
    """
    for match in _DOSES_OF.finditer(text):
        yield QuantitySpan(_times(number_in(match["number"]), match["what"]), *match.span())
    for match in _OF_AN_AMOUNT.finditer(text):
        unit, number = unit_of(match["what"]), number_in(match["number"])
        holds = match["what"].lower().startswith("sdv") or (unit is not None and unit.display in CONTAINERS - {"dose"})
        counted = Quantity(amount=number, unit="vial", role=QuantityRole.COUNT) if holds else _times(number, "doses")
        yield QuantitySpan(counted, match.start(), match.end("number"))
    for match in _INJECTIONS.finditer(text):
        yield QuantitySpan(_times(number_in(match["number"]), match["what"]), *match.span())


def find_times(text: str) -> Iterator[QuantitySpan]:
    """How many times a dose was given, without the amount beside it: "x 2", "twice", "both knees"."""
    for match in _TIMES.finditer(text):  # the x 2 of "J3301 x 8 or x 2" is another number of units
        before = text[max(0, match.start() - READ_BESIDE) : match.start()]
        role = QuantityRole.CLAIMED if _OR.search(before) else QuantityRole.TIMES
        yield QuantitySpan(Quantity(amount=float(match["number"]), unit="", role=role), *match.span())
    for match in _ADVERB.finditer(text):
        number = _ADVERBS.get(match["times"].lower()) or number_in(match["number"])
        yield QuantitySpan(Quantity(amount=number, unit="", role=QuantityRole.TIMES), *match.span())
    for match in _OF_EACH_DOSE.finditer(text):
        yield QuantitySpan(Quantity(amount=float(match["number"]), unit="", role=QuantityRole.TIMES), *match.span())
    for match in _REPEATED.finditer(text):
        again = Quantity(amount=_TWICE, unit="", role=QuantityRole.TIMES, written=match[0].lower())
        yield QuantitySpan(again, *match.span())
    for match in _IN_PARENTHESES.finditer(text):
        either = f"{match['number']} times {match['dose']} or {match['number']} units"
        unsure = Quantity(amount=float(match["number"]), unit=UNSURE, role=QuantityRole.CLAIMED, written=either)
        yield QuantitySpan(unsure, match.end("dose"), match.end())
    yield from _sides(text)


def without_shares(text: str, spans: Iterable[QuantitySpan]) -> list[QuantitySpan]:
    """The amounts, but for the numbers of doses that an amount is divided into."""
    return [
        span
        for span in spans
        if span.quantity.role is not QuantityRole.TIMES
        or not _SHARES.search(text, max(0, span.start - READ_BESIDE), span.start)
    ]


def _sides(text: str) -> Iterator[QuantitySpan]:
    divided, in_all = _DIVIDED.search(text), _IN_ALL.search(text)
    each = _OF_EACH.search(text)
    if each and re.search(rf"(?<![\d.]){float(each['number']) * _TWICE:g} ?[mu]", text, re.IGNORECASE):
        return
    for match in () if divided else BOTH_SIDES.finditer(text):
        written = match[0].lower().replace("ou", "OU") if len(match[0]) == len("ou") else match[0].lower()
        if in_all and not written.startswith(("each", "per", "OU")):
            continue
        yield QuantitySpan(Quantity(amount=_TWICE, unit="", role=QuantityRole.TIMES, written=written), *match.span())


def _times(number: float, what: str) -> Quantity:
    singular = what.lower().removesuffix("s")
    written = f"{number:g} {singular}" if number == 1 else f"{number:g} {singular}s"
    return Quantity(amount=number, unit="", role=QuantityRole.TIMES, written=written)
