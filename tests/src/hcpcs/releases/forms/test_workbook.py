"""Workbooks and delimited texts: the same columns, wherever the header stands and whatever a cell became."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from tests.src.hcpcs.releases.writing import COLUMNS, a_record, csv_text, put, row, zip_of

from hcpcs.errors import ReleaseError
from hcpcs.releases import ReadRelease, read_release

NAME = "HCPC2023_JAN_ANWEB_v3.xlsx"
NOTE = ["Note regarding coverage and payment indicators", *[""] * 9]


def workbook(*rows: Sequence[object], header: Sequence[str] = COLUMNS, above: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for text in above:
        sheet.append([text])
    for cells in (header, *rows):
        sheet.append(list(cells))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(cells: Sequence[str], **values: object) -> list[object]:
    """A row with other cells, by column name (``_`` for a space)."""
    names = {name.replace("_", " "): value for name, value in values.items()}
    return [names.get(name.replace("_", " "), cell) for name, cell in zip(COLUMNS, cells, strict=True)]


def read(folder: Path, data: bytes, name: str = NAME) -> ReadRelease:
    return read_release(put(folder, name, data))


def refusal(folder: Path, data: bytes, name: str = NAME) -> ReleaseError:
    with pytest.raises(ReleaseError) as caught:
        read(folder, data, name)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_workbook_has_48_columns() -> None:
    assert len(COLUMNS) == 48
    assert (COLUMNS[0], COLUMNS[-1]) == ("HCPC", "ACTION CD")


@pytest.mark.parametrize("above", [(), NOTE])
def test_rows_become_records(tmp_path: Path, above: Sequence[str]) -> None:
    full = a_record(
        cross_references=("A4253", "93000"), lab_certifications=("010",), termination_date=date(2022, 1, 31)
    )
    result = read(tmp_path, workbook(row(full), row(a_record("RR")), above=above))
    assert result.records == (full, a_record("RR"))
    assert (result.release.id, result.release.terminated) == ("2023-01", 1)


def test_a_csv_gives_the_same(tmp_path: Path) -> None:
    records = (a_record(long_description='Line "one", two'), a_record("RR"))
    rows = [row(record) for record in records]
    assert read(tmp_path, csv_text(*rows), "HCPC2024_JUL.csv").records == records
    assert read(tmp_path, b"\xef\xbb\xbf" + csv_text(*rows), "HCPC2024_JUL.csv").records == records
    tabs = "\n".join("\t".join(cells) for cells in (COLUMNS, row(records[1])))
    assert read(tmp_path, tabs.encode("utf-16"), "HCPC2024_JUL.txt").records == records[1:]


def test_numbers_and_days_that_a_spreadsheet_made_are_undone(tmp_path: Path) -> None:
    cells = changed(
        row(a_record(pricing_indicators=("00",), processing_note="0088", cross_references=("00100",))),
        RECID=3,
        PRICE1=0,
        PROCNOTE=88,
        XREF1=100,
        ANEST_BU=0,
        ADD_DT=19870101,
        ACT_EFF_DT=datetime(1996, 1, 1),  # noqa: DTZ001 a cell has no zone
    )
    (record,) = read(tmp_path, workbook(cells)).records
    assert record.pricing_indicators == ("00",)
    assert record.processing_note == "0088"
    assert record.cross_references == ("00100",)
    assert record.anesthesia_base_units == 0
    assert record.added_date == date(1987, 1, 1)
    assert record.action_effective_date == date(1996, 1, 1)


def test_base_units_are_padded_and_modifiers_too(tmp_path: Path) -> None:
    cells = changed(row(a_record("A1")), HCPC="   A1", ANEST_BU="  0")
    (record,) = read(tmp_path, workbook(cells)).records
    assert (record.code, record.anesthesia_base_units) == ("A1", 0)


def test_a_second_row_goes_on_with_the_description_and_overwrites_nothing(tmp_path: Path) -> None:
    first = a_record("G0503", long_description="Achieve remission of symptoms and/or other treatment")
    second = [" G0503", "0020", "4", "goals and are prepared for discharge", *[""] * 44]
    (record,) = read(tmp_path, workbook(row(first), second)).records
    assert record == first.model_copy(
        update={"long_description": f"{first.long_description} goals and are prepared for discharge"}
    )


def test_blank_rows_at_the_end_are_nothing(tmp_path: Path) -> None:
    blanks = [[" "] * 48] * 50
    assert read(tmp_path, workbook(row(a_record()), *blanks)).records == (a_record(),)
    assert read(tmp_path, csv_text(row(a_record()), *blanks, []), "HCPC2020_JUL.csv").records == (a_record(),)


def test_columns_stand_in_any_order_under_names_written_in_any_way(tmp_path: Path) -> None:
    header = [name.lower().replace(" ", "_") for name in reversed(COLUMNS)]
    assert read(tmp_path, workbook(row(a_record())[::-1], header=header)).records == (a_record(),)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    at = COLUMNS.index("COV")
    cells, header = row(a_record()), [*COLUMNS]
    del cells[at], header[at]
    assert str(refusal(tmp_path, workbook(cells, header=header))) == (
        f"{NAME}, row 1: lacks the columns COV of a CMS release"
    )


def test_a_missing_header_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, workbook(row(a_record("RR")), header=row(a_record())))
    assert "is not a HCPCS release" in error.reason


def test_a_bad_row_is_named(tmp_path: Path) -> None:
    cells = changed(row(a_record("E0602")), TERM_DT="2025-99-99")
    error = refusal(tmp_path, workbook(row(a_record()), cells, above=NOTE))
    assert str(error) == f"{NAME}, row 13: E0602, TERM DT: '2025-99-99' is not a date (YYYYMMDD)"
    cells = changed(row(a_record("E0602")), HCPC="page 3")
    assert refusal(tmp_path, workbook(row(a_record()), cells)).line == 3
    cells = changed(row(a_record("E0602")), RECID="9")
    assert "record id '9'" in refusal(tmp_path, workbook(cells)).reason


def test_a_csv_cut_off_within_a_row_is_refused(tmp_path: Path) -> None:
    data = csv_text(row(a_record()), row(a_record("E0602")))
    error = refusal(tmp_path, data[:-40], "HCPC2024_JUL.csv")
    assert error.line == 3
    assert "cut off" in error.reason


@pytest.mark.parametrize("keep", [0.3, 0.9, 0.99])
def test_a_workbook_cut_off_is_refused(tmp_path: Path, keep: float) -> None:
    data = workbook(row(a_record()))
    assert "damaged" in refusal(tmp_path, data[: int(len(data) * keep)]).reason


def test_an_old_workbook_that_is_none_is_refused(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096
    assert "damaged workbook" in refusal(tmp_path, ole, "HCPC2020_ANWEB.xls").reason


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>',
        "<row/>" * 4000 + "<row>" + "<c/>" * 2000,
        '<row r="1"><c r="XFD1048576"/>',
        '<row r="1"><c r="xfd1048576"/>',
        '<row r="1"><c r="A0000000001048576"/><c r="IV5"/>',
        """<row r="1"><c r = 'XFD1048576'/>""",
        '<row r="1"><c r="A1048576"/><c r="IV5"/>',
    ],
)
def test_a_sheet_that_would_fill_the_memory_is_refused(tmp_path: Path, cells: str) -> None:
    sheet = f"<worksheet><sheetData>{cells}</row></sheetData></worksheet>"
    data = zip_of({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet.encode()})
    assert "delete the cells far from the table" in refusal(tmp_path, data).reason


def test_a_date_cell_of_zero_is_no_date(tmp_path: Path) -> None:
    cells = changed(row(a_record()), TERM_DT=time(0, 0))
    (record,) = read(tmp_path, workbook(cells)).records
    assert record.termination_date is None


def test_rows_of_notes_are_skipped_and_counted(tmp_path: Path) -> None:
    notes = [["Source: CMS, October 2025"], ["", "", "", "End of the list"]]
    result = read(tmp_path, workbook(row(a_record()), *notes))
    assert result.records == (a_record(),)
    assert "2 rows have a note instead of a record, and were skipped." in result.warnings
    assert "'E06X1' is not a HCPCS" in refusal(tmp_path, workbook(row(a_record()), ["E06X1", "", "", "Text"])).reason


def test_the_codes_may_be_in_lower_case_and_their_column_named_hcpcs(tmp_path: Path) -> None:
    cells = changed(row(a_record()), HCPC="e0601")
    header = ["hcpcs", *COLUMNS[1:]]
    assert read(tmp_path, workbook(cells, row(a_record("RR")), header=header)).records == (a_record(), a_record("RR"))


def test_a_text_delimited_by_semicolons(tmp_path: Path) -> None:
    record = a_record(long_description="A device, any type")
    text = "".join(f"{';'.join(cells)}\n" for cells in (COLUMNS, row(record)))
    assert read(tmp_path, text.encode(), "HCPC2025_OCT.csv").records == (record,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_far_cell_that_is_disguised_is_refused(tmp_path: Path, encoding: str) -> None:
    cell = "&#88;FD1048576" if encoding == "utf-8" else "XFD1048576"
    sheet = f'<worksheet><sheetData><row r="1"><c r="{cell}"/></row></sheetData></worksheet>'
    data = zip_of({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet.encode(encoding)})
    assert "is a damaged workbook" in refusal(tmp_path, data).reason


def test_control_characters_and_direction_marks_become_spaces(tmp_path: Path) -> None:
    record = a_record(long_description="A\u202e device\x9b")
    text = csv_text(row(record))
    (clean,) = read(tmp_path, text, "HCPC2025_OCT.csv").records
    assert clean.long_description == "A device"
    (clean,) = read(tmp_path, workbook(row(record))).records
    assert clean.long_description == "A device"
    assert "is binary" in refusal(tmp_path, text + b" " * 70_000 + b"\x1b[2J", "HCPC2025_OCT.csv").reason


def test_the_namespaces_of_a_sheet_are_no_positions(tmp_path: Path) -> None:
    names = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    sheet = f'<worksheet {names}><sheetData><row r="1"><c r="A1"/></row>{"<row/>" * 4000}</sheetData></worksheet>'
    data = zip_of({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet.encode()})
    assert "cells far from the table" not in refusal(tmp_path, data).reason
