"""Which family of codes a text names by a word ("DME", "drugs"), and whether a code is of one.

The families with their sources are ``code_families.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from hcpcs.records.families.family_words import code_families, code_groups


class NamedFamily(NamedTuple):
    """A family that a text names: by which word (as written), the prefixes of its codes, and a noun for them in the
    plural ("drug codes").
    """

    word: str
    prefixes: tuple[str, ...]
    noun: str = ""


_NOUN: Final = r"(?:codes?|drugs?|products?|items?|equipment|services?)"
"""What may follow the words of a family and adds nothing to them."""

_PATTERNS: Final = tuple(
    (re.compile(rf"\b({one.words})(?: {_NOUN})*\b", re.IGNORECASE), one) for one in code_families().values()
)
_ANY: Final = re.compile(rf"\b(?:{'|'.join(one.words for one in code_families().values())})", re.IGNORECASE)
"""What every text that names a family has: most name none, and are not read for each."""


def is_skin_substitute(code: str) -> bool:
    """Whether a code is one of the family of skin substitutes."""
    return code.startswith(code_families()["skin_substitutes"].prefixes)


def is_drug(code: str) -> bool:
    """Whether a code is one of the family of drugs."""
    return code.startswith(code_families()["drugs"].prefixes)


def is_given(code: str) -> bool:
    """Whether something is given to a patient under a code: a drug, formula, blood product or tracer."""
    return code.startswith(code_groups()["given"].prefixes)


def may_be_dosed(code: str) -> bool:
    """Whether a number behind a code may be an amount of a drug: its letter has drugs."""
    return code.upper().startswith(code_groups()["maybe_dosed"].prefixes)


def is_by_volume(code: str) -> bool:
    """Whether any volume beside a code is an amount of it, and not the size of a container."""
    return code.startswith(code_groups()["by_volume"].prefixes)


def is_by_day(code: str) -> bool:
    """Whether a code is of home infusion or of supplies that are mostly billed per day, week or month."""
    return code.startswith(code_groups()["by_day"].prefixes)


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
