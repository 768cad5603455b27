"""Things that are counted without their name: "6 per day", "200 every 3 months", "loaded miles 18.46", "a pair"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.related_quantities import QuantitySpan
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.questions.words.number_words import SPELLED, number_in
from hcpcs.records.billing.units import unit_of

# "6 per day", "3x/day", "4 times a day", "3 x day": items a day, where they are not named.
_ITEMS_PER: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<number>\d{1,3})\s?(?:(?:x|times|each)?\s?(?:/|per |an? |every )\s?|(?:x|times) ?)"
    r"(?P<per>day|week|month)\b",
    re.IGNORECASE,
)
# "200 per 3 mos", "100 every 90 days": the items of several periods.
_ITEMS_IN: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<number>\d{1,4})\s?(?:/|per |for |every |in )\s?\d{1,3} ?"
    r"(?:days?|weeks?|wks?|months?|mos?)\b",
    re.IGNORECASE,
)
# "20 a year": items of a period that is longer than a month.
_ITEMS_A_YEAR: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<number>\d{1,4})\s?(?:/|per |an? |each |every )(?:calendar )?(?:year|yr|quarter)\b",
    re.IGNORECASE,
)
# "is 5 A7030 units ok", "100 A4352 per month": the number before a code, which is blank in the text.
_ITEMS_OF_A_CODE: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<number>\d{1,4})\s{5,}"
    r"(?:units\b(?! ?(?:of|in|per) )|(?:per |an? |every |each |/)(?P<per>month|mo|year|yr|week|day)\b)",
    re.IGNORECASE,
)
# "lancets 300", "gloves 200 units": the number after the things.
_ITEMS_AFTER: Final = GatedPattern(
    r"\b(?:strips|lancets|gloves|catheters|dressings|diapers|briefs|underpads|pads|masks|pouches) (?:x ?|qty )?"
    r"(?P<number>\d{2,4})(?=$|[,?;])",
    re.IGNORECASE,
)
# "30 pcs": pieces.
_PIECES: Final = GatedPattern(r"(?<![\w.,/$-])(?P<number>\d{1,4}) ?pcs\b", re.IGNORECASE)
# "4x4 in 10 used", "dressing 4x4, 30 dispensed": the number of dressings behind their size.
_ITEMS_USED: Final = GatedPattern(
    r"\b(?:dressings?|gauze|foam|alginate|pads?|\d ?x ?\d(?: ?in(?:ch(?:es)?)?|\")?)[, ]{1,2}(?:qty )?"
    r"(?P<number>\d{1,3}) (?:were )?(?:used|applied|dispensed|shipped|delivered)\b",
    re.IGNORECASE,
)
# "2 every 3 months": not the 2 mg or 2 doses of a schedule.
_ITEMS_OF_MONTHS: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<number>\d{1,4})\s?(?:/|per |every )\s?\d{1,2} ?(?:months?|mos?)\b", re.IGNORECASE
)
# "600 cal/day 30 d": days without their word, beside an amount a day.
_DAYS: Final = re.compile(r"(?<![\w.,/$-])(?P<number>\d{1,3})\s?d(?![\w/-])", re.IGNORECASE)
_A_DAY: Final = GatedPattern(r"(?:/\s?|\bper |\ba )day\b|\bdaily\b", re.IGNORECASE)
# "at week 0, 2 and 6": when doses are given, each of them a dose of its own.
_AT_WEEKS: Final = GatedPattern(
    r"\bweeks? \d{1,2}(?:,? ?(?:and |& ?)?\d{1,2}){1,4}\b(?! ?(?:m?c?g|ml)\b)", re.IGNORECASE
)
# "daily 30 days", "every day x 14 days": the days of a service that is given on each of them.
_DAILY: Final = GatedPattern(
    r"\b(?:daily|every day|each day),? ?(?:for |x ?)?(?P<number>\d{1,3}) ?days\b", re.IGNORECASE
)
# "7 days a week for 4 weeks": the days of all weeks.
_DAYS_A_WEEK: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<days>[1-7]) ?days? ?(?:an?|per|/|each|every) ?(?:week|wk),? ?"
    r"(?:for |x ?|times )(?P<weeks>\d{1,2}) ?(?:weeks?|wks?)\b",
    re.IGNORECASE,
)
# "3 visits a week for 4 weeks", "once a week x 4 weeks", "weekly for 6 weeks": the visits of all weeks.
_VISITS_A_WEEK: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?:(?P<number>once|twice|[1-7]|one|{SPELLED}) ?(?:x|times|visits?|infusions?|doses?|treatments?)?"
    r" ?(?:an?|per|/|each|every) ?(?:(?:week|wk)|(?P<month>month|mo))|(?P<each>weekly|(?P<monthly>monthly))),? ?"
    r"(?:for |x ?|times )(?P<weeks>\d{1,2}) ?(?(month)(?:months?|mos?)|(?(monthly)(?:months?|mos?)|(?:weeks?|wks?)))\b",
    re.IGNORECASE,
)
# "BSA 1.8", "body surface area is 1.92 m2", "1.8 bsa": the surface without its unit.
_SURFACE: Final = GatedPattern(
    r"\b(?:bsa|body surface(?: area)?)\s?(?:of|is|was|=|:)?\s?(?P<number>[0-3](?:\.\d{1,3})?)"
    r"(?:\s?(?:m2|sq\.? ?m))?(?![\w/.])"
    r"|(?<![\w.,/$-])(?P<before>[0-3]\.\d{1,3}) ?(?:m2 ?|sq\.? ?m ?)?bsa\b(?! ?[:=]? ?\d)"
    r"|(?:/|per )m2 ?[x\u00d7*] ?(?P<times>[0-3]\.\d{1,3})(?![\w/.]| ?(?:m2|sq))",
    re.IGNORECASE,
)
# "pt weighs 187 lbs": the weight, for a dose by kilograms.
_POUNDS: Final = GatedPattern(r"(?<![\w.,/$-])(?P<number>\d{2,3}(?:\.\d)?) ?-?(?:lbs?|pounds?)\b", re.IGNORECASE)
_PER_KG: Final = GatedPattern(r"(?:/|per ) ?kg\b", re.IGNORECASE)
_KG_IN_A_POUND: Final = 0.45359237
# "loaded miles 18.46", "mileage: 12": the number after the word.
_MILES: Final = GatedPattern(
    r"\b(?:miles|mileage)\s?[:=]?\s?(?P<number>\d{1,4}(?:\.\d{1,2})?)(?![\w/]|[.,]\d)", re.IGNORECASE
)
# "a pair", "pair of shoes", "1 pr": two items, where units or a price are asked for.
_PAIR: Final = GatedPattern(r"(?<!\d )(?<!per )(?<!by the )\b(?:a |one |1 )?(?:pair|pr)\b(?! ?\d)", re.IGNORECASE)
# "A5500 pair units", "how much is a pair"; in a pasted "crutches, pair" no number is asked for.
_ASKS_UNITS: Final = GatedPattern(
    r"\b(?:units?|qty|quantity|price|cost|how many|how much|bill(?:ed)?)\b", re.IGNORECASE
)
# "is one syringe", "in a single vial": one container, by its word.
_ONE_CONTAINER: Final = GatedPattern(
    r"\b(?:one|a single) (?P<what>vial|syringe|pen|ampule)(?! of)\b(?! ?\d)", re.IGNORECASE
)
# "Euflexxa right knee one injection units": one dose, where no amount says how large it is.
_ONE_INJECTION: Final = GatedPattern(r"\b(?:one|1|a single) (?:injection|shot)\b(?! of\b)", re.IGNORECASE)
# "2 wounds", "each of three wounds"; not "wound #2".
_WOUNDS: Final = GatedPattern(
    rf"(?<![\w.,/$#-])(?P<number>\d{{1,2}}|one|{SPELLED}) (?:open |separate |different )?(?:wound|ulcer)s?\b",
    re.IGNORECASE,
)
# "changed daily, 2 wounds", "twice a day": how often the dressings of each wound are changed.
_CHANGED: Final = re.compile(
    r"\b(?:(?P<latin>[bt]id)"
    r"|(?:(?P<number>once|twice|two times|three times) )?(?:an? day|per day|every day|each day|daily))\b",
    re.IGNORECASE,
)
# "6 cans a day", with "250 cal" that are of each: more than that is of all of a day.
_CANS_A_DAY: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<number>\d{1,2}) ?(?:cans?|cartons?) ?(?:(?:per|an?|each|every|/) ?day\b|daily\b)", re.IGNORECASE
)
_CALORIES: Final = GatedPattern(
    r"(?<![\w.,/$-])(?P<number>\d{3})\s?-?k?cal(?:orie)?s?\b(?! ?(?:/|(?:per|an?|each|every|daily|total)\b))",
    re.IGNORECASE,
)
_LEAST_OF_A_CAN: Final = 200
"""Calories of a can from which half of a number may be those of one of two cans. Source: our own reading."""
_MOST_OF_A_CAN: Final = 480
"""Calories that a can holds at most: 237 ml of 2 calories per milliliter."""
_THINGS_BEFORE: Final = re.compile(r"\d ?[a-z]+ $", re.IGNORECASE)
_MEASURED: Final = re.compile(r"\d\s?(?:m?c?g|ml|units?|hours?|hrs?|min|k?cal|meq|iu)", re.IGNORECASE)
"""An amount a day, whose days are not what is counted."""
_ADVERBS: Final = {"once": 1, "twice": 2}
SCHEDULED: Final = "weeks"
"""The end of how the number of visits of a schedule is written."""
VISIT: Final = "visit"
"""The unit of visits of a schedule, which are days of a service that is billed per day."""
_CHANGES: Final = {"once": 1, "twice": 2, "two times": 2, "three times": 3, "bid": 2, "tid": 3}
WOUND: Final = "wound"
"""The unit of wounds, each of which has dressings of its own."""
UNSURE: Final = "either"
"""The unit of a number that may be one of two things, which are in how it is written: no units are counted of it."""
ITEM: Final = "item"
"""The unit of things that are counted and not named."""


def find_weights(text: str) -> Iterator[QuantitySpan]:
    """The weight of a patient in pounds, as kilograms, beside a dose by kilograms."""
    for match in _POUNDS.finditer(text) if _PER_KG.search(text) else ():
        kilograms = round(float(match["number"]) * _KG_IN_A_POUND, 2)
        written = f"{match['number']} lb"
        weight = Quantity(amount=kilograms, unit="kg", role=QuantityRole.WEIGHT, written=written)
        yield QuantitySpan(weight, *match.span())


def find_surfaces(text: str) -> Iterator[QuantitySpan]:
    """The body surface of a patient."""
    for match in _SURFACE.finditer(text):
        number = match["number"] or match["before"] or match["times"]
        start = match.start("times") if match["times"] else match.start()
        yield QuantitySpan(Quantity(amount=float(number), unit="m2"), start, match.end())


def find_cans(text: str) -> Iterator[QuantitySpan]:
    """The calories of one can, where a number of cans a day is given beside them: "6 cans a day 250 cal"."""
    cans, calories = list(_CANS_A_DAY.finditer(text)), list(_CALORIES.finditer(text))
    if len(cans) != 1 or len(calories) != 1:
        return
    each, number = float(calories[0]["number"]), float(cans[0]["number"])
    if each > _MOST_OF_A_CAN or number <= 1:  # "6 cans a day, 1500 calories" are of the day
        return
    if each / number >= _LEAST_OF_A_CAN:
        either = f"{each:g} calories a can or {each:g} calories a day"
        yield QuantitySpan(Quantity(amount=number, unit=UNSURE, written=either), *cans[0].span())
    else:
        held = Quantity(amount=each, unit="calories", role=QuantityRole.CONTAINER)
        yield QuantitySpan(held, *calories[0].span())


def find_daily(text: str) -> Iterator[QuantitySpan]:
    """The days of a service that is given on each of them: "S9366 daily 30 days"; the weeks of single doses."""
    for match in _AT_WEEKS.finditer(text):
        yield QuantitySpan(Quantity(amount=1, unit="", role=QuantityRole.INTERVAL, written=match[0]), *match.span())
    for match in _DAYS_A_WEEK.finditer(text):
        number = float(match["days"]) * float(match["weeks"])
        yield QuantitySpan(Quantity(amount=number, unit="day"), *match.span())
    for match in () if _MEASURED.search(text) else _VISITS_A_WEEK.finditer(text):
        number = 1 if match["each"] else _ADVERBS.get(match["number"].lower()) or number_in(match["number"])
        weeks = float(match["weeks"])
        month = match["month"] or match["monthly"]
        written = f"{number:g} a {'month' if month else 'week'} x {weeks:g} {'months' if month else SCHEDULED}"
        yield QuantitySpan(Quantity(amount=number * weeks, unit=VISIT, written=written), *match.span())
    for match in () if _MEASURED.search(text) else _DAILY.finditer(text):
        yield QuantitySpan(Quantity(amount=float(match["number"]), unit="day"), *match.span())


def find_wounds(text: str) -> Iterator[QuantitySpan]:
    """The number of wounds, for the dressings of each of them, and how often these are changed a day."""
    for match in _WOUNDS.finditer(text):
        number = number_in(match["number"])
        wounds = Quantity(amount=number, unit=WOUND, role=QuantityRole.TIMES, written=f"{number:g} wounds")
        yield QuantitySpan(wounds, *match.span())
    if not _WOUNDS.search(text) or _MEASURED.search(text) or _ITEMS_PER.search(text):
        return
    for match in _CHANGED.finditer(text):
        if _THINGS_BEFORE.search(text[: match.start()]):
            continue  # "3 strips per day"
        said = (match["latin"] or match["number"] or "once").lower()
        rate = Quantity(amount=_CHANGES[said], unit=ITEM, role=QuantityRole.RATE, per="day")
        yield QuantitySpan(rate, *match.span())


def find_items_of_months(text: str) -> Iterator[QuantitySpan]:
    """Items every few months, before the months are read as an amount: "A7030 2 every 3 months"."""
    yield from _items_in(text, _ITEMS_OF_MONTHS)


def _items_in(text: str, pattern: GatedPattern) -> Iterator[QuantitySpan]:
    for match in pattern.finditer(text):
        per = (match.groupdict().get("per") or "").lower()
        rated = {"role": QuantityRole.RATE, "per": per} if per in {"day", "week", "month"} else {}
        yield QuantitySpan(Quantity(amount=float(match["number"]), unit=ITEM, **rated), *match.span())


def find_items(text: str) -> Iterator[QuantitySpan]:
    """Items a day or in some months, days and miles beside their words, and pairs."""
    for pattern in (_ITEMS_IN, _ITEMS_A_YEAR, _ITEMS_OF_A_CODE, _ITEMS_AFTER):
        yield from _items_in(text, pattern)
    for match in _PIECES.finditer(text):
        yield QuantitySpan(Quantity(amount=float(match["number"]), unit="piece"), *match.span())
    for match in _ITEMS_USED.finditer(text):
        yield QuantitySpan(Quantity(amount=float(match["number"]), unit=ITEM), match.start("number"), match.end())
    for match in _ITEMS_PER.finditer(text):
        rate = Quantity(amount=float(match["number"]), unit=ITEM, role=QuantityRole.RATE, per=match["per"].lower())
        yield QuantitySpan(rate, *match.span())
    for match in _DAYS.finditer(text) if _A_DAY.search(text) else ():
        yield QuantitySpan(Quantity(amount=float(match["number"]), unit="day"), *match.span())
    for match in _MILES.finditer(text):
        yield QuantitySpan(Quantity(amount=float(match["number"]), unit="mile"), *match.span())
    for match in _ONE_CONTAINER.finditer(text) if _ASKS_UNITS.search(text) else ():
        unit = unit_of(match["what"])
        yield QuantitySpan(Quantity(amount=1, unit="syringe" if unit is None else unit.display), *match.span())
    for match in _ONE_INJECTION.finditer(text) if _ASKS_UNITS.search(text) and not _MEASURED.search(text) else ():
        yield QuantitySpan(Quantity(amount=1, unit="dose"), *match.span())
    for match in _PAIR.finditer(text) if _ASKS_UNITS.search(text) else ():
        yield QuantitySpan(Quantity(amount=1, unit="pair"), *match.span())
