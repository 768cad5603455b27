"""The recognizer of strengths without a unit, which is then that of the descriptor: "depo-medrol 80, units?"."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.questions.question import Quantity
from hcpcs.questions.recognizers.quantities.quantity_roles import READ_BESIDE
from hcpcs.questions.recognizers.quantities.related_quantities import STRENGTH, QuantitySpan

# "gave depo-medrol 80, units?", "kenalog 40 given how many units": a strength without its unit.
_STRENGTH: Final = re.compile(
    r"(?<=[a-z] )(?<!\bunits )(?<!\bqty )(?<!\bx )(?<!\bor )(?<!\bbill )(?<!\bcharge )(?P<number>[1-9]\d{1,3}(?:\.\d)?)"
    r"(?=[,?;]|$| (?:and|given|gave|im|iv|sq|subq|inj\w*|code|how|what|in|x|hcpcs)\b)",
    re.IGNORECASE,
)
_ASKS_UNITS: Final = re.compile(r"\bunits?\b", re.IGNORECASE)
# The words before a number that is not a strength: "patient age 65", "POS 12", "revenue code 636", "limit of 16".
_NO_STRENGTH: Final = re.compile(
    r"\b(?:(?:aged?|wt|weight|limit|max(?:imum)?)(?: (?:is|of))?|weighs|pos|service|modifiers?|mods?|revenue|rev|codes?"
    r"|line|box|item|room|to|than|over|under|in|on|until) $",
    re.IGNORECASE,
)


def find_strengths(text: str) -> list[QuantitySpan]:
    """The numbers after the names of drugs whose units are asked for."""
    return [
        QuantitySpan(Quantity(amount=float(match["number"]), unit=STRENGTH), *match.span())
        for match in (_STRENGTH.finditer(text) if _ASKS_UNITS.search(text) else ())
        if not _NO_STRENGTH.search(text[max(0, match.start() - READ_BESIDE) : match.start()])
    ]
