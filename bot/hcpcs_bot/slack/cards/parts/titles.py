"""Descriptions as cards show them: acronyms in capitals, and titles cut at the end of a clause."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.answers.answer import RecordView
from hcpcs.records.record import RecordKind
from hcpcs_bot.slack.blockkit.mrkdwn import ELLIPSIS, clip

TITLE_SHOWN: Final = 75
"""Maximum characters of a description in a title: three lines on a phone."""
CLAUSE: Final = 24
"""Minimum characters to keep where a description is cut at the end of a clause."""
_IN_PARENTHESES: Final = re.compile(r"\(([a-z]{2,6})\)")
_CLAUSE_ENDS: Final = re.compile(r"[;,](?= )| (?=\()")


def with_acronyms(text: str) -> str:
    """A description with its acronyms in capitals: ``continuous positive airway pressure (CPAP) device``.

    CMS's file writes ``(cpap)``. Letters in parentheses are an acronym where they are the initials of the words
    before them; ``(xipere)`` stays.
    """
    return _IN_PARENTHESES.sub(_acronym, text)


def _acronym(match: re.Match[str]) -> str:
    letters = match[1]
    before = re.findall(r"[^\W\d_]+", match.string[: match.start()])[-len(letters) :]
    initials = "".join(word[0] for word in before).lower()
    return f"({letters.upper()})" if initials == letters else match[0]


def short_description(text: str, limit: int = TITLE_SHOWN) -> str:
    """The start of a description in at most ``limit`` characters, cut at the end of a clause or between words."""
    whole = with_acronyms(text)
    if len(whole) <= limit:
        return whole
    ends = [match.start() for match in _CLAUSE_ENDS.finditer(whole, 0, limit) if match.start() >= CLAUSE]
    clauses = [whole[:end] for end in ends if whole.count("(", 0, end) == whole.count(")", 0, end)]
    return f"{clauses[-1]}{ELLIPSIS}" if clauses else clip(whole, limit)


def record_name(record: RecordView) -> str:
    """``E0601``, ``Modifier RR``."""
    return f"Modifier {record.code}" if record.kind is RecordKind.MODIFIER else record.code


def record_title(record: RecordView) -> str:
    """``E0601 · Continuous positive airway pressure (CPAP) device``."""
    text = record.value("long_description") or record.value("short_description")
    return f"{record_name(record)} · {short_description(text)}"


def is_cut(record: RecordView) -> bool:
    """Whether the title leaves out a part of the description."""
    return len(with_acronyms(record.value("long_description"))) > TITLE_SHOWN
