"""Amounts with a unit ("100 mg", "1.5 g", "45 minutes"), as they are asked in a question of billing units."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs.questions.question import Quantity


class QuantitySpan(NamedTuple):
    """An amount and where it stands."""

    quantity: Quantity
    start: int
    end: int


_UNITS: Final = {
    "mg": "mg mgs milligram milligrams miligrams",
    "mcg": "mcg mcgs ug microgram micrograms",
    "g": "g gm gms gram grams",
    "kg": "kg kgs kilogram kilograms",
    "ml": "ml mls cc ccs milliliter milliliters millilitre millilitres",
    "l": "liter liters litre litres",
    "iu": "iu i.u.",
    "unit": "unit units u usp",
    "meq": "meq milliequivalent milliequivalents",
    "mci": "mci millicurie millicuries",
    "uci": "uci µci microcurie microcuries",
    "kiu": "kiu",
    "calories": "calorie calories kcal kcals",
    "min": "min mins minute minutes",
    "hour": "hour hours hr hrs",
    "day": "day days diem",
    "visit": "visit visits",
    "mile": "mile miles",
    "vial": "vial vials",
    "dose": "dose doses",
    "sq cm": "sqcm cm2",
}
_NAME: Final = {spelling: name for name, spellings in _UNITS.items() for spelling in spellings.split()}
_QUANTITY: Final = re.compile(
    r"(?<![\w.,/$-])(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d{1,6})?\s?-?(sq(?:uare)?\.? ?(?:cm|centimeters?)|"
    + "|".join(sorted(map(re.escape, _NAME), key=len, reverse=True))
    + r")(?![a-z0-9])",
    re.IGNORECASE,
)


def find_quantity(text: str) -> QuantitySpan | None:
    """The first amount in a plain text; thousands may have commas."""
    match = _QUANTITY.search(text)
    if match is None:
        return None
    unit = match[3].lower()
    amount = float(match[1].replace(",", "") + (match[2] or ""))
    quantity = Quantity(amount=amount, unit="sq cm" if unit.startswith("sq") else _NAME[unit])
    return QuantitySpan(quantity, *match.span())
