"""What an amount is beside the others of a text: a dose that is added, a container, discarded drug, a duration."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.words.number_words import SPELLED, number_in

CONTAINERS: Final = frozenset(
    {"vial", "syringe", "bottle", "bag", "box", "case", "carton", "pack", "packet", "roll", "cans", "dose"}
)
"""Counted things that hold an amount given elsewhere in the question."""
DOSE_EACH: Final = "dose"
"""What a number of tablets or vials is per where how often they are given follows it: "2 tabs bid"."""
OCCASIONS: Final = frozenset({"dose", "visit", "session", "treatment", "encounter"})
"""Counted things at each of which a dose is given: beside a dose they are how many times."""
STRENGTH: Final = "strength"
"""The unit of a number beside a drug that is given without one ("depo-medrol 80, units?"): that of the descriptor."""
PRESUMED: Final = "presumed mg"
BARE: Final = "bare number"
"""The units of a number in a list of drugs: of which another has a unit ("decadron 10 and rocephin 500mg"), or none."""
PERCENT: Final = "%)"
"""The end of how an amount is written that a volume and a percent give."""
SIDES: Final = "sides"
"""The unit of an area whose sides are given without one ("5x5"): square centimeters of a graft."""
_CANS: Final = frozenset({237, 240, 250})
"""Milliliters of a can or carton of a formula, of which a larger volume may be several: "2 cans 474 ml"."""
_LEAST_CAN: Final = 200
_BOTTLES: Final = frozenset({1000, 1500})
PERIODS: Final = frozenset({"day", "week", "month"})
"""Units of time that multiply an amount per day, where there is one."""
_PLACE: Final = (
    r"(?:knee|shoulder|hip|eye|arm|leg|thigh|ankle|wrist|elbow|deltoid|glute|side"
    r"|forehead|neck|face|jaw|brow|scalp|calf|foot|hand|back)"
)
_SIDE: Final = rf"(?:(?:in|to|into) )?(?:the )?(?:(?:left|right|lt|rt|l|r|od|os)(?: {_PLACE})?|{_PLACE})"
# What is between two doses that are added: "5 mg and 10 mg", "40 mg left knee, then 40 mg right".
_ADDED: Final = re.compile(
    rf"\s?(?:(?:{_SIDE})?,?\s?(?:and(?: then)?|then|plus|followed by|\+|&)|{_SIDE},?)\s?(?:another |again )?"
    # "2 mg ativan IV then another 1 mg": another dose is of the same drug.
    r"|[^\d;?]{0,40}\b(?:another|additional|a (?:second|2nd) dose of|repeat(?:ed)? with)\s",
    re.IGNORECASE,
)
_GIVEN_OF_IT: Final = re.compile(r"\s*(?:was |were )?(?:given|administered|infused|injected)\b", re.IGNORECASE)
_GIVEN_BEFORE: Final = re.compile(r"\b(?:given|gave|administered|infused|injected):? $", re.IGNORECASE)
# "175 units used 25 wasted": the 25 are the waste.
_USED_THEN_WASTED: Final = re.compile(r" used,? [\d.]+ (?:wasted|discarded|tossed|thrown)\b(?! ?\d)", re.IGNORECASE)
_USED: Final = re.compile(r"\s*(?:was |were )?used\b(?!\s?\d)", re.IGNORECASE)
_TAKEN_BEFORE: Final = re.compile(r"\b(?:given|gave|administered|used):? (?:only |about )?$", re.IGNORECASE)
_OPENED: Final = re.compile(r"\b(?:from|using|opened|out of) ?$", re.IGNORECASE)
_OVER: Final = re.compile(rf"\b(?:over|in) (?:\d{{1,3}}|{SPELLED}) ?[a-z]+$", re.IGNORECASE)
# "wasted 11", "11 wasted": a discarded amount whose unit is that of the dose. In "used 170 discarded 30" it is the 30.
_BARE_WASTE: Final = re.compile(
    r"\b(?:wast(?:ed|e|age)|discard(?:ed)?|threw \w+|tossed)\s?(?:of|was|is|:|=)?\s?(?P<after>\d{1,4}(?:\.\d{1,2})?)"
    r"(?![\w/%]|[.,]\d|\s?[a-z])"
    r"|(?<![\w.,/$-])(?P<before>\d{1,4}(?:\.\d{1,2})?)\s(?:wasted|discarded|tossed|thrown (?:out|away))\b(?!\s?\d)",
    re.IGNORECASE,
)
# "200 units, used 170": what was given of a larger amount, in its unit.
_BARE_GIVEN: Final = re.compile(
    r"\b(?:used|gave|given|administered|infused|injected)\s(?P<given>\d{1,4}(?:\.\d{1,2})?)"
    r"(?=[,;.)]?(?:\s(?:and|then)\b|\s(?:wast\w*|discard\w*|threw|tossed)\b|$))"
    r"|(?<![\w.,/$-])(?P<placed>\d{1,4}(?:\.\d{1,2})?)\s(?:applied|used|given|administered|infused|injected),? "
    r"(?=\d{1,4}(?:\.\d{1,2})? (?:wasted|discarded)|(?:wasted|discarded) \d)",
    re.IGNORECASE,
)
# "100 mg vial, gave 180": what was given of vials, in their unit, which may be more than one of them holds.
_GIVEN_OF_VIALS: Final = re.compile(
    r"\b(?:used|gave|given|administered|infused|injected)\s(?:only |about |just )?(?P<given>\d{1,4}(?:\.\d{1,2})?)"
    r"(?![\w/%]|[.,]\d|\s?[a-z]*[/x\u00d7]|\s(?:vials?|times|doses?|units?|of|wast\w*|discard\w*|tossed)\b)",
    re.IGNORECASE,
)
# Between what a container holds and their number: "500 ml x 4 bottles", "250 ml bag, 2 bags".
_BAG_JOINT: Final = re.compile(r"[ x]*(?: (?:bags?|bottles?),? *)?", re.IGNORECASE)
_ROLL_JOINT: Final = re.compile(r"[ ,]*")
# "given as two 80 mg injections", "split into 2 x 80 mg": a dose in equal parts.
_IN_PARTS: Final = re.compile(
    r"\b(?:as|in|into) (?P<number>[2-4]|two|three|four)(?: separate| equal)?(?: x)? ?(?:injections? of |doses? of )?$",
    re.IGNORECASE,
)
_PIECE_AND_WOUND: Final = ("piece", "wound")
"""The two areas of a graft: how large it is, and how large its wound is."""
# "wound size 10 sq cm", "wound is 10 sq cm": the area that a graft is applied to.
_WOUND: Final = re.compile(r"\b(?:wound|ulcer)(?: \w+){0,2}\s?[:=]?\s?$", re.IGNORECASE)


class QuantitySpan(NamedTuple):
    """An amount and its place in the text, with the words that give its role where they follow it."""

    quantity: Quantity
    start: int
    end: int

    def overlaps(self, match: re.Match[str]) -> bool:
        """Whether a match has a character of the amount."""
        return self.start < match.end() and match.start() < self.end


def with_roles(text: str, spans: Sequence[QuantitySpan]) -> list[QuantitySpan]:
    """The amounts with the roles that depend on the others.

    A period is what is asked about where nothing else is ("S9328 for 3 days"), and containers are a count beside what
    they hold ("3 vials of 50 mg"). A dose that is joined to the one before is added to it, and the larger amount
    beside one that "was given" is what the container held.
    """
    spans = _without_parts(text, spans)
    spans = _with_whole(_with_rest_of_graft(text, _with_bare_waste(text, _with_bare_given(text, spans))))
    given = _given(text, spans)
    measured = [
        s
        for s in spans
        if s.quantity.unit
        and s.quantity.unit not in PERIODS | CONTAINERS | OCCASIONS
        and s.quantity.role not in {QuantityRole.SOLIDS, QuantityRole.TIMES}
    ]
    dosed = any(s.quantity.role in {QuantityRole.DOSE, QuantityRole.RATE} for s in measured)
    sized = any(" x " in one.quantity.written for one in measured)  # "2 pieces 4x4 cm"
    placed: list[QuantitySpan] = []
    for span, then in zip(spans, (*spans[1:], None), strict=False):
        quantity, role = span.quantity, span.quantity.role
        counts = quantity.unit in CONTAINERS | OCCASIONS and measured and role is QuantityRole.DOSE
        if quantity.unit in PERIODS and role in {QuantityRole.DURATION, QuantityRole.DOSE}:
            role = QuantityRole.DURATION if measured else QuantityRole.DOSE
            if measured and _OVER.search(text[: span.end]):
                role = QuantityRole.INTERVAL  # "1 g/kg over 2 days" is the dose of both
        elif role is QuantityRole.DOSE and (quantity.unit in OCCASIONS and dosed or quantity.unit == "piece" and sized):
            role = QuantityRole.TIMES
        elif counts or placed and _counts_containers(text, placed[-1], span) and _gives_a_dose(spans):
            role = QuantityRole.COUNT
        elif given and role is QuantityRole.DOSE and _holds(quantity, given, then):
            role = QuantityRole.CONTAINER
        elif placed and role is QuantityRole.DOSE and _is_content(text, placed[-1], span, measured):
            role = QuantityRole.CONTAINER  # "6 bottles 500 ml"
        elif placed and role is QuantityRole.DOSE and _is_added(text, placed[-1], span):
            role = QuantityRole.FURTHER
        if placed and role is QuantityRole.COUNT and _counts_contents(text, placed[-1], span):
            held = placed[-1].quantity.model_copy(update={"role": QuantityRole.CONTAINER})
            placed[-1] = placed[-1]._replace(quantity=held)
        placed.append(span._replace(quantity=quantity.model_copy(update={"role": role})))
    return _without_stock(text, placed)


def _without_stock(text: str, spans: list[QuantitySpan]) -> list[QuantitySpan]:
    """The amounts without a number of containers beside a dose that "was given": "gave 2.5 mg from a box of 30"."""
    doses = [one for one in spans if one.quantity.role is QuantityRole.DOSE and one.quantity.unit]
    given = any(
        _GIVEN_OF_IT.match(text, one.end) or _USED.match(text, one.end) or _TAKEN_BEFORE.search(text[: one.start])
        for one in doses
    )
    if not given or any(one.quantity.role is QuantityRole.CONTAINER for one in spans):
        return spans
    return [one for one in spans if one.quantity.role is not QuantityRole.COUNT]


def _with_bare_given(text: str, spans: Sequence[QuantitySpan]) -> Sequence[QuantitySpan]:
    """The amounts with what was given of a larger one, without a unit of its own: "500 mg vial, used 450"."""
    held = {QuantityRole.DOSE, QuantityRole.CONTAINER}
    if (whole := next((span for span in spans if span.quantity.role in held and span.quantity.unit), None)) is None:
        return spans
    in_vials = whole.quantity.role is QuantityRole.CONTAINER
    match = _GIVEN_OF_VIALS.search(text, whole.end) if in_vials else None
    match = match or _BARE_GIVEN.search(text, whole.end)
    group = match.lastgroup or "" if match else ""
    if match is None or (float(match[group]) > whole.quantity.amount and not in_vials):
        return spans
    if any(one.quantity.unit and one.start <= match.start(group) < one.end for one in spans):
        return spans  # "1 ml vial, used 4 mg" has a unit of its own
    used = not in_vials and _USED_THEN_WASTED.match(text, whole.end)
    # "given 40 mg, used 1"
    if used or _GIVEN_OF_IT.match(text, whole.end) or _GIVEN_BEFORE.search(text[: whole.start]):
        return spans
    container = whole.quantity.model_copy(update={"role": QuantityRole.CONTAINER})
    given = Quantity(amount=float(match[group]), unit=whole.quantity.unit, role=QuantityRole.DOSE)
    others = [span for span in spans if span is not whole and not span.overlaps(match)]
    place = match.span(group) if in_vials else match.span()
    return sorted(
        [*others, whole._replace(quantity=container), QuantitySpan(given, *place)], key=lambda span: span.start
    )


def _with_bare_waste(text: str, spans: Sequence[QuantitySpan]) -> Sequence[QuantitySpan]:
    """The amounts with a discarded one that has no unit of its own: "38 sq cm, wasted 11"."""
    dose = next((span for span in spans if span.quantity.role is QuantityRole.DOSE and span.quantity.unit), None)
    match = _BARE_WASTE.search(text) if dose else None
    if dose is None or match is None or any(span.overlaps(match) for span in spans):
        return spans
    number = float(match["after"] or match["before"])
    waste = Quantity(amount=number, unit=dose.quantity.unit, role=QuantityRole.WASTE)
    return sorted([*spans, QuantitySpan(waste, *match.span())], key=lambda span: span.start)


def _with_rest_of_graft(text: str, spans: Sequence[QuantitySpan]) -> Sequence[QuantitySpan]:
    """The amounts with what is left of a graft that is larger than its wound: "4x4 cm, wound size 10 sq cm"."""
    doses = [span for span in spans if span.quantity.role is QuantityRole.DOSE and span.quantity.unit]
    if len(doses) != len(_PIECE_AND_WOUND) or doses[0].quantity.unit != doses[1].quantity.unit:
        return spans
    wounds = [span for span in doses if _WOUND.search(text[: span.start])]
    pieces = [span for span in doses if span not in wounds]
    if len(wounds) != 1 or pieces[0].quantity.amount <= wounds[0].quantity.amount:
        return spans
    rest = round(pieces[0].quantity.amount - wounds[0].quantity.amount, 6)
    left = Quantity(amount=rest, unit=pieces[0].quantity.unit, role=QuantityRole.WASTE)
    return [pieces[0]._replace(quantity=left) if span is pieces[0] else span for span in spans]


def _without_parts(text: str, spans: Sequence[QuantitySpan]) -> Sequence[QuantitySpan]:
    """The amounts without the equal parts in which a dose was given: "160 mg, given as two 80 mg injections"."""
    doses = [span for span in spans if span.quantity.role is QuantityRole.DOSE and span.quantity.unit]
    if len(doses) != 2 or doses[0].quantity.unit != doses[1].quantity.unit:
        return spans
    whole, part = doses
    match = _IN_PARTS.search(text[: part.start])
    number = number_in(match["number"]) if match else 0
    if not match or round(number * part.quantity.amount - whole.quantity.amount, 6):
        return spans
    return [span for span in spans if span is not part and not match.start() <= span.start < part.end]


def _with_whole(spans: Sequence[QuantitySpan]) -> Sequence[QuantitySpan]:
    """The amounts with the one that was opened, of which the others are the parts: "44 mg, used 25 mg, wasted 19"."""
    doses = [span for span in spans if span.quantity.role is QuantityRole.DOSE and span.quantity.unit]
    wasted = [span.quantity for span in spans if span.quantity.role is QuantityRole.WASTE]
    if len(doses) != 2 or len(wasted) != 1 or len({one.unit for one in (*wasted, *(s.quantity for s in doses))}) > 1:
        return spans
    part, whole = sorted(doses, key=lambda span: span.quantity.amount)
    if round(part.quantity.amount + wasted[0].amount - whole.quantity.amount, 6):
        return spans
    held = whole._replace(quantity=whole.quantity.model_copy(update={"role": QuantityRole.CONTAINER}))
    return [held if span is whole else span for span in spans]


def _given(text: str, spans: Sequence[QuantitySpan]) -> Quantity | None:
    """The amount that "was given" of a larger one ("500 mg with 400 mg given"), if exactly one is."""
    doses = [one for one in spans if one.quantity.role is QuantityRole.DOSE]
    given = [one.quantity for one in doses if _GIVEN_OF_IT.match(text, one.end)]
    if not given:  # "100 mg vial 1 given 80 mg"
        given = [one.quantity for one in doses if _GIVEN_BEFORE.search(text[: one.start])]
    return given[0] if len(given) == 1 and len(doses) > 1 else None


def _holds(quantity: Quantity, given: Quantity, then: QuantitySpan | None) -> bool:
    """Whether an amount, or as many of it as are counted right after it ("400 mg x 2"), is more than what was given."""
    counted = then is not None and then.quantity.role is QuantityRole.TIMES and not then.quantity.unit
    times = then.quantity.amount if then is not None and counted else 1.0
    return quantity.unit == given.unit and quantity is not given and quantity.amount * times > given.amount


def _counts_containers(text: str, before: QuantitySpan, span: QuantitySpan) -> bool:
    """Whether "x2" right after a container is how many there are: "100 mg vial x2 gave 180 mg"."""
    times = span.quantity.role is QuantityRole.TIMES and not span.quantity.unit
    after = before.quantity.role is QuantityRole.CONTAINER
    return times and after and not text[before.end : span.start].strip(" ,()")


def _is_content(text: str, before: QuantitySpan, span: QuantitySpan, measured: Sequence[QuantitySpan]) -> bool:
    """Whether an amount right after a number of containers is what each holds: the only one, or "from 2 vials"."""
    counted = before.quantity.role is QuantityRole.COUNT and before.quantity.amount > 1
    beside = not text[before.end : span.start].strip(" ,@x") and not _GIVEN_OF_IT.match(text, span.end)
    alone = len(measured) == 1 or _OPENED.search(text[: before.start]) is not None
    return counted and beside and (alone or _is_of_a_formula(before.quantity, span.quantity, measured))


def _is_of_a_formula(containers: Quantity, volume: Quantity, measured: Sequence[QuantitySpan]) -> bool:
    """Whether a volume beside calories per milliliter is that of one container: "4 cartons 237 ml 1.0 cal/ml"."""
    by_volume = any(one.quantity.unit == "calories" and one.quantity.per == "ml" for one in measured)
    share = volume.amount / containers.amount
    each = share < _LEAST_CAN or volume.amount in _BOTTLES
    return by_volume and len(measured) == 2 and volume.unit == "ml" and each and share not in _CANS


def _counts_contents(text: str, before: QuantitySpan, span: QuantitySpan) -> bool:
    """Whether an amount is what bags or rolls hold: "500 ml 4 bottles", "250 ml bag, 2 bags"."""
    held = before.quantity.role is QuantityRole.DOSE and before.quantity.unit in {"ml", "L", "yard"}
    many = span.quantity.unit in {"bottle", "bag", "roll"}
    joint = _ROLL_JOINT if span.quantity.unit == "roll" else _BAG_JOINT
    return held and many and joint.fullmatch(text, before.end, span.start) is not None


def _gives_a_dose(spans: Sequence[QuantitySpan]) -> bool:
    """Whether an amount with a unit of its own was given, besides what containers hold."""
    return any(
        one.quantity.role is QuantityRole.DOSE and one.quantity.unit and one.quantity.unit not in PERIODS | CONTAINERS
        for one in spans
    )


def _is_added(text: str, before: QuantitySpan, span: QuantitySpan) -> bool:
    """Whether a dose is given besides the one before it: joined to it, and of the same unit."""
    doses = {QuantityRole.DOSE, QuantityRole.FURTHER}
    same = before.quantity.role in doses and before.quantity.unit == span.quantity.unit
    # A volume of a percent beside milligrams is of another drug: "kenalog 40 mg and 2 ml 1% lidocaine".
    same = same and before.quantity.written.endswith(PERCENT) == span.quantity.written.endswith(PERCENT)
    return same and _ADDED.fullmatch(text[before.end : span.start]) is not None
