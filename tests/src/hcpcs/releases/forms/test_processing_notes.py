"""Processing notes: numbers to whole sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.src.hcpcs.releases.real_releases import real_release
from tests.src.hcpcs.releases.writing import put

from hcpcs.errors import ReleaseError
from hcpcs.releases import ProcessingNotes, read_file

TEXT = (
    "                    PROCESSING NOTES\r\n"
    " ____________________________\r\n"
    "\r\n"
    "          0001--DELETED 1/1/97.            *\r\n"
    "                                           *\r\n"
    "\t  0141--SEE THE  MANUAL FOR STENT          * \r\n"
    "                PLACEMENT.\t\t     \t   *\r\n"
    "\t\t\t\t   *\t\r\n"
    '          0088--"S" CODES ARE NOT\r\n'
    "                   PAYABLE - BY MEDICARE.\r\n"
)


def read(folder: Path, text: str) -> ProcessingNotes:
    contents = read_file(put(folder, "proc_notes.txt", text.encode("cp1252")))
    assert isinstance(contents, ProcessingNotes)
    return contents


def test_lines_are_joined_and_the_frame_is_gone(tmp_path: Path) -> None:
    assert read(tmp_path, TEXT).notes == {
        "0001": "DELETED 1/1/97.",
        "0141": "SEE THE MANUAL FOR STENT PLACEMENT.",
        "0088": '"S" CODES ARE NOT PAYABLE - BY MEDICARE.',
    }


def test_a_number_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"line 11: processing note 0001 appears twice"):
        read(tmp_path, TEXT + "   0001--AGAIN\r\n")


@pytest.mark.parametrize(("release", "count"), [("2017-01", 211), ("2018-01", 216), ("2019-01", 218), ("2020-01", 220)])
def test_real_releases_bring_their_notes(shared_data: Path, release: str, count: int) -> None:
    result = real_release(shared_data, release)
    assert len(result.notes) == count
    assert result.notes["0088"] == (
        '"S" CODES ARE UNIQUE TEMPORARY CODES ESTABLISHED BY BCBSA AND HIAA FOR PRIVATE PAYOR USE. '
        "THEY ARE NOT VALID NOR PAYABLE BY MEDICARE."
    )
    stated = {record.processing_note for record in result.records} - {"", "0000"}
    assert stated <= result.notes.keys()


def test_the_notes_of_2020_agree_with_the_reference(shared_data: Path) -> None:
    text = (shared_data / "reference" / "processing_notes_2020.json").read_text(encoding="utf-8")
    reference = {number: " ".join(note.split()) for number, note in json.loads(text).items()}
    assert real_release(shared_data, "2020-01").notes == reference
