"""Line breaks and bullets of a list, kept as separators: "- E0114\\n- A4565" is two codes and not a range."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

SEPARATOR: Final = "; "
"""What is between two items of a list. No recognizer joins anything across it."""

# "- ", "* ", "• ", "1. ", "2) ", "(3) "; a hyphen may touch the code that follows it ("-E0114").
_BULLET: Final = re.compile(r"\s*(?:[-*+•·▪◦‣●○►–—]\s+|[-*•·▪◦‣●○►]\s*(?=[A-Za-z]\d{4})|\(?\d{1,2}[.)]\s+(?=\S))")
# A line that is an item without a bullet: a code ("J1885 x 2", "99213"), "Line 1: ...", a claim line that begins with
# its date ("03/01/2024 J3301", "2024-03-01 J3301"), or a segment of an X12 claim ("SV1*HC:J3301").
_ITEM: Final = re.compile(
    r"\s*(?:[A-Z]\d{4}|\d{5}(?!\d)|(?:line|ln|item)\s*#?\d|\d{1,2}[/ -]\d{1,2}[/ -]\d{2}|20\d\d-\d\d-\d\d"
    r"|(?:SV\d|NTE|LX|DTP|HI|CLM)\*)",
    re.IGNORECASE,
)
# A line with nothing but modifiers belongs to the code above it: "E0601", then "RR KX".
_ONLY_MODIFIERS: Final = re.compile(r"\s*[A-Z][A-Z0-9](?:[ ,:-]+[A-Z][A-Z0-9])*\s*")
# Bullets in one line: "- E0114 - A4565". A hyphen that opens the line makes the ones after it bullets, too.
_HYPHENS_IN_LINE: Final = re.compile(r"\s-\s+(?=\S)")


def separate_items(text: str) -> str:
    """``text`` in one line: bullets removed, and a line break beside an item of a list written as ``SEPARATOR``.

    Any other line break becomes a space: people wrap sentences, too.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return _separate_in_line(text)
    bulleted = [_BULLET.match(line) for line in lines]
    bare = [line[bullet.end() :] if bullet else line for line, bullet in zip(lines, bulleted, strict=True)]
    items = [bool(bullet) or bool(_ITEM.match(line)) for line, bullet in zip(lines, bulleted, strict=True)]
    parts = [bare[0]]
    for (_, line), (before, item) in zip(pairwise(bare), pairwise(items), strict=True):
        separates = item or (before and not _ONLY_MODIFIERS.fullmatch(line))
        parts += [SEPARATOR if separates else " ", line]
    return "".join(parts)


def _separate_in_line(text: str) -> str:
    opening = text.lstrip()
    if not opening.startswith("- "):
        return text
    return _HYPHENS_IN_LINE.sub(SEPARATOR, opening[2:])
