"""Amounts with a unit ("100 mg", "1.5 g", "45 minutes"), as a question about billing units gives them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs.questions.question import Quantity
from hcpcs.records.units import ASKABLE, unit_of


class QuantitySpan(NamedTuple):
    """An amount and its place in the text."""

    quantity: Quantity
    start: int
    end: int


# "1,000 units", "1.5 g", "45-minute"; not the 5 of "J1745", "$5", "3.5" or "10-20".
_QUANTITY: Final = re.compile(
    rf"(?<![\w.,/$-])(\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}})(\.\d{{1,6}})?\s?-?({ASKABLE})(?![a-z0-9])", re.IGNORECASE
)


def find_quantity(text: str) -> QuantitySpan | None:
    """The first amount in a plain text, its unit as answers write it; thousands may have commas."""
    match = _QUANTITY.search(text)
    unit = unit_of(match[3]) if match else None
    if match is None or unit is None:
        return None
    amount = float(match[1].replace(",", "") + (match[2] or ""))
    return QuantitySpan(Quantity(amount=amount, unit=unit.display), *match.span())
