"""The table of fields: complete, named once, and read from a statement with meanings."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.records.fields import FIELD_BY_NAME, FIELDS, read_field, read_fields
from hcpcs.records.record import CodeRecord, RecordKind, Release, Statement

RELEASE = Release(
    id="2025-10",
    label="HCPCS October 2025",
    effective=date(2025, 10, 1),
    digest="0" * 64,
    file="HCPC2025_OCT_ANWEB.txt",
    kinds=frozenset(RecordKind),
    procedures=1,
    modifiers=0,
    terminated=0,
)


def stated(**values: object) -> Statement:
    record = CodeRecord(code="S9353", kind=RecordKind.PROCEDURE, long_description="Home infusion", **values)  # type: ignore[arg-type]
    return Statement(record=record, release=RELEASE, day=date(2026, 1, 1), note="Not for Medicare.")


def test_every_field_of_the_record_is_in_the_table() -> None:
    numbered = {"pricing_indicators": "pricing_indicator_1", "types_of_service": "type_of_service_1"}
    for name in CodeRecord.model_fields:
        assert numbered.get(name, name) in FIELD_BY_NAME


def test_names_and_labels_stand_once() -> None:
    assert len({spec.name for spec in FIELDS}) == len(FIELDS)
    assert len({spec.label for spec in FIELDS}) == len(FIELDS)


@pytest.mark.parametrize("spec", FIELDS, ids=lambda spec: spec.name)
def test_every_field_is_defined_and_has_a_form(spec: object) -> None:
    assert getattr(spec, "definition").endswith(".")  # noqa: B009
    assert getattr(spec, "form")  # noqa: B009


@pytest.mark.parametrize(
    ("values", "name", "value", "meaning"),
    [
        ({"coverage": "I"}, "coverage", "I", "Not payable by Medicare"),
        ({"coverage": "Q"}, "coverage", "Q", None),
        ({"pricing_indicators": ("00", "52")}, "pricing_indicator_2", "52", "Reasonable charge"),
        ({"types_of_service": ("9",)}, "type_of_service_1", "9", "Other medical items or services"),
        ({"types_of_service": ("9",)}, "type_of_service_2", None, None),
        ({"added_date": date(2002, 1, 1)}, "added_date", "20020101", "January 1, 2002"),
        ({"anesthesia_base_units": 0}, "anesthesia_base_units", "0", None),
        ({"processing_note": "0088"}, "processing_note", "0088", "Not for Medicare."),
        ({"lab_certifications": ("310", "320")}, "lab_certifications", "310, 320", "Routine chemistry; Urinalysis"),
        ({"termination_date": date(2020, 1, 1)}, "status", "Terminated", None),
        ({}, "status", "Actual", None),
        ({}, "last_update", "2025", None),
        ({}, "statute", None, None),
    ],
)
def test_a_field_says_value_and_meaning(
    values: dict[str, object], name: str, value: str | None, meaning: str | None
) -> None:
    read = read_field(FIELD_BY_NAME[name], stated(**values))
    assert (read.value, read.meaning) == (value, meaning)


def test_reading_all_fields_keeps_the_order_of_the_table() -> None:
    assert [value.name for value in read_fields(stated())] == [spec.name for spec in FIELDS]
