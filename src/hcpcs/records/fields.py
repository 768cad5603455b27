"""The one table of the record's fields, from which card, text, JSON, glossary and comparison are drawn.

A row of ``fields.toml`` appears everywhere. ``value`` is always what the record states (dates as ``YYYYMMDD``),
``meaning`` what that value means.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from hcpcs.records.field_spec import (
    FieldFamily,
    FieldGroup,
    FieldLayout,
    FieldSpec,
    FieldType,
    FieldValue,
    cms_date,
    long_date,
)
from hcpcs.records.record import Statement
from hcpcs.records.terms.vocabularies import VocabularyName

__all__ = [
    "CODED_FIELDS",
    "FIELDS",
    "FIELD_BY_NAME",
    "FieldGroup",
    "FieldSpec",
    "FieldType",
    "FieldValue",
    "cms_date",
    "family_members",
    "long_date",
    "read_field",
    "read_fields",
]

_DERIVED: Final[Mapping[str, Callable[[Statement], str]]] = MappingProxyType(
    {
        "status": lambda statement: statement.status.value,
        "last_update": lambda statement: f"{statement.release.effective:%Y}",
    }
)
"""How each derived field is computed."""


def _specs(name: str, row: Mapping[str, Any]) -> Iterator[FieldSpec]:
    """The field of a row of ``fields.toml``, or its numbered members."""
    vocabulary = VocabularyName(row["vocabulary"]) if "vocabulary" in row else None
    spec = FieldSpec(
        name=name,
        label=row["label"],
        group=FieldGroup[row["group"].upper()],
        definition=row["definition"],
        form=row["form"],
        type=FieldType(row.get("type", FieldType.TEXT if vocabulary is None else FieldType.CODE)),
        vocabulary=vocabulary,
        pattern=row.get("pattern", ""),
        uninformative=frozenset(row.get("uninformative", ())),
        proper=row.get("proper", False),
        derived=_DERIVED[row["derived"]] if "derived" in row else None,
        layout=_layout(**row["layout"]) if "layout" in row else None,
        page_label=row.get("page_label", ""),
    )
    if "members" not in row:
        yield spec
        return
    family = FieldFamily(name, spec.label, row["record_field"])
    for n in range(1, row["members"] + 1):
        yield replace(spec, name=f"{name}_{n}", label=f"{spec.label} {n}", family=family, ordinal=n)


def _layout(start: int, width: int, columns: list[str], padded: bool = False) -> FieldLayout:
    return FieldLayout(start, width, tuple(columns), padded)


def _table() -> Iterator[FieldSpec]:
    text = resources.files("hcpcs.records").joinpath("tables", "fields.toml").read_text(encoding="utf-8")
    for name, row in tomllib.loads(text).items():
        yield from _specs(name, row)


FIELDS: Final = tuple(_table())
"""Every field, in the order in which fields are shown."""

CACHED_VALUES: Final = 1_024
"""Values of fields that are kept with their meaning, 800 bytes each."""
MAX_CACHED_CHARACTERS: Final = 16
"""Maximum characters of such a value: a description is of one code."""
FIELD_BY_NAME: Final[Mapping[str, FieldSpec]] = MappingProxyType({spec.name: spec for spec in FIELDS})

CODED_FIELDS: Final[Mapping[str, VocabularyName]] = MappingProxyType(
    {spec.record_field: spec.vocabulary for spec in FIELDS if spec.vocabulary is not None}
)
"""The fields of ``CodeRecord`` that hold coded values, and their vocabularies."""


def family_members(family_name: str) -> tuple[str, ...]:
    """The names of the members of a family of fields, in order; the name itself for a field outside a family."""
    return tuple(spec.name for spec in FIELDS if spec.family_name == family_name)


def read_field(spec: FieldSpec, statement: Statement) -> FieldValue:
    """One field of a statement with its meaning."""
    value = spec.read(statement) or None
    meaning = None if value is None else spec.interpret(statement)
    make = _field_value if value is None or len(value) <= MAX_CACHED_CHARACTERS else _new_value
    return make(spec.name, value, meaning)


def _new_value(name: str, value: str | None, meaning: str | None) -> FieldValue:
    spec = FIELD_BY_NAME[name]
    return FieldValue(name=name, label=spec.label, value=value, meaning=meaning, type=spec.type)


_field_value = lru_cache(maxsize=CACHED_VALUES)(_new_value)
"""Most fields of most records state one of a few values; making each again takes a fifth of the time of a card."""


def read_fields(statement: Statement) -> tuple[FieldValue, ...]:
    """Every field of a statement, in the table's order, blank ones too."""
    return tuple(read_field(spec, statement) for spec in FIELDS)
