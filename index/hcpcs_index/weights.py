"""The constants of BM25, by which every word of a record is scored."""

from __future__ import annotations

from typing import Final

HEAD_WEIGHT: Final = 0.5
"""What a word in the head of a description (what the record is) adds, as a share of its score in that field."""

LENGTH_WEIGHT: Final = 0.6
"""B: how much a long description counts against a record."""
SATURATION: Final = 1.2
"""K1: how soon a repeated word adds nothing more."""
