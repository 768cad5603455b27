"""The modifiers that the claim line of an item has by its payment category: rented, purchased, month of the rental."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from hcpcs.records.billing.payment_categories import CAPPED_RENTAL, is_complex_power_wheelchair
from hcpcs.records.record import Frozen


class PricingModifiers(Frozen):
    """The modifiers of a payment category, or of some codes of it, and how a line has them."""

    indicator: str
    codes: tuple[str, ...] = ()
    name: str = ""
    modifiers: frozenset[str]
    on_a_line: str

    def fits(self, code: str, indicator: str) -> bool:
        """Whether the row is for a code with this pricing indicator."""
        ends = (one.partition("-") for one in self.codes)
        within = any(first <= code <= (last or first) for first, _, last in ends)
        return self.indicator == indicator and (within or not self.codes)


ON_AMBULANCE_LINES: Final = (
    "an origin and destination modifier first, such as RH from residence to hospital; institution-based providers add "
    "QM or QN"
)
"""What the line of an ambulance service has. Source: Medicare Claims Processing Manual, chapter 15, section 30."""


@lru_cache(maxsize=4096)
def pricing_modifiers_of(code: str, indicator: str | None) -> PricingModifiers | None:
    """The modifiers by the pricing indicator of a code; ``None`` for items that are not rented or bought so."""
    if indicator is None:
        return None
    priced = next((one for one in _table() if one.fits(code, indicator)), None)
    if priced and indicator == CAPPED_RENTAL and is_complex_power_wheelchair(code):
        return PricingModifiers(
            indicator=indicator,
            modifiers=priced.modifiers | {"NU", "UE", "BP"},
            on_a_line=f"{priced.on_a_line}; where it is purchased at the start, NU or UE with BP",
        )
    return priced


@cache
def _table() -> tuple[PricingModifiers, ...]:
    """The table, read once per process."""
    source = resources.files("hcpcs.records.modifiers").joinpath("pricing_modifiers.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(PricingModifiers.model_validate(entry) for entry in table["price"])
