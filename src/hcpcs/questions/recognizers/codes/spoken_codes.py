"""The recognizer of dictated codes: "S ninety three fifty three", "E oh six oh one", "jay 1745"."""

from __future__ import annotations

import re
from typing import Final

from hcpcs.questions.recognizers.spelling import Replacement, replacements
from hcpcs.questions.words.gated_pattern import GatedPattern

_DIGITS: Final = {
    "zero": "0", "oh": "0", "o": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13",
    "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
    "hundred": "00", "thousand": "000", "double": "double",
}  # fmt: skip
_TENS: Final = {"twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5", "sixty": "6", "seventy": "7",
                "eighty": "8", "ninety": "9"}  # fmt: skip
_LETTERS: Final = {
    "bee": "B", "gee": "G", "aitch": "H", "jay": "J", "kay": "K", "ell": "L", "em": "M", "pee": "P", "cue": "Q",
    "queue": "Q", "ess": "S", "tee": "T", "vee": "V",
}  # fmt: skip
_NUMBER = "|".join((*_DIGITS, *_TENS))
# A letter by its name or itself ("S as in Sam"), then four digits or numbers in words, one by one or in pairs.
_SPOKEN: Final = re.compile(
    rf"(?<![\w'])(?P<letter>[a-ceghj-mp-v]|{'|'.join(_LETTERS)})(?:,? (?:as in|like|for) [a-z]+)?[ ,-]{{1,2}}"
    rf"(?P<number>(?:{_NUMBER}|\d{{1,2}})(?:[ -](?:{_NUMBER}|\d{{1,2}}))*|\d{{4}})(?![\w'])",
    re.IGNORECASE,
)
_NUMBER_WORD: Final = re.compile(rf"\b(?:{_NUMBER})\b|\b(?:{'|'.join(_LETTERS)}) \d|\b[a-z],? as in ")
_ONE_NUMBER: Final = re.compile(r"[^ -]+")
CODE_DIGITS: Final = 4
"""Digits of a HCPCS code after its letter."""
_SPELLED_MODIFIER: Final = GatedPattern(r"\b(modifier) ([a-z]) ([a-z0-9])(?![\w'])", re.IGNORECASE)


def find_spoken(text: str) -> list[Replacement]:
    """Codes and modifiers that are spelled out in words, with the code that they spell."""
    modifiers: list[Replacement] = []
    if " mod" in text.lower():
        modifiers = replacements(_SPELLED_MODIFIER.finditer(text), lambda match: f"{match[1]} {match[2]}{match[3]}")
    if not _NUMBER_WORD.search(text.lower()):
        return modifiers
    codes = [code for match in _SPOKEN.finditer(text) if (code := _code(match)) is not None]
    # "modifier k 1": the digit belongs to the modifier, which starts first.
    codes = [code for code in codes if not any(one.start < code.end and code.start < one.end for one in modifiers)]
    return sorted((*modifiers, *codes))


def _code(match: re.Match[str]) -> Replacement | None:
    """The code that the longest row of number words with four digits spells; what follows it is a date or a count."""
    letter = _LETTERS.get(match["letter"].lower(), match["letter"].upper())
    words = list(_ONE_NUMBER.finditer(match["number"].lower()))
    for count in range(len(words), 0, -1):
        if count < len(words) and not words[count][0].isdigit():
            continue
        spelled = [word[0] for word in words[:count]]
        digits = _cardinal(spelled) if "thousand" in spelled else _digits(spelled)
        if len(digits) == CODE_DIGITS and digits.isdigit():
            return Replacement(match.start(), match.start("number") + words[count - 1].end(), letter + digits)
    return None


def _cardinal(words: list[str]) -> str:
    """The digits of a number read as one: "four thousand two hundred fifty three"; blank if it isn't one."""
    place = words.index("thousand")
    thousands, rest, hundreds = _digits(words[:place]), words[place + 1 :], "0"
    if "hundred" in rest:
        place = rest.index("hundred")
        hundreds, rest = _digits(rest[:place]), rest[place + 1 :]
    tens = _digits(rest).rjust(2, "0")
    return thousands + hundreds + tens if len(hundreds) == 1 and len(tens) == 2 else ""


def _digits(words: list[str]) -> str:
    """The digits that a row of number words spells, one by one or in pairs ("ninety three", "double oh")."""
    digits, twice, tens = "", False, ""
    for word in words:
        spelled = _DIGITS.get(word, word)
        if tens and len(spelled) == 1 and spelled != "0":
            digits, tens = digits + tens + spelled, ""
            continue
        digits, tens = digits + (tens + "0" if tens else ""), ""
        if word == "double":
            twice = True
        elif word in _TENS:
            tens = _TENS[word]
        else:
            digits, twice = digits + spelled * (2 if twice else 1), False
    return digits + (tens + "0" if tens else "")
