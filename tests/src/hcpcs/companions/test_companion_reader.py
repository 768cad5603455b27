"""Which files are read: by their content, in every wrapping, and what is refused in one line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import (
    FEE_HEADER,
    FEE_ROWS,
    FILES,
    LIMIT_HEADER,
    LIMIT_ROWS,
    NDC_ROWS,
    csv_of,
    facts_on,
    read_bytes,
    store_of,
    table_text,
    workbook_of,
    zip_of_files,
)

from hcpcs.companions.companion_reader import read_companions, unsupported_file
from hcpcs.companions.edition import EditionKind
from hcpcs.errors import ReleaseError

SCHEDULE = "DMEPOS26_JAN.csv"


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_recognized_by_its_content_and_not_its_name(tmp_path: Path, name: str) -> None:
    other_name = "practitioner report of 2026-01.txt"
    kinds = {one.edition.kind for one in read_bytes(tmp_path, name, table_text(name))}
    assert kinds
    assert {one.edition.kind for one in read_bytes(tmp_path, other_name, table_text(name))} == kinds


def test_a_schedule_is_the_same_in_every_wrapping(tmp_path: Path) -> None:
    text = table_text(SCHEDULE)
    rows = [*FILES[SCHEDULE][0], FEE_HEADER, *FEE_ROWS]
    tabs = "\n".join("\t".join(row) for row in rows if row).encode()
    wrapped = {
        "DMEPOS26_JAN.csv": text,
        "DMEPOS26_JAN.csv.gz": text,
        "DMEPOS26_JAN.txt": tabs,
        "DMEPOS26_JAN.xlsx": workbook_of(rows),
        "dme26-jan.zip": zip_of_files({"DMEPOS26_JAN.csv": text, "readme.docx": b"PK\x03\x04\x00", "a.pdf": b"%PDF\0"}),
        "dme26.zip": zip_of_files({"DMEPOS26_JAN.csv": text, "DMEPOS26_JAN.xlsx": workbook_of(rows)}),
    }
    for name, data in wrapped.items():
        (packed,) = read_bytes(tmp_path, name, data)
        assert packed.edition.label == "DMEPOS fee schedule January 2026", name
        assert packed.edition.rows == len(FEE_ROWS), name
        assert packed.edition.file == name
        stated = {row.key: row.cells[:6] for row in packed.walk()}
        assert stated["A4217"] == ("", "", "J", "SU", "4.47", "3.8"), name


def test_an_archive_gives_every_edition_in_it(tmp_path: Path) -> None:
    files = {name: table_text(name) for name in (SCHEDULE, "rural zips.csv")}
    kinds = [one.edition.kind for one in read_bytes(tmp_path, "dme26.zip", zip_of_files(files))]
    assert kinds == [EditionKind.DMEPOS, EditionKind.RURAL_ZIP]


def test_the_tables_of_a_crosswalk_are_joined(tmp_path: Path) -> None:
    vaccine = ("J0881", "Other", "Labeler", "00006-4999-41", "A vaccine", "1 MCG", "1", "1", "1", "1")
    first, second = NDC_ROWS, [NDC_ROWS[0], vaccine]
    files = {
        "a crosswalk.csv": table_text("crosswalk.csv", first),
        "January 2026 AWP NDC-HCPCS Crosswalk.csv": table_text("crosswalk.csv", second),
        "c crosswalk.xlsx": workbook_of([*FILES["crosswalk.csv"][0], FILES["crosswalk.csv"][1], *first]),
    }
    (packed,) = read_bytes(tmp_path, "crosswalks.zip", zip_of_files(files))
    assert packed.edition.rows == len(NDC_ROWS) + 1
    store = store_of(tmp_path, packed)
    assert [fact.code for fact in facts_on(store, EditionKind.NDC, "00006-4999-41").facts] == ["J0881"]
    assert [fact.code for fact in facts_on(store, EditionKind.NDC, "57894-0030-01").facts] == ["J1745"]
    (of_awp,) = facts_on(store, EditionKind.NDC, "00006-4999-41").facts
    assert of_awp.qualifiers.notes == "AWP crosswalk", "whose row it is"


def test_cpt_and_cdt_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    licensed = [(code, "A licensed text", *LIMIT_ROWS[0][2:]) for code in ("90371", "0001A", "D0120", "d0120")]
    (packed,) = read_bytes(tmp_path, "limits.csv", table_text("payment limits.csv", [*LIMIT_ROWS, *licensed]))
    assert (packed.edition.rows, packed.edition.dropped) == (3, 4)
    assert {row.key for row in packed.walk()} == {"J1745", "J0897", "A9606"}
    assert b"licensed" not in b"".join(packed.rows.values())


def test_a_workbook_that_lost_the_zeros_of_a_cpt_code_is_read(tmp_path: Path) -> None:
    rows = [*FILES["payment limits.csv"][0], LIMIT_HEADER, *LIMIT_ROWS, ("00100", *LIMIT_ROWS[0][1:])]
    (packed,) = read_bytes(tmp_path, "limits.xlsx", workbook_of(rows))
    assert (packed.edition.rows, packed.edition.dropped) == (3, 1)


def test_a_file_of_only_cpt_codes_is_refused_with_the_reason(tmp_path: Path) -> None:
    rows = [(code, *LIMIT_ROWS[0][1:]) for code in ("90371", "90375")]
    with pytest.raises(ReleaseError, match=r"has only CPT and CDT codes \(2 rows\), whose texts are licensed"):
        read_bytes(tmp_path, "limits.csv", table_text("payment limits.csv", rows))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "has the header of DMEPOS fee schedule and no row"),
        ([*FEE_ROWS, FEE_HEADER, *FEE_ROWS], "line 13: 'HCPCS' is not a HCPCS code; the file is damaged or has two"),
        ([*FEE_ROWS, ("E06", *FEE_ROWS[0][1:])], "line 13: 'E06' is not a HCPCS code"),
    ],
)
def test_mixed_and_empty_files_are_refused(tmp_path: Path, rows: list[tuple[str, ...]], reason: str) -> None:
    with pytest.raises(ReleaseError, match=reason):
        read_bytes(tmp_path, SCHEDULE, table_text(SCHEDULE, rows))


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    text = table_text(SCHEDULE)
    with pytest.raises(ReleaseError, match="the file is cut off"):
        read_bytes(tmp_path, SCHEDULE, text[:-40])
    path = tmp_path / f"{SCHEDULE}.gz"
    path.write_bytes(gzip.compress(text)[:-20])
    with pytest.raises(ReleaseError, match="is cut off"):
        read_companions(path)
    path = tmp_path / "dme.zip"
    path.write_bytes(zip_of_files({SCHEDULE: text})[:-30])
    with pytest.raises(ReleaseError, match="is a damaged archive"):
        read_companions(path)


def test_a_footnote_below_the_table_is_skipped(tmp_path: Path) -> None:
    data = csv_of([FEE_HEADER, *FEE_ROWS, ("* This is a note of CMS.",)])
    (packed,) = read_bytes(tmp_path, SCHEDULE, data)
    assert packed.edition.rows == len(FEE_ROWS)


@pytest.mark.parametrize("data", [b"a,b,c\n1,2,3\n", b"HCPCS,MOD\nE0601,RR\n", b"hello", b'"unclosed,HCPCS\n' * 3])
def test_what_is_not_a_companion_file_has_no_edition(tmp_path: Path, data: bytes) -> None:
    assert read_bytes(tmp_path, "other.csv", data) == ()


def test_the_text_of_a_fee_schedule_is_known_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "DMEPOS26_JAN.txt"
    path.write_text("2026~E0601~RR~  ~D~CR~A~00~TX     ~000050.00~000000.00~000000.00~000050.91~0~1~ ~A device\n")
    known = unsupported_file(path)
    assert known is not None
    assert known.reason == (
        "is the text form of a DMEPOS fee schedule, which isn't supported; load the .csv or .xlsx of the same archive"
    )
    path.write_text("2026 was a good year\n")
    assert unsupported_file(path) is None
