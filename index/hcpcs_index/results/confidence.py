"""Whether the best hit can be trusted: by the share of the query that it matches, and how certain that meaning is."""

from __future__ import annotations

from typing import NamedTuple

from hcpcs.search_port import Confidence
from hcpcs_index.query.concepts import ParsedQuery
from hcpcs_index.results.ranking import RankedDocuments
from hcpcs_index.text.word_lists import GENERIC, INJECTION_WORDS
from hcpcs_index.weights import (
    AMOUNT_FACTOR,
    MIN_MATCHED_WEIGHT,
    MIN_SHOWN_WEIGHT,
    UNKNOWN_NUMBER_WEIGHT,
    UNKNOWN_WORD_WEIGHT,
)


class Judgment(NamedTuple):
    """How well the best hit matches, and the words that it lacks if it has at least half of what was asked for."""

    confidence: Confidence
    lacking: tuple[str, ...] = ()


def judge(query: ParsedQuery, documents: RankedDocuments, *, injected: bool = False) -> Judgment:
    """High confidence if the best hit matches most of the query's weight without a guess; none without a hit.

    ``injected`` says that the best hit is an injection: "entyvio infusion" lacks nothing then.
    """
    if not documents.ranked:
        return Judgment(Confidence.NONE)
    best = documents.ranked[0][0]
    if not query.certain:
        return Judgment(Confidence.LOW)
    if query.any_of or any(best in item.scores for item in query.items):
        return Judgment(Confidence.HIGH)
    total_weight = matched_weight = 0.0
    lacking: list[str] = []
    for concept in query.concepts:
        if concept.negated:
            continue
        # Strengths differ from billing units ("ketorolac 10 mg" is billed per 15 mg), so they prove little.
        weight = concept.weight * (AMOUNT_FACTOR if concept.text[:1].isdigit() else 1.0)
        if best in concept.matches:
            if not concept.certain:
                return Judgment(Confidence.LOW)
            matched_weight += weight
        elif concept.text in GENERIC or (injected and concept.text in INJECTION_WORDS):
            continue
        elif concept.parts:
            lacking += [part.text for part in concept.parts if best not in part.matches]
        else:
            lacking.append(concept.text)
        total_weight += weight
    for word in query.unknown:
        has_digit = any(character.isdigit() for character in word)
        total_weight += UNKNOWN_NUMBER_WEIGHT if has_digit else UNKNOWN_WORD_WEIGHT
        lacking.append(word)
    if matched_weight >= MIN_MATCHED_WEIGHT * total_weight:
        return Judgment(Confidence.HIGH)
    return Judgment(Confidence.LOW, tuple(lacking) if matched_weight >= MIN_SHOWN_WEIGHT * total_weight else ())
