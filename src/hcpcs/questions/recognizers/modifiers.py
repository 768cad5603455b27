"""Modifiers in a text: joined to a code (``E0601-RR-KX``), following it, or named as such ("modifier RR").

Two characters are easily a word of the sentence ("S9353 is", "in", "as"): how they are written and joined decides.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hcpcs.records.units import NOT_AFTER_CODE, UNITS


class ModifierSpan(NamedTuple):
    """A modifier, upper case, and where it stands."""

    modifier: str
    start: int
    end: int


_RARE_UNITS: Final = frozenset({"ct", "gs", "ls", "ug"})
"""Spellings of units that are modifiers too, and are written far more often as such ("G0297 CT")."""

WORDS_OF_TWO: Final = frozenset(
    """
    ai am an as at be by co do ed eg em en et ex fo go ha he hi id ie if im in is it iv la ma me mr ms my nd no
    nt of oh ok on or os pm qs re rd so st th tl to um up ur us uk vs we wo ya ye yo ad ag de du el es le un
    rx dx tx hx sx cx wk yr mo mi ea dr va ny fl nj md pa ca pt
    """.split()
).union(spelling for unit in UNITS for spelling in unit.spellings if len(spelling) == 2 and spelling not in _RARE_UNITS)
"""Words and units of two letters that are not meant as a modifier when they follow a code in a sentence."""

_WORDS_THAT_ARE_MODIFIERS: Final = frozenset("am as at ca cc ft he hi hr md me mg pa pi pm pt up us".split())
_COLUMN_ENDS: Final = re.compile(r"\s*(?:$|[\d,;|~*])")
"""In capitals at the end of a claim line, or before its numbers, such a word is a modifier."""

_COMMON: Final = frozenset(
    """
    nu rr ue kx ga gy gz gx lt rt kh ki kj bp br bu ms ra rb cr ey gk gl kf ks jw jz jg tb tc sc sl gt gq td te
    tf tg th gn gp q0 q1 q5 q6 xe xp xs xu k0 k1 k2 k3 k4 au av aw ax ay az qe qf qg qa qb qr
    """.split()
)
"""Modifiers in daily use, which may follow a code in lower case."""

_CPT: Final = frozenset(
    """
    22 23 24 25 26 27 32 33 47 50 51 52 53 54 55 56 57 58 59 62 63 66 73 74 76 77 78 79 80 81 82 90 91 92 93 95
    96 97 99
    """.split()
)
"""The modifiers of two digits, which are CPT's."""

_WORD = r"(?:mods?\.?|mod(?!ified|ify|el|er)[a-z]?f[a-z]{1,6})"
_TWO = r"([a-z][a-z0-9]|\d{2}|\d[a-z])"
_ATTACHED: Final = re.compile(
    rf"(?P<gap>\s?[-/+:_]\s?|\s?[,&]\s?|\sand\s|\s)(?P<named>(?:(?:with|w/|{_WORD})[ :]{{1,2}})*)"
    rf"(?P<modifier>{_TWO})(?![a-z0-9']|-\d|\s?%|\.\d)",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    rf"(?<![a-z0-9]){_WORD}[ :#]{{1,2}}(?:codes?[ :])?['\"]?{_TWO}(?![a-z0-9-]|'[a-z])", re.IGNORECASE
)
_JOINED_BY = r"(?:\s?[,/+&]\s?|\s(?:and|or|vs\.?|versus|v)\s)"
_BEFORE: Final = re.compile(
    rf"(?<![a-z0-9-])((?:(?:[a-z][a-z0-9]|\d\d|\d[a-z]){_JOINED_BY}){{1,7}})?{_TWO}[ -]{_WORD}(?![a-z])", re.IGNORECASE
)
_ONE_OF_A_LIST: Final = re.compile(rf"(?<![a-z0-9]){_TWO}(?={_JOINED_BY})", re.IGNORECASE)
_NEXT: Final = re.compile(rf"(?:\s?[,/+&-]\s?|\s(?:and|or|vs\.?)\s|\s){_TWO}(?![a-z0-9'-])", re.IGNORECASE)
_UNIT: Final = re.compile(rf"\s*-?(?:{NOT_AFTER_CODE}|each)(?![a-z])", re.IGNORECASE)
_JOINTS: Final = frozenset("-/+:_")
_ALONE: Final = re.compile(
    r"(?<![a-z0-9'.-])(nu|rr|ue|kx|gy|gz|gx|lt|rt|kh|ki|kj|jw|jz|q0|q1|q5|q6|k[0-4]|xe|xp|xs|xu|ra|rb|kf|ks)"
    r"(?![a-z0-9'-])",
    re.IGNORECASE,
)
_ASKED: Final = re.compile(
    r"\b(?:[Dd]oes (?=\w\w (?:mean|stand|indicate|require|apply)\b)|[Uu]s(?:e|ing) |[Aa]ppend(?:ing)? |[Aa]dd(?:ing)? )"
    r"([A-Z][A-Z0-9])(?![\w'-])"
)
"""A modifier in capitals that is used, added or asked the meaning of: "what happens if I use GZ"."""
_A_NAME_FOLLOWS: Final = re.compile(r"\b(?:by|from|in|to|an?|the|our|my|your|licensed|certified|an) $", re.IGNORECASE)
_WITH: Final = re.compile(r"(?:\b(?:with|plus|using|and|append(?:ed|ing)?|add(?:ed|ing)?)|w/|\+|&) ?$", re.IGNORECASE)


def attached(text: str, position: int, written: str) -> tuple[tuple[str, ...], int]:
    """The modifiers that follow, at ``position``, a code whose letter is ``written`` so; and where they end."""
    modifiers: list[str] = []
    while len(modifiers) < 8 and (match := _ATTACHED.match(text, position)):
        modifier, gap = match["modifier"], match["gap"].strip()
        column = bool(_COLUMN_ENDS.match(text, match.end()))
        spaced = match["gap"] == " - " and not modifier.isupper()
        if not match["named"] and (spaced or not _follows(modifier, gap, written, column=column)):
            break
        if modifier.isdigit() and (_UNIT.match(text, match.end()) or not (match["named"] or modifiers or gap == "-")):
            break
        modifiers.append(modifier.upper())
        position = match.end()
    return tuple(modifiers), position


def glued(letters: str) -> tuple[str, ...]:
    """The modifiers written straight onto a code (``E0601RR``); none if they read as words ("S9353is")."""
    pairs = tuple(letters[i : i + 2].upper() for i in range(0, len(letters), 2))
    return () if any(pair.lower() in WORDS_OF_TWO for pair in pairs) else pairs


def named(text: str, taken: set[int]) -> list[ModifierSpan]:
    """The modifiers that stand beside the word "modifier" or are used like one, outside the places ``taken``."""
    asked = [_found(match) for match in _ASKED.finditer(text) if is_common(match[1]) and match.start(1) not in taken]
    if "mod" not in text.lower():
        return asked
    found: list[ModifierSpan] = asked
    taken = taken.union(*(range(one.start, one.end) for one in asked))
    for match in _AFTER.finditer(text):
        last = not text[match.end() :].strip(" ?.!'\"")
        if match.start(1) in taken or not (_is_meant(match[1], text) or last):
            continue
        found.append(_found(match))
        position = match.end()
        while (more := _NEXT.match(text, position)) and _is_listed(more[1], text):
            found.append(_found(more))
            position = more.end()
    taken = taken.union(*(range(one.start, one.end) for one in found))
    for match in _BEFORE.finditer(text):
        if match.start(2) in taken or not _is_meant(match[2], text):
            continue
        listed = _ONE_OF_A_LIST.finditer(text, match.start(), match.end(1)) if match[1] else ()
        found += [_found(one) for one in listed if one.start(1) not in taken and _is_listed(one[1], text)]
        found.append(_found(match, 2))
    return sorted(found, key=lambda one: one.start)


def scattered(text: str, taken: set[int]) -> list[ModifierSpan]:
    """The modifiers that stand by themselves in a text about one code ("E0601 bilateral LT RT payable").

    Only those that are no word, no abbreviation of another trade and no state are taken, and in capitals, or after
    "with"; never after a word that makes them a person or a place ("by RT", "in GA").
    """
    found: list[ModifierSpan] = []
    for match in _ALONE.finditer(text):
        if match.start(1) in taken or _A_NAME_FOLLOWS.search(text, 0, match.start(1)):
            continue
        if match[1].isupper() or _WITH.search(text, 0, match.start(1)):
            found.append(_found(match))
    return found[:8]


def is_cpt(modifier: str) -> bool:
    """Whether two characters have the form of a CPT modifier: two digits, or a digit and P (performance)."""
    return modifier.isdigit() or (modifier[0].isdigit() and modifier[1] == "P")


def is_common(modifier: str) -> bool:
    """Whether two characters in any case are a modifier in daily use."""
    return modifier.lower() in _COMMON


def _found(match: re.Match[str], group: int = 1) -> ModifierSpan:
    return ModifierSpan(match[group].upper(), *match.span(group))


def _follows(modifier: str, gap: str, written: str, *, column: bool) -> bool:
    """Whether two characters after a code are a modifier, by how they are joined to it and written."""
    lower = modifier.lower()
    if gap in _JOINTS and gap:
        return lower not in {"no", "is", "or", "vs", "to"} and (not modifier.isdigit() or modifier in _CPT)
    if lower in WORDS_OF_TWO:
        return column and lower in _WORDS_THAT_ARE_MODIFIERS and modifier.isupper() and written.isupper()
    if modifier.isupper() or modifier.isdigit() or (modifier[0].isupper() and modifier[1].isdigit()):
        return modifier not in _CPT
    return lower in _COMMON and (written.islower() or not gap)


def _is_meant(modifier: str, text: str) -> bool:
    """Whether what stands beside the word "modifier" is one, and not a word of the sentence."""
    return modifier.lower() not in WORDS_OF_TWO or (modifier.isupper() and not text.isupper())


def _is_listed(modifier: str, text: str) -> bool:
    """Whether what follows a named modifier is one more."""
    return _is_meant(modifier, text) and (modifier.isupper() or modifier.lower() in _COMMON)
