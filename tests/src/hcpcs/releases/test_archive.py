"""Zips: the release inside is chosen, and what harms or says nothing is refused in one line."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from tests.src.hcpcs.releases.forms.test_workbook import workbook
from tests.src.hcpcs.releases.writing import a_record, csv_text, fixed_text, put, row, zip_of

from hcpcs.errors import ReleaseError
from hcpcs.releases import Corrections, NocList, ProcessingNotes, ReadRelease, read_file, read_release
from hcpcs.releases.archive import MAX_MEMBERS

NOTES = b"      PROCESSING NOTES\r\n\r\n   0088--NOT PAYABLE\r\n         BY MEDICARE.     *\r\n"
REPORT = b"HCPCS/Modifier Code Type of Change\r\nE0601               ADD\r\n"
TEXT = fixed_text(a_record())
NOC_COLUMNS = ("HCPCS", "LONG DESCRIPTION", "ADD DATE", "TERM DATE")
NOC_WORKBOOK = workbook(["E1399", "Durable medical equipment", "19870101", ""], header=NOC_COLUMNS)
REPORT_WORKBOOK = workbook(
    ["E0601", "ADD", "Cpap", "A device"], header=("HCPC", "ACTION CD", "SHORT DESCRIPTION", "LONG DESCRIPTION")
)
CORRECTIONS = b"CODE\tACTION\tEFF DATE\tLONG DESC\nE0601\tRevise\t1/1/2019\tDevice\n"
NAME = "2019-Alpha-Numeric-HCPCS-File.zip"


def read(folder: Path, data: bytes, name: str = NAME) -> ReadRelease:
    return read_release(put(folder, name, data))


def refusal(folder: Path, data: bytes, name: str = NAME) -> str:
    with pytest.raises(ReleaseError) as caught:
        read(folder, data, name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_release_is_chosen_with_its_notes(tmp_path: Path) -> None:
    data = zip_of(
        {
            "Changes_by_ActionCode.prn": REPORT,
            "HCPC2019_CONTR_ANWEB.csv": csv_text(row(a_record(coverage="I"))),
            "HCPC2019_README.txt": b"Read me.",
            "HCPC2019_CONTR_ANWEB.txt": TEXT,
            "manual.pdf": b"%PDF-1.7\0\0\xff",
            "proc_notes_2019.txt": NOTES,
        }
    )
    path = put(tmp_path, NAME, data)
    result = read_release(path)
    assert result.records == (a_record(),)
    assert result.notes == {"0088": "NOT PAYABLE BY MEDICARE."}
    assert (result.release.id, result.release.file) == ("2019-01", NAME)


def test_the_digest_is_that_of_the_file_given(tmp_path: Path) -> None:
    data = zip_of({"HCPC2019_CONTR_ANWEB.txt": TEXT})
    zipped, bare = read(tmp_path, data), read(tmp_path, TEXT, "HCPC2019_CONTR_ANWEB.txt")
    assert zipped.records == bare.records
    assert zipped.release.digest != bare.release.digest
    assert zipped.release.digest == read(tmp_path, data, "renamed2019.zip").release.digest


def test_the_name_within_tells_the_release_before_the_zip(tmp_path: Path) -> None:
    assert read(tmp_path, zip_of({"HCPC2020_APR_ANWEB.txt": TEXT})).release.id == "2020-04"
    assert read(tmp_path, zip_of({"release.txt": TEXT})).release.id == "2019-01"


def test_a_zip_of_notes_alone_is_notes(tmp_path: Path) -> None:
    contents = read_file(put(tmp_path, NAME, zip_of({"proc_notes_2019.txt": NOTES})))
    assert isinstance(contents, ProcessingNotes)
    assert "is a file of processing notes, not a release" in refusal(tmp_path, zip_of({"proc.txt": NOTES}))


def test_an_error_within_names_zip_member_and_line(tmp_path: Path) -> None:
    said = refusal(tmp_path, zip_of({"folder/HCPC2019_CONTR_ANWEB.txt": TEXT + TEXT[:100]}))
    assert said.startswith(f"{NAME} (HCPC2019_CONTR_ANWEB.txt), line 2: has 100 characters")


def test_a_zip_of_workbooks_with_a_report_that_begins_with_hcpc(tmp_path: Path) -> None:
    files = {"HCPC2019_Trans.xlsx": REPORT_WORKBOOK, "HCPC2019_ANWEB.xlsx": workbook(row(a_record()))}
    assert read(tmp_path, zip_of(files)).records == (a_record(),)
    assert "is a transaction report, not a release" in refusal(tmp_path, REPORT_WORKBOOK, "HCPC2019_Trans.xlsx")


@pytest.mark.parametrize("release", [{"HCPC2019_ANWEB.txt": TEXT}, {"HCPC2019_ANWEB.xlsx": workbook(row(a_record()))}])
def test_lists_and_corrections_beside_a_release_are_taken(tmp_path: Path, release: dict[str, bytes]) -> None:
    others = {
        "NOC codes.xlsx": NOC_WORKBOOK,
        "Corrections_v2.txt": CORRECTIONS.replace(b"Device", b"New device"),
        "Corrections.txt": CORRECTIONS,
    }
    result = read(tmp_path, zip_of({**others, **release}), "2019-01.zip")
    noc_list, corrections = result.beside
    assert isinstance(noc_list, NocList)
    assert isinstance(corrections, Corrections)
    assert [listed.code for listed in noc_list.codes] == ["E1399"]
    assert corrections.corrections[0].values == {"long_description": "New device"}
    assert noc_list.release_id == corrections.release_id == "2019-01"


def test_a_list_beside_a_release_that_can_not_be_read_is_a_warning(tmp_path: Path) -> None:
    bad = workbook(["E1399", "Durable medical equipment", "someday", ""], header=NOC_COLUMNS)
    result = read(tmp_path, zip_of({"HCPC2019_ANWEB.txt": TEXT, "NOC.xlsx": bad}))
    assert result.beside == ()
    assert len(result.warnings) == 1
    assert result.warnings[0].startswith(f"Passed over {NAME} (NOC.xlsx), ")


@pytest.mark.parametrize(
    "names",
    [
        ("HCPC2019_OCT_ANWEB.txt", "HCPC2019_OCT_ANWEB_v2.txt"),
        ("HCPC2019_OCT_ANWEB_v2.txt", "HCPC2019_OCT_ANWEB_v10.txt"),
        ("HCPC2019_OCT_ANWEB_09012019.txt", "HCPC2019_OCT_ANWEB_09232019.txt"),
        ("HCPC2019_OCT_ANWEB_12012018.txt", "HCPC2019_OCT_ANWEB_01232019.txt"),
        ("HCPC2019_OCT_ANWEB.txt", "HCPC2019_OCT_ANWEB_v2.xlsx"),
        ("HCPC2019_OCT_ANWEB.xlsx", "HCPC2019_OCT_ANWEB_v2.txt"),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_the_higher_of_two_revisions_is_read(tmp_path: Path, names: tuple[str, str], order: int) -> None:
    def release(name: str, coverage: str) -> bytes:
        record = a_record(coverage=coverage)
        return fixed_text(record) if name.endswith(".txt") else workbook(row(record))

    files = {name: release(name, coverage) for name, coverage in list(zip(names, "CI", strict=True))[::order]}
    (record,) = read(tmp_path, zip_of(files)).records
    assert record.coverage == "I"


def test_several_releases_in_one_zip_are_not_mixed(tmp_path: Path) -> None:
    said = refusal(tmp_path, zip_of({"HCPC2019_ANWEB.txt": TEXT, "HCPC2020_ANWEB.txt": TEXT}))
    assert "contains several releases (HCPC2019_ANWEB.txt, HCPC2020_ANWEB.txt)" in said


def test_a_zip_with_nothing_usable_is_refused(tmp_path: Path) -> None:
    assert "contains no HCPCS release" in refusal(tmp_path, zip_of({"README.txt": b"Read me."}))
    assert "is an empty archive" in refusal(tmp_path, zip_of({}))
    assert "(a.bin): is binary" in refusal(tmp_path, zip_of({"a.bin": b"\0\1\2"}))


def test_a_zip_in_a_zip_is_refused_with_what_to_do(tmp_path: Path) -> None:
    said = refusal(tmp_path, zip_of({"inner.zip": zip_of({"HCPC2019_ANWEB.txt": TEXT})}))
    assert "(inner.zip): is an archive in an archive; unpack it" in said


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    data = zip_of({"HCPC2019_CONTR_ANWEB.txt": TEXT})
    assert "damaged" in refusal(tmp_path, data[:-30])
    assert "damaged" in refusal(tmp_path, data[:80] + b"\xff" + data[81:])


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    data = bytearray(zip_of({"HCPC2019_CONTR_ANWEB.txt": TEXT}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    assert "is encrypted" in refusal(tmp_path, bytes(data))


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    assert "is compressed over 200 times" in refusal(tmp_path, zip_of({"HCPC2019.txt": b" " * 40 * 2**20}))
    many = {f"{n}.txt": b"x" for n in range(MAX_MEMBERS + 1)}
    assert f"contains {MAX_MEMBERS + 1} files" in refusal(tmp_path, zip_of(many))
    large = dict.fromkeys(("1.bin", "2.bin", "3.bin"), bytes(33 * 2**20))
    assert "unpacks to more than 96 MB" in refusal(tmp_path, zip_of(large))


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(zip_of({"HCPC2019.txt": b" " * 2**22}))
    at = data.index(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    assert "damaged" in refusal(tmp_path, bytes(data))


def test_hostile_member_names_stay_in_one_line(tmp_path: Path) -> None:
    said = refusal(tmp_path, zip_of({"../../etc/\n\x1b[31mHCPC.txt": TEXT + b"x"}))
    assert "\x1b" not in said
    assert "etc/" not in said
