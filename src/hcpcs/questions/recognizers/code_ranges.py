"""Families of codes in a question: ranges (``S9325-S9328``) and prefixes (``E060*``, ``J927x``, "start with S935")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from hcpcs.questions.phrases import Phrase
from hcpcs.questions.recognizers.codes import CodeSpan
from hcpcs.questions.tokens import Token
from hcpcs.records.codes import HCPCS_LETTER, CodeSystem


class CodeRange(NamedTuple):
    """A range (``first`` to ``last``, both included) or a ``prefix``, and where it stands in the text."""

    first: str | None
    last: str | None
    prefix: str | None
    start: int
    end: int


_JOINED: Final = re.compile(r"\s*(-+|~|\.\.+|(?:up )?to|thru|through|until|till|and|&)\s*", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\b(?:between|from|range(?: of)?)\s+(?:codes? )?$", re.IGNORECASE)
_TAIL: Final = re.compile(r"\s?(?:-|thru |through )\s?(\d{2,4})(?![\w-])", re.IGNORECASE)
_L: Final = HCPCS_LETTER
_WILDCARD: Final = re.compile(
    rf"(?<![\w*])({_L}\d{{0,3}})(?:\*+|%|_+(?!\w)|#+(?!\w)|\.\.\.?(?!\.)(?=\W*$)|\?{{2,}}(?=\s+\w))"
    rf"|(?<!\w)({_L}\d{{0,3}})(x{{1,4}})(?!\w)",
    re.IGNORECASE,
)
_PREFIX: Final = re.compile(rf"({_L}\d{{0,3}})(s?)", re.IGNORECASE)
_ROUND: Final = re.compile(rf"(?<!\w)(?={_L}\d\d00s|(?<=\bthe ){_L}\d{{3}}0s)({_L}\d{{1,3}}?)0+s(?!\w)", re.IGNORECASE)
_BARE: Final = re.compile(rf"{_L}\d\d", re.IGNORECASE)
_LETTER_TERM: Final = re.compile("term:([a-z])_codes")
_FAMILY_WORDS: Final = frozenset(
    "code codes cod family families series range group section prefix category block".split()
)
_SECTIONS: Final = frozenset("section sections series family range chapter modifiers".split())
_WORDS: Final = frozenset({"A", "C"})
"""Letters that make other words of these: "a series", a caesarean ("C section")."""
_LEADING_WORDS: Final = frozenset("the letter letters prefix code codes with by".split())
_VITAMIN: Final = frozenset({"B12"})


def find_range(text: str, found: Sequence[CodeSpan], *, comparing: bool) -> CodeRange | None:
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
                return CodeRange(first, last, None, one.start, found[i + 1].end)
    return None


def _means_range(joint: str, before: str, *, comparing: bool) -> bool:
    if joint[0] in "-~.":
        return True
    if joint in {"and", "&"}:
        return bool(_BETWEEN.search(before)) and not comparing
    return not comparing


def _shortened(one: CodeSpan, tail: re.Match[str]) -> CodeRange | None:
    """A range whose second code is cut short: ``S9325-28``, ``S9325-9328``."""
    code, digits = one.mention.code, tail[1]
    last = code[: 5 - len(digits)] + digits
    return CodeRange(code, last, None, one.start, tail.end()) if last > code else None


def find_wildcard(text: str) -> CodeRange | None:
    """The first prefix with a wildcard: ``E060*``, ``J927x``, ``S93xx``."""
    match = _WILDCARD.search(text)
    if match is None:
        return None
    prefix, crosses = match[1] or match[2], match[3] or ""
    if crosses and len(prefix) + len(crosses) != 5 and not (len(prefix) >= 3 and len(crosses) <= 2):
        return None
    return CodeRange(None, None, prefix.upper(), *match.span())


def find_round(text: str) -> CodeRange | None:
    """The codes of a round number, said as decades are: ``the E0600s``, ``the J9000s``."""
    match = _ROUND.search(text)
    return CodeRange(None, None, match[1].upper(), *match.span()) if match else None


def find_prefix(text: str, row: Sequence[Token], said: Sequence[Phrase]) -> tuple[CodeRange, int] | None:
    """The prefix that is asked for in words ("start with S935", "S93 codes", "J codes"), and its first token."""
    for phrase in said:
        for tag in phrase.tags:
            if letter := _LETTER_TERM.fullmatch(tag):
                start, end = row[phrase.first].start, row[phrase.end - 1].end
                return CodeRange(None, None, letter[1].upper(), start, end), phrase.first
    starting = {_after(row, phrase.end) for phrase in said if "family_words" in phrase.tags}
    listing = any("listing" in phrase.tags for phrase in said)
    for i, token in enumerate(row):
        match = None if token.key.startswith("#") else _PREFIX.fullmatch(text, token.start, token.end)
        if match is None:
            continue
        followed = i + 1 < len(row) and row[i + 1].key in _FAMILY_WORDS
        plural = len(match[1]) > 2 and match[2] == "s"
        section = i + 1 < len(row) and row[i + 1].key in _SECTIONS and match[1].isupper() and match[1] not in _WORDS
        if i in starting or section or (len(match[1]) > 1 and (followed or listing or starting or plural)):
            return CodeRange(None, None, match[1].upper(), token.start, token.end), i
    return None


def _after(row: Sequence[Token], place: int) -> int:
    while place < len(row) - 1 and row[place].key in _LEADING_WORDS:
        place += 1
    return place


def bare_prefix(text: str, token: Token) -> CodeRange | None:
    """The family of a letter and two digits that stand alone (``S93``)."""
    written = text[token.start : token.end].upper()
    if written in _VITAMIN or not _BARE.fullmatch(written):
        return None
    return CodeRange(None, None, written, token.start, token.end)
