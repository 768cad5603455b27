"""Families of codes that people name by a word ("DME", "drugs"), as prefixes of their codes.

Source of the letters: CMS, "HCPCS Level II Coding Procedures", and the section headings of the quarterly file. CMS
has no letter for durable medical equipment alone: E is DME, and K has temporary codes for the DME contractors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        r"dme|durable medical equipment": ("E", "K"),
        r"drugs?|injections?|injectables?": ("J", "Q5"),
        r"biosimilars?": ("Q5",),
        r"skin substitutes?": ("Q4", "A2"),
        r"orthotics?|orthos[ei]s|braces?": ("L0", "L1", "L2", "L3", "L4"),
        r"prosthetics?|prosthes[ei]s": ("L5", "L6", "L7", "L8"),
        r"ambulance|transport(?:ation)?": ("A0",),
        r"supply|supplies": ("A4", "A5", "A6", "A7"),
        r"enteral|parenteral|nutrition": ("B",),
        r"vision|eyewear|glasses": ("V2",),
        r"hearing": ("V5",),
    }
)
"""Pattern of the words of a family, and the prefixes of its codes."""

_PATTERNS: Final = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), prefixes) for words, prefixes in FAMILIES.items()
)


class NamedFamily(NamedTuple):
    """A family of codes: the word by which it was named, as written, and the prefixes of its codes."""

    word: str
    prefixes: tuple[str, ...]


def family_named(text: str) -> NamedFamily | None:
    """The first family that a text names; ``None`` for none."""
    for pattern, prefixes in _PATTERNS:
        match = pattern.search(text)
        if match is not None:
            return NamedFamily(match[0], prefixes)
    return None
