"""The words of two characters: which are modifiers wherever they are, and which are words of the sentence."""

from __future__ import annotations

from typing import Final, NamedTuple

from hcpcs.records.billing.areas import areas
from hcpcs.records.billing.units import UNITS


class ModifierSpan(NamedTuple):
    """A modifier in upper case, and its place in the text."""

    modifier: str
    start: int
    end: int


_RARE_UNITS: Final = frozenset({"ct", "gs", "ls", "m2", "ug"})
"""Spellings of units that are modifiers too, and are written far more often as such ("G0297 CT")."""

WORDS_OF_TWO: Final = frozenset(
    """
    ai am an as at be by co do ed eg em en et ex fo go ha he hi id ie if im in is it iv la ma me mr ms my nd no
    nt of oh ok on or os pm qs re rd so st th tl to um up ur us uk vs we wo ya ye yo ad ag de du el es le un
    rx dx tx hx sx cx wk yr mo mi ea dr va ny fl nj md pa ca pt rn np ot
    """.split()
).union(spelling for unit in UNITS for spelling in unit.spellings if len(spelling) == 2 and spelling not in _RARE_UNITS)
"""Words and units of two letters that are not meant as a modifier when they follow a code in a sentence."""

WORDS_THAT_ARE_MODIFIERS: Final = frozenset("am as at ca cc ft he hi hr md me mg pa pi pm pt up us".split())
COMMON: Final = frozenset(
    """
    nu rr ue kx ga gy gz gx lt rt kh ki kj bp br bu ms ra rb cr ey gk gl kf ks jw jz jg tb tc sc sl gt gq td te
    tf tg th gn gp q0 q1 q5 q6 xe xp xs xu k0 k1 k2 k3 k4 au av aw ax ay az qe qf qg qa qb qr
    n1 n2 n3
    """.split()
)
"""Modifiers in daily use, which may follow a code in lower case."""

STATES: Final = frozenset(code.lower() for code in areas())
"""The postal abbreviations of states and territories, some of which are modifiers, too ("GA", "SC")."""

CPT_MODIFIERS: Final = frozenset(
    """
    22 23 24 25 26 27 32 33 47 50 51 52 53 54 55 56 57 58 59 62 63 66 73 74 76 77 78 79 80 81 82 90 91 92 93 95
    96 97 99
    """.split()
)
"""The modifiers of two digits, which are CPT's (AMA)."""

UNMISTAKABLE: Final = frozenset(
    """
    nu rr ue kx gy gz gx lt rt kh ki kj jw jz q0 q1 q5 q6 k0 k1 k2 k3 k4 xe xp xs xu ra rb kf ks
    """.split()
)
"""Modifiers that are not a word, a state or an abbreviation of another trade, and may be anywhere in a text."""

TWO: Final = r"([a-z][a-z0-9]|\d{2}|\d[a-z])"
"""Pattern of what can be a modifier, for patterns that ignore case."""
JOINED_BY: Final = r"(?:\s?[,/+&]\s?|\s(?:and|or|vs\.?|versus|v)\s(?:the\s)?)"
"""Pattern of what joins two modifiers of a list."""


_ABBREVIATIONS: Final = frozenset({"iv", "rx", "dx", "tx", "vs"})
"""Abbreviations in capitals that no modifier has the letters of."""


def is_cpt(modifier: str) -> bool:
    """Whether two characters look like a CPT modifier: two digits, or a digit and P (performance)."""
    return modifier.isdigit() or (modifier[0].isdigit() and modifier[1] == "P")


def is_common(modifier: str) -> bool:
    """Whether two characters in any case are a modifier in daily use."""
    return modifier.lower() in COMMON


def is_meant(modifier: str, text: str) -> bool:
    """Whether what is beside the word "modifier" is one, and not a word of the sentence."""
    lower = modifier.lower()
    return lower not in WORDS_OF_TWO or (modifier.isupper() and not text.isupper() and lower not in _ABBREVIATIONS)


def is_listed(modifier: str, text: str) -> bool:
    """Whether what follows a named modifier is one more."""
    return is_meant(modifier, text) and (modifier.isupper() or modifier.lower() in COMMON)
