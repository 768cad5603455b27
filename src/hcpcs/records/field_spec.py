"""What a field of the record is, and the makers of the few sorts of field that the table of fields is built of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from hcpcs.records.record import Frozen, Statement
from hcpcs.records.vocabularies import VocabularyName, meaning_of

Reader = Callable[[Statement], str]
Interpreter = Callable[[Statement], str | None]


class FieldGroup(StrEnum):
    """The groups in which a card shows the fields, in this order."""

    IDENTITY = "Code"
    COVERAGE = "Medicare coverage"
    PRICING = "Pricing"
    CLASSIFICATION = "Classification"
    DATES = "Dates and status"
    REFERENCES = "References"


class FieldSpec(NamedTuple):
    """One field of the record: its name in JSON, its label, meaning and form, and how it is read."""

    name: str
    label: str
    group: FieldGroup
    definition: str
    form: str
    read: Reader
    interpret: Interpreter
    vocabulary: VocabularyName | None = None


class FieldValue(Frozen):
    """A field as one statement holds it. ``value`` is ``None`` when the record leaves it blank."""

    name: str
    label: str
    value: str | None
    meaning: str | None


def cms_date(day: date | None) -> str:
    """A day in the record's own form ``YYYYMMDD``; blank for none."""
    return "" if day is None else day.strftime("%Y%m%d")


def long_date(day: date) -> str:
    """A day as an American reader writes it: ``October 1, 2025``."""
    return f"{day:%B} {day.day}, {day.year}"


def _no_meaning(_: Statement) -> None:
    return None


def dated(
    name: str,
    label: str,
    definition: str,
    pick: Callable[[Statement], date | None],
    group: FieldGroup,
) -> FieldSpec:
    """A field that holds a day, as ``pick`` finds it."""

    def interpret(statement: Statement) -> str | None:
        day = pick(statement)
        return None if day is None else long_date(day)

    return FieldSpec(name, label, group, definition, "8 digits, YYYYMMDD", lambda s: cms_date(pick(s)), interpret)


def coded(
    name: str,
    label: str,
    group: FieldGroup,
    definition: str,
    form: str,
    pick: Reader,
    vocabulary: VocabularyName,
) -> FieldSpec:
    """A field that holds a coded value of ``vocabulary``."""
    return FieldSpec(
        name,
        label,
        group,
        definition,
        form,
        pick,
        lambda s: meaning_of(vocabulary, pick(s)),
        vocabulary,
    )


def plain(name: str, label: str, group: FieldGroup, definition: str, form: str, read: Reader) -> FieldSpec:
    """A field whose value says what it means."""
    return FieldSpec(name, label, group, definition, form, read, _no_meaning)
