"""The table of fields: complete, named once, and read from a statement with meanings."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.src.hcpcs.stated_records import stated

from hcpcs.records.fields import (
    CODED_FIELDS,
    FIELD_BY_NAME,
    FIELDS,
    FieldSpec,
    FieldType,
    family_members,
    read_field,
    read_fields,
)
from hcpcs.records.record import CodeRecord, Statement
from hcpcs.records.terms.vocabularies import VocabularyName, vocabularies
from hcpcs.releases.record_layout import FIELD_POSITIONS


def infusion(**values: object) -> Statement:
    return stated("S9353", note="Not for Medicare.", long_description="Home infusion", **values)


def test_every_field_of_the_record_is_in_the_table_and_in_the_layout() -> None:
    held = {spec.record_field for spec in FIELDS if spec.derived is None}
    assert held == set(CodeRecord.model_fields)
    assert held == {position.field for position in FIELD_POSITIONS} | {"code", "kind", "long_description"}


def test_a_field_with_a_vocabulary_is_coded_and_a_date_field_holds_days() -> None:
    for spec in FIELDS:
        assert (spec.type is FieldType.CODE) == (spec.vocabulary is not None)
        if spec.derived is None:
            in_days = CodeRecord.model_fields[spec.record_field].annotation == (date | None)
            assert (spec.type is FieldType.DATE) == in_days


def test_every_vocabulary_is_a_field_s_and_its_values_can_be_named_in_a_question() -> None:
    assert set(CODED_FIELDS.values()) == set(VocabularyName)
    for spec in FIELDS:
        if spec.vocabulary is not None:
            values = vocabularies()[spec.vocabulary].values
            assert [value for value in values if not re.fullmatch(spec.pattern, value)] == []


def test_members_of_a_family_share_their_label_but_for_the_number() -> None:
    assert family_members("type_of_service") == tuple(f"type_of_service_{n}" for n in range(1, 6))
    assert family_members("betos") == ("betos",)
    for name in family_members("pricing_indicator"):
        spec = FIELD_BY_NAME[name]
        assert spec.label == f"{spec.family_label} {spec.ordinal}"


def test_names_and_labels_stand_once() -> None:
    assert len({spec.name for spec in FIELDS}) == len(FIELDS)
    assert len({spec.label for spec in FIELDS}) == len(FIELDS)


@pytest.mark.parametrize("spec", FIELDS, ids=lambda spec: spec.name)
def test_every_field_is_defined_and_has_a_form(spec: FieldSpec) -> None:
    assert spec.definition.endswith(".")
    assert spec.form


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
    read = read_field(FIELD_BY_NAME[name], infusion(**values))
    assert (read.value, read.meaning) == (value, meaning)


def test_reading_all_fields_keeps_the_order_of_the_table() -> None:
    assert [value.name for value in read_fields(infusion())] == [spec.name for spec in FIELDS]
