"""Modifiers that are a word or a unit, too, and the codes after which they are the modifier ("J0885 EA")."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources

from hcpcs.records.record import Frozen


class WordModifiers(Frozen):
    """Modifiers with the codes that take them: ``codes`` are ranges ("J0885-J0888") or single codes."""

    modifiers: frozenset[str]
    codes: tuple[str, ...]
    source: str

    @property
    def ranges(self) -> tuple[tuple[str, str], ...]:
        """The first and the last code of each range."""
        ends = (one.partition("-") for one in self.codes)
        return tuple((first, last or first) for first, _, last in ends)


@cache
def word_modifiers() -> tuple[WordModifiers, ...]:
    """The table, read once per process."""
    source = resources.files("hcpcs.records.modifiers").joinpath("word_modifiers.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(WordModifiers.model_validate(entry) for entry in table["word"])


@cache
def _ranges() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Every range of codes, with the modifiers that go with them."""
    return tuple((first, last, one.modifiers) for one in word_modifiers() for first, last in one.ranges)


@lru_cache(maxsize=4096)
def words_modifying(code: str) -> frozenset[str]:
    """The modifiers that are words elsewhere and follow this code (both in upper case)."""
    return frozenset[str]().union(*(modifiers for first, last, modifiers in _ranges() if first <= code <= last))
