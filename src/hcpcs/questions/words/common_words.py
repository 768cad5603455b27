"""The common words of English and Spanish that spelling correction leaves alone, from ``tables/common_words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Final

_ACCENTS: Final = str.maketrans("áéíóúñü", "aeiounu")


@cache
def common_words(*groups: str) -> frozenset[str]:
    """The words of some groups, or all, in lower case, with and without their accents ("año"); cached."""
    source = resources.files("hcpcs.questions").joinpath("tables", "common_words.toml")
    table: dict[str, dict[str, str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    named = [(name, group) for language in table.values() for name, group in language.items()]
    words = [word for name, group in named if not groups or name in groups for word in group.split()]
    return frozenset({*words, *(word.translate(_ACCENTS) for word in words)})
