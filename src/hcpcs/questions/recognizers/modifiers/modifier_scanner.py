"""The recognizer of modifiers: joined to a code (``E0601-RR-KX``), after it, or named as such ("modifier RR").

Two characters may be a word of the sentence ("S9353 is", "in", "as"): how they are written and joined decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from hcpcs.questions.recognizers.modifiers.modifier_lists import listed_modifiers
from hcpcs.questions.recognizers.modifiers.modifier_uses import (
    BEFORE_READ,
    LEADS_TO_NAME,
    before_its_purpose,
    beside_its_purpose,
    is_a_place,
    only_one_in_capitals,
    used_like_one,
)
from hcpcs.questions.recognizers.modifiers.modifier_words import (
    COMMON,
    CPT_MODIFIERS,
    JOINED_BY,
    STATES,
    TWO,
    UNMISTAKABLE,
    WORDS_OF_TWO,
    WORDS_THAT_ARE_MODIFIERS,
    ModifierSpan,
    is_listed,
    is_meant,
)
from hcpcs.questions.recognizers.modifiers.spoken_transport import names_ambulance
from hcpcs.questions.words.gated_pattern import GatedPattern
from hcpcs.records.billing.units import NOT_AFTER_CODE
from hcpcs.records.modifiers.ambulance_points import is_ambulance_code, transport_of
from hcpcs.records.modifiers.word_modifiers import digits_modifying, words_modifying

_PAIRS_OF_WORDS: Final = frozenset({"HR", "DR", "ED", "ES", "EX", "ND", "RD", "RN"})
"""Abbreviations and units that are origin and destination after an ambulance code. IS, HE, ID and RE stay words."""
# Two that are abbreviations of another trade, or a state, and a route only where nothing about those follows: "A0428
# NJ", "A0428 HX valid?", "A0425 NJ x12"; not "A0428 NJ Medicaid", "A0428 RX needed" or "A0428 NJ 2025 rates".
_ROUTES_AT_THE_END: Final = frozenset({"NJ", "HI", "HX", "RX", "SX"})
# What ends the mention of such a route: a line, a count, another modifier, or what is asked of it.
_AFTER_A_ROUTE: Final = re.compile(
    r"\s*(?:$|[\n?;|~*]|x ?\d|(?!20\d\d)\d|[A-Z][A-Z0-9]\b|(?:valid|ok|okay|right|correct|mean|means|meaning|covered|"
    r"payable|allowed|modifier|from|QM|QN)\b)"
)
_OF_A_STATE: Final = re.compile(r"\s(?:medicaid|mcaid|rates?|fees?|fee schedule|pricing)\b", re.IGNORECASE)
"""After two letters that are a route as well as a state: "A0428 NH Medicaid"."""
_MOST_ATTACHED: Final = 8
"""Maximum modifiers per code; a claim line has four."""

# "modifier", "mods", "mod." and their misspellings ("modifer", "modfier"), but not "modified", "modify", "model".
_WORD: Final = r"(?:mods?\.?|mod(?!ified|ify|el|er)[a-z]?f[a-z]{1,6})"
_NAMED: Final = re.compile(rf"(?<![a-z0-9]){_WORD}(?![a-z])", re.IGNORECASE)
_OF_A_DATE: Final = r"[/.]\d{1,2}[/.]\d|/\d{4}"
"""What follows the month of a date: "KX modifier 12/31/2023"."""
# What follows a code: "-RR", "-JWx45", ", KX", "with modifier RR"; not "S9353 no.", "50%", "-01-01", "10.5". Digits
# after a hyphen may be a date, but not those of CPT's modifiers at the end of a list ("99213-25-59", "E0601-RR-59");
# Q2 before a year is a quarter ("J1745 Q2 2025").
_ATTACHED: Final = re.compile(
    rf"(?P<gap>\s?[-/+:_|]\s?|\s?[,&]\s?|\sand\s|\s)(?P<named>(?:(?:with|w/|{_WORD})[ :]{{1,2}})*)"
    rf"(?!q[1-4],?\s(?:of\s)?(?:20[0-4]\d|'\d\d)(?![\w/.-]))(?P<modifier>{TWO})(?!(?!(?<=[a-z]{{2}})x\d{{1,4}}(?!\w))[a-z0-9']|-(?!(?:[2-9]\d-)*[2-9]\d(?!\w|-\d))\d|\s?%|\.\d|{_OF_A_DATE})",
    re.IGNORECASE,
)
_NURSES: Final = frozenset({"RN", "NP"})
"""A nurse, or from residence or from nursing facility where an ambulance is named."""
# What makes PA a physician assistant: "PA modifier at surgery"; the modifier is for the wrong body part.
_AT_SURGERY: Final = re.compile(r"(?s)^(?!.*\bwrong\b).*\b(?:surger\w+|surgeon|assist\w*|incident)\b", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"\W*(?:where|when|how|why|does|do|can|should|which line) ", re.IGNORECASE)
"""Opens a sentence that a word of two letters at its end belongs to."""
# "modifier RR", "mod: KX", "modifier code 'GA'"; not "modifier is-it" or "modifier we're".
_AFTER_WORD: Final = re.compile(
    rf"(?<![a-z0-9]){_WORD}[ :#]{{1,2}}(?:codes?[ :])?['\"]?{TWO}(?![a-z0-9-]|'[a-z]|{_OF_A_DATE})", re.IGNORECASE
)
# "KX modifier", and all of "RR, NU and UE modifiers": the first group is the list before the last one.
_BEFORE_WORD: Final = re.compile(
    rf"(?<![a-z0-9-])((?:(?:[a-z][a-z0-9]|\d\d|\d[a-z]){JOINED_BY}){{1,7}})?{TWO}[ -]{_WORD}(?![a-z])", re.IGNORECASE
)
# "is 25 a modifier", "is KX a valid HCPCS modifier"
_IS_ONE: Final = re.compile(
    rf"\b(?:is|are) {TWO} (?:an? )(?:(?:valid|current|real|cpt|hcpcs|ambulance|dme) ){{0,2}}{_WORD}",
    re.IGNORECASE,
)
_ONE_OF_A_LIST: Final = re.compile(rf"(?<![a-z0-9]){TWO}(?={JOINED_BY})", re.IGNORECASE)
# One more after "modifier RR": ", KX", "/NU", " and UE", " GA", " the same as NU".
_NEXT: Final = re.compile(
    rf"(?:\s?[,/+&-]\s?|\s(?:and|or|vs\.?|(?:the )?same as|different from)\s|\s){TWO}(?![a-z0-9'-]|{_OF_A_DATE})",
    re.IGNORECASE,
)
# "LL modifier the same as RR": another after the word.
_THE_SAME: Final = re.compile(
    rf"s? (?:the same as|same as|different from|vs\.?|versus) {TWO}(?![a-z0-9'-])", re.IGNORECASE
)
_UNIT: Final = re.compile(rf"\s*-?(?:{NOT_AFTER_CODE}|each)(?![a-z])", re.IGNORECASE)
_COLUMN_ENDS: Final = re.compile(r"\s*(?:$|[\d,;|~*])")
"""In capitals at the end of a claim line, or before its numbers, such a word is a modifier."""
_SIDES: Final = frozenset({"RT", "LT"})
"""Beside one of these, 50 is a modifier and not a count: "J0585 RT 50"."""
_EMERGENCY_ROOM: Final = re.compile(
    r"\s(?:visits?|rooms?|physicians?|doctors?|docs?|dept|department|charges?)\b", re.IGNORECASE
)
"""What makes ER a place: "99284 ER visit"."""
_AGE: Final = re.compile(r"\s?-?\s?(?:y(?:ea)?rs?\b|y/?o\b|y\.o|yo\b|f\b|m\b|male|female|lbs?\b|kg\b)", re.IGNORECASE)
"""What makes two digits an age or a weight: "L3000 76 year old"."""
_JOINTS: Final = frozenset("-/+:_|")
_COUNT: Final = re.compile(r"x\d", re.IGNORECASE)
"""A count after a code ("J3301 X4"); as a modifier it is joined or named ("J3301-X4", "modifier X4")."""
_ALONE: Final = GatedPattern(rf"(?<![a-z0-9'.-])({'|'.join(sorted(UNMISTAKABLE))})(?![a-z0-9'-])", re.IGNORECASE)
# One more after those of a code: "E1390 QE or QF", "A0431 SI then IH".
_OR: Final = re.compile(rf"\s(?:or|vs\.?|then|,? and then)\s(?P<modifier>{TWO})(?![a-z0-9'-])", re.IGNORECASE)
# "not RR but NU": the modifier that is not meant.
_RULED_OUT: Final = re.compile(r"\b(?:not|instead of|rather than) (?:the |modifier )?$", re.IGNORECASE)
# What makes two letters in lower case a modifier: "with kx", "append rt", "+ kx".
_LEADS_TO_MODIFIER: Final = re.compile(
    r"(?:\b(?:with|plus|using|and|append(?:ed|ing)?|add(?:ed|ing)?|needs?|requires?)|w/|\+|&) ?$", re.IGNORECASE
)


def attached_modifiers(text: str, position: int, code: str) -> tuple[tuple[str, ...], int]:
    """The modifiers from ``position`` on, directly after a ``code`` as it is written, and the offset where they end.

    A code in capitals takes its modifiers in capitals. Some words of two letters are modifiers of some codes: "J0885
    EA", and origin and destination after the code of an ambulance ("A0428 HR").
    """
    if position == len(text):
        return (), position
    words = frozenset() if code.islower() else words_after(code)
    modifiers: list[str] = []
    while len(modifiers) < _MOST_ATTACHED and (match := _ATTACHED.match(text, position)):
        if _is_a_state(text, match) or not (
            match["modifier"] in words
            or _is_route(text, match, code)
            or _is_attached(text, match, code, first=not modifiers)
        ):
            break
        modifiers.append(match["modifier"].upper())
        position = match.end()
    while modifiers and (match := _OR.match(text, position)) and is_listed(match["modifier"], text):
        modifiers.append(match["modifier"].upper())
        position = match.end()
    return tuple(modifiers), position


def words_after(code: str) -> frozenset[str]:
    """The words of two letters, in capitals, that are modifiers after a code."""
    upper = code.upper()
    return words_modifying(upper) | (_PAIRS_OF_WORDS if is_ambulance_code(upper) else frozenset())


def glued_modifiers(letters: str, words: frozenset[str]) -> tuple[str, ...]:
    """The modifiers typed straight onto a code (``E0601RR``); none if they read as words ("S9353is").

    ``words`` are modifiers of the code that are words elsewhere.
    """
    pairs = tuple(letters[i : i + 2].upper() for i in range(0, len(letters), 2))
    return () if any(pair.lower() in WORDS_OF_TWO and pair not in words for pair in pairs) else pairs


def named_modifiers(text: str, taken: set[int]) -> list[ModifierSpan]:
    """The modifiers beside the word "modifier" or used like one, outside the offsets ``taken``, in order."""
    spans = listed_modifiers(text, taken)
    uses = list(used_like_one(text))
    if uses:
        covered = taken | offsets(spans)
        spans += [_span(match) for match in uses if match.start(1) not in covered]
    if "mod" in text.lower():
        spans += _after_word(text, taken | offsets(spans))
        spans += _before_word(text, taken | offsets(spans))
    if not taken and not spans:
        named = only_one_in_capitals(text) if _NAMED.search(text) else None
        opening = before_its_purpose(text) or named
        spans = [_span(opening)] if opening else [_span(one) for one in beside_its_purpose(text)]
    return sorted(spans, key=lambda span: span.start)


def scattered_modifiers(text: str, taken: set[int]) -> list[ModifierSpan]:
    """The modifiers by themselves in a text about one code ("E0601 bilateral LT RT payable"), at most eight.

    They are in capitals, or after "with"; never after a word that makes them a person or a place ("by RT", "in GA").
    """
    spans: list[ModifierSpan] = []
    for match in _ALONE.finditer(text):
        before = text[max(0, match.start(1) - BEFORE_READ) : match.start(1)]
        if match.start(1) in taken or LEADS_TO_NAME.search(before) or _RULED_OUT.search(before):
            continue
        if match[1].isupper() or _LEADS_TO_MODIFIER.search(before):
            spans.append(_span(match))
    return spans[:_MOST_ATTACHED]


def offsets(spans: Iterable[ModifierSpan]) -> set[int]:
    """Every offset that the spans cover."""
    return {offset for span in spans for offset in range(span.start, span.end)}


def _after_word(text: str, taken: set[int]) -> list[ModifierSpan]:
    """The modifiers after the word: "modifier RR", "modifiers GA, GY and GZ"."""
    spans: list[ModifierSpan] = []
    for match in _AFTER_WORD.finditer(text):
        # "modifier GO", but not "where does the modifier go".
        last = not text[match.end() :].strip(" ?.!'\"") and not _SENTENCE.match(text)
        if match.start(1) in taken or not (is_meant(match[1], text) or (last and match[1].lower() != "iv")):
            continue
        if match[1] in _NURSES and not names_ambulance(text):
            continue  # the nurse, and not from residence to nursing facility
        spans.append(_span(match))
        position = match.end()
        digits = match[1].isdigit()  # "modifier 25 vs 59"
        while (following := _NEXT.match(text, position)) and (
            is_listed(following[1], text) or (digits and following[1] in CPT_MODIFIERS)
        ):
            spans.append(_span(following))
            position = following.end()
    return spans


def _before_word(text: str, taken: set[int]) -> list[ModifierSpan]:
    """The modifiers before the word: "KX modifier", "RR vs NU modifiers"."""
    spans: list[ModifierSpan] = []
    ones = (match for match in _IS_ONE.finditer(text) if match.start(1) not in taken)
    spans += [_span(match) for match in ones if is_meant(match[1], text)]
    for match in _BEFORE_WORD.finditer(text):
        nurse = match[2] in _NURSES and not names_ambulance(text)  # "incident to NP modifier"
        nurse = nurse or (match[2] == "PA" and _AT_SURGERY.search(text) is not None)
        if match.start(2) in taken or nurse or not is_meant(match[2], text) or is_a_place(match):
            continue
        listed = _ONE_OF_A_LIST.finditer(text, match.start(), match.end(1)) if match[1] else ()
        spans += [_span(one) for one in listed if one.start(1) not in taken and is_listed(one[1], text)]
        spans.append(_span(match, 2))
        same = _THE_SAME.match(text, match.end())  # "LL modifier the same as RR"
        spans += [_span(same)] if same and is_listed(same[1], text) else []
    return spans


def _span(match: re.Match[str], group: int = 1) -> ModifierSpan:
    return ModifierSpan(match[group].upper(), *match.span(group))


def _is_attached(text: str, match: re.Match[str], code: str, *, first: bool) -> bool:
    """Whether two characters after a code, or after its ``first`` modifiers, are a modifier of it."""
    modifier, gap = match["modifier"], match["gap"].strip()
    if modifier.isdigit() and _UNIT.match(text, match.end()):
        return False
    if modifier.upper() == "ER" and _EMERGENCY_ROOM.match(text, match.end()):
        return False
    after = text[match.end() : match.end() + BEFORE_READ]
    apart = modifier.islower() and (match["named"] or " " in match["gap"])
    named = modifier in WORDS_THAT_ARE_MODIFIERS | COMMON and _NAMED.search(f"{match['named']} {after}") is not None
    if apart and modifier in WORDS_OF_TWO and not named:
        return False  # "compare E0470 with it", "K0554: it ended", "G2211 with 25 modifier in 2025"
    if match["named"]:
        return True
    if modifier.isdigit() and not gap:
        return modifier in CPT_MODIFIERS and _is_of_service(text, match, code)
    if modifier.isdigit() and first and gap != "-":
        return False
    if _COUNT.fullmatch(modifier) and gap not in _JOINTS - {"+"}:
        return False
    dash = match["gap"] == " - " and not modifier.isupper()  # "S9353 - no"
    return not dash and _follows(modifier, gap, code[:1], column=bool(_COLUMN_ENDS.match(text, match.end())))


def _is_of_service(text: str, match: re.Match[str], code: str) -> bool:
    """Whether two digits after a blank are a modifier: "L1833 LT 59"; the 60 of "J0897 JZ 60" is a count."""
    modifier, upper = match["modifier"], code.upper()
    if code.isdigit():
        return True
    if modifier == "50":
        return text[match.start() - 2 : match.start()] in _SIDES
    return modifier in digits_modifying(upper) and not _AGE.match(text, match.end())


def _is_route(text: str, match: re.Match[str], code: str) -> bool:
    """Whether two letters at the end of what is said of an ambulance code are origin and destination: "a0428 rh"."""
    letters = match["modifier"]
    route = letters in _ROUTES_AT_THE_END or (
        code.islower() and letters.islower() and letters not in WORDS_OF_TWO and transport_of(letters.upper())
    )
    return bool(route and is_ambulance_code(code.upper()) and _AFTER_A_ROUTE.match(text, match.end()))


def _is_a_state(text: str, match: re.Match[str]) -> bool:
    """Whether two letters are the state whose program or rates follow."""
    return match["modifier"].lower() in STATES and _OF_A_STATE.match(text, match.end()) is not None


def _follows(modifier: str, gap: str, letter: str, *, column: bool) -> bool:
    """Whether two characters after a code are a modifier, by how they are joined to it and written."""
    lower = modifier.lower()
    if gap in _JOINTS and gap:
        return lower not in {"no", "is", "or", "vs", "to"} and (not modifier.isdigit() or modifier in CPT_MODIFIERS)
    if lower in WORDS_OF_TWO:
        return column and lower in WORDS_THAT_ARE_MODIFIERS and modifier.isupper() and letter.isupper()
    if modifier.isupper() or (modifier[0].isupper() and modifier[1].isdigit()):
        return True
    return lower in COMMON and (letter.islower() or not gap)
