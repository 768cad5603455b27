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
MAX_NEIGHBOR_CHARACTERS: Final = 800
"""Maximum characters of a text that neighbors are searched for; a limit on work. 200 loses neighbors of long texts."""
MAX_PHRASE_GAP: Final = 3
"""Maximum other words between the words of a key; a limit on work: without it, building takes a third longer."""
MAX_ACTIVE_CHECKED: Final = 200
"""Maximum full matches that are checked for an active code; a limit on work. Partial matches are added if none is."""
MAX_REPAIRS: Final = 5
"""Maximum words of a query that are looked up for repair; a limit on work. 1: "Cinacacet octic suspension" 1 -> 2."""
NEGATED_WINDOW: Final = 60
"""Number of top records that are compared with a query that negates a word; a limit on work.

"Knee brace no joints" asks for one of 40 knee orthoses, and the negated word does not put it among the first 15.
"""
MAX_ITEMS_WITHIN: Final = 2
"""Maximum codes of an item named within a longer query that are among the first hits, whatever else matches."""
ITEM_WITHIN_RANK: Final = 5
"""Lowest rank of these codes: "lumbar brace flexible" finds L0625 first."""
MAX_HEAVY_ITEMS: Final = 2
"""Maximum heavy-duty codes that a patient's weight puts before all others: "walker for 350 lb" has two."""
MAX_DESCRIBED_WORDS: Final = 6
"""Maximum words of a query among which an item's name is looked for apart from words of its record; a limit on work.

"Trapeze bar freestanding" has the freestanding trapeze (E0940).
"""
MIN_STORY_WORDS: Final = 5
"""Minimum words before the last comma of a query for the clause after it to be what is asked for.

"Wheelchair, power" has fewer: its last clause says which kind.
"""
