"""What a month of a capped rental pays, and that such an item has no purchase amount.

The schedule has the amount of months 1 to 3. Months 4 to 13 pay 75 percent of it, for power wheelchairs 40 percent (6
instead of 15 percent of the purchase price); after 13 months the patient owns the item. KH is the first month, KI the
second and third, KJ the later ones.

Source: 42 CFR 414.229; Medicare Claims Processing Manual, chapter 20, section 30.5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from hcpcs.answers.facts.fact_answer import cents
from hcpcs.companions.edition import Fact
from hcpcs.questions.question import AskedDetail, Question
from hcpcs.records.modifiers.pricing_modifiers import PURCHASE

CAPPED_RENTAL: Final = "CR"
LATER_MONTHS: Final = "KJ"
FIRST_LATER_MONTH: Final = 4
LAST_MONTH: Final = 13
ENDED: Final = (
    "A capped rental ends after 13 months of use: the patient then owns the item, and no further month is paid."
)
_POWER_WHEELCHAIR: Final = re.compile(r"K08(?:1[3-9]|[2-9]\d)")


def later_share(code: str) -> Decimal:
    """The share of the schedule's amount that is paid in months 4 to 13."""
    return Decimal("0.40") if _POWER_WHEELCHAIR.fullmatch(code) else Decimal("0.75")


def is_capped_rental(facts: Sequence[Fact]) -> bool:
    """Whether a row is the monthly rent of a capped rental item."""
    return facts[0].qualifiers.category == CAPPED_RENTAL and facts[0].unit == "USD per month"


def asked_month(question: Question, modifiers: Sequence[str]) -> int | None:
    """The month of rental that is asked about, by its number or modifier; ``None`` if none is."""
    if question.rental_month is not None:
        return question.rental_month
    return FIRST_LATER_MONTH if LATER_MONTHS in modifiers else None


def asked_months(question: Question) -> int | None:
    """The number of months whose rent is asked for together, from the first one ("total over 13 months")."""
    months = next((one.amount for one in question.quantities if one.unit == "month" and one.amount > 1), None)
    whole = months is not None and months == int(months) and months <= LAST_MONTH
    return int(months) if whole and months is not None else None


def rent_of_months(code: str, amount: Decimal, months: int) -> Decimal:
    """The rent of the first months together, each month rounded to cents as it is billed."""
    first = min(months, FIRST_LATER_MONTH - 1)
    return first * amount + (months - first) * cents(amount * later_share(code))


def asks_to_buy(question: Question, modifiers: Sequence[str]) -> bool:
    """Whether a purchase is asked about, by its word or modifier."""
    return bool(PURCHASE.intersection(modifiers)) or AskedDetail.PURCHASE in question.details
