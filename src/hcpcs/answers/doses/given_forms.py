"""What the form of a code makes of the amounts: an oral code counts tablets, a nebulizer solution counts its vials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from math import prod
from typing import Final, NamedTuple

from hcpcs.answers.doses.dose import amount_text, number_of, of_role, plain_number, total_dose
from hcpcs.answers.doses.unit_counts import Size, UnitSentences, exact_units, number_of_units
from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.related_quantities import CONTAINERS, DOSE_EACH, PERIODS
from hcpcs.records.billing.billing_units import UnitSize, unit_size
from hcpcs.records.billing.counted_units import DAYS_OF
from hcpcs.records.billing.dose_forms import DoseForm, differs_in_form, dose_form
from hcpcs.records.billing.units import unit_of

_DOSES: Final = frozenset({QuantityRole.DOSE, QuantityRole.FURTHER, QuantityRole.RATE, QuantityRole.CONTAINER})
_RATE: Final = QuantityRole.RATE
_DIRECTIONS: Final = frozenset({QuantityRole.INTERVAL, QuantityRole.DURATION})
_REPEATS: Final = frozenset({QuantityRole.TIMES, QuantityRole.INTERVAL, QuantityRole.DURATION, QuantityRole.SOLIDS})
_CAPS: Final = re.compile(r"\bup to\b", re.IGNORECASE)
_READY: Final = "final product, non-compounded, administered through dme"
"""What the descriptors of nebulizer solutions say that come in vials of one dose."""
_KINDS: Final = {DoseForm.INJECTED: "an injection", DoseForm.INHALED: "a solution for a nebulizer"}
"""What a code of a form is; of the others it is an oral drug."""
TWO_STRENGTHS: Final = (
    "Two strengths of one drug are given ({strengths}): ask for the units of each with its own number of tablets, and "
    "add them up."
)

NOT_IN_ALL: Final = (
    "How many tablets or capsules there are in all isn't clear: give their number, or how many at a time, how often "
    "and for how many days."
)


class FormedQuantities(NamedTuple):
    """The amounts that count for a code of a form; or in ``refusal`` a sentence that says why none can."""

    quantities: tuple[Quantity, ...]
    refusal: str = ""


def of_form(code: str, descriptor: str, quantities: Sequence[Quantity]) -> FormedQuantities:
    """The amounts that are given in the form of a code, with the number of its tablets or vials as repetitions."""
    form = dose_form(descriptor)
    own = tuple(one for one in quantities if not differs_in_form(one.form, form))
    if len(own) < len(quantities) and not _doses(own):
        other = next(one for one in _doses(quantities) if one not in own)
        return FormedQuantities((), _of_another_form(code, form, other))
    if form is DoseForm.ORAL:
        return _of_tablets(unit_size(descriptor), own)
    own = tuple(one for one in own if one.role is not QuantityRole.SOLIDS)
    return _of_containers(_of_vials(own) if form is DoseForm.INHALED else own, inhaled=form is DoseForm.INHALED)


def _doses(quantities: Sequence[Quantity]) -> list[Quantity]:
    """The amounts of drugs, without counted things."""
    return [one for one in quantities if one.role in _DOSES and (unit := unit_of(one.unit)) and unit.divisible]


def _of_another_form(code: str, form: DoseForm | None, other: Quantity) -> str:
    amount = amount_text(number_of(other), other.unit)
    if other.form is DoseForm.APPLIED:
        kind = "an oral drug" if form is None else _KINDS.get(form, "an oral drug")
        return f"{code} is {kind}, so {amount} as a suppository, patch or cream isn't billed with it."
    if form is DoseForm.INJECTED:
        by_mouth = "as a tablet or capsule" if other.form is DoseForm.SOLID else "by mouth"
        return f"{code} is an injection, so {amount} taken {by_mouth} isn't billed with it."
    if form is DoseForm.LIQUID and other.form is DoseForm.SOLID:
        return f"{code} isn't a tablet or capsule by its description, so {amount} as one isn't billed with it."
    return f"{code} is an oral drug, so {amount} given by injection or infusion isn't billed with it."


def _of_tablets(size: Size, quantities: tuple[Quantity, ...]) -> FormedQuantities:
    """The amounts of an oral drug, with the number of its tablets as how often the strength is billed."""
    solids = of_role(quantities, QuantityRole.SOLIDS)
    fitting = (one for one in _doses(quantities) if not one.per or one.per in PERIODS)
    doses = [one for one in fitting if exact_units(size, number_of(one), one.unit) is not None]
    if not solids or not doses:
        return FormedQuantities(quantities)
    if len({(one.amount, one.unit) for one in doses}) > 1:
        strengths = ", ".join(amount_text(number_of(one), one.unit) for one in doses)
        return FormedQuantities((), TWO_STRENGTHS.format(strengths=strengths))
    each = list(dict.fromkeys(number_of(one) for one in solids if one.per))
    in_all = list(dict.fromkeys(number_of(one) for one in solids if not one.per))
    directed = _directed(quantities, solids, doses[0])
    if len(each) > 1 or len(in_all) > 1 or (each and directed is None and not in_all):
        return FormedQuantities((), NOT_IN_ALL)
    taken = None if directed is None else directed * (each[0] if each else 1)
    if in_all and taken not in {None, in_all[0]}:
        assert taken is not None
        sentence = f"The directions are {plain_number(taken)} tablets or capsules in all, and {plain_number(in_all[0])}"
        return FormedQuantities((), f"{sentence} were dispensed: check the numbers, and give one of them.")
    number = in_all[0] if in_all else taken or Decimal(1)
    repeated = Quantity(amount=float(number), unit="", role=QuantityRole.TIMES, written=_counted(quantities, solids))
    dose = doses[0].model_copy(update={"role": QuantityRole.DOSE, "per": ""})
    others = tuple(one for one in quantities if one.role not in _REPEATS and one not in doses)
    return FormedQuantities((dose, repeated, *others))


def _directed(quantities: Sequence[Quantity], solids: Sequence[Quantity], dose: Quantity) -> Decimal | None:
    """How often the tablets are taken by the directions; ``None`` where these don't say it."""
    per = next((one.per for one in (*solids, dose) if one.per in PERIODS), "")
    times = [one for one in of_role(quantities, QuantityRole.TIMES) if not one.unit]
    lasting = of_role(quantities, QuantityRole.DURATION)
    if times:
        return number_of(times[0]) if len(times) == 1 and not per else None
    if per and lasting:
        days = number_of(lasting[0]) * DAYS_OF.get(lasting[0].unit, 1)
        periods = days / DAYS_OF.get(per, 1) if lasting[0].unit != per else number_of(lasting[0])
        return periods if periods == periods.to_integral_value() else None
    return None


def _counted(quantities: Sequence[Quantity], solids: Sequence[Quantity]) -> str:
    """How the number of tablets is written: ``2 tablets x 60 (bid for 30 days)``, ``#60``."""
    in_all = next((one.written for one in solids if not one.per), "")
    if in_all:
        return in_all
    often = next((one for one in of_role(quantities, QuantityRole.TIMES)), None)
    each = solids[0].written
    if often is None:
        return each
    said = f" ({often.written})" if often.written else ""
    return f"{each} x {plain_number(number_of(often))}{said}"


def _of_vials(quantities: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The amounts of a nebulizer solution, whose dose is what one vial holds where vials are counted."""
    counts = [one for one in of_role(quantities, QuantityRole.COUNT) if one.unit in CONTAINERS and one.amount > 1]
    rates = [one for one in of_role(quantities, QuantityRole.RATE) if one.per == "ml"]
    if rates:  # "0.083%, 3 ml, 60 vials", "20% 4 ml vials qid 30 days"
        if counts:
            times = {"role": QuantityRole.TIMES, "written": amount_text(number_of(counts[0]), counts[0].unit)}
            quantities = tuple(one.model_copy(update=times) if one is counts[0] else one for one in quantities)
        # "30 ml vial, 4 ml qid": of two volumes the smaller one is the dose, and the other one the vial.
        least = min((one.amount for one in quantities if one.unit == "ml"), default=0)
        dose = {"role": QuantityRole.DOSE}
        return tuple(
            one.model_copy(update=dose) if one.unit == "ml" else one
            for one in quantities
            if one.unit != "ml" or one.amount == least
        )
    doses = of_role(_doses(quantities), QuantityRole.DOSE)
    if not counts or len(doses) != 1:
        return quantities
    held = doses[0].model_copy(update={"role": QuantityRole.CONTAINER})
    return tuple(held if one is doses[0] else one for one in quantities)


def _of_containers(quantities: tuple[Quantity, ...], *, inhaled: bool) -> FormedQuantities:
    """The amounts, where only containers are given, with their number by the directions or in all, not both."""
    doses = _doses(quantities)
    counts = [one for one in of_role(quantities, QuantityRole.COUNT) if one.per != DOSE_EACH and one.amount > 1]
    times = [one for one in of_role(quantities, QuantityRole.TIMES) if one.per]
    if not counts or any(one.role is not QuantityRole.CONTAINER for one in doses):
        return FormedQuantities(quantities)
    if times and counts[0].amount != times[0].amount:
        given, taken = (plain_number(number_of(one)) for one in (counts[0], times[0]))
        sentence = f"{given} vials are given, and by the directions {taken} doses"
        return FormedQuantities((), f"{sentence}: check the numbers, and give one of them.")
    directions = _DIRECTIONS if times or inhaled else frozenset()
    return FormedQuantities(tuple(one for one in quantities if one not in times and one.role not in directions))


def combined_vials(code: str, descriptor: str, quantities: Sequence[Quantity]) -> UnitSentences | None:
    """The units of vials of two drugs for a nebulizer, each of which is one: "J7620 90 vials"; ``None`` without them.

    Source: the same, for "up to 2.5 mg and ... up to 0.5 mg": a vial holds one unit of both.
    """
    if len(_CAPS.findall(descriptor)) != len(("albuterol", "ipratropium")) or _READY not in descriptor.lower():
        return None
    dose = {"role": QuantityRole.DOSE}  # "3 ml vials #120"
    given = [one.model_copy(update=dose) if one.role is QuantityRole.COUNT else one for one in quantities]
    vials = total_dose(given, lambda one: one.unit in {"vial", "dose"})
    if vials is None:
        return None
    units = number_of_units(vials.amount)
    per = f" per {vials.per}" if vials.per else ""
    one_unit = f"One unit is a vial of both drugs: {vials.written} = {units}{per}."
    billed = None if per else vials.amount
    return UnitSentences(
        f"{vials.written} of {code} is {units}{per}.",
        (*vials.steps, one_unit),
        (),
        f"{units}{per}",
        billed,
        exact=billed,
    )


def unit_dose_vials(size: UnitSize, descriptor: str, quantities: Sequence[Quantity]) -> Decimal | None:
    """The number of vials of a nebulizer solution of which each is one unit; ``None`` where the amounts are divided.

    One unit is a vial "up to 0.5 mg", of 0.25 mg as well. Source: Noridian, "Nebulizer Drugs Units of Service (UOS)",
    April 2011, whose content is now in the LCD and its article: "J7626 up to 0.5 mg - 1 vial".
    """
    if not size.up_to or dose_form(descriptor) is not DoseForm.INHALED:
        return None
    contents = [exact_units(size, number_of(one), one.unit) for one in _doses(quantities) if one.role is not _RATE]
    numbers = [number_of(one) for one in quantities if one.role in {QuantityRole.COUNT, QuantityRole.TIMES}]
    if len(contents) != 1 or contents[0] is None or contents[0] > 1 or not numbers:
        return None
    return prod(numbers, start=Decimal(1))
