"""What CMS publishes beside releases: NOC lists, corrections, transaction reports, drug crosswalks."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.releases.real_releases import FULL_RELEASES, real_release
from tests.src.hcpcs.releases.writing import a_record, csv_text, fixed_text, put, row, zip_of

from hcpcs.errors import ReleaseError
from hcpcs.releases import (
    Corrections,
    Crosswalk,
    FileContents,
    NocList,
    Transactions,
    read_file,
    read_release,
    read_transaction_report,
)

pytestmark = pytest.mark.slow

PRINTED_NOC = """                      NOC CODES - HCPCS 2018

  HCPCS  LONG DESCRIPTION                                      ADD DATE  TERM DATE

  A0999  Unlisted ambulance service                            19870101
  A9599  Radiopharmaceutical, not otherwise specified          20140101  20171231
  J1566  Injection, immune globulin, lyophilized, not          20060101
  J1566  otherwise specified, 500 mg
  S9445  Patient education, individual                         20020101
  S9445  Patient education, group
    \x1a
"""
NOC_CSV = """hcpcs,long_description,add_date,term_date
J7192,"Factor viii, not otherwise",1994-01-01,
J7192,specified,,
"""
REPORT = """HCPCS/Modifier CodeType of Change

FY                 ADD
E0601              No change
A4563              Long Description ChangVag inser rectal control sys  Rectal control system
G0000              Coverage & Long Desc Change
"""
CROSSWALK = """Note: this crosswalk is for information only,,,,
,,,,
_2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name
J9271,Inj pembrolizumab,Merck,00006-3026-02,Keytruda
J9271,Inj pembrolizumab,Merck,00006-3026-04,KEYTRUDA\x20
99213,Visit,X,1,Y
"""
CORRECTIONS = (
    "\t2017 HCPCS CORRECTIONS\t\t\t\t\t\t\t\n\t\t\t\t\t\t\t\t\n"
    "CODE\tACTION\tEFF DATE\tSHORT DESC\tLONG DESC\tTOS \tBETOS\tCOV\tPRICE\n"
    'C1842\tADD \t01/01/2017\t"Retinal, add-on"\t"Retinal prosthesis; a, b, c"\t"9,F"\tD1E\tD\t53\n'
    "G0477\tTerminate code\t01/01/2017\t\t\t\t\t\t\n"
    "\t\t\t\t\t\t\t\t\n"
)


def read(folder: Path, text: str, name: str) -> FileContents:
    return read_file(put(folder, name, text.encode("cp1252")))


def test_a_printed_noc_list(tmp_path: Path) -> None:
    contents = read(tmp_path, PRINTED_NOC, "codes.prn")
    assert isinstance(contents, NocList)
    assert contents.release_id == "2018-01"
    assert [(code.code, code.description) for code in contents.codes] == [
        ("A0999", "Unlisted ambulance service"),
        ("A9599", "Radiopharmaceutical, not otherwise specified"),
        ("J1566", "Injection, immune globulin, lyophilized, not otherwise specified, 500 mg"),
        ("S9445", "Patient education, individual"),
    ]
    assert contents.codes[1].termination_date == date(2017, 12, 31)


def test_a_noc_list_as_csv(tmp_path: Path) -> None:
    contents = read(tmp_path, NOC_CSV, "NOC_codes_JUL2024.csv")
    assert isinstance(contents, NocList)
    (code,) = contents.codes
    assert code.description == "Factor viii, not otherwise specified"
    assert (contents.release_id, code.added_date) == ("2024-07", date(1994, 1, 1))


@pytest.mark.parametrize(
    ("name", "release", "count"),
    [
        ("2018-HCPCS-NOC-Codes.zip", "2018-01", 144),
        ("2019-HCPCS-NOC-Codes.zip", "2019-01", 139),
        ("NOC_codes_JUL2024.csv", "2024-07", 159),
    ],
)
def test_real_noc_lists(shared_data: Path, name: str, release: str, count: int) -> None:
    contents = read_file(shared_data / "releases" / name)
    assert isinstance(contents, NocList)
    assert (contents.release_id, len(contents.codes)) == (release, count)
    codes = {code.code: code.description for code in contents.codes}
    assert codes["J1566"].endswith("otherwise specified, 500 mg")
    assert "individual" in codes["S9445"]
    assert "group" not in codes["S9445"]


def test_corrections(tmp_path: Path) -> None:
    contents = read(tmp_path, CORRECTIONS, "corrections.txt")
    assert isinstance(contents, Corrections)
    assert contents.release_id == "2017-01"
    first, second = contents.corrections
    assert (first.code, first.action, first.effective) == ("C1842", "ADD", date(2017, 1, 1))
    assert first.values == {
        "short_description": "Retinal, add-on",
        "long_description": "Retinal prosthesis; a, b, c",
        "types_of_service": ("9", "F"),
        "betos": "D1E",
        "coverage": "D",
        "pricing_indicators": ("53",),
    }
    assert (second.action, second.values) == ("Terminate code", {})


def test_the_real_corrections_of_2017(shared_data: Path) -> None:
    contents = read_file(shared_data / "releases" / "2017-HCPCS-Alpha-Numeric-Corrections.zip")
    assert isinstance(contents, Corrections)
    assert contents.release_id == "2017-01"
    assert [correction.code for correction in contents.corrections] == [
        *("C1842", "E0627", "E0628", "E0629", "G0477", "G0478", "G0479"),
        *("G0480", "G0481", "G0482", "G0483", "G0659"),
    ]


def test_the_columns_of_corrections_from_2024_on(tmp_path: Path) -> None:
    text = (
        "HCPCS/MOD CODE,ACTION,SHORT DESCRIPTION,LONG DESCRIPTION,EFFECTIVE DATE,TOS,BETOS,COVERAGE,PRICING\n"
        'a4563,Revise short description,Rectal system,,10/01/2025,"9,P",D1A,C,"0,53"\n'
    )
    contents = read(tmp_path, text, "HCPC2025_OCT_Corrections.csv")
    assert isinstance(contents, Corrections)
    assert contents.release_id == "2025-10"
    (correction,) = contents.corrections
    assert (correction.code, correction.effective) == ("A4563", date(2025, 10, 1))
    assert correction.values == {
        "short_description": "Rectal system",
        "types_of_service": ("9", "P"),
        "betos": "D1A",
        "coverage": "C",
        "pricing_indicators": ("00", "53"),
    }


def test_mistyped_rows_of_corrections_are_warnings(tmp_path: Path) -> None:
    rows = "\nA4563\tRevise long desc\t01/0/12019\t\tText\nnone\tADD\t1/1/2019\t\t\n"
    contents = read(tmp_path, f"CODE\tACTION\tEFF DATE\tSHORT DESC\tLONG DESC{rows}", "hcpc2019_corrections.txt")
    assert isinstance(contents, Corrections)
    assert [(one.code, one.effective, one.values) for one in contents.corrections] == [
        ("A4563", None, {"long_description": "Text"})
    ]
    assert contents.warnings == (
        "Row 2: A4563 has '01/0/12019' for a day; the day was not taken.",
        "Row 3: 'NONE' is not a HCPCS code; the row was skipped.",
    )


def test_the_last_version_of_the_real_corrections_of_2018(shared_data: Path) -> None:
    contents = read_file(shared_data / "releases" / "2018-HCPCS-Alpha-Numeric-Corrections.zip")
    assert isinstance(contents, Corrections)
    assert "V4_" in contents.file
    assert len(contents.corrections) == 28
    assert not contents.warnings


def test_a_printed_transaction_report(tmp_path: Path) -> None:
    contents = read(tmp_path, REPORT, "HCPC18_Trans_Report.prn")
    assert isinstance(contents, Transactions)
    assert contents.release_id == "2018-01"
    assert contents.actions == {"FY": "A", "E0601": "N", "A4563": "C", "G0000": "B"}


@pytest.mark.parametrize("release", ["2017-01", "2018-01", "2019-01", "2020-01"])
def test_reports_say_of_every_code_what_the_records_say(shared_data: Path, release: str) -> None:
    report = read_transaction_report(shared_data / "releases" / FULL_RELEASES[release])
    stated = {record.code: record.action_code for record in real_release(shared_data, release).records}
    if release == "2018-01":
        # The release was published again in March 2018 with modifier L1, the report was not.
        del stated["L1"]
    assert report.actions == stated
    assert report.release_id == release


def test_a_release_without_a_report_is_said(tmp_path: Path) -> None:
    path = put(tmp_path, "2019.zip", zip_of({"HCPC2019_ANWEB.txt": fixed_text(a_record())}))
    with pytest.raises(ReleaseError, match="contains no transaction report"):
        read_transaction_report(path)


def test_a_crosswalk_names_drugs_once(tmp_path: Path) -> None:
    contents = read(tmp_path, CROSSWALK, "ASP crosswalk.csv")
    assert isinstance(contents, Crosswalk)
    assert contents.names == {"J9271": ("keytruda",)}


def test_crosswalks_come_packed(tmp_path: Path) -> None:
    zipped = read_file(put(tmp_path, "x.zip", zip_of({"a.csv": CROSSWALK.encode(), "b.csv": CROSSWALK.encode()})))
    packed = read_file(put(tmp_path, "x.csv.gz", gzip.compress(CROSSWALK.encode())))
    assert isinstance(zipped, Crosswalk)
    assert isinstance(packed, Crosswalk)
    assert zipped.names == packed.names == {"J9271": ("keytruda",)}


def test_the_real_crosswalk(shared_data: Path) -> None:
    contents = read_file(shared_data / "companion" / "ASP_NDC_HCPCS_crosswalk_2026_sample.csv.gz")
    assert isinstance(contents, Crosswalk)
    assert contents.names == {
        "A9573": ("elucirem", "vueway"),
        "A9575": ("clariscan", "dotarem", "gadoterate meglumine"),
        "A9585": ("gadobutrol",),
        "A9589": ("cysview",),
    }


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (PRINTED_NOC.replace("A0999 ", "A0999x"), "n.prn", "line 5: is not a row of a NOC list"),
        (PRINTED_NOC.replace("19870101", "19879901"), "n.prn", "line 5: A0999: '19879901' is not a date"),
        (NOC_CSV.replace("J7192", "J719"), "n.csv", "line 2: 'J719' is not a HCPCS code"),
        (REPORT.replace("ADD", "Renamed"), "t.prn", "unknown action 'Renamed' of 'FY'"),
        (REPORT + "FY                 Discontinued\n", "t.prn", "two different actions of FY"),
        (CROSSWALK.replace("J9271", "J927"), "x.csv", "line 4: 'J927' is not a HCPCS code"),
        (CROSSWALK[:180], "x.csv", "cut off"),
    ],
)
def test_broken_companions_are_refused(tmp_path: Path, text: str, name: str, reason: str) -> None:
    with pytest.raises(ReleaseError) as caught:
        read(tmp_path, text, name)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("text", "name", "what"),
    [
        (PRINTED_NOC, "n.prn", "a list of 'not otherwise classified' codes"),
        (CORRECTIONS, "c.txt", "a corrections file"),
        (REPORT, "t.prn", "a transaction report"),
        (CROSSWALK, "x.csv", "a crosswalk from drug products to codes"),
    ],
)
def test_a_companion_is_no_release(tmp_path: Path, text: str, name: str, what: str) -> None:
    with pytest.raises(ReleaseError) as caught:
        read_release(put(tmp_path, name, text.encode("cp1252")))
    assert str(caught.value) == f"{name}: is {what}, not a release"


def test_a_later_corrections_file_replaces_what_it_repeats_and_adds_to_the_rest(tmp_path: Path) -> None:
    def corrections_of(*codes: str) -> bytes:
        rows = "".join(f"\n{code}\tTerminate code\t01/01/2019\tx\ty" for code in codes)
        return f"CODE\tACTION\tEFF DATE\tSHORT DESC\tLONG DESC{rows}\n".encode()

    def read_all(**files: bytes) -> list[str]:
        path = put(
            tmp_path, "2019-HCPCS-Corrections.zip", zip_of({f"{name}.txt": text for name, text in files.items()})
        )
        contents = read_file(path)
        assert isinstance(contents, Corrections)
        return [one.code for one in contents.corrections]

    first = corrections_of("A5513", "B4105", "C1890", "C9034")
    supplement = corrections_of("C1890", "J7329")
    withdrawn = corrections_of("A5513", "B4105", "C1890")
    assert read_all(hcpc2019_corrections=first, hcpc2019_corrections_v2=supplement) == [
        *("A5513", "B4105", "C9034"),
        *("C1890", "J7329"),
    ]
    assert read_all(hcpc2019_corrections=first, hcpc2019_corrections_v2=withdrawn) == ["A5513", "B4105", "C1890"]


def test_a_sentence_below_the_records_of_a_table_in_text_is_skipped_and_counted(tmp_path: Path) -> None:
    text = csv_text(row(a_record()))
    noted = read_release(put(tmp_path, "HCPC2025_OCT_ANWEB.csv", text + b"Source: CMS, October 2025\r\n"))
    assert len(noted.records) == 1
    assert "1 row has a note instead of a record, and was skipped." in noted.warnings
    with pytest.raises(ReleaseError, match="the file is cut off"):
        read_release(put(tmp_path, "HCPC2025_OCT_ANWEB.csv", text + b"E0602"))
