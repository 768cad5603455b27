"""Numbers as people write them: "1,000", ".5", "1 1/2", "forty-five"."""

from __future__ import annotations

from typing import Final

_SPELLED: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty": 40, "forty five": 45, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
"""Numbers in words; "one" is rather the pronoun."""
SPELLED: Final = "|".join(sorted(_SPELLED, key=len, reverse=True)).replace(" ", "[ -]")
"""Pattern of the numbers in words, the longest first."""


def number_in(written: str) -> float:
    """The number that is written in digits, with a fraction or in a word; "one" and "a" are 1."""
    lowered = written.lower().replace("-", " ")
    if lowered in {"one", "a", "an"}:
        return 1
    if "/" not in written:
        spelled = _SPELLED.get(lowered)
        return float(written.replace(",", "")) if spelled is None else spelled
    whole, _, fraction = written.rpartition(" ")
    part, of = fraction.split("/")
    return float(whole or 0) + int(part) / int(of)
