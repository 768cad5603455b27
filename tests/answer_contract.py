"""The keys of an answer in JSON, in order, as every interface gives them."""

from __future__ import annotations

from typing import Final

ANSWER_KEYS: Final = (
    "question",
    "intent",
    "outcome",
    "codes",
    "verdict",
    "text",
    "records",
    "suggestions",
    "source",
    "answer_id",
    "subject",
    "facts",
    "headline",
    "evidence",
    "unused",
    "notices",
    "hits",
    "total",
    "changes",
    "timeline",
    "further_pages",
)
