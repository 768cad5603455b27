"""What a month of a capped rental pays, and that such an item has no purchase amount.

The schedule has the amount of the first months. The later ones pay a share of it; afterwards the patient owns the item.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from hcpcs.answers.facts.fact_answer import cents
from hcpcs.companions.edition import Fact
from hcpcs.questions.question import AskedDetail, Question
from hcpcs.records.billing.payment_categories import RENTAL_MONTHS, later_share
from hcpcs.records.modifiers.pricing_modifiers import PURCHASE

_CATEGORY: Final = "CR"
"""Payment category of capped rentals, as the fee schedule writes it."""
LATER_MONTHS: Final = RENTAL_MONTHS[-1]
ENDED: Final = (
    f"A capped rental ends after {LATER_MONTHS.last} months of use: the patient then owns the item, and no further "
    "month is paid."
)


def is_capped_rental(facts: Sequence[Fact]) -> bool:
    """Whether a row is the monthly rent of a capped rental item."""
    return facts[0].qualifiers.category == _CATEGORY and facts[0].unit == "USD per month"


def asked_month(question: Question, modifiers: Sequence[str]) -> int | None:
    """The month of rental that is asked about, by its number or modifier; ``None`` if none is."""
    if question.rental_month is not None:
        return question.rental_month
    return LATER_MONTHS.first if LATER_MONTHS.modifier in modifiers else None


def asked_months(question: Question) -> int | None:
    """The number of months whose rent is asked for together, from the first one ("total over 13 months")."""
    months = next((one.amount for one in question.quantities if one.unit == "month" and one.amount > 1), None)
    whole = months is not None and months == int(months) and months <= LATER_MONTHS.last
    return int(months) if whole and months is not None else None


def rent_of_months(code: str, amount: Decimal, months: int) -> Decimal:
    """The rent of the first months together, each month rounded to cents as it is billed."""
    first = min(months, LATER_MONTHS.first - 1)
    return first * amount + (months - first) * cents(amount * later_share(code))


def asks_to_buy(question: Question, modifiers: Sequence[str]) -> bool:
    """Whether a purchase is asked about, by its word or modifier."""
    return bool(PURCHASE.intersection(modifiers)) or AskedDetail.PURCHASE in question.details
