"""What a container holds: "gave 820 of 1000 mg", "120 and 400 mg vials", "2 boxes of 50", "1% 10 ml"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.counted_items import ITEM
from hcpcs.questions.recognizers.quantities.number_words import SPELLED, number_in
from hcpcs.questions.recognizers.quantities.related_quantities import QuantitySpan
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.records.billing.brand_strengths import named_concentrations
from hcpcs.records.billing.units import ASKABLE, DIVISIBLE, unit_of

_ONE_SIZE: Final = rf"\d{{1,5}}(?:,\d{{3}})*(?:\.\d{{1,3}})?\s?-?(?:{DIVISIBLE})(?![a-z0-9/])"
# "gave 820 of 1000 mg", "used 75 mg out of a 100 mg vial": what was given of what the containers held.
_GIVEN_OF: Final = GatedPattern(
    rf"\b(?:gave|given|administered|infused|injected|used)\s(?:only )?(?P<given>\d{{1,4}}(?:\.\d{{1,3}})?)\s?"
    rf"(?P<same>{ASKABLE})?\s(?:out )?of (?:an? |the |one )?(?P<held>\d{{1,4}}(?:\.\d{{1,3}})?)\s?-?"
    rf"(?P<unit>{ASKABLE})(?![a-z0-9]|\s?vials)",
    re.IGNORECASE,
)
# "120 and 400 mg vials", "from 100 mg or 400 mg vials": two sizes, the first perhaps without its unit.
_TWO_SIZES: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<one>\d{{1,5}}(?:\.\d{{1,3}})?)(?:\s?-?(?P<same>{DIVISIBLE}))?(?: vials?)?\s?(?:and|or|&|/)\s?"
    rf"(?P<other>\d{{1,5}}(?:\.\d{{1,3}})?)\s?-?(?P<unit>{DIVISIBLE})\s(?:single[ -]?(?:dose|use) )?"
    r"(?:vials|sdvs|syringes|pens)\b",
    re.IGNORECASE,
)
# The sizes before the last two: "from 50 mg, 100 mg and 200 mg vials".
_FURTHER_SIZE: Final = re.compile(
    rf"(?<![\w.,/$-])(?<!bsa )(?P<size>\d{{1,5}}(?:\.\d{{1,3}})?)(?:\s?-?(?P<unit>{DIVISIBLE}))?,\s?$",
    re.IGNORECASE,
)
# "vial 500 mg", "vials 100 mg and 400 mg", "vials: 100 mg, 400 mg": the sizes after the word, which no amount precedes.
_SIZES_AFTER: Final = GatedPattern(
    rf"\b(?P<word>vials?|sdvs?)(?: sizes?)?(?: of| is| are|:)? ?"
    rf"(?P<sizes>{_ONE_SIZE}(?:\s?(?:,|and|or|&|/)\s?{_ONE_SIZE}){{0,2}})"
    r"(?!\s?(?:dose|each|x ?\d)"
    r"|[\s,]*(?:was |were )?(?:given|used|administered|infused|injected|wasted|discarded|im|iv|sq)\b)",
    re.IGNORECASE,
)
_EACH_SIZE: Final = re.compile(
    rf"(?P<size>\d{{1,5}}(?:,\d{{3}})*(?:\.\d{{1,3}})?)\s?-?(?P<unit>{DIVISIBLE})", re.IGNORECASE
)
_AN_AMOUNT: Final = re.compile(rf"\d\s?-?(?:{DIVISIBLE})(?![a-z0-9])", re.IGNORECASE)
# "100 mg " before "vial 80 mg", "2 " before "vials 100 mg"; not the weight of "80 kg vial 500 mg".
_ENDS_IN_AMOUNT: Final = re.compile(
    rf"(?:\d\s?-?(?!kg|m2)(?:{DIVISIBLE})[\s-]*(?:single[ -]?(?:dose|use)\s)?"
    rf"|(?<![\d.])(?:\d{{1,4}}|an?|one|{SPELLED})\s)$",
    re.IGNORECASE,
)
# "100 mg vials: 2 opened": how many vials of a size were opened.
_OPENED_OF_SIZE: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<size>{_ONE_SIZE}) vials?[:,]? ?(?P<count>\d{{1,2}}) (?:were )?opened\b", re.IGNORECASE
)
# "one 500 mg and two 100 mg vials": how many of each of two sizes.
_COUNTED_SIZES: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<count>\d{{1,2}}|an?|one|{SPELLED})\s(?:x\s)?(?P<one>\d{{1,5}}(?:\.\d{{1,3}})?)\s?-?"
    rf"(?P<same>{DIVISIBLE})?(?: vials?)?,?\s?(?:and|plus|\+|&)\s?(?P<others>\d{{1,2}}|an?|one|{SPELLED})\s(?:x\s)?"
    rf"(?P<other>\d{{1,5}}(?:\.\d{{1,3}})?)\s?-?(?P<unit>{DIVISIBLE})\s(?:single[ -]?(?:dose|use) )?"
    r"(?:vials?|sdvs?|syringes?|pens?)\b",
    re.IGNORECASE,
)
# "1 vial 500 mg and 3 vials 100 mg": the same with the word before each size.
_COUNTED_VIALS: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<count>\d{{1,2}}|one|{SPELLED}) vials? (?:of )?(?P<size>{_ONE_SIZE}),? ?(?:and|plus|\+|&) "
    rf"(?P<others>\d{{1,2}}|one|{SPELLED}) vials? (?:of )?(?P<other>{_ONE_SIZE})(?! ?(?:given|used|im|iv|sq)\b)",
    re.IGNORECASE,
)
# "2 boxes of 50", "3 cases of 96": what holds how many items, where they are not named.
_BOXES: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<count>\d{{1,4}}|{SPELLED})\s"
    r"(?P<unit>box(?:es)?|bxs?|cases?|packs?|pks?|packages?|cartons?|bags?) of "
    r"(?P<content>\d{1,4})(?:\s?(?:ct|count))?(?![\w/]|[.,]\d|\s?[a-z])",
    re.IGNORECASE,
)
# "100 count box", "box of 100", "100 ct": the items of one box.
_COUNT: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<content>\d{1,4})[ -]?(?:count|ct)\b(?: ?(?:box|bx|pack|pk|package|bag|case)\b)?"
    r"|\b(?:box|bx|pack|pk|package|bag|case) of (?P<held>\d{1,4})(?![\w/]|[.,]\d|\s?[a-z])",
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
_MG_IN_A_PERCENT: Final = 10
"""Milligrams in a milliliter of a solution of one percent."""


def find_opened(text: str) -> Iterator[QuantitySpan]:
    """What was given of what containers held, and the contents of containers of two sizes."""
    yield from _given_of(text)
    yield from _counted_sizes(text)
    yield from _counted_vials(text)
    for match in _TWO_SIZES.finditer(text):
        unit = unit_of(match["unit"])
        same = unit_of(match["same"]) if match["same"] else unit
        if unit is None or same != unit:
            continue
        for group, end in (("one", match.start("other")), ("other", match.end())):
            size = Quantity(amount=float(match[group]), unit=unit.display, role=QuantityRole.CONTAINER)
            yield QuantitySpan(size, match.start(group), end)
        further = _FURTHER_SIZE.search(text[: match.start("one")])
        if further and unit_of(further["unit"] or unit.display) != unit:
            continue  # "82 kg, 400 mg and 100 mg vials"
        if further and _AN_AMOUNT.search(text[: further.start()]):  # not the dose of "250 mg, 100 mg and 200 mg vials"
            size = Quantity(amount=float(further["size"]), unit=unit.display, role=QuantityRole.CONTAINER)
            yield QuantitySpan(size, further.start("size"), match.start("one"))
    yield from _sizes_after(text)
    yield from _opened_of_size(text)


def _opened_of_size(text: str) -> Iterator[QuantitySpan]:
    for match in _OPENED_OF_SIZE.finditer(text):
        one = _EACH_SIZE.match(match["size"])
        unit = unit_of(one["unit"]) if one else None
        if one and unit:
            content = float(one["size"].replace(",", ""))
            container = Quantity(amount=content, unit=unit.display, role=QuantityRole.CONTAINER)
            yield QuantitySpan(container, match.start(), match.start("count"))
            number = Quantity(amount=float(match["count"]), unit="vial", role=QuantityRole.COUNT)
            yield QuantitySpan(number, match.start("count"), match.end())


def _sizes_after(text: str) -> Iterator[QuantitySpan]:
    """What vials hold, after their word: "vial 500 mg"; after a comma only beside a dose that comes before."""
    for match in _SIZES_AFTER.finditer(text):
        several = len(_EACH_SIZE.findall(match["sizes"])) > 1
        if _ENDS_IN_AMOUNT.search(text[: match.start()]) and not several:
            continue  # "100 mg vial 80 mg" is a vial and a dose
        dosed = _AN_AMOUNT.search(text[: match.start()]) is not None
        start = match.start("sizes")
        for place, one in enumerate(_EACH_SIZE.finditer(match["sizes"])):
            unit = unit_of(one["unit"])
            joined = match["sizes"][: one.start()].rstrip()
            if unit is None or (place and joined.endswith(",") and not dosed):
                break
            held = Quantity(amount=float(one["size"].replace(",", "")), unit=unit.display, role=QuantityRole.CONTAINER)
            yield QuantitySpan(held, start + one.start(), start + one.end())


def _given_of(text: str) -> Iterator[QuantitySpan]:
    for match in _GIVEN_OF.finditer(text):
        unit, same = unit_of(match["unit"]), unit_of(match["same"]) if match["same"] else None
        given, content = float(match["given"]), float(match["held"])
        if unit is None or not unit.divisible or same not in {None, unit} or given > content:
            continue
        yield QuantitySpan(Quantity(amount=given, unit=unit.display), match.start("given"), match.start("held"))
        container = Quantity(amount=content, unit=unit.display, role=QuantityRole.CONTAINER)
        yield QuantitySpan(container, match.start("held"), match.end())


def _counted_sizes(text: str) -> Iterator[QuantitySpan]:
    for match in _COUNTED_SIZES.finditer(text):
        for count, size, named, end in (("count", "one", "same", "others"), ("others", "other", "unit", None)):
            unit = unit_of(match[named] or match["unit"])
            if unit is None:
                continue
            number = Quantity(amount=number_in(match[count]), unit="vial", role=QuantityRole.COUNT)
            yield QuantitySpan(number, match.start(count), match.end(count))
            held = Quantity(amount=float(match[size]), unit=unit.display, role=QuantityRole.CONTAINER)
            yield QuantitySpan(held, match.start(size), match.start(end) if end else match.end())


def _counted_vials(text: str) -> Iterator[QuantitySpan]:
    for match in _COUNTED_VIALS.finditer(text):
        for count, size in (("count", "size"), ("others", "other")):
            one = _EACH_SIZE.match(match[size])
            unit = unit_of(one["unit"]) if one else None
            if one and unit:
                number = Quantity(amount=number_in(match[count]), unit="vial", role=QuantityRole.COUNT)
                yield QuantitySpan(number, match.start(count), match.end(count))
                content = float(one["size"].replace(",", ""))
                container = Quantity(amount=content, unit=unit.display, role=QuantityRole.CONTAINER)
                yield QuantitySpan(container, match.start(size), match.end(size))


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
