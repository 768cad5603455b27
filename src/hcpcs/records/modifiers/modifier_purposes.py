"""The purposes of modifiers: which modifier the words of a question ask for."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from hcpcs.records.record import Frozen


class ModifierPurpose(Frozen):
    """A purpose: its modifiers of HCPCS and of CPT, the words that name it, and the source of its use.

    The words of one that is ``alone`` mean it without the word "modifier", too ("split shared visit"); ``use`` says
    when a claim line has it, where its description doesn't.
    """

    modifiers: tuple[str, ...] = ()
    cpt: tuple[str, ...] = ()
    spoken: tuple[str, ...]
    source: str
    alone: bool = False
    use: str = ""


@cache
def modifier_purposes() -> tuple[ModifierPurpose, ...]:
    """The purposes of the table, read once per process."""
    return tuple(ModifierPurpose.model_validate(entry) for entry in _table()["purpose"])


@cache
def known_modifiers() -> frozenset[str]:
    """Every modifier of HCPCS that the table names, with a purpose or without."""
    return modifiers_with_purpose().union(_table()["others"])


@cache
def words_beside(use: str) -> frozenset[str]:
    """The words of one list that a question has beside its purpose, for a use: ``modifier``, ``alone``."""
    return frozenset(_table()["beside"][use]["words"].split())


@cache
def _table() -> dict[str, Any]:
    source = resources.files("hcpcs.records.modifiers").joinpath("modifier_purposes.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def modifiers_with_purpose() -> frozenset[str]:
    """Every modifier of HCPCS that the table has a purpose for."""
    return frozenset(modifier for purpose in modifier_purposes() for modifier in purpose.modifiers)


def use_of_modifier(modifier: str) -> str:
    """When a claim line has a modifier, in one line; blank where its description says so."""
    uses = (one.use for one in modifier_purposes() if one.modifiers == (modifier,))
    return next(filter(None, uses), "")


def purposes_named(
    words: Collection[str], among: frozenset[str] = frozenset()
) -> tuple[tuple[ModifierPurpose, frozenset[str]], ...]:
    """The purposes that most of the words (lower case) name, in the order of the table, each with these words.

    With ``among``, only purposes of one of these modifiers count.
    """
    given = frozenset(words)
    lines, lines_with = _lines()
    named: dict[int, frozenset[str]] = {}
    for number in sorted({number for word in given for number in lines_with.get(word, ())}):
        line = lines[number]
        if among and among.isdisjoint(modifier_purposes()[line.purpose].modifiers):
            continue
        matched = line.matched(given)
        if len(matched) > len(named.get(line.purpose, ())):
            named[line.purpose] = matched
    most = max(map(len, named.values()), default=0)
    purposes = modifier_purposes()
    return tuple((purposes[place], matched) for place, matched in sorted(named.items()) if len(matched) == most)


class _WordGroup(NamedTuple):
    """Some words of a line: one of them must be in the question, or none where they are ``excluded``."""

    words: frozenset[str]
    excluded: bool


class _Line(NamedTuple):
    """One way to name a purpose, which is given by its position in the table."""

    purpose: int
    groups: tuple[_WordGroup, ...]

    @property
    def words(self) -> frozenset[str]:
        """Every word of which one must be in the question."""
        return frozenset[str]().union(*(group.words for group in self.groups if not group.excluded))

    def matched(self, given: frozenset[str]) -> frozenset[str]:
        """The given words of the line; none if one of the line is missing or excluded."""
        if any(group.words.isdisjoint(given) is not group.excluded for group in self.groups):
            return frozenset()
        return given & self.words


@cache
def _lines() -> tuple[list[_Line], dict[str, list[int]]]:
    """The lines of all purposes in the order of the table, and for each word the numbers of the lines that have it."""
    lines = [
        _Line(place, tuple(map(_group, line.split())))
        for place, purpose in enumerate(modifier_purposes())
        for line in purpose.spoken
    ]
    lines_with: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        for word in line.words:
            lines_with.setdefault(word, []).append(number)
    return lines, lines_with


def _group(written: str) -> _WordGroup:
    return _WordGroup(frozenset(written.removeprefix("!").split("|")), written.startswith("!"))
