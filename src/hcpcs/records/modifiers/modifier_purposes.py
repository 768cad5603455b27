"""The purposes of modifiers: which modifier the words of a question ask for."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from importlib import resources
from typing import NamedTuple

from hcpcs.records.record import Frozen


class ModifierPurpose(Frozen):
    """A purpose: its modifiers of HCPCS and of CPT, the words that name it, and the source of its use."""

    modifiers: tuple[str, ...] = ()
    cpt: tuple[str, ...] = ()
    spoken: tuple[str, ...]
    source: str


@cache
def modifier_purposes() -> tuple[ModifierPurpose, ...]:
    """The table, read once per process."""
    source = resources.files("hcpcs.records.modifiers").joinpath("modifier_purposes.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(ModifierPurpose.model_validate(entry) for entry in table["purpose"])


@cache
def modifiers_with_purpose() -> frozenset[str]:
    """Every modifier of HCPCS that the table has a purpose for."""
    return frozenset(modifier for purpose in modifier_purposes() for modifier in purpose.modifiers)


def purposes_named(words: Collection[str]) -> tuple[tuple[ModifierPurpose, frozenset[str]], ...]:
    """The purposes that most of the words (lower case) name, in the order of the table, each with these words."""
    given = frozenset(words)
    matches = [
        (purpose, max((_matched(line, given) for line in lines), key=len)) for purpose, lines in _lines().items()
    ]
    most = max((len(matched) for _, matched in matches), default=0)
    return tuple(one for one in matches if most and len(one[1]) == most)


class _WordGroup(NamedTuple):
    """Some words of a line: one of them must be in the question, or none where they are ``excluded``."""

    words: frozenset[str]
    excluded: bool


@cache
def _lines() -> dict[ModifierPurpose, tuple[tuple[_WordGroup, ...], ...]]:
    return {
        purpose: tuple(tuple(map(_group, line.split())) for line in purpose.spoken) for purpose in modifier_purposes()
    }


def _group(written: str) -> _WordGroup:
    return _WordGroup(frozenset(written.removeprefix("!").split("|")), written.startswith("!"))


def _matched(line: tuple[_WordGroup, ...], given: frozenset[str]) -> frozenset[str]:
    """The given words of a line; none if one of the line is missing or excluded."""
    if any(group.words.isdisjoint(given) is not group.excluded for group in line):
        return frozenset()
    return given & frozenset[str]().union(*(group.words for group in line))
