"""Which modifiers share a claim line, and which never do: the table of rules on two of them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Final

from hcpcs.records.record import Frozen

_OF_SUPPLIES: Final = frozenset("AEKLV")
"""First letters of the codes that DME MACs process."""


class ModifierPair(Frozen):
    """A rule on one modifier of each set, or on any two of the first: whether both may be on one line, and why.

    One ``of_supplies`` holds on the lines that DME MACs process.
    """

    one: frozenset[str]
    other: frozenset[str] = frozenset()
    together: bool
    sentence: str
    source: str
    of_supplies: bool = False

    def fits(self, first: str, second: str) -> bool:
        """Whether the rule is on these two."""
        if not self.other:
            return {first, second} <= self.one
        return (first in self.one and second in self.other) or (second in self.one and first in self.other)


@cache
def modifier_pairs() -> tuple[ModifierPair, ...]:
    """The table, read once per process."""
    source = resources.files("hcpcs.records.modifiers").joinpath("modifier_pairs.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(ModifierPair.model_validate(entry) for entry in table["pair"])


def rules_on(modifiers: Sequence[str]) -> tuple[ModifierPair, ...]:
    """The first rule on each two of the modifiers, those that forbid a line first; none where the table has none."""
    rules = [
        rule
        for first, second in combinations(dict.fromkeys(modifiers), 2)
        if (rule := next((one for one in modifier_pairs() if one.fits(first, second)), None))
    ]
    return tuple(sorted(dict.fromkeys(rules), key=lambda rule: rule.together))


def conflicts_among(code: str, modifiers: Sequence[str]) -> tuple[ModifierPair, ...]:
    """The rules by which a line with this code can't have all of the modifiers; none where the table has none."""
    supplied = code[:1] in _OF_SUPPLIES
    return tuple(rule for rule in rules_on(modifiers) if not rule.together and (supplied or not rule.of_supplies))


def has_rule_on_each(modifiers: Sequence[str]) -> bool:
    """Whether the table has a rule on every two of the modifiers."""
    return all(
        any(rule.fits(first, second) for rule in modifier_pairs())
        for first, second in combinations(dict.fromkeys(modifiers), 2)
    )
