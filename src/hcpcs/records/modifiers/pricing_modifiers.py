"""The modifiers that the claim line of an item has by its payment category: rented, purchased, month of the rental.

Source: CGS (DME MAC), HCPCS code and modifier combinations, of May 30, 2013, by which a line without them is rejected;
Noridian (DME MAC), payment categories; Medicare Claims Processing Manual, chapter 20, section 30, and for ambulance
services chapter 15, section 30.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from hcpcs.records.billing.payment_categories import CAPPED_RENTAL, is_complex_power_wheelchair


class PricingModifiers(NamedTuple):
    """The modifiers of a payment category, and how a line has them."""

    modifiers: frozenset[str]
    on_a_line: str


_RENTED: Final = PricingModifiers(frozenset({"RR"}), "RR (rental)")
_BY_INDICATOR: Final[Mapping[str, PricingModifiers]] = MappingProxyType(
    {
        "31": _RENTED,
        "32": PricingModifiers(frozenset({"RR", "NU", "UE"}), "RR (rental), NU (purchased new) or UE (purchased used)"),
        "33": _RENTED,
        CAPPED_RENTAL: PricingModifiers(
            frozenset({"RR", "KH", "KI", "KJ"}),
            "RR (rental) with KH (month 1), KI (months 2 and 3) or KJ (months 4 to 13)",
        ),
    }
)
"""By pricing indicator."""
_BOUGHT_AT_THE_START: Final = PricingModifiers(
    _BY_INDICATOR[CAPPED_RENTAL].modifiers | {"NU", "UE", "BP"},
    f"{_BY_INDICATOR[CAPPED_RENTAL].on_a_line}; where it is purchased at the start, NU or UE with BP",
)
ON_AMBULANCE_LINES: Final = (
    "an origin and destination modifier first, such as RH from residence to hospital; institution-based providers add "
    "QM or QN"
)
"""What the line of an ambulance service has."""


def pricing_modifiers_of(code: str, indicator: str | None) -> PricingModifiers | None:
    """The modifiers by the pricing indicator of a code; ``None`` for items that are not rented or bought so."""
    if indicator == CAPPED_RENTAL and is_complex_power_wheelchair(code):
        return _BOUGHT_AT_THE_START
    return _BY_INDICATOR.get(indicator) if indicator else None
