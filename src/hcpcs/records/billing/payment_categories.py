"""Payment categories of durable medical equipment: how Medicare pays it, by pricing indicator.

Source: Social Security Act, section 1834(a)(2) to (a)(7) (42 U.S.C. 1395m), which says each rule; 42 CFR 414.220 to
414.229, of which 414.222 and 414.226(f) were read; Medicare Claims Processing Manual, chapter 20, section 30.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

from hcpcs.records.modifiers.ambulance_points import is_ambulance_code


class PaymentCategory(NamedTuple):
    """How Medicare pays equipment of one pricing indicator.

    ``name`` is what the equipment is called, ``rule`` the rule in a clause. ``words`` are the words by which a question
    names the category, in lower case.
    """

    name: str
    rule: str
    words: tuple[str, ...] = ()


PAYMENT_CATEGORIES: Final[Mapping[str, PaymentCategory]] = MappingProxyType(
    {
        "31": PaymentCategory(
            "frequently serviced equipment",
            "Medicare rents it for as long as it is needed and never buys it",
            ("frequently serviced",),
        ),
        "32": PaymentCategory(
            "inexpensive or routinely purchased equipment",
            "it is rented or purchased, and rentals stop at the purchase price",
            ("routinely purchased", "inexpensive"),
        ),
        "33": PaymentCategory(
            "oxygen equipment",
            "Medicare pays rent for 36 months of continuous use, and the supplier then furnishes it for the rest of "
            "its five-year useful lifetime",
        ),
        "36": PaymentCategory(
            "capped rental equipment",
            "Medicare rents it for 13 months of continuous use, then the patient owns it",
            ("capped",),
        ),
        "45": PaymentCategory("customized equipment", "it is purchased, at a price that the MAC sets"),
    }
)
"""The payment categories by pricing indicator."""
NUTRITION_PUMP: Final = PaymentCategory(
    "a pump for enteral or parenteral nutrition",
    "it is rented or purchased, as the patient chooses, and Medicare pays at most 15 months of rent",
)
"""The category of pumps among the nutrients and supplies of one pricing indicator, which are purchased. Source: 42 CFR
414.104; Medicare Claims Processing Manual, chapter 20, section 30.7."""
_MONTHS_OF_RENT: Final = re.compile(
    # "is E1390 capped at 36 months", "does E0601 convert to purchase after 13 months"
    r"^\W*(?:is|are|does|do|will) .{4,40}\b(?:capped (?:at|after)|rent(?:ed|al|s)? (?:for|of)"
    r"|convert\w*\b.{1,20}\bafter"
    r"|own\w* (?:it |#{5} |[a-z]\d{4} )?after) (?:the )?(?P<months>13|36) (?:months?|mos?)\W*$"
)
# "is E0466 rented forever", which frequently serviced equipment is
_FOREVER: Final = re.compile(
    r"^\W*(?:is|are|does|do|will) .{4,40}\brent(?:ed|al|s)? (?:it )?(?:forever|indefinitely)\W*$"
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
PURCHASED: Final = frozenset({"34", "35", "37", "38", "39"})
"""Pricing indicators of supplies, dressings, orthotics and prosthetics, which are purchased, not rented."""
PURCHASE_OPTION: Final = (
    "As a complex rehabilitative power wheelchair it can be purchased at the start instead: the supplier must offer it."
)
"""Source: Social Security Act, section 1834(a)(7)(A)(iii)."""
_COMPLEX_POWER_WHEELCHAIRS: Final = (("K0835", "K0843"), ("K0848", "K0864"))
"""Group 2 with power options and group 3, by their first and last codes. Source: the DME MACs' list of the power
wheelchairs with a first month purchase option."""
NO_SEPARATE_PRICE: Final = "00"
"""Pricing indicator of services that Part B does not price separately."""

_OTHER_SCHEDULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "11": "the Physician Fee Schedule",
        "13": "the Physician Fee Schedule or at the MAC's price",
        "21": "the Clinical Laboratory Fee Schedule",
        "22": "the Clinical Laboratory Fee Schedule or at the MAC's price",
    }
)
"""The Medicare fee schedules of services, which this program doesn't load, by pricing indicator."""


def payment_category(pricing_indicators: Sequence[str], types_of_service: Sequence[str]) -> PaymentCategory | None:
    """The payment category of a record by its first pricing indicator; ``None`` where that is not of equipment."""
    first = pricing_indicators[0] if pricing_indicators else NO_SEPARATE_PRICE
    if first == _NUTRITION and _RENTED in types_of_service:
        return NUTRITION_PUMP
    return PAYMENT_CATEGORIES.get(first)


def is_rented_by_month(pricing_indicators: Sequence[str], types_of_service: Sequence[str]) -> bool:
    """Whether one unit with RR is a month of rent, as of capped rentals and nutrition pumps: some others are by day."""
    category = payment_category(pricing_indicators, types_of_service)
    return category in (PAYMENT_CATEGORIES[CAPPED_RENTAL], NUTRITION_PUMP)


def other_schedule_of(code: str, pricing_indicators: Sequence[str]) -> str | None:
    """The fee schedule of a service that no file of this program lists; ``None`` for a code of another sort."""
    first = pricing_indicators[0] if pricing_indicators else NO_SEPARATE_PRICE
    if is_ambulance_code(code) and first != NO_SEPARATE_PRICE:
        return "the Ambulance Fee Schedule"
    return _OTHER_SCHEDULES.get(first)


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
        for indicator, category in PAYMENT_CATEGORIES.items()
        if any(words in lower for words in category.words)
    ]
    return named[0] if len(named) == 1 else None
