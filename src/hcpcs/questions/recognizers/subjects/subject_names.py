"""Names that refine the subject of a question: the numbers of policies, and the payment category of equipment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_POLICY_NUMBER: Final = re.compile(r"\b(?:L3[1-9]\d{3}|A5[1-9]\d{3}|NCD \d{1,3}(?:\.\d{1,2}(?:\.\d)?)?)\b")
"""The number of an LCD (L33822), an article (A52464) or an NCD (NCD 240.4); HCPCS codes have four digits."""
_CATEGORY_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"capped": "36", "frequently serviced": "31", "routinely purchased": "32", "inexpensive": "32"}
)
"""Words that name a payment category, with its pricing indicator."""


def policy_numbers(text: str) -> tuple[str, ...]:
    """The numbers of coverage policies in a question, in order, each once."""
    return tuple(dict.fromkeys(_POLICY_NUMBER.findall(text.upper())))


def payment_category(text: str) -> str | None:
    """The pricing indicator of the one payment category that a question names; ``None`` for none or several."""
    lower = text.lower()
    named = [indicator for words, indicator in _CATEGORY_WORDS.items() if words in lower]
    return named[0] if len(named) == 1 else None
