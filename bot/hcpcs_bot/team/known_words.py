"""The words of a question that was not understood, as far as they are in a closed list: never a name or a number."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Final

WORDS_KEPT: Final = 8
"""Maximum words that are kept of one question."""
TEXT_READ: Final = 2_000
"""Maximum characters of a question that are read for known words."""
_WORD: Final = re.compile(r"(?<![^\W_])[a-z]+(?![^\W_])")
"""A whole word: of "mrn445566" and "wheelchair7" nothing is a word."""


@cache
def known_vocabulary() -> frozenset[str]:
    """The closed list, read once per process."""
    source = resources.files("hcpcs_bot.team").joinpath("known_words.toml")
    return frozenset(tomllib.loads(source.read_text(encoding="utf-8"))["words"].split())


def known_words(text: str) -> tuple[str, ...]:
    """The words of ``text`` that are in the closed list, each once and in alphabetical order."""
    vocabulary = known_vocabulary()
    words = sorted({word for word in _WORD.findall(text[:TEXT_READ].lower()) if word in vocabulary})
    return tuple(words[:WORDS_KEPT])
