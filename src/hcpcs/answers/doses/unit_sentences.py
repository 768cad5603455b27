"""The sentences about the billing units of one code: the count with its arithmetic, a check, discarded drug."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Final

from hcpcs.answers.doses.discarded_amounts import (
    GRAFT_RULE,
    WASTE_RULE,
    OpenedContainers,
    discarded_graft,
    holds_drug,
    opened_containers,
)
from hcpcs.answers.doses.dose import (
    MEASURES,
    TotalDose,
    amount_text,
    number_of,
    of_one_dose,
    of_role,
    plain_number,
    total_dose,
)
from hcpcs.answers.doses.given_forms import combined_vials, of_form, unit_dose_vials
from hcpcs.answers.doses.other_amounts import other_amounts
from hcpcs.answers.doses.own_amounts import beside_its_dose, not_bound, of_its_own, own_dose
from hcpcs.answers.doses.unit_counts import (
    CountedDose,
    Size,
    UnitSentences,
    count_dose,
    division,
    exact_units,
    is_time,
    number_of_units,
    units_written,
)
from hcpcs.answers.doses.units_without_dose import claim_choices, without_dose
from hcpcs.questions.question import Quantity, QuantityRole, Question
from hcpcs.questions.recognizers.quantities.counted_items import SCHEDULED, VISIT, WOUND
from hcpcs.questions.recognizers.quantities.related_quantities import CONTAINERS, SIDES, STRENGTH
from hcpcs.records.billing.billing_units import UnitSize, unit_size
from hcpcs.records.billing.counted_units import named_thing
from hcpcs.records.billing.dose_forms import DoseForm, dose_form
from hcpcs.records.billing.drug_waste import DrugWaste
from hcpcs.records.billing.units import Dimension

MILES_RULE: Final = (
    "Medicare counts ambulance miles up to the next tenth of a mile, and whole miles from 100 miles (Medicare Claims "
    "Processing Manual, chapter 15); only miles with the patient on board."
)
PER_DIEM_RULE: Final = (
    "Each visit is counted as one day. NHIA's definition of per diem counts every day of a therapy that is given at "
    "least every 72 hours: check the payer's contract."
)
"""Source: NHIA, "Commercial Coverage for Home Infusion", per diem definition."""
MULTI_DOSE: Final = 3
"""Doses left in a vial from which it may be a multi-dose vial, where the question doesn't speak of waste."""
_DRESSING: Final = re.compile(r"\b(?:dressing|wound cover)\b", re.IGNORECASE)
TIME_RULE: Final = (
    "Payers differ on a part of a unit of time. For timed therapy Medicare counts a 15-minute unit from 8 minutes "
    "(Medicare Claims Processing Manual, chapter 5)."
)


def units_of_code(code: str, descriptor: str, question: Question, place: int = 0, codes: int = 1) -> UnitSentences:
    """The billing units of a code for the amounts of a question, or what one unit is, or why neither can be said.

    The code is number ``place`` (from 0) of the ``codes`` codes of the question.
    """
    size = unit_size(descriptor)
    if own := own_dose(code, descriptor, size, question, place, codes):
        if own.refusal:
            return UnitSentences(own.refusal)
        question, place, codes = question.model_copy(update={"quantities": own.quantities}), 0, 1
    named = (_named(size, quantity, descriptor) for quantity in question.quantities if quantity.amount)
    quantities = tuple(one for one in named if one.unit != SIDES)  # "4x4" of anything but a graft is its size
    quantities = of_its_own(quantities, place, codes)
    quantities = _of_wounds(size, descriptor, quantities)
    if codes == 1 or len(of_role(quantities, QuantityRole.DOSE)) != codes:
        formed = of_form(code, descriptor, quantities)
        if formed.refusal:
            return UnitSentences(formed.refusal)
        quantities = formed.quantities
    if (combined := combined_vials(code, descriptor, quantities)) is not None:
        return combined
    if codes == 1:
        quantities = _without_descriptor(size, quantities)
    if of_role(quantities, QuantityRole.CONTAINER) or of_role(quantities, QuantityRole.WASTE):
        quantities = of_one_dose(quantities)
    if refusal := not_bound(size, quantities, codes):
        return UnitSentences(refusal)
    dose = total_dose(quantities, lambda one: exact_units(size, number_of(one), one.unit) is not None, place, codes)
    beside_code = next((mention.units for mention in question.codes if mention.code == code), None)
    beside = beside_its_dose(quantities, place, codes)
    claimed = _claimed(size, beside) if beside_code is None else Decimal(str(beside_code))
    choices = claim_choices(beside, beside_code)
    if dose is None:
        sentences = without_dose(code, descriptor, size, quantities, claimed)
        return sentences if sentences.billed else sentences._replace(billed=claimed, exact=claimed)
    vials = unit_dose_vials(size, descriptor, quantities) if isinstance(size, UnitSize) else None
    if vials is not None and isinstance(size, UnitSize):
        return _of_unit_doses(code, size, vials, claimed)
    count = count_dose(size, dose)
    if count.miles and any(one.beyond for one in quantities):
        return UnitSentences(MILES_RULE)  # "mileage over 100 miles, rounding?"
    if dose.per:
        return _of_rate(code, size, dose, count)
    opened = opened_containers(size, dose, quantities) if isinstance(size, UnitSize) else OpenedContainers()
    if opened.waste is not None and isinstance(size, UnitSize):
        return _with_waste(code, size, dose, opened, opened.waste, claimed, said=question.about_waste)
    clause = f"{dose.written} of {code} is {units_written(count, size)}"
    if claimed is not None and dose_form(descriptor) is DoseForm.ORAL and claimed not in {count.billed, count.exact}:
        clause, claimed = f"{clause}; {_of_claimed_tablets(dose, count, claimed)}", None
    head = _headline(clause, count, claimed, choices)
    graft = discarded_graft(size, quantities)
    if graft:
        head = f"{head.removesuffix('.')}; {graft}."
    if dose_form(descriptor) in {DoseForm.ORAL, DoseForm.INHALED}:
        dose = dose._replace(single=None)  # what is dispensed is on one claim
    others = other_amounts(size, quantities, dose) if codes == 1 and not choices and claimed is None else ""
    sides = "" if claimed is not None else _on_both_sides(code, size, dose, question)
    others = "; ".join(filter(None, (others, sides)))
    head = " ".join(filter(None, (f"{head.removesuffix('.')}; {others}." if others else head, opened.conflict)))
    rules = [GRAFT_RULE] if graft else [WASTE_RULE] if question.about_waste and holds_drug(size) else []
    if question.about_waste and holds_drug(size) and not opened.conflict:
        rules.insert(0, 'To calculate the discarded amount, add the size of the vial: "from a 200 mg vial".')
    if isinstance(size, UnitSize) and is_time(size) and count.exact != count.exact.to_integral_value():
        rules.append(TIME_RULE)
    if count.miles:
        rules.append(MILES_RULE)
    if dose.unit == "day" and any(one.unit == VISIT for one in question.quantities):
        rules.append(PER_DIEM_RULE)
    steps = (*dose.steps, division(dose, count))
    written = units_written(count, size)
    return UnitSentences(head, steps, tuple(rules), written, count.billed, rounded=count.rounded, exact=count.exact)


def _of_unit_doses(code: str, size: UnitSize, vials: Decimal, claimed: Decimal | None) -> UnitSentences:
    """The units of vials of a nebulizer solution, each of which is one."""
    units = number_of_units(vials)
    clause = f"{amount_text(vials, 'dose')} of {code} is {units}"
    step = f"One unit is a unit dose of up to {size.written}: {amount_text(vials, 'dose')} = {units}."
    return UnitSentences(
        _headline(clause, CountedDose(vials, vials, size.written), claimed), (step,), (), units, vials, exact=vials
    )


def _of_claimed_tablets(dose: TotalDose, count: CountedDose, claimed: Decimal) -> str:
    """The units of as many tablets as a question gives units: "1 mg qty 60" may be 60 tablets."""
    units = number_of_units((claimed * count.exact).to_integral_value(ROUND_CEILING))
    return f"{plain_number(claimed)} tablets or capsules of {dose.written} are {units}"


def _on_both_sides(code: str, size: Size, dose: TotalDose, question: Question) -> str:
    """The units if each side got the dose, where the modifiers of the code name both: "J3301 40 mg RT LT"."""
    modifiers = {one for mention in question.codes if mention.code in {code, "LT", "RT"} for one in mention.modifiers}
    modifiers |= {mention.code for mention in question.codes}
    if not {"LT", "RT"} <= modifiers or of_role(question.quantities, QuantityRole.TIMES):
        return ""
    exact = exact_units(size, dose.amount * 2, dose.unit)
    if exact is None:
        return ""
    both = number_of_units(exact.to_integral_value(ROUND_CEILING))
    return f"if each side got {dose.written}, {amount_text(dose.amount * 2, dose.unit)} is {both}"


def _of_rate(code: str, size: Size, dose: TotalDose, count: CountedDose) -> UnitSentences:
    """The units of an amount per something of which the question doesn't say how much: a day, a kilogram."""
    if dose.per in MEASURES:
        units = "unit" if count.exact == 1 else "units"
        head = f"{dose.written} of {code} is {plain_number(count.exact)} {units} per {dose.per}."
        return UnitSentences(
            f"{head} To calculate the units of the dose, add {MEASURES[dose.per]}.",
            dose.steps,
            units=f"{plain_number(count.exact)} {units} per {dose.per}",
        )
    units = units_written(count, size)
    head = f"{dose.written} of {code} is {units} per {dose.per}."
    steps = (*dose.steps, division(dose, count))
    return UnitSentences(head, steps, (), units, count.billed, rounded=count.rounded, exact=count.exact)


def _named(size: Size, quantity: Quantity, descriptor: str) -> Quantity:
    """A quantity of things that the question doesn't name as the things that the code counts."""
    if isinstance(size, UnitSize) and quantity.unit == SIDES and size.unit.dimension is Dimension.AREA:
        return quantity.model_copy(update={"unit": "sq cm"})
    if isinstance(size, UnitSize):
        # "depo-medrol 80": a strength without its unit is in that of the descriptor.
        return quantity.model_copy(update={"unit": size.unit.display}) if quantity.unit == STRENGTH else quantity
    if size.counted is None:
        return quantity
    if size.counted.thing is None and re.search(rf"\b{quantity.unit}\b", descriptor.lower()):
        # "2 bags" of "Bedside drainage bag, ..., each".
        return quantity.model_copy(update={"unit": "item"}) if quantity.unit in CONTAINERS else quantity
    if quantity.unit == VISIT and quantity.written and size.counted.thing in {"day", "dressing"}:
        # "3 visits a week for 4 weeks" of a code that is billed per day: a day for each visit.
        return quantity.model_copy(update={"unit": size.counted.thing})
    return quantity.model_copy(update={"unit": named_thing(size.counted, quantity.unit)})


def _of_wounds(size: Size, descriptor: str, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The quantities, a number of wounds only for dressings that are changed by a schedule, on each of them.

    "30 dressings for 2 wounds" are those of both.
    """
    scheduled = any(one.role is QuantityRole.RATE or one.written.endswith(SCHEDULED) for one in quantities)
    if isinstance(size, UnitSize) or not _DRESSING.search(descriptor) or not scheduled:
        return tuple(one for one in quantities if one.unit != WOUND)
    return tuple(quantities)


def _without_descriptor(size: Size, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The quantities without a dose that only repeats the unit of the descriptor: "J1100 1 mg, 10 mg given".

    A dose that another one is added to is not one of them: "J2060 2 mg, then another 1 mg".
    """
    doses = [one for one in of_role(quantities, QuantityRole.DOSE) if exact_units(size, number_of(one), one.unit)]
    units = [one for one in doses if exact_units(size, number_of(one), one.unit) == 1]
    if len(doses) == len(units) or doses[:1] != units[:1] or of_role(quantities, QuantityRole.FURTHER):
        return tuple(quantities)
    if of_role(quantities, QuantityRole.TIMES):  # "J1885 15 mg x 1, 30 mg x 1"
        return tuple(quantities)
    return tuple(one for one in quantities if one not in units)


def _claimed(size: Size, quantities: Sequence[Quantity]) -> Decimal | None:
    """The billing units that the question gives: "charge 2", "4 units" of a code that isn't measured in units."""
    measured_in_units = isinstance(size, UnitSize) and size.unit.dimension is Dimension.ACTIVITY
    claims = of_role(quantities, QuantityRole.CLAIMED)
    if not measured_in_units:
        roles = (QuantityRole.DOSE, QuantityRole.RATE)  # "12 units", "12 units per day"
        claims += [one for role in roles for one in of_role(quantities, role) if one.unit == "unit"]
    return number_of(claims[-1]) if claims else None


def _headline(clause: str, count: CountedDose, claimed: Decimal | None, choices: Sequence[Decimal] = ()) -> str:
    """The first sentence from its clause, with the yes or no to the units that the question gives, if any."""
    if choices:
        others = " or ".join(plain_number(one) for one in choices if one != count.billed)
        return f"{clause}, not {others}."
    if claimed is None:
        return f"{clause}."
    if claimed in {count.billed, count.exact}:
        return f"Yes. {clause}."
    return f"No. {clause}, not {plain_number(claimed)}."


def _with_waste(
    code: str,
    size: UnitSize,
    dose: TotalDose,
    opened: OpenedContainers,
    waste: DrugWaste,
    claimed: Decimal | None,
    *,
    said: bool,
) -> UnitSentences:
    """The units of a dose and of what is left of its containers; ``said`` is whether the question speaks of waste."""
    unit = size.unit.display
    count = count_dose(size, dose)
    discarded = amount_text(waste.discarded, unit)
    opened_amount = amount_text(waste.dose + waste.discarded, unit)
    steps = [*dose.steps, division(dose, count)]
    head = f"{dose.written} of {code} is {units_written(count, size)}"
    large = not said and waste.containers == 1 and waste.discarded >= MULTI_DOSE * waste.dose
    if large:  # "10 ml vial of 40 mg/ml, used 2 ml"
        head = (
            f"{head}; of a single-dose vial the {discarded} discarded is billed with JW, of a multi-dose vial it isn't"
        )
    elif waste.discarded_units:
        jw_units = number_of_units(Decimal(waste.discarded_units))
        head = f"{head}, plus {jw_units} with modifier JW for {discarded} discarded"
    elif waste.discarded:
        head = f"{head}; the {discarded} discarded is less than one more unit, so no JW line is billed"
    else:
        head = f"{head}, with modifier JZ: nothing is discarded"
    if opened.chosen:
        head = f"{head}, from {opened.written} (the least that holds the dose)"
    if waste.containers > 1:
        each = amount_text((waste.dose + waste.discarded) / waste.containers, unit)
        mixed = "+" in opened.written
        steps.append(
            f"{opened.written} = {opened_amount}."
            if mixed
            else f"{waste.containers} containers x {each} = {opened_amount}."
        )
    if waste.discarded:
        given = amount_text(waste.dose, unit)
        second_line = " Bill the JW units on a second claim line." if waste.discarded_units else ""
        steps.append(f"{opened_amount} - {given} = {discarded} discarded.{second_line}")
    head = _headline(head, count, claimed)
    units = units_written(count, size)
    return UnitSentences(head, tuple(steps), (WASTE_RULE,), units, count.billed, waste.discarded_units)
