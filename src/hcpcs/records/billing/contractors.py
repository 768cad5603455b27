"""The kinds of Medicare administrative contractors (MAC), and the words of a question that call for one of them.

Source: CMS, "What is a MAC": A/B MACs process Part A and Part B claims, DME MACs those of suppliers of DMEPOS, and
four of the A/B MACs those of home health agencies and hospices, by areas of their own.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class ContractorKind(StrEnum):
    """Whose claims: the values are what answers call the contractor."""

    DME = "DME MAC"
    A_B = "A/B MAC"
    HOME_HEALTH = "home health and hospice MAC"


_WORDS: Final = {
    ContractorKind.HOME_HEALTH: r"home health|hospices?|hh ?(?:\+|&|and) ?h|hhh",
    ContractorKind.DME: r"dme(?:pos)?|durable|suppliers?|equipment|wheelchairs?|oxygen|orthotics?|prosthetics?",
    ContractorKind.A_B: (
        r"a ?/ ?b(?: mac)?|part ?[ab]|parts a|carriers?|physicians?|doctors?|hospitals?|ambulances?|drugs?|labs?|snf"
    ),
}
_PATTERNS: Final = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _WORDS.items()}


def contractor_kind_named(text: str) -> ContractorKind | None:
    """The kind of contractor that a question calls for; ``None`` if it names none, or two ("DME MAC or part B")."""
    named = [kind for kind, pattern in _PATTERNS.items() if pattern.search(text)]
    return named[0] if len(named) == 1 else None
