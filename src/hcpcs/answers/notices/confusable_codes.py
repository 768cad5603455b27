"""Confusable codes: the HCPCS codes that differ from what a person wrote by one typical error, likeliest first.

They are offered if they exist, and never substituted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hcpcs.records.codes import HCPCS_LETTER, HCPCS_LETTERS

_FORM: Final = re.compile(rf"{HCPCS_LETTER}[0-9]{{4}}")
_AS_DIGIT: Final = dict(zip("OQDILSBZGET", "00011582637", strict=True))
"""Digits by the letters that look like them: O and Q like 0, I and L like 1."""
_AS_LETTERS: Final = {"5": "S", "8": "B", "6": "G", "4": "A", "1": "L", "7": "T", "0": "Q", "3": "E", "9": "GQ"}
"""Letters of HCPCS codes by the digits that look like them."""
_LETTER_FOR_LETTER: Final = {
    "O": "Q", "Q": "G", "I": "LJ", "L": "JE", "D": "P", "N": "M", "M": "H", "F": "EP", "E": "G", "G": "CQ", "C": "G",
    "U": "V", "V": "U", "J": "G", "P": "R", "R": "P", "S": "G", "B": "P", "A": "H", "H": "A", "K": "H", "T": "P",
    "X": "K", "Y": "V", "Z": "S", "W": "V",
}  # fmt: skip
"""Letters that look or sound like another (B and P, J and G, M and N, C and G)."""


def confusions(code: str) -> tuple[str, ...]:
    """The possible HCPCS Level II codes (letter and four digits) one error away from ``code``, likeliest first.

    In this order: a letter for the digit that it looks like or the reverse (O/0, I/1, S/5, B/8, Z/2, G/6), swapped
    neighbors, an extra digit, a wrong digit, a missing digit, and a wrong letter. Empty unless ``code`` has 4 to 6
    letters and digits.
    """
    written = code.upper().strip()
    if not (4 <= len(written) <= 6 and written.isascii() and written.isalnum()):
        return ()
    candidates = (
        *_look_alikes(written),
        *_swapped(written),
        *_shortened(written),
        *_wrong(written),
        *_longer(written),
    )
    return tuple(dict.fromkeys(one for one in candidates if _FORM.fullmatch(one) and one != written))


def _look_alikes(written: str) -> Iterator[str]:
    digits = "".join(_AS_DIGIT.get(character, character) for character in written[1:])
    for first in (written[0], *_AS_LETTERS.get(written[0], "")):
        yield first + digits
    for position in range(1, len(written)):
        if digit := _AS_DIGIT.get(written[position]):
            yield written[:position] + digit + written[position + 1 :]


def _swapped(written: str) -> Iterator[str]:
    for i in range(len(written) - 1):
        yield written[:i] + written[i + 1] + written[i] + written[i + 2 :]


def _shortened(written: str) -> Iterator[str]:
    if len(written) == 6:
        for i in range(6):
            yield written[:i] + written[i + 1 :]


def _wrong(written: str) -> Iterator[str]:
    if len(written) != 5:
        return
    for position in (4, 3, 2, 1):
        for digit in _by_nearness(ord(written[position])):
            yield written[:position] + digit + written[position + 1 :]
    likely = _LETTER_FOR_LETTER.get(written[0], "")
    for letter in likely + HCPCS_LETTERS:
        yield letter + written[1:]


def _by_nearness(character: int) -> list[str]:
    return sorted("0123456789", key=lambda digit: (abs(ord(digit) - character), digit))


def _longer(written: str) -> Iterator[str]:
    if len(written) != 4:
        return
    for position in (4, 3, 2, 1):
        for digit in "0123456789":
            yield written[:position] + digit + written[position:]
    for letter in HCPCS_LETTERS:
        yield letter + written
