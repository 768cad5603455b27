"""Of several codes the one whose range contains the amount is named, only where the amount decides."""

from __future__ import annotations

from hcpcs.answers.parts.searches.fitting_codes import fitting_code
from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.questions.recognizers.quantities.quantity_scanner import find_quantities

LOW = ("Q9991", "Injection, buprenorphine extended-release, less than or equal to 100 mg")
HIGH = ("Q9992", "Injection, buprenorphine extended-release, greater than 100 mg")
DOSE = Quantity(amount=300, unit="mg")


def test_the_code_of_the_range_is_named() -> None:
    fit = fitting_code((DOSE,), (LOW, HIGH))
    assert fit is not None
    assert fit.sentence == "Q9992 is for greater than 100 mg, so for 300 mg."


def test_an_amount_that_decides_nothing_names_no_code() -> None:
    assert fitting_code((DOSE,), (HIGH,)) is None
    assert fitting_code((DOSE,), (("J1745", "Injection, infliximab, 10 mg"), HIGH)) is None
    assert fitting_code((Quantity(amount=2, unit="L"),), (LOW, HIGH)) is None


def test_what_a_vial_holds_is_not_what_was_given() -> None:
    held = DOSE.model_copy(update={"role": QuantityRole.CONTAINER})
    assert fitting_code((held,), (LOW, HIGH)) is None


def test_no_more_than_an_amount_is_not_beyond_it() -> None:
    (quantity,) = find_quantities("no more than 16 sq in")
    assert quantity.quantity.beyond == 0


def test_more_than_an_amount_is_in_the_next_range() -> None:
    described = [("A6243", "pad size more than 16 sq. in. but less than or equal to 48 sq. in.")]
    described.append(("A6244", "pad size more than 48 sq. in."))
    fit = fitting_code((Quantity(amount=48, unit="sq in", beyond=1),), described)
    assert fit is not None
    assert fit.sentence == "A6244 is for more than 48 sq. in, so for more than 48 sq in."
