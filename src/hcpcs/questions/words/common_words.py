"""The common words of English and Spanish that spelling correction leaves alone, from ``tables/common_words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Final

_ACCENTS: Final = str.maketrans("áéíóúñü", "aeiounu")


@cache
def common_words() -> frozenset[str]:
    """The words, in lower case, with and without their accents ("año", "ano"); read once per process."""
    source = resources.files("hcpcs.questions").joinpath("tables", "common_words.toml")
    table: dict[str, dict[str, str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    words = [word for groups in table.values() for group in groups.values() for word in group.split()]
    return frozenset({*words, *(word.translate(_ACCENTS) for word in words)})
