"""How often a dose is given, and for how long: "every 8 hours for 10 days" is 30 doses, "weekly x 4 weeks" is 4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.counted_items import UNSURE
from hcpcs.questions.recognizers.quantities.related_quantities import CONTAINERS, PERIODS, SIDES, STRENGTH, QuantitySpan
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.questions.words.number_words import number_in
from hcpcs.records.billing.counted_units import DAYS_OF
from hcpcs.records.billing.units import DIVISIBLE, unit_of

# One alternative for each way to say it: "BID", "every 8 hours", "4 times a day" and "twice weekly", "every other week"
# and "q3w", "daily" and "weekly".
_FREQUENCY: Final = re.compile(
    r"\b(?:(?P<latin>[btq]id)"
    r"|(?:(?:q\.?|every)\s?(?P<hours>4|6|8|12|24|four|six|eight|twelve)\s?h(?:(?:ou)?rs?)?|q(?P<short>6|8|12|24))"
    r"|(?P<times>[1-6]|once|twice|two|three|four|five|six)"
    r"(?:(?:\s?x| times)?(?: an? | per | every | each |\s?/\s?)|(?:(?<=ce)|\s?x| times) )"  # not "4 weekly shots"
    r"(?P<of>d|w|m)(?:a(?:y|ily)|(?:ee)?k(?:ly)?|o(?:nth(?:ly)?)?)"
    r"|(?:q\.?|every)\s?(?P<every>[1-9]\d?|other|two|three|four|six|eight)\s?(?P<period>d|w|m)(?:ays?|(?:ee)?ks?|o(?:nth)?s?)?"
    r"|(?:q\.?|every)\s?(?P<each>d|w|m)(?:ay|(?:ee)?k|o(?:nth)?)?"
    r"|(?P<adverb>daily|nightly|qhs|qam|qpm|weekly|monthly))\b",
    re.IGNORECASE,
)
_AS_NEEDED: Final = GatedPattern(r"\b(?:prn|as needed)\b", re.IGNORECASE)
# "for a month", "x one week", "over the whole month": one period without a number before it.
_ONE_PERIOD: Final = GatedPattern(
    r"\b(?:(?:for|over|x) (?:an?|one|the)|times one|one(?= month))(?: whole| full| entire)? "
    r"(?P<period>day|week|wk|month|mo)\b",
    re.IGNORECASE,
)
# "2 g q8h units per day", "2 g q8h daily": the doses of one day, where no number of days is given.
_A_DAY: Final = re.compile(r"\b(?:(?:per|an?|each) day|daily|(?:per|in) 24 ?h(?:(?:ou)?rs?)?)\b|/day\b", re.IGNORECASE)
_NO_AMOUNT: Final = rf"(?![\w/%]|[.,]\d| ?-?(?:{DIVISIBLE}|days?|doses?|tabs?|caps?)(?![a-z0-9]))"
_DAY_LIST: Final = (
    rf"days? ?\d{{1,2}}{_NO_AMOUNT}(?:(?: ?- ?| to | through |,? ?(?:and |& ?)?(?:days? )?)\d{{1,2}}{_NO_AMOUNT})*"
)
# "750 mg days 1-5", "on days 1, 8, 15", "day 1 and day 8": the days of a cycle, on each of which a dose is given.
_CYCLE_DAYS: Final = GatedPattern(rf"\b(?:on )?(?P<days>{_DAY_LIST})", re.IGNORECASE)
# "125 mg day 1, 80 mg days 2 and 3": each dose with its own days.
_DOSE_OF_DAYS: Final = GatedPattern(
    rf"(?<![\w.,/$-])(?P<number>\d{{1,5}}(?:\.\d{{1,3}})?) ?(?P<unit>m?c?g|units?)? ?(?:(?:po|iv|im|orally|by mouth) )?"
    rf"(?:on )?(?P<days>{_DAY_LIST})",
    re.IGNORECASE,
)
# "1" and "2-4" of "days 1 and 2-4"
_DAY_OR_SPAN: Final = re.compile(r"(?P<first>\d{1,2})(?:(?: ?- ?| to | through )(?P<last>\d{1,2}))?", re.IGNORECASE)
_BY_MOUTH: Final = re.compile(r"(?:,?\s*(?:po|p\.o\.|by mouth|orally|each|total))*,?\s*", re.IGNORECASE)
_BETWEEN: Final = 40
"""Maximum characters from a dose to how often it is given: "2 g ceftriaxone IV over 30 min daily"."""
_NAMED: Final = re.compile(
    r"(?<=[a-z])|\W{0,2}(?:doses?|times?|treatments?|infusions?|injections?|days?)\b", re.IGNORECASE
)
"""A number that says what it is of: "x 10 doses"."""
_BEHIND: Final = 3
"""Maximum characters from a frequency to the number that goes with it: "qid, x30"."""
_HOURS_A_DAY: Final = 24
_LATIN: Final = {"bid": 2, "tid": 3, "qid": 4}
_NAMES: Final = {"d": "day", "w": "week", "m": "month", "n": "day", "q": "day"}
"""Periods by the first letter: of "nightly" and "qhs" it is a day."""


def follows_frequency(text: str, place: int) -> bool:
    """Whether how often something is given is said right after a place in a text: "2 tabs by mouth bid"."""
    return _FREQUENCY.match(text, _BY_MOUTH.match(text, place).end()) is not None  # type: ignore[union-attr]


def single_periods(text: str) -> list[QuantitySpan]:
    """A duration of one period: "for a month"."""
    spans = []
    for match in _ONE_PERIOD.finditer(text):
        one = Quantity(amount=1, unit=_NAMES[match["period"][0].lower()], role=QuantityRole.DURATION)
        spans.append(QuantitySpan(one, *match.span()))
    return spans


def find_days_of_cycle(text: str) -> Iterator[QuantitySpan]:
    """On how many days a dose is given; where each of several doses has days of its own, the amounts of all of them."""
    doses = list(_DOSE_OF_DAYS.finditer(text))
    units = [unit for match in doses if match["unit"] and (unit := unit_of(match["unit"]))]
    if len(doses) > 1 and len(set(units)) <= 1:
        name = units[0].display if units else STRENGTH
        for place, match in enumerate(doses):
            days, each = _days_in(match["days"]), float(match["number"])
            written = f"{match['number']} x {days} ({match['days'].lower()})" if days > 1 else ""
            role = QuantityRole.FURTHER if place else QuantityRole.DOSE
            of_days = Quantity(amount=round(each * days, 6), unit=name, role=role, written=written)
            yield QuantitySpan(of_days, *match.span())
        return
    for match in _CYCLE_DAYS.finditer(text):
        days = _days_in(match["days"])
        if days > 1:
            times = Quantity(amount=days, unit="", role=QuantityRole.TIMES, per="day", written=match["days"].lower())
            yield QuantitySpan(times, *match.span())


def _days_in(written: str) -> int:
    """How many days a list names: 3 of "days 1, 8 and 15", 5 of "days 1-5"."""
    spans = [(int(one["first"]), int(one["last"] or one["first"])) for one in _DAY_OR_SPAN.finditer(written)]
    return sum(last - first + 1 for first, last in spans if last >= first)


def with_frequency(text: str, spans: Sequence[QuantitySpan]) -> Sequence[QuantitySpan]:
    """The amounts with how many times the dose is given by its frequency and duration: "2 g q8h x 7 days" is 21 times.

    Without a duration, as needed, or where the number of doses isn't a whole one, the frequency is an interval, which
    multiplies nothing: the amount of one dose is what is asked about.
    """
    doses = [one for one in spans if one.quantity.unit and one.quantity.unit not in PERIODS | CONTAINERS | {SIDES}]
    given = (one for one in doses if one.quantity.role in {QuantityRole.DOSE, QuantityRole.RATE})
    # "300 mg vial bid 28 days": each vial is a dose.
    dose = next(given, next((one for one in doses if one.quantity.role is QuantityRole.CONTAINER), None))
    if dose and dose.quantity.per == "ml":  # "20% 4 ml vials qid": the volume is given, the smallest of several
        volumes = [one for one in doses if one.quantity.unit == "ml"]
        dose = min(volumes, key=lambda one: one.quantity.amount, default=dose)
    match = _beside(text, dose, spans) if dose else None
    if match is None:
        return spans
    others = [one for one in spans if not one.overlaps(match)]
    if open_number := _open_number(text, match, others):
        return [open_number if one.start == open_number.start else one for one in others]
    lasting = next((one.quantity for one in others if one.quantity.unit in PERIODS), None)
    if lasting is None and dose and dose.quantity.role is QuantityRole.DOSE and _is_of_a_day(text, match):
        lasting = Quantity(amount=1, unit="day")
    number = None if lasting is None or _AS_NEEDED.search(text) else _doses_in(match, lasting)
    if number is None or lasting is None:
        often = Quantity(amount=1, unit="", role=QuantityRole.INTERVAL, written=match[0].lower())
    else:
        written = f"{match[0].lower()} for {lasting.amount:g} {lasting.unit}{'' if lasting.amount == 1 else 's'}"
        if lasting.unit == "month":
            written += f" of {DAYS_OF['month']} days"
        often = Quantity(amount=number, unit="", role=QuantityRole.TIMES, per=lasting.unit, written=written)
    return sorted([*others, QuantitySpan(often, *match.span())], key=lambda span: span.start)


def _open_number(text: str, match: re.Match[str], others: Sequence[QuantitySpan]) -> QuantitySpan | None:
    """The number behind "qid" or "q8h" that may be of days or of doses: "0.5 mg qid x30"."""
    often = match["latin"] or match["hours"] or match["short"]
    if often is None or often == "24" or any(one.quantity.unit in PERIODS for one in others):
        return None
    for one in others:
        counts = one.quantity.role is QuantityRole.TIMES and not (one.quantity.per or one.quantity.written)
        if counts and 0 <= one.start - match.end() <= _BEHIND and not _NAMED.match(text, one.end):
            number = f"{one.quantity.amount:g}"
            unsure = Quantity(amount=one.quantity.amount, unit=UNSURE, written=f"{number} days or {number} doses")
            return one._replace(quantity=unsure)
    return None


def _is_of_a_day(text: str, often: re.Match[str]) -> bool:
    """Whether a day's doses are asked for, besides how often each is given."""
    return _A_DAY.search(text[: often.start()] + " " * len(often[0]) + text[often.end() :]) is not None


def _beside(text: str, dose: QuantitySpan, spans: Sequence[QuantitySpan]) -> re.Match[str] | None:
    """How often a dose is given, in the words after it; ``None`` where another amount stands between."""
    match = _FREQUENCY.search(text, dose.end)
    solids = [one for one in spans if one.quantity.role is QuantityRole.SOLIDS]
    if match is None:
        return None
    begin = max([dose.end, *(one.end for one in solids if one.end <= match.start())])
    if match.start() - begin > _BETWEEN:
        return None
    between = (one for one in spans if dose.end <= one.start and one.end <= match.start())
    if any(one.quantity.role is QuantityRole.TIMES and one.overlaps(match) for one in spans):
        return None  # "x4 weekly injections"
    if any(one.quantity.unit in CONTAINERS and one.quantity.per and one.overlaps(match) for one in spans):
        return None  # "250 calories a carton, 6 cartons daily"
    measured = any(
        one.quantity.unit not in PERIODS | CONTAINERS | {"min", "hour", "kg", "m2", ""} and one not in solids
        for one in between
    )
    return None if measured else match


def _doses_in(match: re.Match[str], lasting: Quantity) -> float | None:
    """The number of doses in a duration; ``None`` where it isn't a whole one, as of weeks in a month."""
    if match["latin"] or match["hours"] or match["short"]:
        written = match["hours"] or match["short"]
        hours = number_in(written) if written else 0
        a_day = _HOURS_A_DAY / hours if hours else _LATIN[match["latin"].lower()]
        return _whole(_periods_in(lasting, "day"), a_day)
    if match["every"]:
        every = 2 if match["every"].lower() == "other" else number_in(match["every"])
        return _whole(_periods_in(lasting, _NAMES[match["period"].lower()]), 1 / every)
    times = {"once": 1, "twice": 2}.get((match["times"] or "once").lower())
    unit = _NAMES[(match["of"] or match["each"] or match["adverb"])[0].lower()]
    return _whole(_periods_in(lasting, unit), number_in(match["times"]) if times is None else times)


def _periods_in(lasting: Quantity, unit: str) -> float | None:
    """How many periods of ``unit`` a duration has; ``None`` for weeks of a month."""
    if lasting.unit == unit:
        return lasting.amount
    if unit == "day":
        return lasting.amount * DAYS_OF[lasting.unit]
    return lasting.amount / DAYS_OF["week"] if (lasting.unit, unit) == ("day", "week") else None


def _whole(periods: float | None, per_period: float) -> float | None:
    number = None if periods is None else round(periods * per_period, 6)
    return number if number is not None and number >= 1 and number == int(number) else None
