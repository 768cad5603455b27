"""A corrected record says so: which release CMS corrected, and what."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.conftest import TODAY, EmptyIndex
from tests.src.hcpcs.releases.writing import a_record, fixed_text, put

from hcpcs.answers.answer import Answer
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import NoticeKind
from hcpcs.catalog.catalog import Catalog
from hcpcs.releases import read_file, read_release

CORRECTIONS = (
    "\t2017 HCPCS CORRECTIONS\t\t\t\t\t\t\t\n"
    "CODE\tACTION\tEFF DATE\tSHORT DESC\tLONG DESC\tTOS \tBETOS\tCOV\tPRICE\n"
    'C1842\tADD \t01/01/2017\t"Retinal add-on"\t"Retinal prosthesis, add-on"\t"9,F"\tD1E\tD\t53\n'
    "G0477\tTerminate code\t01/01/2017\t\t\t\t\t\t\n"
    "E0601\tRevise coverage\t\t\t\t\t\tC\t\n"
)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("releases")
    records = (a_record("E0601"), a_record("G0477"), a_record("E0470"))
    release = put(folder, "HCPC2017_ANWEB.txt", fixed_text(*records))
    corrections = put(folder, "hcpc2017_corrections.txt", CORRECTIONS.encode("cp1252"))
    return Desk(Catalog.gather(None, [read_release(release), read_file(corrections)]), EmptyIndex(), lambda: TODAY)


def corrections_in(answer: Answer) -> list[str]:
    return [notice.text for notice in answer.notices if notice.kind is NoticeKind.CORRECTION]


@pytest.mark.parametrize("question", ["G0477", "is G0477 payable by Medicare?", "is G0477 still active"])
def test_an_answer_about_a_corrected_record_says_what_was_corrected(corrected: Desk, question: str) -> None:
    answer = corrected.ask(question)
    text = "G0477 includes CMS's correction of HCPCS January 2017: Terminate code, effective January 1, 2017."
    assert corrections_in(answer) == [text]
    assert text in answer.text
    assert "December 31, 2016" in answer.text


@pytest.mark.parametrize("question", ["C1842", "BETOS for C1842", "how is C1842 priced", "is C1842 covered"])
def test_the_corrected_fields_are_named(corrected: Desk, question: str) -> None:
    assert corrections_in(corrected.ask(question)) == [
        "C1842 includes CMS's correction of HCPCS January 2017: Add, effective January 1, 2017; corrected fields: "
        "description, short description, coverage code, pricing indicator, BETOS and type of service."
    ]


def test_a_correction_without_a_date_states_none(corrected: Desk) -> None:
    answer = corrected.ask("is E0601 covered by Medicare?")
    assert answer.records[0].value("coverage") == "C"
    assert corrections_in(answer) == [
        "E0601 includes CMS's correction of HCPCS January 2017: Revise coverage; corrected fields: coverage code."
    ]


def test_of_several_codes_only_the_corrected_ones_are_named(corrected: Desk) -> None:
    answer = corrected.ask("compare E0470 and E0601")
    assert [notice.code for notice in answer.notices if notice.kind is NoticeKind.CORRECTION] == ["E0601"]
    assert corrections_in(corrected.ask("E0470")) == []
    assert corrections_in(corrected.ask("units of E0601 for 1 mg"))


def test_a_real_correction(shared_data: Path) -> None:
    folder = shared_data / "releases"
    files = [
        read_release(folder / "2017-Alpha-Numeric-HCPCS-File.zip"),
        read_file(folder / "2017-HCPCS-Alpha-Numeric-Corrections.zip"),
    ]
    desk = Desk(Catalog.gather(None, files), EmptyIndex(), lambda: TODAY)
    assert corrections_in(desk.ask("G0477")) == [
        "G0477 includes CMS's correction of HCPCS January 2017: Terminate code, effective January 1, 2017."
    ]
