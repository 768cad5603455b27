"""Random questions and pasted texts, the same ones for the same seed: pieces that people write, mixed and damaged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

ASKED: Final = (
    """
is covered by medicare|what is|how many units|modifier for|price of|what changed since January 2020|compare|replaced by
does it need prior auth|still valid|code for|history of|J codes|new codes in|deleted|which modifier|on insulin|per day
how much does aetna pay for|denied CO-50|NOC|wasted|from a 200 mg vial|LCD|place of service|start with|not covered
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
WORDS: Final = """
wheelchair oxygen pump insulin strips crutches toradol kenalog remicade walker diabetic shoes silla de ruedas ambulance
patient left right knee signed abn rental used new mileage hospital residence wound dressing cpap mask filter catheter
and or to the with for x vs thru mod mg ml units DOS DOB MRN NDC dx today last quarter
""".split()
SIGNS: Final = (
    *"-–—/.,;:?!*_~`'\"()[]{}<>|&+=#@$%^\\",
    *("\n", "\t", "\r\n", "• ", "- ", "1. ", "\u00a0", "\u200b", "🙂", "é"),
)
WRONG: Final = (
    *("\x00", "\ud800", "\u202e", "\ufdfa", "a\u0301\u0302", "İ", "½", "٣", "𝟗", "\ufeff"),
    *("(" * 30, "1," * 30),
)
UNITS: Final = (" mg", "mg", " units", " ml", " days", " miles", " boxes of 50", "%", "")
LENGTHS: Final = (1, 2, 3, 5, 8, 13, 25)
"""Pieces of most texts; some are repeated up to the limit of a question."""
LONG: Final = 4000
"""Characters of the longest texts that are read."""


def fuzzed_texts(seed: int, count: int, codes: Sequence[str], modifiers: Sequence[str]) -> Iterator[str]:
    """``count`` texts of any form and length up to ten times a question's limit."""
    random = Random(seed)
    for _ in range(count):
        pieces = [_piece(random, codes, modifiers) for _ in range(random.choice(LENGTHS))]
        text = random.choice((" ", " ", " ", "", "\n", ", ")).join(pieces)
        if random.random() < 0.04 and text:
            text = (text + random.choice((" ", "", "\n", ";"))) * (LONG // (len(text) + 1))
            text *= random.choice((1, 1, 10))
        if random.random() < 0.1 and text:
            place = random.randrange(len(text))
            text = text[:place] + random.choice((*WRONG, "")) + text[place + random.randrange(3) :]
        yield text


def _piece(random: Random, codes: Sequence[str], modifiers: Sequence[str]) -> str:
    number = random.choice((random.randint(0, 12), random.randint(0, 400), random.randint(0, 10**6)))
    match random.randrange(14):
        case 0 | 1:
            return random.choice(ASKED)
        case 2 | 3:
            return random.choice(WORDS)
        case 4 | 5:
            return random.choice(codes)
        case 6:
            return f"{random.choice(codes)}{random.choice(' -:')}{random.choice(modifiers)}"
        case 7:
            return random.choice(modifiers)
        case 8:
            return (
                f"{number}{random.choice((' mg', 'mg', ' units', ' ml', ' days', ' miles', ' boxes of 50', '%', ''))}"
            )
        case 9:
            return f"{number % 12 + 1}/{number % 28 + 1}/{2015 + number % 12}"
        case 10:
            return f"{random.choice(codes)}x{number}"
        case 11:
            return random.choice(SIGNS)
        case 12:
            return random.choice(codes)[: random.randint(1, 4)] + random.choice(("*", "xx", "", "O", "l"))
        case _:
            return "".join(random.choice("abcdefghijklmnopqrstuvwxyz0123456789 ") for _ in range(random.randint(1, 12)))
