"""Which form of a brand a dose is of, where its forms have codes of their own: ``tables/brand_strengths.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib import resources

from hcpcs.records.billing.units import Dimension, unit_of


def code_of_strength(name: str, amount: Decimal, unit: str) -> str | None:
    """The code of the only form of a brand that is given in a dose: 234 mg of Invega are of J2426.

    ``None`` for a brand that the table doesn't have, and for a dose that doesn't tell its forms apart.
    """
    measure = unit_of(unit)
    forms = _strengths().get(name.lower())
    if forms is None or measure is None or measure.dimension is not Dimension.MASS or measure.factor is None:
        return None
    milligrams = amount * measure.factor
    return next((code for code, doses in forms.items() if milligrams in doses), None)


@cache
def _strengths() -> Mapping[str, Mapping[str, tuple[int, ...]]]:
    source = resources.files("hcpcs.records").joinpath("tables", "brand_strengths.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return {name: {code: tuple(doses) for code, doses in forms.items()} for name, forms in table.items()}
