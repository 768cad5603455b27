"""Medicare's verdict as pages show it: a sign, words and a color, so that none carries it alone."""

from __future__ import annotations

from typing import Final, NamedTuple

from hcpcs.answers.answer import Verdict
from hcpcs.answers.verdicts import BRIEF_VERDICTS


class VerdictBadge(NamedTuple):
    """``tone`` is the class of the style sheet."""

    sign: str
    words: str
    tone: str


_LOOKS: Final = {
    Verdict.NOT_PAYABLE: ("✕", "no"),
    Verdict.CONDITIONAL: ("◐", "maybe"),
    Verdict.CARRIER_JUDGMENT: ("◐", "maybe"),
    Verdict.TERMINATED: ("■", "no"),
    Verdict.NOT_YET: ("◷", "no"),
    Verdict.UNKNOWN: ("?", "unknown"),
}
BADGES: Final = {verdict: VerdictBadge(sign, BRIEF_VERDICTS[verdict], tone) for verdict, (sign, tone) in _LOOKS.items()}
"""How each verdict is shown beside a code."""
