"""How far the best hit may be trusted: by what share of the query it says, and how surely that was understood."""

from __future__ import annotations

from typing import Final

from hcpcs.search_port import Confidence
from hcpcs_index.query.concepts import ParsedQuery
from hcpcs_index.results.ranking import RankedDocuments

UNKNOWN_WEIGHT: Final = 6.0
"""A word that nothing holds weighs as much as a rather rare one; one with a digit (a strength) much less."""
UNKNOWN_NUMBER: Final = 1.0
AMOUNT: Final = 0.3
"""What a number or an amount counts of its weight."""
ENOUGH_SAID: Final = 0.75
"""The share of the query's weight that a sure hit says."""


def confidence(reading: ParsedQuery, found: RankedDocuments) -> Confidence:
    """High if the best hit says (nearly) the whole query and no word of it was guessed; none if nothing was found."""
    if not found.ranked:
        return Confidence.NONE
    best = found.ranked[0][0]
    if not reading.sure:
        return Confidence.LOW
    if reading.any_of:
        return Confidence.HIGH
    total = said = 0.0
    for concept in reading.concepts:
        # Strengths differ from billing units ("ketorolac 10 mg" is billed by 15 mg): they say little about the match.
        weight = concept.weight * (AMOUNT if concept.written[:1].isdigit() else 1.0)
        total += weight
        if best in concept.full:
            if not concept.sure:
                return Confidence.LOW
            said += weight
    for word in reading.unknown:
        total += UNKNOWN_NUMBER if any(letter.isdigit() for letter in word) else UNKNOWN_WEIGHT
    return Confidence.HIGH if said >= ENOUGH_SAID * total else Confidence.LOW
