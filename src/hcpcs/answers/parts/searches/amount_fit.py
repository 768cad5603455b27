"""Hits for an amount in the question: a code whose description holds a range that contains it comes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.parts.searches.fitting_codes import Fit, fitting_code
from hcpcs.questions.question import Quantity
from hcpcs.records.billing.stated_ranges import stated_range
from hcpcs.search_port import Hit, SearchResult

HITS_WEIGHED: Final = 20
"""Maximum hits whose ranges are read, or whose units are counted."""
NEAR_THE_BEST: Final = 0.5
"""Share of the best hit's score from which a hit is about the same: S9366 scores 0.9 of S9365 for "tpn 1.5 liters"."""


def by_amount(quantities: Sequence[Quantity], result: SearchResult) -> tuple[SearchResult, Fit | None]:
    """The hits with the one that fits the amount first, and those for other amounts after the rest near the best."""
    near = [hit for hit in result.hits if hit.active and hit.score >= NEAR_THE_BEST * result.hits[0].score]
    fit = fitting_code(quantities, [(hit.code, hit.long_description) for hit in near])
    if fit is None:  # the best hit may be far before the others by this very range
        active = [(hit.code, hit.long_description) for hit in result.hits if hit.active]
        wider = fitting_code(quantities, active)
        return result, wider if wider and wider.code == result.hits[0].code else None
    order = sorted(result.hits, key=lambda hit: _rank(hit, fit, near))
    return result.model_copy(update={"hits": tuple(order)}), fit


def _rank(hit: Hit, fit: Fit, near: Sequence[Hit]) -> int:
    if hit.code == fit.code:
        return 0
    if hit in near:
        return 2 if stated_range(hit.long_description) else 1
    return 3
