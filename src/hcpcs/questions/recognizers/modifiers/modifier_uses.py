"""Modifiers that a text uses or asks about without the word "modifier": "does GY mean", "QL on A0429", "UJ night"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from hcpcs.questions.recognizers.modifiers.modifier_words import (
    COMMON,
    CPT_MODIFIERS,
    STATES,
    UNMISTAKABLE,
    WORDS_OF_TWO,
    is_common,
)
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.records.modifiers.ambulance_points import is_ambulance_code, transport_of
from hcpcs.records.modifiers.modifier_purposes import modifiers_with_purpose, purposes_named
from hcpcs.records.modifiers.word_modifiers import words_modifying

BEFORE_READ: Final = 24
"""Characters before a modifier that are read to see what leads to it; the longest is "rather than modifier "."""
# A modifier in capitals that is used, added or asked the meaning of: "what happens if I use GZ", "does GY mean", "is JG
# still reported"; not "do you use AI".
_ASKED: Final = GatedPattern(
    r"\b(?:[Dd]oes (?=\w\w (?:mean|stand|indicate|require|apply|go|belong)\b)|[Uu]s(?:e|ing) (?!AI\b)|[Nn]eeds? "
    r"|[Ii]s (?=\w\w (?:still|no longer|required|needed)\b)"
    r"|[Rr]equires? |[Tt]akes? |[Ww]ants? |[Aa]ppend(?:ing)? |[Aa]dd(?:ing)? )"
    r"([A-Z][A-Z0-9])(?![\w'-])"
)
# "EY no order", "HN bachelors": a modifier of the table of purposes before a few words that say what it is for.
_BEFORE_ITS_PURPOSE: Final = re.compile(
    r"^\W*([A-Z]{2})(?! (?:vs|versus|or|and|revenue|claim|form|billing|04)\b)(?=(?: [A-Za-z][A-Za-z-]+){1,4}\W*$)"
)
# "NH amb mod": origin and destination before the word ambulance.
_ON_AN_AMBULANCE: Final = GatedPattern(r"(?<![\w'-])([A-Z]{2})(?= (?:amb|ambulance) (?:mods?|modifiers?)\b)")
# "what does HQ mean on H2017": a modifier with a purpose, whose meaning is asked for.
_MEANING_ASKED: Final = GatedPattern(r"\b[Dd]oes ([A-Z][A-Z0-9]) (?:mean|stand for|indicate)(?!\w)")
# "is CQ with GP or instead of GP": in capitals, beside another that is named.
_BESIDE_ANOTHER: Final = GatedPattern(r"\b(?:with|instead of|plus|beside) (?:the )?([A-Z][A-Z0-9])(?![\w'-])")
# "KJ month 15", "RJ for dialysis", "U1 in Ohio", "GM A0425": at the beginning, before what it is asked for or put on.
_OPENS: Final = GatedPattern(
    r"^\W*([A-Z][A-Z0-9])(?= (?:for|when|if|months?|in|needed|required|rules?|on) | [A-Z]\d{4}\b)"
)
_RIDE: Final = re.compile(r"\b(?:ambulance|transport|trip|dialysis|ems)", re.IGNORECASE)
# "QL on A0429", "bill partial month? KR?": in capitals before a code that it is put on, or as a question of its own.
_ON_A_CODE: Final = GatedPattern(
    r"(?<![\w'-])([A-Z][A-Z0-9])(?=(?: (?:or|and|vs) (?:\d\d|[A-Z][A-Z0-9]))?,? (?:mod(?:ifier)? )?"
    r"(?:(?:needed|required|ok|okay|right|valid|correct|allowed|appropriate) )?(?:on|with|for) "
    r"(?:the )?[A-Za-z]\d{4}|\s?\?\s*$)"
)
# 'what does "KX" on the slip mean': in capitals and quotes, where a meaning is asked.
_QUOTED: Final = GatedPattern(r"[\"']([A-Z][A-Z0-9])[\"'](?=.{0,60}\b(?:mean|means|meaning|stand|stands)\b)")
# "modifier for wheelchair accessories KU, what is it": the only word in capitals that has a purpose, beside the word.
_IN_CAPITALS: Final = re.compile(r"(?<![\w'./-])([A-Z][A-Z0-9])(?![\w'./-])")
_ANY_WORD: Final = re.compile(r"\w+")
_FEW_WORDS: Final = 6
"""Maximum words of a text that is about the purpose of its modifiers and nothing else."""
_NEXT_CODE: Final = re.compile(r"[A-Za-z]\d{4}")
# "what is PH", beside an ambulance code.
_WHAT_IS: Final = GatedPattern(r"\b[Ww]hat(?:'s| is| does) ([A-Z]{2})(?![\w'-])")
_AMBULANCE_CODE: Final = re.compile(r"\bA0[1-9]\d\d\b")
# "ambulance NH meaning", "origin and destination IH": in capitals.
_AFTER_AMBULANCE: Final = GatedPattern(
    r"\b(?:[Aa]mbulance|[Oo]rigin(?: and |[-/ ])[Dd]estination) (?:pair |claim |letters |codes? )?"
    r"([A-Z]{2})(?= means?\b| meaning\b|\s?\?|$)"
)
# "GY on ambulance claim": in capitals, and common, or origin and destination of an ambulance.
_ON_A_CLAIM: Final = GatedPattern(
    r"(?<![\w'-])([A-Z][A-Z0-9])(?=(?: (?:and|or|&) [A-Z][A-Z0-9])? on (?:an? |the |our |my )?(?:[a-z]+ )?claims?\b)"
)
# "nails Q8 G0127": in capitals, directly before a code.
_BEFORE_A_CODE: Final = GatedPattern(r"(?<![\w'/-])([A-Z][A-Z0-9])(?= [A-Z]\d{4}\b)")
# "JC Q4101", "TC G0202": in capitals, at the beginning, before nothing but a code and what is asked of it.
_BEFORE_ITS_CODE: Final = GatedPattern(r"^\W*([A-Z][A-Z0-9])(?= [A-Z]\d{4}\b)")
# "J0135 GM modifier and TC", "what does 26 mean on G0202": after a code and another modifier, or before a code.
_ADDED_AT_THE_END: Final = GatedPattern(r"\bmod(?:ifier)?s?\b.*\b(?:and|or|plus|also) ([A-Z][A-Z0-9])(?=\W*$)")
_DIGITS_ON_A_CODE: Final = GatedPattern(
    r"\b(?:does|is|use|need|needs|append|add) -?(\d\d)(?= (?:mean |needed |ok |required |allowed |valid )?"
    r"(?:on|with|for) (?:the )?[A-Za-z]\d{4}\b)"
)
# "GM on A0428", "A0427 multiple patients GM": a modifier of ambulances that is a unit, too.
_OF_AN_AMBULANCE: Final = GatedPattern(
    r"(?<![\w'/.-])(?<!\d )(?:[Mm]od(?:ifier)?s? (?=gm)|(?=GM))([Gg][Mm])(?![\w'/-])"
)
# "how many months is KJ": at the end, after the verb.
_AT_THE_END: Final = GatedPattern(r"(?<!hat )\b(?:is|are|means?) ([A-Z][A-Z0-9])(?=\W*$)")
# "E0143 fee ue", "allowable for rr": a way to get an item, behind an amount.
_BEHIND_AN_AMOUNT: Final = GatedPattern(
    r"\b(?:fees?|prices?|allowables?|allowance|rates?|costs?|amounts?|payments?) (?:for |of |as )?"
    r"([a-z][a-z0-9])(?![\w'-])",
    re.IGNORECASE,
)
# What makes two letters a person or a place: "by RT", "in GA", "a licensed RT".
LEADS_TO_NAME: Final = re.compile(r"\b(?:by|for|from|in|to|an?|the|our|my|your|licensed|certified) $", re.IGNORECASE)

_PLACES: Final = frozenset({"ER", "ED", "OR"})
_LEADS_TO_PLACE: Final = re.compile(r"\b(?:to|from|in|at)(?: the| an?| our)? $", re.IGNORECASE)
# What makes two letters before a code a person or a place: "by the RT on E0601"; not "the QW on G0433".
_LEADS_TO_PERSON: Final = re.compile(r"\b(?:by|for|from|in|to|licensed|certified)(?: the| an?)? $", re.IGNORECASE)


def used_like_one(text: str) -> Iterator[re.Match[str]]:
    """The matches of modifiers that are used or asked about without the word "modifier"."""
    for pattern, is_meant in _USES:
        yield from (match for match in pattern.finditer(text) if is_meant(match))


def before_its_purpose(text: str) -> re.Match[str] | None:
    """The match of the modifier that opens a text of a few words ("EY no order"); ``None`` for a word ("IV pole")."""
    match = _BEFORE_ITS_PURPOSE.match(text)
    if match is None or text.isupper() or match[1].lower() in WORDS_OF_TWO | STATES:
        return None
    return match if match[1] in modifiers_with_purpose() else None


def beside_its_purpose(text: str) -> list[re.Match[str]]:
    """The matches of modifiers in capitals whose purpose the other words give: "AQ HPSA", "hospice attending GV".

    All of them where the purpose is of one: "EA EB EC for an ESA".
    """
    words = [*_ANY_WORD.finditer(text)]
    matches = [match for match in _IN_CAPITALS.finditer(text) if match[1] in modifiers_with_purpose()]
    named = {match[1] for match in matches}
    rest = {word[0].lower() for word in words if word[0] not in named}
    if not matches or len(words) > _FEW_WORDS or not purposes_named(rest, frozenset(named)):
        return []
    alone = len(named) == 1 and text.isupper() and matches[0].start() > 0  # "CHEST CT"
    return [] if alone else matches


def is_a_place(match: re.Match[str]) -> bool:
    """Whether the two letters before the word "modifier" are where somebody went: "nursing home to ER modifier"."""
    before = match.string[max(0, match.start(2) - BEFORE_READ) : match.start(2)]
    return match[2].upper() in _PLACES and _LEADS_TO_PLACE.search(before) is not None


def only_one_in_capitals(text: str) -> re.Match[str] | None:
    """The match of a modifier that is apart from the word "modifier", where no other word of two is in capitals."""
    matches = [*_IN_CAPITALS.finditer(text)]
    if len({match[1] for match in matches}) != 1 or text.isupper():
        return None
    (match, *_) = matches
    word = match[1].lower() in WORDS_OF_TWO | STATES
    before = text[max(0, match.start() - BEFORE_READ) : match.start()]
    return match if match[1] in modifiers_with_purpose() and not word and not LEADS_TO_NAME.search(before) else None


def _is_before_its_code(match: re.Match[str]) -> bool:
    text = match.string
    in_a_sentence = not text.isupper() or len(text.split()) == len(("JC", "Q4101"))
    return in_a_sentence and _is_no_word(match[1]) and match[1] in modifiers_with_purpose()


def _is_no_word(modifier: str) -> bool:
    return modifier.lower() not in WORDS_OF_TWO | STATES


def _is_asked(modifier: str) -> bool:
    # Two letters are rather an abbreviation: "does L0651 require PA".
    return _is_numbered(modifier) or is_common(modifier) or transport_of(modifier) is not None


def _is_numbered(modifier: str) -> bool:
    return modifier[1].isdigit() and modifier in modifiers_with_purpose()


def _is_on_a_code(match: re.Match[str]) -> bool:
    """Whether two capitals before a code or a question mark are a modifier, and not a word or a state."""
    text = match.string
    before = text[max(0, match.start(1) - BEFORE_READ) : match.start(1)]
    modifier = match[1].lower()
    word = modifier in WORDS_OF_TWO or modifier in STATES or text.isupper()
    known = modifier in COMMON or match[1] in modifiers_with_purpose()
    code = _NEXT_CODE.search(text, match.end())
    if code and is_ambulance_code(code[0].upper()) and transport_of(match[1]) and not text.isupper():
        return not LEADS_TO_NAME.search(before)  # "HR on A0428"
    return known and not word and not _LEADS_TO_PERSON.search(before)


def _is_beside_another(match: re.Match[str]) -> bool:
    text, modifier = match.string, match[1].lower()
    other = "mod" in text.lower() and not text.isupper() and modifier not in WORDS_OF_TWO | STATES
    return other and match[1] in modifiers_with_purpose()


def _opens(match: re.Match[str]) -> bool:
    """Whether the two characters that open a text are a modifier, and neither a word nor a state."""
    modifier = match[1].lower()
    code = _NEXT_CODE.match(match.string, match.end() + 1)
    if code and match[1] in words_modifying(code[0].upper()):
        return True  # "GM A0425"
    if match.string.isupper() or modifier in WORDS_OF_TWO | STATES:
        return False
    return match[1] in modifiers_with_purpose() or (_names_transport(match) and _RIDE.search(match.string) is not None)


def _is_of_an_ambulance_code(match: re.Match[str]) -> bool:
    return _AMBULANCE_CODE.search(match.string) is not None and _names_transport(match)


def _is_beside_an_ambulance_code(match: re.Match[str]) -> bool:
    return not match.string.isupper() and _AMBULANCE_CODE.search(match.string.upper()) is not None


def _names_transport(match: re.Match[str]) -> bool:
    return transport_of(match[1]) is not None


_USES: Final[tuple[tuple[GatedPattern, Callable[[re.Match[str]], bool]], ...]] = (
    (_ASKED, lambda match: _is_asked(match[1])),
    (_ON_A_CLAIM, lambda match: _is_asked(match[1])),
    (_ON_AN_AMBULANCE, _names_transport),
    (_MEANING_ASKED, lambda match: match[1] in modifiers_with_purpose()),
    (_AFTER_AMBULANCE, lambda match: _names_transport(match) and not match.string.isupper()),
    (_ON_A_CODE, _is_on_a_code),
    (_BESIDE_ANOTHER, _is_beside_another),
    (_OPENS, _opens),
    (_WHAT_IS, _is_of_an_ambulance_code),
    (_AT_THE_END, lambda match: _is_asked(match[1]) and match[1].lower() not in WORDS_OF_TWO | STATES),
    (_BEFORE_A_CODE, lambda match: match[1].lower() in UNMISTAKABLE or _is_numbered(match[1])),
    (_BEFORE_ITS_CODE, _is_before_its_code),
    (_ADDED_AT_THE_END, _is_before_its_code),
    (_OF_AN_AMBULANCE, _is_beside_an_ambulance_code),
    (_DIGITS_ON_A_CODE, lambda match: match[1] in CPT_MODIFIERS),
    (_QUOTED, lambda match: _is_asked(match[1])),
    (_BEHIND_AN_AMOUNT, lambda match: match[1].lower() in UNMISTAKABLE),
)
"""The ways to use a modifier without the word, each with what makes its first group a modifier."""
