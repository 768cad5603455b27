"""Several modifiers at once: a range ("A1 thru A9"), a row ("KH KI KJ", "RT/LT"), two typed as one word ("LTRT")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from hcpcs.questions.recognizers.modifiers.modifier_words import (
    COMMON,
    CPT_MODIFIERS,
    JOINED_BY,
    STATES,
    TWO,
    UNMISTAKABLE,
    WORDS_OF_TWO,
    ModifierSpan,
    is_common,
    is_cpt,
    is_meant,
)
from hcpcs.questions.recognizers.modifiers.spoken_transport import is_round_trip, names_ambulance
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.records.modifiers.ambulance_points import transport_of
from hcpcs.records.modifiers.modifier_purposes import known_modifiers, modifiers_with_purpose

# Modifiers in a row without the word: "KH KI KJ", "RT/LT or 50", "LT, RT"; each is checked by itself.
_ROW: Final = re.compile(
    rf"(?<![a-z0-9'.-])(?=\w\w[\s,/+&]){TWO}(?:(?:{JOINED_BY}|\s){TWO}(?![a-z0-9'.-])){{1,8}}(?!\s?%)", re.IGNORECASE
)
_ONE_OF_A_ROW: Final = re.compile(rf"(?<![a-z0-9]){TWO}(?![a-z0-9])", re.IGNORECASE)
_JOINING_WORDS: Final = frozenset({"or", "vs", "the", "and"})
# "GV or GW", "GP vs GO", "95 or GT": two to choose from, and what is asked about them.
_CHOICE: Final = re.compile(
    r"(?<![\w'.-])([A-Z][A-Z0-9]|\d\d)(?:\s(?:or|vs\.?|versus|and|instead of|with)\s(?:the\s)?|/)([A-Z][A-Z0-9]|\d\d)"
    r"(?=\W*$|\?|,|\s(?:for|on|when|if|are|means?|is|difference|together|both|phone|audio|video|telehealth|lower|upper|left|right)\b)"
)
# "A1 thru A9", "K0-K4", "U1 through UD": both ends are modifiers that start with the same letter.
_RANGE: Final = re.compile(
    r"(?<![a-z0-9'.-])([a-z])([0-9a-z])(\s?-\s?|\s(?:to|thru|through|until)\s)\1([0-9a-z])(?![a-z0-9'-])", re.IGNORECASE
)
# After a range that is asked about by itself: "E1 to E4 meaning".
_RANGE_ALONE: Final = re.compile(
    r"(?: (?:mean|means|meaning|meanings|levels?|eyelids?|eyes?|toes?|fingers?|groups?|which|is|are|what))*\W*",
    re.IGNORECASE,
)
_DIALYSIS: Final = re.compile(r"\b(?:dialysis|esrd)\b", re.IGNORECASE)
_LETTER: Final = re.compile(r"[^\W\d_]")
# "X{EPSU}", "the X modifiers", "X EPSU": the four that are more specific than CPT modifier 59.
_OF_59: Final = re.compile(r"(?<![\w'-])X ?(?:\{EPSU\}|EPSU\b)|\bX modifiers?(?: set)?\b", re.IGNORECASE)
_SPECIFIC: Final = ("XE", "XP", "XS", "XU")
_ASKS_MEANING: Final = GatedPattern(
    r"mean|stands? for|\bwhat(?:'s| is| are| r)? (?:these|those|they|this)\b", re.IGNORECASE
)
# "added in Q1 and Q2 2025", "Q1, Q2 & Q3 of '25": quarters of a year, and no modifiers.
_QUARTERS: Final = GatedPattern(
    r"(?<![\w-])q[1-4](?:(?:\s?[,/&-]\s?|,?\s(?:and|or|to|thru|through|vs)\s|\s)q[1-4])*,?\s(?:of\s)?"
    r"(?:20[0-4]\d|'\d\d|(?:this|last) year)\b",
    re.IGNORECASE,
)
_SECONDS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The second characters of modifiers in the order in which CMS lists them: U9 is followed by UA."""
# Two to four modifiers typed as one word in capitals: "LTRT on one line?", "K0823 RRKHKX", "L3000-RTLT".
_ANY_UNMISTAKABLE: Final = "|".join(sorted(UNMISTAKABLE)).upper()
# It begins with the form of two: most words are passed by before they are compared with every one.
_PAIR: Final = re.compile(rf"(?=(?:[A-Z]\w){{2,4}}\b)(?<![\w'])(?<!(?<!\d)-)(?:{_ANY_UNMISTAKABLE}){{2,4}}(?![\w'-])")


def listed_modifiers(text: str, taken: set[int]) -> list[ModifierSpan]:
    """The modifiers of the ranges, rows and pairs in a text, outside the offsets ``taken``."""
    named = "mod" in text.lower()
    if not named:
        taken = taken.union(*(range(*quarters.span()) for quarters in _QUARTERS.finditer(text)))
    spans = _in_range(text, taken, named=named)
    covered = taken.union(*(range(span.start, span.end) for span in spans))
    spans += _in_row(text, covered, named=named)
    covered = covered.union(*(range(span.start, span.end) for span in spans))
    spans += _chosen_from(text, covered)
    if (match := _OF_59.search(text)) and match.start() not in covered and not names_ambulance(text):
        spans += [ModifierSpan(one, *match.span()) for one in _SPECIFIC]
    pairs = (pair for pair in _PAIR.finditer(text) if pair.start() not in covered)
    glued = (range(pair.start(), pair.end(), 2) for pair in pairs)
    return [*spans, *(ModifierSpan(text[at : at + 2], at, at + 2) for places in glued for at in places)]


def _in_range(text: str, taken: set[int], *, named: bool) -> list[ModifierSpan]:
    """The modifiers of the ranges in the text ("A1 thru A9 modifiers").

    Without the word, only of those in daily use, or where the range is all of the text.

    Those between the two ends are placed at the joint.
    """
    spans: list[ModifierSpan] = []
    for match in _RANGE.finditer(text):
        letter = match[1].upper()
        first, last = _SECONDS.index(match[2].upper()), _SECONDS.index(match[4].upper())
        ends = (letter + match[2], letter + match[4])
        alone = _RANGE_ALONE.fullmatch(text, match.end()) is not None and not _LETTER.search(text, 0, match.start())
        if match.start() in taken or first >= last or not (named or alone or all(map(is_common, ends))):
            continue
        spans.append(ModifierSpan(letter + _SECONDS[first], *match.span(1)))
        spans += [ModifierSpan(letter + second, *match.span(3)) for second in _SECONDS[first + 1 : last]]
        spans.append(ModifierSpan(letter + _SECONDS[last], match.start(4) - 1, match.end(4)))
    return spans


def _in_row(text: str, taken: set[int], *, named: bool) -> list[ModifierSpan]:
    """The modifiers that are next to each other outside of any code: "K0 K1 K2 K3 K4 functional level".

    Without the word "modifier" one of them must be unmistakable, for "GA SC" are two states; or two of them, in
    capitals, in daily use and no states ("GN GO GP"), which make a word of two letters among them a modifier, too.
    """
    spans: list[ModifierSpan] = []
    ride = (names_ambulance(text) or is_round_trip(text)) and not text.isupper()
    for match in _ROW.finditer(text):
        words = [one for one in _ONE_OF_A_ROW.finditer(text, *match.span()) if one[1].lower() not in _JOINING_WORDS]
        # Each run of words that are modifiers: "on" ends the row of "KX or KS on A4253".
        daily = _are_surely_ones([one[1] for one in words], text, joined=len(words) < len(match[0].split()))
        # "gy vs gz vs ga": beside two unmistakable ones the third isn't Georgia.
        listed = named or sum(one[1].lower() in UNMISTAKABLE for one in words) > 1
        for valid, run in groupby(
            words,
            lambda one: (
                one.start() not in taken and (_is_in_row(one[1], text, named=listed) or (daily and one[1].isupper()))  # noqa: B023
            ),
        ):
            row = [ModifierSpan(one[1].upper(), *one.span()) for one in run]
            sure = named or daily or any(span.modifier.lower() in UNMISTAKABLE for span in row)
            # "what do HN HO mean for H0004", "CQ CO what r these"
            sure = sure or (_ASKS_MEANING.search(text) is not None and all(one[1].isupper() for one in words))
            sure = sure or (ride and all(transport_of(span.modifier) for span in row))  # "ambulance HN NH"
            if valid and len(row) > 1 and sure and not all(is_cpt(span.modifier) for span in row):
                spans += row
    return spans


def _are_surely_ones(written: Sequence[str], text: str, *, joined: bool) -> bool:
    """Whether two of a row in capitals are in daily use, or all of it has purposes, in a text with small letters.

    Where they are ``joined`` by words, purposes are not enough: "is this ER or UC visit".
    """
    capitals = [one for one in written if one.isupper() and one.lower() not in STATES]
    if sum(map(is_common, capitals)) > 1:
        return True
    if joined or text.isupper() or len(capitals) < len(written) or WORDS_OF_TWO.issuperset(map(str.lower, written)):
        return False
    return len(written) > 1 and {*written} <= modifiers_with_purpose()


def _chosen_from(text: str, taken: set[int]) -> list[ModifierSpan]:
    """Two modifiers to choose from, of which the table of purposes has both: "GV or GW for a hospice patient".

    One of them may be a word in capitals ("GP vs GO") or one of CPT ("95 or GT"), the other is neither a word nor a
    state.
    """
    spans: list[ModifierSpan] = []
    if text.isupper():
        return spans
    for match in _CHOICE.finditer(text):
        two = (match[1], match[2])
        known: Sequence[str] = [one for one in two if one in CPT_MODIFIERS or one in known_modifiers()]
        ours: Sequence[str] = [one for one in known if not one.isdigit() and one.lower() not in WORDS_OF_TWO | STATES]
        against = " vs" in match[0] or " or " in match[0]  # "AS vs 80"
        routes = _DIALYSIS.search(text) is not None and all(map(transport_of, two))  # "RJ or RG for dialysis"
        known, ours = (two, two) if routes else (known, ours)
        if (
            len(known) == len(two)
            and (ours or (against and any(map(str.isdigit, two))))
            and taken.isdisjoint((match.start(1), match.start(2)))
        ):
            spans += [ModifierSpan(match[group], *match.span(group)) for group in (1, 2)]
    return spans


def _is_in_row(modifier: str, text: str, named: bool) -> bool:
    lower = modifier.lower()
    if not is_meant(modifier, text):
        return False
    return modifier.isupper() or lower in UNMISTAKABLE or modifier in CPT_MODIFIERS or (named and lower in COMMON)
