"""Families of codes in a question: ranges (``S9325-S9328``) and prefixes (``E060*``, ``J927x``, "start with S935")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from hcpcs.codes import CodeSystem, Found


class Family(NamedTuple):
    """A range (``first`` to ``last``, both included) or a ``prefix``, and where it stands in the text.

    ``named`` says that the text asks for a family in words or with a wildcard; a bare ``S93`` is not named.
    """

    first: str | None
    last: str | None
    prefix: str | None
    start: int
    end: int
    named: bool = True


_JOINED: Final = re.compile(r"\s*(-+|~|\.\.+|(?:up )?to|thru|thro(?:ugh)?|until|till|through|and|&)\s*", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\b(?:between|from|range(?: of)?)\s+(?:codes? )?$", re.IGNORECASE)
_TAIL: Final = re.compile(r"\s?(?:-|thru |through )\s?(\d{2,4})(?![\w-])", re.IGNORECASE)
_L = "[A-CEGHJ-MP-V]"
_WILDCARD: Final = re.compile(
    rf"(?<![\w*])({_L}\d{{0,3}})(?:\*+|%|#+(?!\w)|\.\.\.?(?!\.)(?=\W*$)|\?{{2,}}(?=\s+\w))"
    rf"|(?<!\w)({_L}\d{{0,3}})(x{{1,4}})(?!\w)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"\b(?:(?:start|begin)(?:s|ning|ing|t)? (?:with|by|in|from|at)|starting|beginning|"
    r"prefix(?:ed)?(?: (?:with|by|of|is))?|famil(?:y|ies)(?: of)?|series|section|category|group)"
    rf"[ :]+(?:the )?(?:letters? |prefix |code )?['\"]?({_L}\d{{0,3}})['\"]?(?![\w.-])"
    rf"|(?<![\w'-])({_L}\d{{1,3}})[ -](?:hcpcs )?"
    r"(?:codes?|famil(?:y|ies)|series|range|group|section|prefix|category|block)\b"
    r"|\b(?:all|every|browse|list|list all|(?:any|every)thing (?:in|under))(?: of)?(?: the)? "
    rf"({_L}\d{{1,3}})s?(?![\w.-])",
    re.IGNORECASE,
)
_BARE: Final = re.compile(rf"(?<![\w.'$-])({_L}\d{{2}})(?![\w.'%-])", re.IGNORECASE)
_VITAMIN: Final = frozenset({"B12"})


def find_range(text: str, found: Sequence[Found], *, comparing: bool) -> Family | None:
    """The first range of HCPCS codes in the text; "A to B" and "between A and B" are none when ``comparing``."""
    for i, one in enumerate(found):
        if one.mention.system is not CodeSystem.HCPCS:
            continue
        if tail := _TAIL.match(text, one.end):
            if range_ := _shortened(one, tail):
                return range_
        elif i + 1 < len(found) and found[i + 1].mention.system is CodeSystem.HCPCS and not one.mention.modifiers:
            joint = _JOINED.fullmatch(text, one.end, found[i + 1].start)
            if joint and _means_range(joint[1].lower(), text[: one.start], comparing=comparing):
                first, last = sorted((one.mention.code, found[i + 1].mention.code))
                return Family(first, last, None, one.start, found[i + 1].end)
    return None


def _means_range(joint: str, before: str, *, comparing: bool) -> bool:
    if joint[0] in "-~.":
        return True
    if joint in {"and", "&"}:
        return bool(_BETWEEN.search(before)) and not comparing
    return not comparing


def _shortened(one: Found, tail: re.Match[str]) -> Family | None:
    """A range whose second code is cut short: ``S9325-28``, ``S9325-9328``."""
    code, digits = one.mention.code, tail[1]
    last = code[: 5 - len(digits)] + digits
    return Family(code, last, None, one.start, tail.end()) if last > code else None


def find_prefix(text: str) -> Family | None:
    """The prefix that a text asks for: with a wildcard, in words, or a bare letter with two digits (not named)."""
    if match := _WILDCARD.search(text):
        prefix, crosses = match[1] or match[2], match[3] or ""
        if not crosses or len(prefix) + len(crosses) == 5 or (len(prefix) >= 3 and len(crosses) <= 2):
            return Family(None, None, prefix.upper(), *match.span())
    if match := _NAMED.search(text):
        group = next(i for i in range(1, 4) if match[i])
        return Family(None, None, match[group].upper(), match.start(group), match.end(group))
    if (match := _BARE.search(text)) and match[1].upper() not in _VITAMIN:
        return Family(None, None, match[1].upper(), *match.span(), named=False)
    return None
