"""Families of codes that people name by a word ("DME", "drugs"), as prefixes of their codes.

Source of the letters: CMS, "HCPCS Level II Coding Procedures", and the section headings of the quarterly file. CMS
has no letter for durable medical equipment alone: E is DME, and K has temporary codes for the DME contractors. Drugs
are J, Q2, Q5 and Q99 codes, and C90 to C94 while they are new to hospitals; Q9996 to Q9999 are biosimilars of
ustekinumab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from hcpcs.records.families.family_words import (
    CAR_T,
    CHEMOTHERAPY,
    DME,
    DRUGS,
    HEARING,
    ORTHOTICS,
    PROSTHETICS,
    RADIOPHARMACEUTICALS,
    SKIN_SUBSTITUTES,
    SUPPLIES,
)


class NamedFamily(NamedTuple):
    """A family that a text names: by which word (as written), the prefixes of its codes, and a noun for them in the
    plural ("drug codes").
    """

    word: str
    prefixes: tuple[str, ...]
    noun: str = ""


class FamilyWords(NamedTuple):
    """A family: the words that name it (a pattern), a noun for its codes in the plural, and their prefixes.

    A search finds no item by the words of ``broad`` families ("drugs"); it does by others ("ambulance", "glasses").
    """

    pattern: str
    noun: str
    prefixes: tuple[str, ...]
    broad: bool = False


_NOUN: Final = r"(?:codes?|drugs?|products?|items?|equipment|services?)"
"""What may follow the words of a family and adds nothing to them."""

_GRAFTS: Final = ("A20", "Q41", "Q42", "Q43", "Q44")
_CAR_T: Final = (
    *("Q2040", "Q2041", "Q2042", "Q2053", "Q2054", "Q2055", "Q2056", "Q2058"),
    *("C9073", "C9076", "C9081", "C9098", "C9301"),
)
"""The codes whose descriptions name CAR-T cells; Q2057 (afamitresgene autoleucel) has another receptor."""
FAMILIES: Final = (
    FamilyWords(CAR_T, "CAR-T codes", _CAR_T),
    FamilyWords(r"biosimilars?", "biosimilar codes", ("Q5", "Q9996", "Q9997", "Q9998", "Q9999")),
    FamilyWords(CHEMOTHERAPY, "chemotherapy codes", ("J9", "J8")),
    FamilyWords(
        DRUGS,
        "drug codes",
        ("J", "Q2", "Q5", "Q99", "C90", "C91", "C92", "C93", "C94"),
        broad=True,
    ),
    FamilyWords(SKIN_SUBSTITUTES, "skin substitute codes", _GRAFTS),
    FamilyWords(r"dmepos", "DMEPOS codes", ("A4", "A5", "A6", "A7", "B", "E", "K", "L"), broad=True),
    FamilyWords(DME, "DME codes", ("E", "K"), broad=True),
    FamilyWords(ORTHOTICS, "orthotic codes", ("L0", "L1", "L2", "L3", "L4"), broad=True),
    FamilyWords(PROSTHETICS, "prosthetic codes", ("L5", "L6", "L7", "L8"), broad=True),
    FamilyWords(r"ambulances?|transport(?:ation)?", "ambulance codes", ("A0",)),
    FamilyWords(SUPPLIES, "supply codes", ("A4", "A5", "A6", "A7"), broad=True),
    FamilyWords(RADIOPHARMACEUTICALS, "radiopharmaceutical codes", ("A95", "A96")),
    FamilyWords(r"enteral|parenteral|nutrition", "nutrition codes", ("B",)),
    FamilyWords(r"(?:behavioral|mental) health", "behavioral health codes", ("H",)),
    FamilyWords(r"(?:quality|mips|pqrs) measures?|mips", "quality measure codes", ("G8", "G9", "M1")),
    FamilyWords(r"vision|eyewear|glasses", "vision codes", ("V2",)),
    FamilyWords(HEARING, "hearing codes", ("V5",)),
)
"""The families, the narrower before the wider: of several that a text names the first in this order counts."""

_PATTERNS: Final = tuple((re.compile(rf"\b({one.pattern})(?: {_NOUN})*\b", re.IGNORECASE), one) for one in FAMILIES)
_ANY: Final = re.compile(rf"\b(?:{'|'.join(one.pattern for one in FAMILIES)})", re.IGNORECASE)
"""What every text that names a family has: most name none, and are not read for each."""


def is_skin_substitute(code: str) -> bool:
    """Whether a code is one of the family of skin substitutes."""
    return code.startswith(_GRAFTS)


def family_named(text: str) -> NamedFamily | None:
    """The first family that a text names; ``None`` for none."""
    for pattern, one in _PATTERNS:
        match = pattern.search(text)
        if match is not None:
            return NamedFamily(match[1], one.prefixes, one.noun)
    return None


def family_words(text: str, *, broad: bool = False) -> Iterator[tuple[int, int]]:
    """The start and end of each family that a text names, including the words after it that add nothing.

    With ``broad`` only of those by whose words a search finds no item.
    """
    if not _ANY.search(text):
        return
    for pattern, family in _PATTERNS:
        if family.broad or not broad:
            for match in pattern.finditer(text):
                yield match.span()
