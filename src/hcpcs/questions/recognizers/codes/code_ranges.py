"""The recognizer of code ranges (``S9325-S9328``) and prefixes (``E060*``, ``J927x``, "start with S935")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from hcpcs.questions.recognizers.codes.code_scanner import CodeSpan
from hcpcs.questions.words.phrases import Phrase
from hcpcs.questions.words.tokens import Token
from hcpcs.records.codes import HCPCS_LETTER, CodeSystem


class CodeRange(NamedTuple):
    """A range (``first`` to ``last``, both included) or a ``prefix``, and its place in the text."""

    first: str | None
    last: str | None
    prefix: str | None
    start: int
    end: int


# What makes two codes a range: "S9325-S9328", "S9325 .. S9328", "S9325 up to S9328", "between S9325 and S9328".
_JOINED: Final = re.compile(r"\s*(-+|~|\.\.+|(?:up )?to|thru|through|until|till|and|&)\s*", re.IGNORECASE)
# Not "an NCCI edit between L1832 and L2397".
_BETWEEN: Final = re.compile(
    r"\b(?:(?<!edit )(?<!edits )(?<!bundling )(?<!conflict )between|from|range(?: of)?)\s+(?:codes? )?$", re.IGNORECASE
)
# "switch a patient from E1390 to E1392", "upgrade E0601 to E0470": two codes, and none between them.
_SWITCHED: Final = re.compile(
    r"\b(?:switch|upgrad|downgrad|mov|transition|convert|go|going)\w*\b(?: \w+){0,3}?(?: from)?(?: an?)? $",
    re.IGNORECASE,
)
# "compare S9328 - S9353", where phones write a dash for "and": two codes, unlike "compare codes S9328-S9353".
_COMPARED: Final = re.compile(r"^\W{0,8}(?:hcpcs\s)?compare\s{1,4}$", re.IGNORECASE)
_SWITCH_READ: Final = 40
"""Characters before a code that are read for such a word."""
_BETWEEN_READ: Final = 24
"""Characters before a code that are read for a word that opens a range; the longest is "range of codes "."""
# The second code of a range, cut short: "S9325-28", "S9325 - 9328"; two digits after blanks are a count ("J1100 - 10").
_TAIL: Final = re.compile(r"(?:-(?=\d)|\s?-\s?(?=\d{3})|\s?(?:thru|through) )\s?(\d{2,4})(?![\w-])", re.IGNORECASE)
_L: Final = HCPCS_LETTER
# E060*, E060%, E06__, E06##, "E06..." at the end, "E06??" before a word; and crosses for digits: J927x, S93xx.
_WILDCARD: Final = re.compile(
    rf"(?<![\w*])({_L}\d{{0,3}})(?:\*+|%|_+(?!\w)|#+(?!\w)|\.\.\.?(?!\.)(?=\W*$)|\?{{2,}}(?=\s+\w))"
    rf"|(?<!\w)({_L}\d{{0,3}})(x{{1,4}})(?!\w)",
    re.IGNORECASE,
)
_PREFIX: Final = re.compile(rf"({_L}\d{{0,3}})(s?)", re.IGNORECASE)
# "E0600s", or after "the" also "the E0610s"; the zeros at the end are not part of the prefix.
_ROUND: Final = re.compile(rf"(?<!\w)(?={_L}\d\d00s|(?<=\bthe ){_L}\d{{3}}0s)({_L}\d{{1,3}}?)0+s(?!\w)", re.IGNORECASE)
_BARE: Final = re.compile(rf"{_L}\d\d", re.IGNORECASE)
_LETTER_TERM: Final = re.compile("term:([a-z])_codes")
_CAR_BEFORE: Final = re.compile(r"car[- ]$", re.IGNORECASE)
_RANGE_NOUNS: Final = frozenset(
    "code codes cod family families series range group section prefix category block".split()
)
"""Words after a prefix that make it one: "S93 codes"."""
_SECTIONS: Final = frozenset("section sections series family range chapter modifiers".split())
"""Words after a letter that make it a prefix: "E section"."""
_LETTERS_OF_WORDS: Final = frozenset({"A", "C"})
"""Letters that make other words of these: "a series", a caesarean ("C section")."""
_LEADING_WORDS: Final = frozenset("the letter letters prefix code codes with by".split())
_VITAMIN: Final = frozenset({"B12"})


def find_range(text: str, codes: Sequence[CodeSpan], *, comparing: bool) -> CodeRange | None:
    """The first range of HCPCS codes in the text; "A to B" and "between A and B" are not one when ``comparing``."""
    for place, code in enumerate(codes):
        if code.mention.system is not CodeSystem.HCPCS:
            continue
        if tail := _TAIL.match(text, code.end):
            if code_range := _shortened(code, tail):
                return code_range
        elif place + 1 < len(codes) and _are_joined(text, code, codes[place + 1], comparing=comparing):
            first, last = sorted((code.mention.code, codes[place + 1].mention.code))
            return CodeRange(first, last, None, code.start, codes[place + 1].end)
    return None


def _are_joined(text: str, code: CodeSpan, following: CodeSpan, *, comparing: bool) -> bool:
    """Whether what is between two codes makes them a range."""
    if following.mention.system is not CodeSystem.HCPCS or code.mention.modifiers:
        return False
    joined = _JOINED.fullmatch(text, code.end, following.start)
    if joined is None:
        return False
    joint = joined[1].lower()
    if joint[0] in "-~.":
        return not _COMPARED.search(text[: code.start])
    if _SWITCHED.search(text[max(0, code.start - _SWITCH_READ) : code.start]):
        return False
    alone = text[code.start : following.end] == text.strip(" ?.!")
    if joint == "to" and code.mention.code > following.mention.code and not alone:
        return False  # "E0601 to E0470, new sleep study needed?"
    opened = joint not in {"and", "&"} or _BETWEEN.search(text[max(0, code.start - _BETWEEN_READ) : code.start])
    return bool(opened) and not comparing


def _shortened(code: CodeSpan, tail: re.Match[str]) -> CodeRange | None:
    """A range whose second code is cut short: ``S9325-28``, ``S9325-9328``."""
    first, digits = code.mention.code, tail[1]
    last = first[: 5 - len(digits)] + digits
    return CodeRange(first, last, None, code.start, tail.end()) if last > first else None


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
    """The codes of a round number, as decades are named: ``the E0600s``, ``the J9000s``."""
    match = _ROUND.search(text)
    return CodeRange(None, None, match[1].upper(), *match.span()) if match else None


def find_prefix(text: str, tokens: Sequence[Token], phrases: Sequence[Phrase]) -> CodeRange | None:
    """The prefix that is asked for in words: "start with S935", "S93 codes", "J codes", "section E"."""
    if letter := _letter_term(text, tokens, phrases):
        return letter
    starts = {_after(tokens, phrase.end) for phrase in phrases if "family_words" in phrase.tags}
    asks_for_list = bool(starts) or any("listing" in phrase.tags for phrase in phrases)
    for place, token in enumerate(tokens):
        match = _PREFIX.fullmatch(text, token.start, token.end)
        if match is None or token.key.startswith("#"):
            continue
        digits = len(match[1]) > 1 and (asks_for_list or _is_followed(tokens, place) or _is_plural(match))
        if place in starts or digits or _is_section(tokens, place, match[1]):
            return CodeRange(None, None, match[1].upper(), token.start, token.end)
    return None


def _letter_term(text: str, tokens: Sequence[Token], phrases: Sequence[Phrase]) -> CodeRange | None:
    """The codes of a letter, by the glossary's name for them ("J codes")."""
    for phrase in phrases:
        for tag in phrase.tags:
            if letter := _LETTER_TERM.fullmatch(tag):
                start, end = tokens[phrase.first].start, tokens[phrase.end - 1].end
                if text[start:end] == "a code" or _CAR_BEFORE.search(text, max(0, start - 4), start):
                    continue  # "who do I ask about a code", "new CAR-T codes"
                return CodeRange(None, None, letter[1].upper(), start, end)
    return None


def _after(tokens: Sequence[Token], place: int) -> int:
    """The offset after the words that introduce a prefix ("starting with the letters ...")."""
    while place < len(tokens) - 1 and tokens[place].key in _LEADING_WORDS:
        place += 1
    return place


def _is_followed(tokens: Sequence[Token], place: int) -> bool:
    """Whether "codes" or the like follows: "S93 codes"."""
    return place + 1 < len(tokens) and tokens[place + 1].key in _RANGE_NOUNS


def _is_plural(match: re.Match[str]) -> bool:
    """Whether a letter and two digits or more are in the plural: "the E06s"."""
    return len(match[1]) > 2 and match[2] == "s"


def _is_section(tokens: Sequence[Token], place: int, written: str) -> bool:
    """Whether a capital letter is named as a section: "E section", but not "C section"."""
    follows = place + 1 < len(tokens) and tokens[place + 1].key in _SECTIONS
    return follows and written.isupper() and written not in _LETTERS_OF_WORDS


def bare_prefix(text: str, token: Token) -> CodeRange | None:
    """The prefix of a letter and two digits that is a word by itself (``S93``)."""
    written = text[token.start : token.end].upper()
    if written in _VITAMIN or not _BARE.fullmatch(written):
        return None
    return CodeRange(None, None, written, token.start, token.end)
