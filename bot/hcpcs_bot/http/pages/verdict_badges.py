"""Medicare's verdict as pages show it: a sign, words and a color, so that none carries it alone."""

from __future__ import annotations

from typing import Final, NamedTuple

from hcpcs.answers.answer import Verdict


class VerdictBadge(NamedTuple):
    """``tone`` is the class of the style sheet."""

    sign: str
    words: str
    tone: str


BADGES: Final = {
    Verdict.NOT_PAYABLE: VerdictBadge("✕", "No: not payable", "no"),
    Verdict.CONDITIONAL: VerdictBadge("◐", "Maybe: conditions", "maybe"),
    Verdict.CARRIER_JUDGMENT: VerdictBadge("◐", "Maybe: MAC decides", "maybe"),
    Verdict.TERMINATED: VerdictBadge("■", "No: ended", "no"),
    Verdict.NOT_YET: VerdictBadge("◷", "No: not yet", "no"),
    Verdict.UNKNOWN: VerdictBadge("?", "Unknown", "unknown"),
}
"""How each verdict is shown beside a code."""
