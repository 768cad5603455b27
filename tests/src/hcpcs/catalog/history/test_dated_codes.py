"""Codes by the days on which they were added and ended."""

from __future__ import annotations

from datetime import date

from hcpcs.catalog.history.dated_codes import DatedCode, DatedCodes
from hcpcs.records.record import RecordKind


def a_code(code: str, added: date | None, ended: date | None = None) -> DatedCode:
    return DatedCode(code, RecordKind.PROCEDURE, added, ended, None, "", "", "")


def test_both_ends_of_the_span_are_included_and_the_order_is_by_day() -> None:
    first, last = date(2024, 1, 1), date(2024, 12, 31)
    codes = DatedCodes([a_code("E0003", last, last), a_code("E0001", first), a_code("E0002", date(2025, 1, 1))])
    assert [code.code for code in codes.added(first, last)] == ["E0001", "E0003"]
    assert [code.code for code in codes.ended(first, last)] == ["E0003"]


def test_a_code_without_the_date_is_in_no_span() -> None:
    codes = DatedCodes([a_code("E0001", None)])
    assert codes.added(date.min, date.max) == codes.ended(date.min, date.max) == ()
