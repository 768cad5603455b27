"""A made-up release of several times the codes, in CMS's fixed-width form, for measuring growth.

Each code of the release of October 2025 is there once as it is, and again under other codes, with some words of its
descriptions replaced by made-up ones of the same length, so that the vocabulary grows as well.
"""

from __future__ import annotations

import hashlib
import random
import re
import string
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from bench.release import RELEASE

CHANGED: Final = 0.15
"""Share of words that a copy replaces."""
DESCRIPTIONS: Final = slice(11, 119)
"""The characters of a line that long and short description take."""
CODES: Final = tuple(
    f"{letter}{number:04}" for letter in string.ascii_uppercase if letter != "D" for number in range(10_000)
)
"""Every code that the form of a code allows, but for dental ones."""
_WORD: Final = re.compile(r"[A-Za-z]{5,}")


def varied(text: str, chance: random.Random) -> str:
    """The text with some of its words replaced by made-up ones of the same length."""

    def change(match: re.Match[str]) -> str:
        if chance.random() > CHANGED:
            return match[0]
        word = match[0].lower()
        ending = hashlib.md5(f"{word}{chance.randrange(8)}".encode(), usedforsecurity=False).hexdigest()[:3]
        return word[:-3] + ending.translate(str.maketrans("0123456789", "ghijklmnop"))

    return _WORD.sub(change, text)


def write_release(folder: Path, times: int) -> Path:
    """Writes a release of ``times`` the codes as a zip in the folder; modifiers are there once."""
    records = list(_records())
    procedures = [lines for code, lines in records if code.strip() == code]
    step = len(CODES) // (len(procedures) * times)
    if not step:
        raise ValueError(f"a release has {len(CODES):,} codes at most")
    codes = iter(CODES[::step])
    path = folder / RELEASE.name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(_member(), "w") as file:
        for code, lines in records:
            for copy in range(times if code.strip() == code else 1):
                chance = random.Random(f"{code}/{copy}")
                written = next(codes) if code.strip() == code else code
                for line in lines:
                    text = varied(line[DESCRIPTIONS], chance) if copy else line[DESCRIPTIONS]
                    whole = f"{written}{line[5 : DESCRIPTIONS.start]}{text}{line[DESCRIPTIONS.stop :]}\r\n"
                    file.write(whole.encode("latin-1"))
    return path


def _member() -> str:
    with zipfile.ZipFile(RELEASE) as archive:
        return next(name for name in archive.namelist() if name.lower().endswith(".txt"))


def _records() -> Iterator[tuple[str, list[str]]]:
    """Each code of the release with its lines."""
    with zipfile.ZipFile(RELEASE) as archive:
        lines = archive.read(_member()).decode("latin-1").splitlines()
    yield from ((code, list(group)) for code, group in groupby(lines, key=lambda line: line[:5]))
