"""The code of several whose description states a range that an amount is in: Q9992 for 300 mg, S9366 for 1.5 liters."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from hcpcs.answers.doses.dose import amount_text, number_of
from hcpcs.questions.question import Quantity, QuantityRole
from hcpcs.records.billing.stated_ranges import stated_range

_A_LITTLE: Final = Decimal("0.001")
"""What is added to an amount that is said to be more: no range of a descriptor is so narrow."""
_ASKED: Final = frozenset({QuantityRole.DOSE, QuantityRole.RATE, QuantityRole.DURATION})


class Fit(NamedTuple):
    """A range that contains the amount of a question: the code, its range in words, and the amount."""

    code: str
    written: str
    amount: str

    @property
    def sentence(self) -> str:
        """``S9366 is for more than one liter ... per day, so for 1.5 L.``"""
        return f"{self.code} is for {self.written}, so for {self.amount}."


def fitting_code(quantities: Sequence[Quantity], described: Sequence[tuple[str, str]]) -> Fit | None:
    """The first of several codes, each with its description, whose range contains an amount of the question.

    ``None`` unless the range of another code leaves the amount out: only then does the amount decide.
    """
    for quantity in quantities:
        if not quantity.unit or quantity.role not in _ASKED:
            continue
        ranges = [(code, stated_range(description)) for code, description in described]
        number = number_of(quantity) + quantity.beyond * _A_LITTLE
        contained = [(code, one, one.contains(number, quantity.unit)) for code, one in ranges if one]
        inside = [(code, one) for code, one, fits in contained if fits]
        if inside and any(fits is False for _, _, fits in contained):
            code, one = inside[0]
            sense = {1: "more than ", -1: "less than "}.get(quantity.beyond, "")
            return Fit(code, one.written, f"{sense}{amount_text(number_of(quantity), quantity.unit)}")
    return None
