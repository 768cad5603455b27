"""Modifiers that are a word, a unit or a number, too, and the codes after which they are the modifier ("J0885 EA")."""

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
def word_modifiers() -> dict[str, tuple[WordModifiers, ...]]:
    """The rows of the table by what their modifiers are elsewhere, ``word`` or ``number``; read once per process."""
    source = resources.files("hcpcs.records.modifiers").joinpath("word_modifiers.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return {use: tuple(map(WordModifiers.model_validate, rows)) for use, rows in table.items()}


@cache
def _ranges(use: str) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Every range of codes, with the modifiers that go with them."""
    return tuple((first, last, one.modifiers) for one in word_modifiers()[use] for first, last in one.ranges)


@lru_cache(maxsize=4096)
def words_modifying(code: str) -> frozenset[str]:
    """The modifiers that are words elsewhere and follow this code (both in upper case)."""
    return _modifying("word", code)


@lru_cache(maxsize=4096)
def digits_modifying(code: str) -> frozenset[str]:
    """The modifiers of CPT that follow this code (in upper case), where they aren't a count."""
    return _modifying("number", code)


def _modifying(use: str, code: str) -> frozenset[str]:
    return frozenset[str]().union(*(modifiers for first, last, modifiers in _ranges(use) if first <= code <= last))
