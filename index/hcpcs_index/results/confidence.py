"""Whether the best hit can be trusted: by the share of the query that it matches, and how certain that meaning is."""

from __future__ import annotations

from hcpcs.search_port import Confidence
from hcpcs_index.query.concepts import ParsedQuery
from hcpcs_index.results.ranking import RankedDocuments
from hcpcs_index.weights import AMOUNT_FACTOR, MIN_MATCHED_WEIGHT, UNKNOWN_NUMBER_WEIGHT, UNKNOWN_WORD_WEIGHT


def judge_confidence(query: ParsedQuery, documents: RankedDocuments) -> Confidence:
    """High if the best hit matches most of the query's weight and no word was guessed; none if there is no hit."""
    if not documents.ranked:
        return Confidence.NONE
    best = documents.ranked[0][0]
    if not query.certain:
        return Confidence.LOW
    if query.any_of or any(best in item.scores for item in query.items):
        return Confidence.HIGH
    total_weight = matched_weight = 0.0
    for concept in query.concepts:
        # Strengths differ from billing units ("ketorolac 10 mg" is billed per 15 mg), so they prove little.
        weight = concept.weight * (AMOUNT_FACTOR if concept.text[:1].isdigit() else 1.0)
        total_weight += weight
        if best in concept.matches:
            if not concept.certain:
                return Confidence.LOW
            matched_weight += weight
    for word in query.unknown:
        has_digit = any(character.isdigit() for character in word)
        total_weight += UNKNOWN_NUMBER_WEIGHT if has_digit else UNKNOWN_WORD_WEIGHT
    return Confidence.HIGH if matched_weight >= MIN_MATCHED_WEIGHT * total_weight else Confidence.LOW
