"""What a pricing indicator says about an item: what it is, and the payment category of equipment.

The table with its sources is ``tables/payment_categories.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from hcpcs.records.modifiers.ambulance_points import is_ambulance_code
from hcpcs.records.record import Frozen


class PaymentCategory(Frozen):
    """How Medicare pays equipment of one pricing indicator.

    ``name`` is what the equipment is called, ``rule`` the rule in a clause. ``words`` are the words by which a question
    names the category, in lower case.
    """

    name: str
    rule: str
    words: tuple[str, ...] = ()


class PricedItem(Frozen):
    """What a pricing indicator says about an item; blank and ``None`` where it says nothing.

    A record ``priced_as`` "a DME supply" is one, and of the kind "supply". ``schedule`` is the fee
    schedule of a service, ``category`` that of equipment.
    """

    priced_as: str = ""
    kinds: frozenset[str] = frozenset()
    is_dme: bool = False
    is_purchased: bool = False
    schedule: str = ""
    category: PaymentCategory | None = None
    source: str = ""


class _PricedItems(Frozen):
    indicator: Mapping[str, PricedItem]
    nutrition_pump: PricedItem


@cache
def _table() -> _PricedItems:
    source = resources.files("hcpcs.records").joinpath("tables", "payment_categories.toml")
    return _PricedItems.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))


_MONTHS_OF_RENT: Final = re.compile(
    # "is E1390 capped at 36 months", "does E0601 convert to purchase after 13 months"
    r"^\W*(?:is|are|does|do|will) .{4,40}\b(?:capped (?:at|after)|rent(?:ed|al|s)? (?:for|of)"
    r"|convert\w*\b.{1,20}\bafter"
    r"|own\w* (?:it |#{5} |[a-z]\d{4} )?after) (?:the )?(?P<months>13|36) (?:months?|mos?)\W*$"
)
# "is E0466 rented forever", which frequently serviced equipment is; "does E0466 require frequent servicing"
_FOREVER: Final = re.compile(
    r"^\W*(?:is|are|does|do|will) .{4,40}\brent(?:ed|al|s)? (?:it )?(?:forever|indefinitely)\W*$"
    r"|\b(?:frequent|substantial) servic"
)
_OWNED: Final = re.compile(r"\b(?:own|convert|purchase)\w*\b")
_NUTRITION: Final = "39"
_RENTED: Final = "R"
FREQUENTLY_SERVICED: Final = "31"
"""Pricing indicator of frequently serviced equipment."""
CAPPED_RENTAL: Final = "36"
"""Pricing indicator of capped rentals."""
NO_CATEGORY: Final = ""
"""What a question names of which no item is: one that the patient owns after 36 months of rent."""
OXYGEN: Final = "33"
"""Pricing indicator of oxygen equipment, which the patient never owns."""
INEXPENSIVE: Final = "32"
"""Pricing indicator of inexpensive or routinely purchased equipment, and of supplies that are only sold."""
CUSTOMIZED: Final = "45"
"""Pricing indicator of customized equipment, which is purchased."""
RENTED_ONLY: Final = frozenset({("31",), ("33",), (CAPPED_RENTAL,)})
"""First pricing indicators of equipment that Medicare rents and does not buy."""


class RentalMonths(NamedTuple):
    """The months of a capped rental that a modifier stands for, by their numbers and in words."""

    modifier: str
    first: int
    last: int
    words: str


RENTAL_MONTHS: Final = (
    RentalMonths("KH", 1, 1, "month 1"),
    RentalMonths("KI", 2, 3, "months 2 and 3"),
    RentalMonths("KJ", 4, 13, "months 4 to 13"),
)
"""The modifiers of the months of a capped rental. Source: Claims Processing Manual, chapter 20, section 30.5."""
_LATER_SHARE: Final = Decimal("0.75")
"""Share of the first months' amount that the later ones pay. Source: 42 CFR 414.229."""
_LATER_SHARE_OF_POWER_WHEELCHAIRS: Final = Decimal("0.40")
"""The same for power wheelchairs: 6 instead of 15 percent of the purchase price. Source: 42 CFR 414.229."""
_POWER_WHEELCHAIRS: Final = ("K0813", "K0899")
"""First and last code of power wheelchairs."""
PURCHASE_OPTION: Final = (
    "As a complex rehabilitative power wheelchair it can be purchased at the start instead: the supplier must offer it."
)
"""Source: Social Security Act, section 1834(a)(7)(A)(iii)."""
_COMPLEX_POWER_WHEELCHAIRS: Final = (("K0835", "K0843"), ("K0848", "K0864"))
"""Group 2 with power options and group 3, by their first and last codes. Source: the DME MACs' list of the power
wheelchairs with a first month purchase option."""
NO_SEPARATE_PRICE: Final = "00"
"""Pricing indicator of services that Part B does not price separately."""
_UNSTATED: Final = PricedItem()


def priced_items() -> Mapping[str, PricedItem]:
    """What each pricing indicator of the table says, read once per process."""
    return _table().indicator


def priced_item(pricing_indicators: Sequence[str]) -> PricedItem:
    """What the first pricing indicator of a record says about its item."""
    return priced_items().get(next(iter(pricing_indicators), NO_SEPARATE_PRICE), _UNSTATED)


def payment_category(pricing_indicators: Sequence[str], types_of_service: Sequence[str]) -> PaymentCategory | None:
    """The payment category of a record by its first pricing indicator; ``None`` where that is not of equipment."""
    if _NUTRITION in pricing_indicators[:1] and _RENTED in types_of_service:
        return _table().nutrition_pump.category
    return priced_item(pricing_indicators).category


def is_rented_by_month(pricing_indicators: Sequence[str], types_of_service: Sequence[str]) -> bool:
    """Whether one unit with RR is a month of rent, as of capped rentals and nutrition pumps: some others are by day."""
    category = payment_category(pricing_indicators, types_of_service)
    return category is not None and category in (
        priced_items()[CAPPED_RENTAL].category,
        _table().nutrition_pump.category,
    )


def other_schedule_of(code: str, pricing_indicators: Sequence[str]) -> str | None:
    """The fee schedule of a service that no file of this program lists; ``None`` for a code of another sort."""
    first = pricing_indicators[0] if pricing_indicators else NO_SEPARATE_PRICE
    if is_ambulance_code(code) and first != NO_SEPARATE_PRICE:
        return "the Ambulance Fee Schedule"
    return priced_item(pricing_indicators).schedule or None


def is_complex_power_wheelchair(code: str) -> bool:
    """Whether a code is a complex rehabilitative power wheelchair, which the patient may buy at the start."""
    return any(first <= code <= last for first, last in _COMPLEX_POWER_WHEELCHAIRS)


def later_share(code: str) -> Decimal:
    """The share of the first months' amount that the later months of a capped rental pay."""
    first, last = _POWER_WHEELCHAIRS
    return _LATER_SHARE_OF_POWER_WHEELCHAIRS if first <= code <= last else _LATER_SHARE


def category_named(text: str) -> str | None:
    """The pricing indicator of the one payment category that a text names; ``None`` for none or several.

    ``NO_CATEGORY`` for one that no item is in. A yes/no question can name it by the months of its rental: "is E1390
    capped at 36 months".
    """
    lower = text.lower()
    if _FOREVER.search(lower):
        return FREQUENTLY_SERVICED
    if match := _MONTHS_OF_RENT.search(lower):
        if match["months"] == "36":
            return NO_CATEGORY if _OWNED.search(lower) else OXYGEN
        return CAPPED_RENTAL
    named = [
        indicator
        for indicator, item in priced_items().items()
        if item.category and any(words in lower for words in item.category.words)
    ]
    return named[0] if len(named) == 1 else None
