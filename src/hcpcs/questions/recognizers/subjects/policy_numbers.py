"""The recognizer of the numbers of coverage policies: LCDs, articles and NCDs."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.records.codes import POLICY_NUMBER

_POLICY_NUMBER: Final = re.compile(
    rf"\b(?:{POLICY_NUMBER}|[LA]\d{{5}}(?=\W?(?:LCD|ARTICLE|POLICY))|NCD \d{{1,3}}(?:\.\d{{1,2}}(?:\.\d)?)?)\b"
)
"""The number of an LCD (L33822), an article (A52464) or an NCD (NCD 240.4)."""


def policy_numbers(text: str) -> tuple[str, ...]:
    """The numbers of coverage policies in a question, upper case, in order, each once."""
    return tuple(dict.fromkeys(_POLICY_NUMBER.findall(text.upper())))
