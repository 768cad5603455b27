"""Which form of a brand a dose is of, where its forms have codes of their own: ``tables/brand_strengths.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

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


def forms_of(name: str) -> tuple[str, ...]:
    """The codes of the forms of a brand that the table has; none for another word."""
    return tuple(_strengths().get(name.lower(), {}))


@cache
def named_concentrations() -> Mapping[str, tuple[int, ...]]:
    """The brands whose names have their concentrations, each with those in mg per ml: Kenalog-10, -40 and -80."""
    concentrations = _table()["concentrations"]
    return {name: tuple(each) for name, each in concentrations.items()}


@cache
def _strengths() -> Mapping[str, Mapping[str, tuple[int, ...]]]:
    forms = _table()["forms"]
    return {name: {code: tuple(doses) for code, doses in one.items()} for name, one in forms.items()}


@cache
def _table() -> Mapping[str, Any]:
    source = resources.files("hcpcs.records").joinpath("tables", "brand_strengths.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
