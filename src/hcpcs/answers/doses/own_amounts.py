"""Which amounts of a question are those of one of its codes: by their places, and a number without a unit as a dose."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Final, NamedTuple

from hcpcs.answers.doses.dose import amount_text, number_of, plain_number
from hcpcs.answers.doses.unit_counts import Size, exact_units
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.questions.extraction.doses.listed_codes import BARE_COUNT
from hcpcs.questions.question import AskedDetail, Quantity, QuantityRole, Question
from hcpcs.questions.recognizers.quantities.counted_items import UNSURE
from hcpcs.questions.recognizers.quantities.quantity_roles import bounds_without_unit
from hcpcs.questions.recognizers.quantities.related_quantities import BARE, PRESUMED
from hcpcs.records.billing.billing_units import UnitSize, unit_size
from hcpcs.records.billing.units import Dimension
from hcpcs.records.terms.drug_names import is_local_anesthetic, substance_of

_GIVEN: Final = frozenset({QuantityRole.DOSE, QuantityRole.FURTHER})
_MASSES: Final = frozenset({"mg", "mcg", "g", PRESUMED, BARE})
_WITHOUT_UNIT: Final = frozenset({PRESUMED, BARE})
_COUNTED: Final = _GIVEN | {QuantityRole.CLAIMED}


def of_its_own(quantities: tuple[Quantity, ...], place: int, codes: int) -> tuple[Quantity, ...]:
    """The count of the code at ``place``, where a question counts the same thing for each: "4 units J3301, 2 units"."""
    alike = len({one.unit for one in quantities}) == 1 and {one.role for one in quantities} <= _COUNTED
    return quantities[place : place + 1] if alike and len(quantities) == codes else quantities


def beside_its_dose(quantities: tuple[Quantity, ...], place: int, codes: int) -> tuple[Quantity, ...]:
    """The dose of the code at ``place`` and what follows it up to the next: "J1885 60 mg and J1100 8 mg, 8 units"."""
    doses = [at for at, one in enumerate(quantities) if one.role in _GIVEN and one.unit not in {"", "unit"}]
    if codes == 1 or len(doses) != codes:
        return quantities
    return quantities[doses[place] : [*doses, len(quantities)][place + 1]]


class OwnDose(NamedTuple):
    """The quantities of one code of several with bare numbers, or why its number can't be read as milligrams."""

    quantities: tuple[Quantity, ...]
    refusal: str = ""


def own_dose(code: str, descriptor: str, size: Size, question: Question, place: int, codes: int) -> OwnDose | None:
    """The dose of the code at ``place`` where one of several has a number without a unit; ``None`` where none has.

    A number behind a code, as in "J1885 x 4 and J1100 8 mg", keeps the dose of another code from being its own.
    """
    if unsure := next((one for one in question.quantities if one.unit == UNSURE), None):
        return OwnDose((), f"It isn't certain what is meant: {unsure.written}. Say which to get the units.")
    counted = {one.code: one for one in question.codes if one.units is not None}
    doses = [one for one in question.quantities if one.role in _GIVEN and one.unit in _MASSES]
    others = tuple(one for one in question.quantities if one not in doses)
    if doses and codes > len(doses) and code in counted:
        written = counted[code].written
        number = Decimal(str(counted[code].units))
        if any(_is_billed_as(size, one, number) for one in doses):
            return None  # "J1745 100 mg 10 units or Q5103 10 units"
        return OwnDose((), _add_unit(code, number)) if BARE_COUNT.search(written) else OwnDose(others)
    if not any(one.unit in _WITHOUT_UNIT for one in doses):
        return None
    uncounted = [one.code for one in question.codes if one.code not in counted]
    if codes == len(doses) + len(counted) and codes > len(doses) and code in uncounted:
        place = uncounted.index(code)
    elif codes != len(doses):
        bare = [plain_number(number_of(one)) for one in doses if one.unit in _WITHOUT_UNIT]
        numbers, verb = join_words(bare), "belongs" if len(bare) == 1 else "belong"
        return OwnDose((), f"It isn't clear which drug {numbers} {verb} to: give each drug's amount with its unit.")
    dose = doses[place]
    if dose.unit not in _WITHOUT_UNIT:
        return OwnDose((dose.model_copy(update={"role": QuantityRole.DOSE}), *others))
    number = number_of(dose)
    exact = exact_units(size, number, "mg")
    bare_codes = bool(question.codes) and dose.unit == BARE
    in_units = isinstance(size, UnitSize) and size.unit.dimension is Dimension.ACTIVITY and dose.written
    if in_units or (bare_codes and exact is None):
        return OwnDose((Quantity(amount=dose.amount, unit="unit"), *others))  # "botox 100 units", "L3000 2 L3020 2"
    bounds = bounds_without_unit()
    most = bounds["most_small_units" if (exact_units(size, Decimal(1), "mg") or 0) > 1 else "most_units"]
    if bare_codes or exact is None or is_local_anesthetic(descriptor) or not bounds["least_units"] <= exact < most:
        return OwnDose((), _add_unit(code, number))
    written = f"{plain_number(number)} without a unit"
    return OwnDose((Quantity(amount=dose.amount, unit="mg", written=written, form=dose.form), *others))


def not_bound(size: Size, quantities: tuple[Quantity, ...], codes: int) -> str:
    """Why no dose is that of one of several codes: "J1885 J2550 J1100 30 mg 25 mg"; blank where that is clear."""
    doses = [
        one for one in quantities if one.role in _GIVEN and exact_units(size, number_of(one), one.unit) is not None
    ]
    if codes == 1 or len(doses) in {0, 1, codes} or len({(one.amount, one.unit) for one in doses}) == 1:
        return ""
    amounts = " and ".join(amount_text(number_of(one), one.unit) for one in doses)
    return f"Which code {amounts} are of isn't certain: write each amount behind its code."


def unsure_code(question: Question, descriptors: Sequence[str]) -> str:
    """That the only dose of a question may be of one of several drugs: "J3301 J1885 40 mg"; blank where it can't."""
    doses = [one for one in question.quantities if one.role in _GIVEN and one.unit in {"mg", "mcg", "g"}]
    substances = {substance_of(one).partition("-")[0] for one in descriptors if isinstance(unit_size(one), UnitSize)}
    of_each = AskedDetail.OF_EACH in question.details
    if len(doses) != 1 or len(substances) < 2 or len(question.quantities) > 1 or question.named_doses or of_each:
        return ""
    if any(one.units is not None for one in question.codes):
        return ""  # "J1745 100 mg 10 units or Q5103 10 units"
    return f"It isn't clear which code the {amount_text(number_of(doses[0]), doses[0].unit)} is for. If for each:"


def _is_billed_as(size: Size, dose: Quantity, number: Decimal) -> bool:
    exact = exact_units(size, number_of(dose), dose.unit)
    return exact is not None and exact.to_integral_value(ROUND_CEILING) == number


def _add_unit(code: str, number: Decimal) -> str:
    return f"The amount of {code}, {plain_number(number)}, has no unit: add it (mg, mcg, g or ml)."
