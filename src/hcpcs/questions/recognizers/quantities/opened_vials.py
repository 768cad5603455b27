"""What vials that were opened hold: "gave 820 of 1000 mg", "120 and 400 mg vials", "2 vials of 100", "vials 100"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.contents import AN_AMOUNT, EACH_SIZE, ONE_SIZE, find_given_of_vials, size_of
from hcpcs.questions.recognizers.quantities.quantity_roles import is_about_waste
from hcpcs.questions.recognizers.quantities.related_quantities import QuantitySpan
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.questions.words.number_words import SPELLED, number_in
from hcpcs.records.billing.units import ASKABLE, DIVISIBLE, unit_of

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
    rf"(?P<sizes>{ONE_SIZE}(?:\s?(?:,|and|or|&|/)\s?{ONE_SIZE}){{0,2}})"
    r"(?!\s?(?:dose|each|x ?\d)"
    r"|[\s,]*(?:was |were )?(?:given|used|administered|infused|injected|wasted|discarded|im|iv|sq)\b)",
    re.IGNORECASE,
)
# "100 mg " before "vial 80 mg", "2 " before "vials 100 mg"; not the weight of "80 kg vial 500 mg".
_ENDS_IN_AMOUNT: Final = re.compile(
    rf"(?:\d\s?-?(?!kg|m2)(?:{DIVISIBLE})[\s-]{{0,2}}(?:single[ -]?(?:dose|use)\s)?"
    rf"|(?<![\d.])(?<!bsa )(?:\d{{1,4}}|an?|one|{SPELLED})\s)$",
    re.IGNORECASE,
)
# "1000 mg/m2 bsa 2 vials 1g 200mg": sizes without a joint, behind a dose by surface or weight.
_SIZES_BEHIND_RATE: Final = GatedPattern(
    rf"(?:/|per ) ?(?:m2|kg)\b[^;?]{{0,40}}\bvials?:? (?P<sizes>{ONE_SIZE}(?: {ONE_SIZE}){{1,2}})"
    r"(?! ?(?:dose|each|given|used|administered|infused|injected|wasted|discarded)\b)",
    re.IGNORECASE,
)
# "100 mg vials: 2 opened": how many vials of a size were opened.
_OPENED_OF_SIZE: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<size>{ONE_SIZE}) vials?[:,]? ?(?P<count>\d{{1,2}}) (?:were )?opened\b", re.IGNORECASE
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
    rf"(?<![\w.,/$-])(?P<count>\d{{1,2}}|one|{SPELLED}) vials? (?:of )?(?P<size>{ONE_SIZE}),? ?(?:and|plus|\+|&) "
    rf"(?P<others>\d{{1,2}}|one|{SPELLED}) vials? (?:of )?(?P<other>{ONE_SIZE})(?! ?(?:given|used|im|iv|sq)\b)",
    re.IGNORECASE,
)

# "430 mg from 400 and 100 vials", "180 mg 2 vials of 100", "500 units 2 x 300 vials", "350 mg vials 100": sizes without
# a unit, which is then that of the dose before them.
_BARE_SIZES: Final = GatedPattern(
    r"(?<![\w.,/$-])(?:(?P<one>\d{2,5})(?: vials?)? ?(?:and|or|&|/|,) ?(?P<other>\d{2,5}) (?:vials|sdvs)"
    rf"|(?P<count>\d{{1,2}}|one|{SPELLED}) (?:vials?|sdvs?) of (?P<content>\d{{2,5}})"
    rf"|(?P<times>\d{{1,2}}|one|{SPELLED}) ?x ?(?P<each>\d{{2,5}}) (?:vials?|sdvs?)"
    r"|(?P<from>(?:from|using) )?(?:an? |the )?(?P<single>\d{2,5}) (?:vials?|sdvs?)"
    r"|(?:vials?|sdvs?) (?:of )?(?P<after>\d{2,5})(?: ?(?:and|or|&|/|,) ?(?P<second>\d{2,5}))?"
    r"(?= {2,}| ?(?:$|[,;?]|wast|jw|jz|disc|how|units\b)))"
    rf"(?![\w/%]|[.,]\d| (?:of )?\d| ?-?(?:{DIVISIBLE})(?![a-z0-9]))",
    re.IGNORECASE,
)
# "412 mg 3 vials 150 mg waste": vials that hold the dose before them, and each of which is needed for it.
_VIALS_OF_DOSE: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<count>\d{{1,2}}|{SPELLED}) (?:vials|sdvs|syringes|pens),? ?(?:of |x |@ )?"
    rf"(?P<size>\d{{1,5}}(?:\.\d{{1,3}})?) ?-?(?P<unit>{DIVISIBLE})(?![a-z0-9/])",
    re.IGNORECASE,
)
_DOSED: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<number>\d{1,6}(?:,\d{3})*(?:\.\d{1,3})?) ?-?(?P<unit>mg|mcg|gm?|grams?|units?|iu|u)"
    r"(?![a-z0-9])(?P<per> ?/| per )?",
    re.IGNORECASE,
)
_MOST_VIALS: Final = 20
"""Number behind "mg vials" from which it is their size."""
_LEAST_SIZE: Final = 50
"""Number before "vials" from which it is their size and not how many there are."""


def find_opened(text: str) -> Iterator[QuantitySpan]:
    """What was given of what containers held, and the contents of containers of two sizes."""
    yield from _given_of(text)
    yield from find_given_of_vials(text)
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
        if further and AN_AMOUNT.search(text[: further.start()]):  # not the dose of "250 mg, 100 mg and 200 mg vials"
            size = Quantity(amount=float(further["size"]), unit=unit.display, role=QuantityRole.CONTAINER)
            yield QuantitySpan(size, further.start("size"), match.start("one"))
    yield from _of_dose(text)
    yield from _bare_sizes(text)
    yield from _further_sizes(text)
    yield from _sizes_after(text)
    yield from _opened_of_size(text)


def _of_dose(text: str) -> Iterator[QuantitySpan]:
    for match in _VIALS_OF_DOSE.finditer(text):
        dose, unit = _DOSED.search(text[: match.start()]), unit_of(match["unit"])
        if dose is None or dose["per"] or unit is None or unit_of(dose["unit"]) != unit:
            continue
        number, size = number_in(match["count"]), float(match["size"])
        if (number - 1) * size < float(dose["number"].replace(",", "")) <= number * size:
            count = Quantity(amount=number, unit="vial", role=QuantityRole.COUNT)
            yield QuantitySpan(count, match.start(), match.start("size"))
            content = Quantity(amount=size, unit=unit.display, role=QuantityRole.CONTAINER)
            yield QuantitySpan(content, match.start("size"), match.end())


def _bare_sizes(text: str) -> Iterator[QuantitySpan]:
    """What vials hold in the unit of the dose before them, and how many vials there are."""
    for match in _BARE_SIZES.finditer(text):
        dose = _DOSED.search(text[: match.start()])
        unit = unit_of(dose["unit"]) if dose else None
        if dose is None or unit is None:
            continue
        amount = 0.0 if dose["per"] else float(dose["number"].replace(",", ""))
        by_weight = dose["per"] is not None and text[dose.end() :].startswith(("kg", "m2"))  # not "2.5 mg/3 ml"
        sure = match["from"] or by_weight or is_about_waste(text)
        if match["single"] and not (float(match["single"]) >= _LEAST_SIZE and sure):
            continue  # "from 10 vials"
        if match["after"] and not match["second"] and float(match["after"]) < _MOST_VIALS and amount:
            if not text[dose.end() : match.start()].strip():  # "20 mg vials 10"
                content = Quantity(amount=amount, unit=unit.display, role=QuantityRole.CONTAINER)
                yield QuantitySpan(content, dose.start(), match.start("after"))
                number = Quantity(amount=float(match["after"]), unit="vial", role=QuantityRole.COUNT)
                yield QuantitySpan(number, *match.span("after"))
            continue
        if match["after"] and amount and float(match["after"]) >= amount:
            continue  # "2.5 mg vials 100" are 100 vials
        count = "count" if match["count"] else "times"
        contents = "content" if match["count"] else "each"
        if match[count]:
            if number_in(match[count]) * float(match[contents]) < amount:
                continue
            number = Quantity(amount=number_in(match[count]), unit="vial", role=QuantityRole.COUNT)
            yield QuantitySpan(number, match.start(count), match.start(contents))
        sizes = [name for name in ("one", "other", contents, "single", "after", "second") if match[name]]
        for name in sizes:
            content = Quantity(amount=float(match[name]), unit=unit.display, role=QuantityRole.CONTAINER)
            yield QuantitySpan(content, match.start(name), _end_of(match, name))


def _end_of(match: re.Match[str], name: str) -> int:
    """Where a size ends: at the next one of the two."""
    then = {"one": "other", "after": "second"}.get(name)
    return match.start(then) if then and match[then] else match.end()


def _opened_of_size(text: str) -> Iterator[QuantitySpan]:
    for match in _OPENED_OF_SIZE.finditer(text):
        one = EACH_SIZE.match(match["size"])
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
        several = len(EACH_SIZE.findall(match["sizes"])) > 1
        if _ENDS_IN_AMOUNT.search(text[: match.start()]) and not several:
            continue  # "100 mg vial 80 mg" is a vial and a dose
        dosed = AN_AMOUNT.search(text[: match.start()]) is not None
        start = match.start("sizes")
        for place, one in enumerate(EACH_SIZE.finditer(match["sizes"])):
            unit = unit_of(one["unit"])
            joined = match["sizes"][: one.start()].rstrip()
            if unit is None or (place and joined.endswith(",") and not dosed):
                break
            held = Quantity(amount=float(one["size"].replace(",", "")), unit=unit.display, role=QuantityRole.CONTAINER)
            yield QuantitySpan(held, start + one.start(), start + one.end())


def _further_sizes(text: str) -> Iterator[QuantitySpan]:
    """The sizes behind the first one, where a dose by surface or weight leaves no other dose to be given."""
    for match in _SIZES_BEHIND_RATE.finditer(text):
        for one in [*EACH_SIZE.finditer(match["sizes"])][1:]:
            start = match.start("sizes")
            yield size_of(one[0], start + one.start(), start + one.end())


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
            one = EACH_SIZE.match(match[size])
            unit = unit_of(one["unit"]) if one else None
            if one and unit:
                number = Quantity(amount=number_in(match[count]), unit="vial", role=QuantityRole.COUNT)
                yield QuantitySpan(number, match.start(count), match.end(count))
                content = float(one["size"].replace(",", ""))
                container = Quantity(amount=content, unit=unit.display, role=QuantityRole.CONTAINER)
                yield QuantitySpan(container, match.start(size), match.end(size))
