"""One code on a day as a FHIR concept: its display, whether it is inactive, and its properties."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from hcpcs.answers.desk import Desk
from hcpcs.answers.verdicts import Ruling, judge
from hcpcs.catalog.history.as_of import CodeOnDay
from hcpcs.records.record import CodeRecord, Status
from hcpcs.records.terms.vocabularies import VocabularyName, meaning_of

STATUS_CODES: Final = {Status.ACTUAL: "active", Status.TERMINATED: "terminated", Status.NOT_YET: "not-yet-in-effect"}


class CodedConcept(NamedTuple):
    """A code on a day, Medicare's verdict on it, and whether it is NOC."""

    on_day: CodeOnDay
    ruling: Ruling
    not_otherwise_classified: bool

    @property
    def record(self) -> CodeRecord:
        """The record in force on the day."""
        return self.on_day.statement.record

    @property
    def display(self) -> str:
        """The long description; the short one where the record has no other."""
        return self.record.long_description or self.record.short_description or self.record.code

    @property
    def status(self) -> Status:
        """The status on the day; a code that CMS removed is terminated."""
        return Status.TERMINATED if self.on_day.removed else self.on_day.statement.status

    @property
    def inactive(self) -> bool:
        """Whether the code can't be used on the day."""
        return self.status is not Status.ACTUAL


def read_concept(desk: Desk, code: str, day: date, *, day_asked: bool) -> CodedConcept | None:
    """A code (upper case) on a day; ``None`` if no loaded release states it."""
    on_day = desk.catalog.code_on_day(code, day)
    if on_day is None:
        return None
    ruling = judge(on_day.statement, on_day, day_asked=day_asked)
    return CodedConcept(on_day, ruling, desk.catalog.is_not_otherwise_classified(on_day.statement.record))


class PropertyValue(NamedTuple):
    """A value of a property: the name of its ``value[x]``, the value, and what it means."""

    type: str
    value: Any
    meaning: str | None = None


Read = Callable[[CodedConcept], Iterator[PropertyValue]]


class Property(NamedTuple):
    """A property of the code system: its type as CodeSystem.property states it, what it is, and how it is read."""

    type: str
    description: str
    read: Read


def _texts(name: str) -> Read:
    def read(concept: CodedConcept) -> Iterator[PropertyValue]:
        stated = getattr(concept.record, name)
        for value in stated if isinstance(stated, tuple) else (stated,):
            if value:
                yield PropertyValue("valueString", value)

    return read


def _coded(name: str, vocabulary: VocabularyName) -> Read:
    def read(concept: CodedConcept) -> Iterator[PropertyValue]:
        stated = getattr(concept.record, name)
        for value in stated if isinstance(stated, tuple) else (stated,):
            if value:
                yield PropertyValue("valueCode", value, meaning_of(vocabulary, value))

    return read


def _day(name: str) -> Read:
    def read(concept: CodedConcept) -> Iterator[PropertyValue]:
        value = getattr(concept.record, name)
        if value is not None:
            yield PropertyValue("valueDateTime", value.isoformat())

    return read


def _one(read_value: Callable[[CodedConcept], PropertyValue]) -> Read:
    def read(concept: CodedConcept) -> Iterator[PropertyValue]:
        yield read_value(concept)

    return read


def _note(concept: CodedConcept) -> Iterator[PropertyValue]:
    if concept.record.processing_note:
        yield PropertyValue("valueString", concept.record.processing_note, concept.on_day.statement.note)


PROPERTIES: Final[dict[str, Property]] = {
    "inactive": Property(
        "boolean",
        "Whether the code can't be used on the day",
        _one(lambda one: PropertyValue("valueBoolean", one.inactive)),
    ),
    "status": Property(
        "code",
        "active, terminated or not-yet-in-effect on the day",
        _one(lambda one: PropertyValue("valueCode", STATUS_CODES[one.status])),
    ),
    "kind": Property(
        "code", "procedure or modifier", _one(lambda one: PropertyValue("valueCode", one.record.kind.value))
    ),
    "verdict": Property(
        "code",
        "Medicare's coverage on the day",
        _one(lambda one: PropertyValue("valueCode", one.ruling.verdict.value, one.ruling.sentence)),
    ),
    "coverage": Property("code", "Medicare coverage code", _coded("coverage", VocabularyName.COVERAGE)),
    "pricing": Property("code", "Pricing indicator", _coded("pricing_indicators", VocabularyName.PRICING_INDICATOR)),
    "multiple-pricing": Property(
        "code",
        "Multiple pricing indicator",
        _coded("multiple_pricing_indicator", VocabularyName.MULTIPLE_PRICING_INDICATOR),
    ),
    "betos": Property("code", "Berenson-Eggers type of service", _coded("betos", VocabularyName.BETOS)),
    "type-of-service": Property("code", "Type of service", _coded("types_of_service", VocabularyName.TYPE_OF_SERVICE)),
    "noc": Property(
        "boolean",
        "Whether the code is not otherwise classified",
        _one(lambda one: PropertyValue("valueBoolean", one.not_otherwise_classified)),
    ),
    "added": Property("dateTime", "First day of use", _day("added_date")),
    "terminated": Property("dateTime", "Last day of use", _day("termination_date")),
    "action": Property("code", "Latest action of CMS", _coded("action_code", VocabularyName.ACTION)),
    "action-effective": Property("dateTime", "Day of the latest action", _day("action_effective_date")),
    "processing-note": Property("string", "Number of CMS's processing note", _note),
    "statute": Property("string", "Section of the Social Security Act", _texts("statute")),
    "cross-reference": Property("string", "Code that CMS refers to, often the successor", _texts("cross_references")),
    "short-description": Property("string", "Short description", _texts("short_description")),
    "release": Property(
        "string",
        "The release that proves the concept",
        _one(lambda one: PropertyValue("valueString", one.on_day.statement.release.label)),
    ),
}
"""The properties of every concept, in the order in which they are returned."""
