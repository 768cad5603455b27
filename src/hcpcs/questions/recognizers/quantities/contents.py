"""What a container holds: "2 boxes of 50", "1% 10 ml", "2.5 mg in 3 ml", "kenalog-40 2 ml", "200u vial 155 given"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.counted_items import ITEM, UNSURE
from hcpcs.questions.recognizers.quantities.related_quantities import QuantitySpan
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.questions.words.number_words import SPELLED, number_in
from hcpcs.records.billing.brand_strengths import named_concentrations
from hcpcs.records.billing.units import DIVISIBLE, Dimension, unit_of

_A_WORD: Final = r"\s?(?!(?:kx|ks|nu|ga|gy|gz|ey)\b)[a-z]"
"""What may name the items of a box, unlike a modifier of its code: "2 boxes of 50 KX"."""
# "2 boxes of 50", "3 cases of 96": what holds how many items, where they are not named.
_BOXES: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<count>\d{{1,4}}|{SPELLED})\s"
    r"(?P<unit>box(?:es)?|bxs?|cases?|packs?|pks?|packages?|cartons?|bags?) of "
    rf"(?P<content>\d{{1,4}})(?:\s?(?:ct|count))?(?![\w/]|[.,]\d|{_A_WORD})",
    re.IGNORECASE,
)
# "100 count box", "box of 100", "100 ct": the items of one box.
_COUNT: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<content>\d{1,4})[ -]?(?:count|ct)\b(?: ?(?:box|bx|pack|pk|package|bag|case)\b)?"
    r"|\b(?:box|bx|pack|pk|package|bag|case) of (?P<held>\d{1,4})(?![\w/]|[.,]\d|\s?[a-z])",
    re.IGNORECASE,
)
_NEEDLES: Final = r"(?:needles?|catheters?|angiocaths?|hubers?|butterfl(?:y|ies)|lancets?)"
# "needles 24G", "30 g lancets", "20g x 1 in huber needle": a gauge, and not grams.
GAUGE: Final = GatedPattern(
    rf"\b{_NEEDLES},? (?:1[4-9]|2\d|3[0-4]) ?g(?:a|auge)?\b"
    rf"|(?<![\w.,/$-])(?:1[4-9]|2\d|3[0-4]) ?g(?:a|auge)?\b(?: ?x ?[\d./]+ ?(?:in\b|\")?)?(?: [a-z]+)? {_NEEDLES}\b",
    re.IGNORECASE,
)
# "1%", "0.25 %": grams in 100 milliliters.
_PERCENT: Final = GatedPattern(r"(?<![\w.,/$-])(?P<number>\d{1,2}(?:\.\d{1,3})?)\s?%", re.IGNORECASE)
# "1.5 cal", "2 kcal": what a milliliter of an enteral formula has, beside its volume.
_DENSITY: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<number>[0-2]?\.\d{1,2}|[12])\s?-?k?cal(?:orie)?s?(?:\s?(?:/|per )\s?(?:ml|cc))?\b",
    re.IGNORECASE,
)
_CALORIES: Final = GatedPattern(r"\d{2}\s?-?k?cal", re.IGNORECASE)
"""Calories that are an amount: beside them a density only describes the formula."""
# "2.5 mg/3 ml", "250 mg per 5 ml": what a volume holds, which is not the dose where containers of it are counted.
_IN_A_VOLUME: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<number>\d{{1,5}}(?:\.\d{{1,3}})?)\s?(?P<unit>{DIVISIBLE})\s?(?:/|per|in)\s?"
    r"(?P<volume>\d{1,3}(?:\.\d{1,2})?)\s?(?:ml|cc)(?![a-z0-9])(?: (?:unit dose )?(?:vials?|nebs?|ampules?)\b(?! ?x))?",
    re.IGNORECASE,
)
_NUMBER_OF_CONTAINERS: Final = GatedPattern(
    r"(?<![\w.,/$-])\d{1,4} ?(?:unit dose )?(?:vials|nebs|ampules|syringes|bottles|bags)\b"
    # "vials, qty 25"
    r"|\b(?:vials?|nebs?|ampules?|syringes?)[ ,:;(]{1,2}(?:#|(?:qty|quantity|disp|dispensed)[ :#]{1,2})\d",
    re.IGNORECASE,
)
# "2 cc of Kenalog 40", "kenalog-40 1.5 ml", not "kenalog 40 mg": a brand with its concentration in its name.
_NAMED_CONCENTRATION: Final = GatedPattern(
    r"(?:(?<![\w.,/$-])(?P<before>\d{0,2}\.?\d{1,2}) ?(?:ml|mls|cc|ccs) (?:of )?)?\b(?P<name>"
    + "|".join(named_concentrations())
    + r")[ -](?P<number>\d{2})(?!\d|\.\d| ?m?c?g)(?:,? ?(?:x ?)?(?P<after>\d{0,2}\.?\d{1,2}) ?(?:ml|mls|cc|ccs)\b)?",
    re.IGNORECASE,
)
_VOLUME: Final = GatedPattern(r"\d\s?(?:ml|mls|cc|l|liters?)(?![a-z0-9])", re.IGNORECASE)
# "4 cc marcaine 0.5%", "lidocaine 1% 2 ml": the volume of a drug and its concentration, beside another drug's dose.
_PERCENT_OF_VOLUME: Final = GatedPattern(
    r"(?<![\w.,/$-])(?:(?P<volume>(?P<before>\d{0,2}\.?\d{1,2}) ?(?:ml|mls|cc|ccs)) (?:of )?(?:[a-z][\w-]* ){0,2}?"
    r"(?P<percent>\d{1,2}(?:\.\d{1,3})?) ?%|(?P<first>\d{1,2}(?:\.\d{1,3})?) ?% (?:[a-z][\w-]* )?"
    r"(?P<after>\d{0,2}\.?\d{1,2}) ?(?:ml|mls|cc|ccs)\b)",
    re.IGNORECASE,
)
_ANOTHER_DOSE: Final = GatedPattern(
    rf"\d ?m?c?g\b(?! ?/)|\b(?:{'|'.join(named_concentrations())})[ -]\d", re.IGNORECASE
)
ONE_SIZE: Final = rf"\d{{1,5}}(?:,\d{{3}})*(?:\.\d{{1,3}})?\s?-?(?:{DIVISIBLE})(?![a-z0-9/])"
"""Pattern of what a container holds: "3.5mg", "1,000 mg"."""
EACH_SIZE: Final = re.compile(
    rf"(?P<size>\d{{1,5}}(?:,\d{{3}})*(?:\.\d{{1,3}})?)\s?-?(?P<unit>{DIVISIBLE})", re.IGNORECASE
)
"""The number and the unit of such a size."""
AN_AMOUNT: Final = re.compile(rf"\d\s?-?(?:{DIVISIBLE})(?![a-z0-9])", re.IGNORECASE)
"""Any amount in a unit that a descriptor can state."""
# "200u vial", "2 x 100 mg vials", "500 mg vial x2", "60mg/2ml vial"; "2 vials 100mg": what each of the vials holds.
_VIAL: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?:(?P<count>\d{{1,2}}|one|{SPELLED}) (?:x )?)?(?P<size>{ONE_SIZE})"
    r"(?: single[ -](?:dose|use))? (?:vials?|sdvs?)\b(?: ?x ?(?P<times>\d{1,2})(?!\w|[.,]\d))?"
    rf"|(?<![\w.,/$-])(?P<number>\d{{1,2}}|one|{SPELLED}) (?:vials?|sdvs?),? (?:of |x |@ )?(?P<content>{ONE_SIZE})",
    re.IGNORECASE,
)
# "155 given", "dose 2.6": what was given of a vial, without a unit.
_GIVEN_BARE: Final = GatedPattern(
    r"\b(?P<verb>dose|gave|given|administered|infused|injected|used)(?: was| is| of)?[:=]? ?"
    r"(?P<after>\d{1,4}(?:\.\d{1,3})?)"
    r"(?= *(?:$|[,;?)]|\.(?!\d)|(?:wast|discard|toss|threw|jw|jz|how|and |then |im|iv|sq|subq|from|rest|\d)\w*))"
    r"|(?<![\w.,/$-])(?P<before>\d{1,4}(?:\.\d{1,3})?) (?:was |were )?(?:given|administered|infused|injected)\b"
    r"(?! (?:sites?|areas?|times)\b)",
    re.IGNORECASE,
)
# "3.5mg vial 1.3mg/m2": a vial right before a dose by weight or surface.
_VIAL_AND_RATE: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<size>{ONE_SIZE}) (?:vial|sdv),? "
    rf"(?=\d{{1,5}}(?:\.\d{{1,3}})? ?(?:{DIVISIBLE}) ?(?:/|per) ?(?:kg|m2)\b)",
    re.IGNORECASE,
)
# "60mg/2ml vial gave 30 mg waste rest": what the vial holds, and what was given of it.
_OF_A_VOLUME: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<size>\d{{1,5}}(?:\.\d{{1,3}})?) ?(?P<unit>{DIVISIBLE}) ?(?:/|per|in) ?"
    r"\d{1,3}(?:\.\d{1,2})? ?(?:ml|cc) (?:vial|sdv),? (?:and )?(?:gave|used|given|administered|injected) (?:only )?"
    rf"(?P<given>\d{{1,5}}(?:\.\d{{1,3}})?) ?(?P<same>{DIVISIBLE})(?![a-z0-9/])",
    re.IGNORECASE,
)
_MOST_VIALS: Final = 10
"""Number "given" of a vial from which it is an amount, and not how many vials there were."""
_MOST_DOSES: Final = 5
"""Number after "dose" from which it is an amount, and not the place of the dose in a series."""
_LARGE: Final = 20
"""Size of a vial from which "1 given" is one of it."""
_MG_IN_A_PERCENT: Final = 10
"""Milligrams in a milliliter of a solution of one percent."""


def find_concentrations(text: str) -> Iterator[QuantitySpan]:
    """What a milliliter holds, where a volume is given: "1%" is 10 mg/ml, "1.5 cal" of a formula 1.5 calories."""
    if not _VOLUME.search(text):
        return
    yield from _of_named_concentrations(text)
    for match in _IN_A_VOLUME.finditer(text):
        unit = unit_of(match["unit"])
        given = _VOLUME.search(f"{text[: match.start()]} {text[match.end() :]}")
        if unit is None or not float(match["volume"]):
            continue
        if unit.dimension is Dimension.VOLUME:  # the saline of "0.5 ml in 3 ml saline" is not the drug
            yield QuantitySpan(Quantity(amount=float(match["number"]), unit=unit.display), *match.span())
            continue
        if _NUMBER_OF_CONTAINERS.search(text):
            held = Quantity(amount=float(match["number"]), unit=unit.display, role=QuantityRole.CONTAINER)
            yield QuantitySpan(held, *match.span())
        elif given and match["volume"] != "1":
            per_ml = round(float(match["number"]) / float(match["volume"]), 6)
            written = f"{match['number']} {unit.display} in {match['volume']} ml"
            rate = Quantity(amount=per_ml, unit=unit.display, role=QuantityRole.RATE, per="ml", written=written)
            yield QuantitySpan(rate, *match.span())
    yield from _percents_of_volumes(text)
    for match in _PERCENT.finditer(text):
        milligrams = round(float(match["number"]) * _MG_IN_A_PERCENT, 6)
        written = f"{match['number']}%"
        rate = Quantity(amount=milligrams, unit="mg", role=QuantityRole.RATE, per="ml", written=written)
        yield QuantitySpan(rate, *match.span())
    for match in () if _CALORIES.search(text) else _DENSITY.finditer(text):
        rate = Quantity(amount=float(match["number"]), unit="calories", role=QuantityRole.RATE, per="ml")
        yield QuantitySpan(rate, *match.span())


def _percents_of_volumes(text: str) -> Iterator[QuantitySpan]:
    """The doses of drugs by volume and percent, so that each is of its own drug: "4 cc marcaine 0.5%, kenalog 40"."""
    for match in _PERCENT_OF_VOLUME.finditer(text) if _ANOTHER_DOSE.search(text) else ():
        volume, percent = match["before"] or match["after"], match["percent"] or match["first"]
        per_ml = round(float(percent) * _MG_IN_A_PERCENT, 6)
        written = f"{volume} ml x {per_ml:g} mg per ml ({percent}%)"
        dose = Quantity(amount=round(float(volume) * per_ml, 6), unit="mg", written=written)
        yield QuantitySpan(dose, *match.span("volume" if match["before"] else 0))


def _of_named_concentrations(text: str) -> Iterator[QuantitySpan]:
    """The dose in a volume of a brand that is named with its concentration: 2 ml of Kenalog-40 is 80 mg."""
    for match in _NAMED_CONCENTRATION.finditer(text):
        volume = match["before"] or match["after"]
        per_ml = float(match["number"])
        if not volume or per_ml not in named_concentrations()[match["name"].lower()]:
            continue
        amount = round(float(volume) * per_ml, 6)
        written = f"{volume} ml x {per_ml:g} mg per ml"
        place = ("before", "name") if match["before"] else ("after", "after")
        end = match.start(place[1]) if match["before"] else match.end()
        yield QuantitySpan(Quantity(amount=amount, unit="mg", written=written), match.start(place[0]), end)
        strength = Quantity(amount=per_ml, unit="mg", role=QuantityRole.RATE, per="ml")
        yield QuantitySpan(strength, *match.span("number"))


def find_boxes(text: str) -> Iterator[QuantitySpan]:
    """Boxes and what each of them holds, where the items are not named."""
    for match in _BOXES.finditer(text):
        unit = unit_of(match["unit"])
        assert unit is not None, "every container of the pattern is a unit"
        boxes = Quantity(amount=number_in(match["count"]), unit=unit.display)
        yield QuantitySpan(boxes, match.start(), match.end("unit"))
        content = Quantity(amount=float(match["content"]), unit=ITEM, role=QuantityRole.CONTAINER)
        yield QuantitySpan(content, match.start("content"), match.end())
    for match in _COUNT.finditer(text):
        items = Quantity(amount=float(match["content"] or match["held"]), unit=ITEM)
        yield QuantitySpan(items, *match.span())


def find_given_of_vials(text: str) -> Iterator[QuantitySpan]:
    """What vials of one size hold, and what was given of them in their unit: "200u vial 155 given"."""
    for match in _OF_A_VOLUME.finditer(text):
        unit, same = unit_of(match["unit"]), unit_of(match["same"])
        if unit is not None and unit == same and float(match["given"]) <= float(match["size"]):
            yield size_of(match["size"] + match["unit"], match.start(), match.start("given"))
            yield QuantitySpan(
                Quantity(amount=float(match["given"]), unit=unit.display), match.start("given"), match.end()
            )
    for match in _VIAL_AND_RATE.finditer(text):
        yield size_of(match["size"], *match.span("size"))
    vials = list(_VIAL.finditer(text))
    if len(vials) != 1:
        return
    vial = vials[0]
    rest = f"{text[: vial.start()]}{' ' * len(vial[0])}{text[vial.end() :]}"
    given = list(_GIVEN_BARE.finditer(rest))
    if len(given) != 1 or AN_AMOUNT.search(rest):
        return
    number = given[0]["after"] or given[0]["before"]
    size = size_of(vial["size"] or vial["content"], *vial.span())
    is_dose = (given[0]["verb"] or "").lower() == "dose"
    if "." not in number and float(number) < (_MOST_DOSES if is_dose else _MOST_VIALS):
        if float(number) > 1 or size.quantity.amount < _LARGE:  # "4 mg vial, 2 given" may be two vials
            named = "units" if size.quantity.unit == "unit" else size.quantity.unit
            either = f"{number} {named} or {f'dose number {number}' if is_dose else f'{number} vials'}"
            yield QuantitySpan(Quantity(amount=float(number), unit=UNSURE, written=either), *given[0].span())
        return
    count = vial["count"] or vial["times"] or vial["number"]
    if count:
        named = next(name for name in ("count", "times", "number") if vial[name])
        counted = Quantity(amount=number_in(count), unit="vial", role=QuantityRole.COUNT)
        before = named != "times"
        place = vial.span(named)
        yield QuantitySpan(counted, *place)
        size = size._replace(start=place[1]) if before else size._replace(end=place[0])
    yield size
    yield QuantitySpan(Quantity(amount=float(number), unit=size.quantity.unit), *given[0].span())


def size_of(size: str, start: int, end: int) -> QuantitySpan:
    """What a container holds, as it is written with its unit: "3.5mg"."""
    one = EACH_SIZE.match(size)
    unit = unit_of(one["unit"]) if one else None
    assert one is not None, "every size of the patterns has a number and a unit"
    assert unit is not None, "every unit of the patterns is known"
    amount = float(one["size"].replace(",", ""))
    return QuantitySpan(Quantity(amount=amount, unit=unit.display, role=QuantityRole.CONTAINER), start, end)
