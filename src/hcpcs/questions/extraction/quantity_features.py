"""The features that the amounts of a question give: what is measured, what is claimed, what is a descriptor."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.question import QuantityRole
from hcpcs.questions.recognizers.quantities.related_quantities import BARE, PERIODS, PRESUMED, SIDES, STRENGTH
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.records.billing.counted_units import MILE
from hcpcs.records.billing.units import ASKABLE, Dimension, unit_of
from hcpcs.records.families.code_families import is_by_day, is_by_volume, is_skin_substitute

# What comes before the amount of a pasted descriptor: "infliximab, 10 mg", "ceftriaxone sodium, per 250 mg".
_BEFORE_SIZE: Final = re.compile(r"^inj(?:ection)?,|,\s*(?:per\s|up to\s|oral,\s)?$|\bper\s$", re.IGNORECASE)
# What only a descriptor says of an amount: "greater than 3 mg", "> 12.0 g/dl", "100 calories = 1 unit".
_LIMIT_OR_EQUATION: Final = GatedPattern(
    r"\b(?:greater|less|more) than\b|exceed|[<>]|=\s?(?:1|one) unit\b(?! or)", re.IGNORECASE
)
# "per mg or per 4 mg", "per 250 mg or 500 mg"
_TWO_SIZES: Final = GatedPattern(
    rf"\bper (?:\d+(?:\.\d+)? ?)?(?:{ASKABLE}) or (?:per )?(?:\d+(?:\.\d+)? ?)?(?:{ASKABLE})(?![a-z0-9])", re.IGNORECASE
)
_OR_BOTH: Final = re.compile(r"\bor $", re.IGNORECASE)
_ASKS: Final = re.compile(r"\?(?:\W|$)")
"""A question mark, and not the 70?189 of a descriptor whose dash was lost."""
_LONG: Final = 90
"""Characters from which a text with an amount is a descriptor or a note, unless it asks for units or anything else."""
_GIVEN: Final = frozenset(
    {QuantityRole.DOSE, QuantityRole.CONTAINER, QuantityRole.RATE, QuantityRole.WASTE, QuantityRole.DURATION}
)
_NOT_IN_DESCRIPTORS: Final = frozenset(
    {
        QuantityRole.WASTE,
        QuantityRole.FURTHER,
        QuantityRole.WEIGHT,
        QuantityRole.TIMES,
        QuantityRole.INTERVAL,
        QuantityRole.COUNT,
        QuantityRole.SOLIDS,
    }
)
DRUG_MEASURES: Final = (Dimension.MASS, Dimension.ACTIVITY, Dimension.EQUIVALENT, Dimension.RADIOACTIVITY)
_SOLIDS: Final = frozenset({"tablet", "capsule"})
_BAG: Final = 100
"""Milliliters from which a volume is that of a bag."""
OTHER_MEASURES: Final = (Dimension.AREA, Dimension.ENERGY)


def gives_amount(*dimensions: Dimension, miles: bool = False) -> Callable[[ParseState], bool]:
    """Whether an amount is given in a unit of one of the dimensions (any if none is named), or in miles."""

    def holds(state: ParseState) -> bool:
        amounts = (span.quantity for span in state.quantities if span.quantity.role in _GIVEN)
        # "0.9% sodium chloride 1000 ml" names a fluid; "J2003 1% 10 ml" has a dose.
        given = [one.unit for one in amounts if state.codes or not one.written.endswith("%")]
        if not {STRENGTH, PRESUMED, BARE}.isdisjoint(given) and (not dimensions or Dimension.MASS in dimensions):
            return True
        if SIDES in given and Dimension.AREA in dimensions:  # "Q4186 2x3"
            return any(is_skin_substitute(one.mention.code) for one in state.codes)
        units = [unit for name in given if (unit := unit_of(name))]
        if miles and any(unit.display == MILE for unit in units):
            return True
        return bool(units) if not dimensions else any(unit.dimension in dimensions for unit in units)

    return holds


def gives_volume(state: ParseState) -> bool:
    """Whether a volume is given that the code counts: of a bag (1000 cc), or any of a drug or contrast ("7.5 ml").

    Another one is that of a vial or syringe: "A4208 3 cc".
    """
    of_drugs = any(is_by_volume(one.mention.code) for one in state.codes)
    given = (span.quantity for span in state.quantities if span.quantity.role in _GIVEN)
    units = ((quantity, unit_of(quantity.unit)) for quantity in given)
    return any(
        unit is not None
        and unit.dimension is Dimension.VOLUME
        and (of_drugs or quantity.amount * float(unit.factor or 0) >= _BAG)
        for quantity, unit in units
    )


def gives_things(state: ParseState) -> bool:
    """Whether things are counted, and not days or other periods: "5 bags", "200 every 3 months"."""
    given = (span.quantity.unit for span in state.quantities if span.quantity.role in _GIVEN)
    units = (unit_of(name) for name in given if name not in PERIODS)
    return any(unit is not None and unit.dimension is Dimension.COUNTED and unit.display != MILE for unit in units)


def gives_code_of_days(state: ParseState) -> bool:
    """Whether every code is of home infusion or of supplies that are mostly billed per day, week or month."""
    return bool(state.codes) and all(is_by_day(one.mention.code) for one in state.codes)


def gives_graft(state: ParseState) -> bool:
    """Whether an area is given beside a discarded one: "epifix 38 sq cm applied, 11 wasted"."""
    roles = {span.quantity.role for span in state.quantities if _is_area(span.quantity.unit)}
    return {QuantityRole.DOSE, QuantityRole.WASTE} <= roles


def _is_area(name: str) -> bool:
    unit = unit_of(name)
    return unit is not None and unit.dimension is Dimension.AREA


def claims_units(state: ParseState) -> bool:
    """Whether a question gives billing units to be checked: "charge 2", "J0897 x 60"."""
    counted = any(code.mention.units is not None for code in state.codes)
    return counted or any(span.quantity.role is QuantityRole.CLAIMED for span in state.quantities)


def gives_sides(state: ParseState) -> bool:
    """Whether something was given on both sides of the body: "Euflexxa both knees"."""
    asks = not state.tags.isdisjoint({"units", "units_asked"})
    for span in state.quantities:
        words = span.quantity.written.lower()
        both = words.startswith("both ") and not _OR_BOTH.search(state.text[: span.start])
        if span.quantity.role is QuantityRole.TIMES and (both or words == "ou" or (asks and words.startswith("b"))):
            return True
    return False


def gives_two_sizes(state: ParseState) -> bool:
    """Whether a question gives two amounts to choose the unit from: "per mg or per 4 mg"."""
    return _TWO_SIZES.search(state.text) is not None


def gives_two_claims(state: ParseState) -> bool:
    """Whether a question gives two numbers of units to choose from: "qty 1 or 4"."""
    claims = (span.quantity for span in state.quantities if span.quantity.role is QuantityRole.CLAIMED)
    return len({one.amount for one in claims}) > 1


def gives_period(state: ParseState) -> bool:
    """Whether days, weeks or months are given."""
    periods = (span.quantity for span in state.quantities if span.quantity.unit in PERIODS)
    return any(one.amount > 1 or one.unit == "month" for one in periods)


def is_like_a_descriptor(state: ParseState) -> bool:
    """Whether a text with an amount is written like a descriptor, and not like a question on a dose."""
    if _LIMIT_OR_EQUATION.search(state.text):
        return True
    asks = not state.tags.isdisjoint({"units", "units_asked"}) or _ASKS.search(state.text) is not None
    if not asks and (len(state.text) > _LONG or ";" in state.text):
        return True
    if any(span.quantity.role in _NOT_IN_DESCRIPTORS or span.quantity.per in PERIODS for span in state.quantities):
        return False
    if any(span.quantity.unit == "m2" for span in state.quantities):
        return False  # "taxol 175 mg/m2, 1.8 m2"
    roles = {span.quantity.role for span in state.quantities if span.quantity.unit}
    if {QuantityRole.DOSE, QuantityRole.CONTAINER} <= roles:  # "toradol 30 mg, 60 mg vial"
        return False
    last = next((span for span in reversed(state.quantities) if span.quantity.unit), None)
    if last is not None and last.quantity.unit in _SOLIDS and state.measure:
        return False  # "toradol 30 mg iv, 2 tabs tylenol"
    return last is not None and bool(_BEFORE_SIZE.search(state.text[: last.start]))
