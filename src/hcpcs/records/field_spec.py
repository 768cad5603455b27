"""What a field of the record is: its name, label, type and meaning, and how its value is read from a statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from hcpcs.records.manuals.carriers_manual import mcm_meaning
from hcpcs.records.manuals.coverage_manual import cim_meaning
from hcpcs.records.record import Frozen, Statement
from hcpcs.records.terms.vocabularies import VocabularyName, meaning_of


class FieldGroup(StrEnum):
    """The groups in which a card shows the fields, in this order."""

    IDENTITY = "Code"
    COVERAGE = "Medicare coverage"
    PRICING = "Pricing"
    CLASSIFICATION = "Classification"
    DATES = "Dates and status"
    REFERENCES = "References"


class FieldType(StrEnum):
    """What sort of value a field holds."""

    TEXT = "text"
    """Words or identifiers that say what they mean."""
    CODE = "code"
    """A coded value of a vocabulary."""
    DATE = "date"
    """A day, as ``YYYYMMDD``; its meaning is the day in words."""
    NUMBER = "number"
    """A whole number."""
    NOTE = "note"
    """The number of a processing note; its meaning is the note's text."""
    COVERAGE_MANUAL = "coverage_manual"
    """Sections of the withdrawn Coverage Issues Manual; their meaning is where they are now."""
    CARRIERS_MANUAL = "carriers_manual"
    """Sections of the withdrawn Medicare Carriers Manual; their meaning is where they are now."""


class FieldFamily(NamedTuple):
    """A field that the record repeats: the name and label of its members, and the field that holds their values."""

    name: str
    label: str
    record_field: str


class FieldLayout(NamedTuple):
    """The position of a field in CMS's contractor record layout.

    ``start`` is its first character (from 1), ``width`` that of one value, ``columns`` are its workbook columns, one
    per value. ``padded`` values are digits of fixed width: lost leading zeros of a workbook cell are restored.
    """

    start: int
    width: int
    columns: tuple[str, ...]
    padded: bool = False


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of the record.

    ``name`` is its name in JSON and ``form`` its length or form in the CMS layout. It is read from the field of
    ``CodeRecord`` of the same name; a member of a ``family`` from ``family.record_field``, its value at ``ordinal``
    (from 1); a ``derived`` field from the whole statement. ``pattern`` is a regular expression of the values that a
    question may name beside the field ("coverage code D"), blank where it names none. ``uninformative`` are the
    values by which a record says that the field does not apply. The label of a ``proper`` field is a name.
    ``layout`` is its position in the files, ``None`` where it has none of its own; ``page_label`` its label on a record
    page.
    """

    name: str
    label: str
    group: FieldGroup
    definition: str
    form: str
    type: FieldType = FieldType.TEXT
    vocabulary: VocabularyName | None = None
    pattern: str = ""
    uninformative: frozenset[str] = frozenset()
    family: FieldFamily | None = None
    ordinal: int = 0
    derived: Callable[[Statement], str] | None = None
    proper: bool = False
    layout: FieldLayout | None = None
    page_label: str = ""

    @property
    def phrase(self) -> str:
        """The label within a sentence: ``coverage code``, but ``BETOS``, ``ASC payment group`` and proper names."""
        return self._in_sentence(self.label)

    @property
    def family_phrase(self) -> str:
        """The family's label within a sentence: ``pricing indicator``."""
        return self._in_sentence(self.family_label)

    @property
    def family_label(self) -> str:
        """The label without the number of a family's member: ``Pricing indicator``."""
        return self.family.label if self.family is not None else self.label

    @property
    def family_name(self) -> str:
        """The name that all members of a family share, the field's own outside a family."""
        return self.family.name if self.family is not None else self.name

    @property
    def record_field(self) -> str:
        """The field of ``CodeRecord`` that holds the value; blank for a derived field."""
        if self.derived is not None:
            return ""
        return self.family.record_field if self.family is not None else self.name

    def read(self, statement: Statement) -> str:
        """What the record states, as stated; several values joined by commas, blank for none."""
        if self.derived is not None:
            return self.derived(statement)
        values = self._values(statement)
        return ", ".join(values) if values else ""

    def interpret(self, statement: Statement) -> str | None:
        """What the stated value means; ``None`` if the value explains itself, is blank, or has no known meaning."""
        match self.type:
            case FieldType.COVERAGE_MANUAL:
                return cim_meaning(getattr(statement.record, self.record_field))
            case FieldType.CARRIERS_MANUAL:
                return mcm_meaning(getattr(statement.record, self.record_field))
            case FieldType.DATE:
                day = getattr(statement.record, self.record_field)
                return None if day is None else long_date(day)
            case FieldType.NOTE:
                return statement.note
            case FieldType.CODE if self.vocabulary is not None:
                values = self._values(statement)
                meanings = [meaning_of(self.vocabulary, value) for value in values]
                if len(values) == 1:
                    return meanings[0]
                return "; ".join(meaning or value for meaning, value in zip(meanings, values, strict=True)) or None
            case _:
                return None

    def _in_sentence(self, label: str) -> str:
        acronym = label[1:2].isupper()
        return label if self.proper or acronym else label[:1].lower() + label[1:]

    def _values(self, statement: Statement) -> tuple[str, ...]:
        stated = getattr(statement.record, self.record_field)
        if isinstance(stated, str):
            return (stated,) if stated else ()
        if isinstance(stated, tuple):
            return stated[self.ordinal - 1 : self.ordinal] if self.family is not None else stated
        text = cms_date(stated) if isinstance(stated, date) else "" if stated is None else str(stated)
        return (text,) if text else ()


class FieldValue(Frozen):
    """The value of a field in one statement. ``value`` is ``None`` when the record leaves it blank."""

    name: str
    label: str
    value: str | None
    meaning: str | None
    type: FieldType = FieldType.TEXT

    @property
    def stated(self) -> str:
        """The value as people write it: a date in words, ``January 1, 2002``; blank for a blank."""
        return self.meaning if self.type is FieldType.DATE and self.meaning else self.value or ""

    @property
    def explanation(self) -> str:
        """What a coded value means: ``Not payable by Medicare``; blank for a value that says what it means."""
        return "" if self.type is FieldType.DATE or not self.value else self.meaning or ""

    @property
    def text(self) -> str:
        """The value with its explanation: ``I (Not payable by Medicare)``; blank for a blank."""
        return f"{self.stated} ({self.explanation})" if self.explanation else self.stated


def cms_date(day: date | None) -> str:
    """A day in the record's own form ``YYYYMMDD``; blank for none."""
    return "" if day is None else day.strftime("%Y%m%d")


def long_date(day: date) -> str:
    """A day as an American reader writes it: ``October 1, 2025``."""
    return f"{day:%B} {day.day}, {day.year}"
