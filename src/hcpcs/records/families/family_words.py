"""The families of codes and the words that name them: ``code_families.toml``.

One truth for the codes of a family and for its NOC codes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from hcpcs.records.record import Frozen


class FamilyWords(Frozen):
    """A family: the words that name it (a pattern), a noun for its codes in the plural, and their prefixes.

    A search finds no item by the words of ``broad`` families ("drugs"); it does by others ("ambulance", "glasses").
    """

    words: str
    noun: str
    prefixes: tuple[str, ...]
    broad: bool = False
    source: str


class CodeGroup(Frozen):
    """The prefixes of codes that no word names, such as of those under which something is given to a patient."""

    prefixes: tuple[str, ...]
    source: str


class _FamilyTables(Frozen):
    family: Mapping[str, FamilyWords]
    group: Mapping[str, CodeGroup]


@cache
def _tables() -> _FamilyTables:
    source = resources.files("hcpcs.records.families").joinpath("code_families.toml")
    return _FamilyTables.model_validate(tomllib.loads(source.read_text(encoding="utf-8")))


def code_families() -> Mapping[str, FamilyWords]:
    """The families by name, in the order in which a text names one, read once per process."""
    return _tables().family


def code_groups() -> Mapping[str, CodeGroup]:
    """The groups of codes by name, read once per process."""
    return _tables().group


CHEMOTHERAPY: Final = code_families()["chemotherapy"].words
DRUGS: Final = code_families()["drugs"].words
SKIN_SUBSTITUTES: Final = code_families()["skin_substitutes"].words
DME: Final = code_families()["dme"].words
ORTHOTICS: Final = code_families()["orthotics"].words
PROSTHETICS: Final = code_families()["prosthetics"].words
SUPPLIES: Final = code_families()["supplies"].words
RADIOPHARMACEUTICALS: Final = code_families()["radiopharmaceuticals"].words
HEARING: Final = code_families()["hearing"].words
