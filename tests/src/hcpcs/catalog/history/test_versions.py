"""Versions packed and unpacked: nothing is lost, whatever changes from release to release."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import records
from tests.work import kept_bytes

from hcpcs.catalog.history.versions import RowSpan, pack, spans_of, stated_row, unpack
from hcpcs.records.record import CodeRecord, RecordKind

RECORD = CodeRecord(code="S9353", kind=RecordKind.PROCEDURE, long_description="Insulin at home", coverage="I")


def test_equal_neighbours_are_one_span() -> None:
    row = stated_row(RECORD)
    assert [(span.first, span.last) for span in spans_of({0: row, 1: row, 2: row}, range(3))] == [(0, 2)]


def test_a_code_that_was_missing_starts_anew_though_nothing_changed() -> None:
    row = stated_row(RECORD)
    assert [(span.first, span.last) for span in spans_of({0: row, 2: row}, range(3))] == [(0, 0), (2, 2)]


def test_a_release_that_says_nothing_of_the_code_breaks_no_span() -> None:
    row = stated_row(RECORD)
    assert [(span.first, span.last) for span in spans_of({0: row, 2: row}, (0, 2))] == [(0, 2)]


def test_a_later_version_costs_only_what_changed() -> None:
    changed = RECORD.model_copy(update={"coverage": "", "betos": "Z2"})
    rows = {0: stated_row(RECORD), 1: stated_row(changed)}
    assert b'[1,1,{"betos":"Z2","coverage":null}]' in pack(spans_of(rows, range(2)))


@given(st.lists(records("S9353"), min_size=1, max_size=6))
def test_what_was_packed_comes_back(stated: list[CodeRecord]) -> None:
    rows = {place: stated_row(record) for place, record in enumerate(stated)}
    spans = unpack(memoryview(pack(spans_of(rows, range(len(stated))))))
    for place, record in enumerate(stated):
        assert [CodeRecord.model_validate(row) for first, last, row in spans if first <= place <= last] == [record]


@given(records())
def test_equal_records_give_equal_bytes(record: CodeRecord) -> None:
    again = CodeRecord.model_validate_json(record.model_dump_json())
    assert stated_row(again) == stated_row(record)
    assert unpack(memoryview(pack([RowSpan(0, 0, {"b": 1, "a": 2})])))[0].row == {"a": 2, "b": 1}


def test_a_row_takes_no_more_memory_than_its_text() -> None:
    records = [RECORD.model_copy(update={"long_description": f"{number} {'words ' * 60}"}) for number in range(200)]
    size = sum(len(stated_row(record)) for record in records)
    assert kept_bytes(lambda: [stated_row(record) for record in records]) < 2 * size
    spans = [spans_of({0: stated_row(record)}, range(1)) for record in records]
    assert kept_bytes(lambda: list(map(pack, spans))) < 2 * size
