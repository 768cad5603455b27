"""The purposes of modifiers: which modifier the words of a question ask for."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from importlib import resources

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


def purposes_named(words: Collection[str]) -> tuple[tuple[ModifierPurpose, frozenset[str]], ...]:
    """The purposes that match the most of the words (lower case), in the order of the table, each with its words."""
    matches = [
        (purpose, max((_matched(line, words) for line in purpose.spoken), key=len)) for purpose in modifier_purposes()
    ]
    most = max((len(matched) for _, matched in matches), default=0)
    return tuple(one for one in matches if most and len(one[1]) == most)


def _matched(line: str, words: Collection[str]) -> frozenset[str]:
    """The words of a line that are among ``words``; none if a required one is missing or one after ``!`` is there."""
    matched: set[str] = set()
    for group in line.split():
        named = set(words).intersection(group.removeprefix("!").split("|"))
        if bool(named) is group.startswith("!"):
            return frozenset()
        matched |= named
    return frozenset(matched)
