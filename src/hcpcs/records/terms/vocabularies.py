"""Vocabularies: the coded values of the record and their meanings, read from ``vocabularies.toml``.

An unknown value is not an error: it has no meaning (``None``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from hcpcs.records.record import Frozen

COVERED: Final = frozenset({"C", "D"})
"""The coverage codes of what Medicare may pay for. Source: their meanings in ``vocabularies.toml``."""
NOT_COVERED: Final = frozenset({"I", "M", "S"})
"""The coverage codes of what Medicare never pays for."""


class VocabularyName(StrEnum):
    """The vocabularies of the CMS record, each a table of ``vocabularies.toml``."""

    COVERAGE = "coverage"
    PRICING_INDICATOR = "pricing_indicator"
    MULTIPLE_PRICING_INDICATOR = "multiple_pricing_indicator"
    BETOS = "betos"
    TYPE_OF_SERVICE = "type_of_service"
    ACTION = "action"
    LAB_CERTIFICATION = "lab_certification"
    ASC_GROUP = "asc_group"
    MOG_POLICY_INDICATOR = "mog_policy_indicator"


class Vocabulary(Frozen):
    """One vocabulary: its label, a definition in our own words, and its values with their official meanings."""

    name: VocabularyName
    label: str
    definition: str
    values: Mapping[str, str]

    def meaning(self, value: str) -> str | None:
        """The official meaning of a coded value, or ``None`` for a blank or unknown one."""
        return self.values.get(value)


@cache
def vocabularies() -> Mapping[VocabularyName, Vocabulary]:
    """All vocabularies by name."""
    text = resources.files("hcpcs.records").joinpath("tables", "vocabularies.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return MappingProxyType(
        {
            name: Vocabulary(name=name, **{**tables[name], "values": MappingProxyType(tables[name]["values"])})
            for name in VocabularyName
        }
    )


def meaning_of(name: VocabularyName, value: str) -> str | None:
    """The official meaning of ``value`` in the vocabulary ``name``, or ``None`` if blank or unknown."""
    return vocabularies()[name].meaning(value)
