"""Whether a question asks for notes that may be the team's own: "any notes on it?", but not "processing note"."""

from __future__ import annotations

import re
from typing import Final

_NOTES: Final = re.compile(r"\bnote[sd]?\b", re.IGNORECASE)
# "What does processing note 0088 mean" and "CMS notes on S9353" ask for the record's own.
_OF_CMS: Final = re.compile(r"\b(?:processing|cms|medicare|record|manual|appendix)\b", re.IGNORECASE)


def may_ask_for_own_notes(question: str) -> bool:
    """Whether ``question`` says "notes" without saying that it means those of the record."""
    return bool(_NOTES.search(question)) and not _OF_CMS.search(question)
