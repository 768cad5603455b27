"""Limits on what the search reads and returns, each with its unit and the reason for its value."""

from __future__ import annotations

from typing import Final

MAX_CHARACTERS: Final = 200
"""Maximum characters of a query that are read, after folding: people type less, and hostile text stays cheap."""
MAX_WORDS: Final = 16
"""Maximum words of a query that are searched for. 8: "brand" queries with strengths and forms lose 0.3% of hit@5."""
MAX_HYPHENATED_WORDS: Final = 4
"""Maximum words of a hyphenated word that are indexed as one ("non-emergency", "over-the-counter")."""
MAX_HITS: Final = 1_000
"""Maximum hits per page."""
MAX_FAMILIES: Final = 5
"""Maximum code families offered with one result: they must fit on a card."""
FAMILY_HITS: Final = 10
"""Number of top hits whose families are offered first."""
