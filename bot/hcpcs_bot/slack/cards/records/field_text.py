"""Values of fields as people write them, and which of them say nothing about a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hcpcs.records.fields import FIELD_BY_NAME, FieldValue
from hcpcs.records.record import STATUS_WORDS, Status

_NEVER_INFORMATIVE: Final = frozenset({"last_update"})
"""Fields that say nothing about a code, whatever their value: the date of the file."""


def stated_value(field: FieldValue) -> str:
    """What the record states in a field, as people write it: a date in words, and ``Active`` for ``Actual``."""
    if field.name == "status":
        return STATUS_WORDS[Status(field.value)].capitalize() if field.value else ""
    return field.stated


def value_and_meaning(field: FieldValue) -> str:
    """``D · Special coverage instructions apply``; a date in words alone."""
    return f"{stated_value(field)} · {field.explanation}" if field.explanation else stated_value(field)


def short_meaning(meaning: str | None) -> str:
    """The meaning of a coded value without its remarks in parentheses: ``Capped rental DME``."""
    return (meaning or "").partition(" (")[0]


def brief_value(field: FieldValue) -> str:
    """``36 · Capped rental DME``: a value with its meaning, without remarks."""
    explained = short_meaning(field.explanation)
    return f"{stated_value(field)} · {explained}" if explained else stated_value(field)


def uninformative_names(stated: Mapping[str, str]) -> frozenset[str]:
    """The names of the fields whose values are not informative, such as zero anesthesia units."""
    names = {
        name
        for name, value in stated.items()
        if name in _NEVER_INFORMATIVE or value in FIELD_BY_NAME[name].uninformative
    }
    return frozenset(names | {"action_effective_date"} if "action_code" in names else names)
