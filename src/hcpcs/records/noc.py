"""Whether a code is 'not otherwise classified' (NOC): one that stands for whatever has no code of its own.

CMS publishes lists of these codes. A code that is on no loaded list is judged by its description; on the lists of
2018 to 2024 the two agree for 84 to 97 in a hundred codes, and nearly all that differ are quality measures.
"""

from __future__ import annotations

import re
from typing import Final

_WORDING: Final = re.compile(
    r"\b(?:unlisted|unclassified|miscellaneous|noc)\b"
    r"|, nos\b"
    r"|\bunspecified (?:oral|hearing|maxillofacial)"
    r"|\bnot elsewhere (?:classified|specified)"
    # "Reason not otherwise specified" is a quality measure's, which stands for itself.
    r"|(?<!reason )\bnot[ -]otherwise[ -](?:classified|specified|listed|described|identified|coded)\b",
    re.IGNORECASE,
)


def reads_not_otherwise_classified(description: str) -> bool:
    """Whether a long description says that its code is for what has no code of its own."""
    return _WORDING.search(description) is not None
