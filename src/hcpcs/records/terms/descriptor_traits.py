"""What the long descriptions of some codes state of their own: a weight capacity, how a brace is fitted.

The table is ``descriptor_traits.toml``. Pure functions.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType

from hcpcs.records.record import Frozen


class DescriptorTrait(StrEnum):
    """What descriptions state."""

    WEIGHT_CAPACITY = "weight_capacity"
    FITTING = "fitting"
    CONTENTS = "contents"
    FREQUENCY = "frequency"


class StatedTrait(Frozen):
    """One thing that a description may state: the pattern that finds it, and the words for it with ``{0}``, ``{1}``."""

    pattern: str
    words: str


class TraitEntry(Frozen):
    """An entry of the table. ``clause`` says of ``{code}`` what is ``{stated}``; ``stated`` are tried in order."""

    clause: str
    stated: tuple[StatedTrait, ...]


@cache
def descriptor_traits() -> Mapping[DescriptorTrait, TraitEntry]:
    """The table, read once per process."""
    source = resources.files("hcpcs.records.terms").joinpath("descriptor_traits.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    return MappingProxyType({DescriptorTrait(name): TraitEntry.model_validate(one) for name, one in table.items()})


def stated_trait(trait: DescriptorTrait, description: str) -> str | None:
    """What a long description states of a trait, in a few words; ``None`` where it states nothing."""
    for stated in descriptor_traits()[trait].stated:
        if match := re.search(stated.pattern, description, re.IGNORECASE):
            return stated.words.format(*match.groups())
    return None


def clause_of(trait: DescriptorTrait, code: str, stated: str) -> str:
    """What is said of a code whose description states ``stated``."""
    return descriptor_traits()[trait].clause.format(code=code, stated=stated)
