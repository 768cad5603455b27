"""The recognizer of denial codes: a group with a reason ("CO-50", "PR 204"), or a reason alone ("CARC 197")."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.records.terms.denial_reasons import DenialCode

_WITH_GROUP: Final = re.compile(r"\b(?!CO ?2\b)(CO|PR|OA|PI)[- ]?(\d{1,3}|[AB]\d{1,2})\b", re.IGNORECASE)
"""A group and a reason. The CO 60 of cobalt is told apart by the cues of the subject, which are asked first.
CO2 is the gas: that reason is CO-2."""
# "denial code 16", "CARC 197", "reason code 50"; without "code" only where nothing is counted or dated: "denial 50",
# not "denial 3 months ago", "denied, reason 30 days", "denial 1/15".
_BY_NUMBER: Final = re.compile(
    r"\b(?:(?:carcs?|(?:denial|reason|adjustment)(?: reason)? codes?)[ :#]+(?:code )?(?P<coded>\d{1,3}|B\d{1,2})\b"
    r"|(?:denial|reason|adjustment)(?: reason)?[ :#]+(?P<bare>\d{1,3}|B\d{1,2})"
    r"(?=\W*$|[,;?!]| (?:on|for|from|and|what|how|why|means?|meaning)\b))(?![-/.]\d)",
    re.IGNORECASE,
)


def denial_codes(text: str) -> tuple[DenialCode, ...]:
    """The denial codes of a question in order, each once."""
    matches = [(match.start(), match[1].upper(), match[2].upper()) for match in _WITH_GROUP.finditer(text)]
    matches += [(match.start(), "", (match["coded"] or match["bare"]).upper()) for match in _BY_NUMBER.finditer(text)]
    return tuple(dict.fromkeys(DenialCode(group=group, reason=_plain(reason)) for _, group, reason in sorted(matches)))


def _plain(reason: str) -> str:
    """A number without the zeros before it."""
    return reason.lstrip("0") or reason
