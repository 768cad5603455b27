"""National Drug Codes in every written form, and the products that are listed under another identifier.

An NDC has a labeler, a product and a package. The FDA assigns ten digits in three forms (4-4-2, 5-3-2, 5-4-1); claims
use eleven (5-4-2), with a zero before the short part. Source: FDA, National Drug Code Directory; CMS, ASP NDC-HCPCS
crosswalk, which has 5-4-2 with hyphens.
"""

from __future__ import annotations

import re
from typing import Final

_PARTS: Final = re.compile(r"(\d{4,5})[- ](\d{3,4})[- ](\d{1,2})")
_LENGTHS: Final = (5, 4, 2)
_TEN_DIGITS: Final = ((4, 4, 2), (5, 3, 2), (5, 4, 1))


def ndc_keys(written: str) -> tuple[str, ...]:
    """The keys under which a product may be listed, the likeliest first.

    One of eleven digits for an NDC with hyphens or of eleven digits; three for one of ten digits without hyphens, whose
    form can't be seen; else the identifier itself in upper case without blanks and hyphens (a UPC, a catalog number).
    """
    text = written.strip().upper()
    if match := _PARTS.fullmatch(text):
        padded = "".join(part.zfill(length) for part, length in zip(match.groups(), _LENGTHS, strict=True))
        if len(text) >= 12:
            return (padded,)
    plain = re.sub(r"[\s-]", "", text)
    if plain.isdigit() and len(plain) == 10:
        return tuple(dict.fromkeys(_padded(plain, lengths) for lengths in _TEN_DIGITS))
    return (plain,)


def is_ndc(written: str) -> bool:
    """Whether an identifier looks like an NDC; CMS also lists UPCs and catalog numbers."""
    text = written.strip()
    if len(text) == 13 and text[5] == text[10] == "-":  # the form of almost every row of the crosswalk
        return text.replace("-", "").isdigit()
    return bool(_PARTS.fullmatch(text)) or (text.isdigit() and len(text) in (10, 11))


def _padded(digits: str, lengths: tuple[int, int, int]) -> str:
    parts: list[str] = []
    start = 0
    for length, full in zip(lengths, _LENGTHS, strict=True):
        parts.append(digits[start : start + length].zfill(full))
        start += length
    return "".join(parts)
