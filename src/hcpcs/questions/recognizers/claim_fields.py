"""The recognizer of fields of a claim that are given with a dose and not asked about: "J1100 8 mg pos 11"."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.questions.recognizers.dates.day_cues import IgnoredSpan
from hcpcs.questions.recognizers.quantities.contents import AN_AMOUNT
from hcpcs.questions.words.gated_pattern import GatedPattern

# "pos 11", "POS: 22", "place of service 19": one number, and no choice ("pos 11 or 22").
_PLACE: Final = GatedPattern(
    r"(?<!\bor )(?<!\bvs )(?<!\bto )\b(?:in |at )?(?:pos|place of service)(?: code)?[ :#=]{0,2}\d{1,2}\b"
    r"(?!\.\d|/|\W*\?| ?(?:or|vs|versus|and \d|to|rate|price|fee|allowed)\b)",
    re.IGNORECASE,
)
# Words of a question in which the place may be what is asked for: "is J1100 8 mg ok in pos 11", "which pos".
_ASKS: Final = re.compile(
    r"\b(?:is|are|can|may|does|do|should|which|where|what(?! units?\b)|ok|okay|allowed|cover\w*|pay\w*|paid|billable|"
    r"valid|correct|right|den\w+|reject\w*|reimburse\w*|need\w*|require\w*|price|cost|fee|rate|asp|modifier|mod)\b",
    re.IGNORECASE,
)


def find_stated_place(text: str) -> list[IgnoredSpan]:
    """The place of service that a text states beside a measured amount, where nothing else is asked than its units."""
    if not AN_AMOUNT.search(text) or _ASKS.search(text):
        return []
    return [IgnoredSpan(*match.span(), labeled=True) for match in _PLACE.finditer(text)]
