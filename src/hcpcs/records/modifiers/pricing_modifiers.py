"""The modifiers that the claim line of an item has by its payment category: rented, purchased, month of the rental."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from hcpcs.records.billing.payment_categories import CAPPED_RENTAL, is_complex_power_wheelchair, priced_item
from hcpcs.records.modifiers.ambulance_points import ambulance_points
from hcpcs.records.record import Frozen


class PricingModifiers(Frozen):
    """The modifiers of a payment category, or of some codes of it, and how a line has them."""

    indicator: str
    codes: tuple[str, ...] = ()
    name: str = ""
    kinds: frozenset[str] = frozenset()
    modifiers: frozenset[str]
    on_a_line: str

    def fits(self, code: str, indicator: str) -> bool:
        """Whether the row is for a code with this pricing indicator."""
        return self.indicator == indicator and (_is_within(code, self.codes) or not self.codes)

    @property
    def item(self) -> str:
        """What an item of the row is called: by the row, or as one of its payment category."""
        category = priced_item((self.indicator,)).category
        return self.name or (category.name if category else "")


class LineModifiers(Frozen):
    """The modifiers that the claim lines of some codes have besides, and how a line has them."""

    codes: tuple[str, ...]
    modifiers: frozenset[str]
    on_a_line: str
    source: str


class FamilyModifiers(Frozen):
    """What the lines of a family of items have, in a sentence; ``nouns`` are those of its codes ("DME codes")."""

    nouns: tuple[str, ...]
    sentence: str
    source: str


PURCHASE: Final = frozenset({"NU", "UE"})
"""Modifiers of a purchase: new and used."""
RENTED_OR_BOUGHT: Final = frozenset({"RR", *PURCHASE})
"""Modifiers that say whether an item is rented or purchased."""
_AMBULANCE_LINE: Final = ambulance_points().line
ON_AMBULANCE_LINES: Final = (
    "an origin and destination modifier first, such as RH from residence to hospital; "
    f"{_AMBULANCE_LINE.providers} add {_AMBULANCE_LINE.second}"
)
"""What the line of an ambulance service has."""
AMBULANCE_PROVIDERS: Final = frozenset(_AMBULANCE_LINE.furnished)
"""The modifiers of institution-based providers among these."""


@lru_cache(maxsize=4096)
def pricing_modifiers_of(code: str, indicator: str | None) -> PricingModifiers | None:
    """The modifiers by the pricing indicator of a code; ``None`` for items that are not rented or bought so."""
    if indicator is None:
        return None
    priced = next((one for one in _tables()[0] if one.fits(code, indicator)), None)
    if priced and indicator == CAPPED_RENTAL and is_complex_power_wheelchair(code):
        return PricingModifiers(
            indicator=indicator,
            modifiers=priced.modifiers | PURCHASE | {"BP"},
            on_a_line=f"{priced.on_a_line}; where it is purchased at the start, NU or UE with BP",
        )
    return priced


def line_modifiers_of(code: str) -> LineModifiers | None:
    """What the lines of a code have besides the modifiers of its payment category; ``None`` for most codes."""
    return next((one for one in _tables()[1] if _is_within(code, one.codes)), None)


def family_modifiers(noun: str) -> str:
    """What the lines of a family's items have; blank for most families."""
    return next((one.sentence for one in _tables()[2] if noun in one.nouns), "")


def _is_within(code: str, codes: tuple[str, ...]) -> bool:
    ends = (one.partition("-") for one in codes)
    return any(first <= code <= (last or first) for first, _, last in ends)


@cache
def _tables() -> tuple[tuple[PricingModifiers, ...], tuple[LineModifiers, ...], tuple[FamilyModifiers, ...]]:
    """The rows by payment category, by code and by family, read once per process."""
    source = resources.files("hcpcs.records.modifiers").joinpath("pricing_modifiers.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    by_category = tuple(PricingModifiers.model_validate(entry) for entry in table["price"])
    by_code = tuple(LineModifiers.model_validate(entry) for entry in table["line"])
    return by_category, by_code, tuple(FamilyModifiers.model_validate(entry) for entry in table["family"])
