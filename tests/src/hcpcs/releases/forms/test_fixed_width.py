"""The CMS fixed-width text, with what real files do to it."""

from __future__ import annotations

import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.src.hcpcs.releases.writing import a_record, fixed_lines, fixed_text, put

from hcpcs.errors import ReleaseError
from hcpcs.records.record import CodeRecord, RecordKind
from hcpcs.releases import ReadRelease, read_release
from hcpcs.releases.content import no_progress
from hcpcs.releases.forms.fixed_width import read_fixed_width
from hcpcs.releases.record_layout import FIELD_POSITIONS, ValueForm
from hcpcs.releases.source_file import SourceFile

NAME = "HCPC2025_OCT_ANWEB.txt"
LONG = " ".join(f"word{n}" for n in range(700))


def read(folder: Path, data: bytes, name: str = NAME) -> ReadRelease:
    return read_release(put(folder, name, data))


def refusal(folder: Path, data: bytes) -> ReleaseError:
    with pytest.raises(ReleaseError) as caught:
        read(folder, data)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_record_reads_back_with_every_field(tmp_path: Path) -> None:
    full = a_record(
        pricing_indicators=("36", "00", "57", "99"),
        cim_references=("60-9", "35-10"),
        mcm_references=("2050.1",),
        statute="1862(a)(7)",
        lab_certifications=("010", "220"),
        cross_references=("A4253", "93000"),
        asc_group="YY",
        asc_effective_date=date(2008, 1, 1),
        mog_group="ABC",
        mog_policy_indicator="1",
        mog_effective_date=date(2001, 2, 3),
        processing_note="0088",
        termination_date=date(2024, 12, 31),
    )
    result = read(tmp_path, fixed_text(full, a_record("RR")))
    assert result.records == (full, a_record("RR"))
    assert result.release.id == "2025-10"
    assert result.release.label == "HCPCS October 2025"
    assert result.release.effective == date(2025, 10, 1)
    assert (result.release.procedures, result.release.modifiers, result.release.terminated) == (1, 1, 1)
    assert result.release.kinds == set(RecordKind)
    assert not result.partial


@pytest.mark.parametrize("width", [293, 300, 320])
@pytest.mark.parametrize("more_width", [91, 316, 320])
def test_lines_come_in_several_widths(tmp_path: Path, width: int, more_width: int) -> None:
    record = a_record(long_description=LONG)
    result = read(tmp_path, fixed_text(record, width=width, more_width=more_width))
    assert result.records == (record,)
    assert len(result.records[0].long_description) > 4492


def test_a_disclaimer_may_stand_above(tmp_path: Path) -> None:
    head = [
        "***Disclaimers\t\t\t",
        "",
        "*CMS’ note.\xa0 \t",
        "\xa0\xa0 convey",
        "   codes will no longer appear.  ",
        "",
    ]
    assert read(tmp_path, fixed_text(a_record(), head=head)).records == (a_record(),)


def test_line_ends_and_a_dos_end_of_file_do_not_matter(tmp_path: Path) -> None:
    data = fixed_text(a_record(), a_record("RR"))
    for changed in (data.replace(b"\r\n", b"\n"), data.replace(b"\r\n", b"\r"), data + b"\x1a", data.rstrip()):
        assert read(tmp_path, changed).records == (a_record(), a_record("RR"))


def test_a_description_that_starts_in_lower_case_stays_so(tmp_path: Path) -> None:
    record = a_record("J0594", long_description="injection, busulfan, 1 mg")
    assert read(tmp_path, fixed_text(record)).records == (record,)


def test_an_unknown_coded_value_is_kept_and_counted(tmp_path: Path) -> None:
    odd = [a_record("E0601", coverage="X", betos="Q9"), a_record("E0602", coverage="X")]
    result = read(tmp_path, fixed_text(*odd))
    assert result.records == tuple(odd)
    counted = {(each.field, each.value): each.count for each in result.unknown_values}
    assert counted == {("coverage", "X"): 2, ("betos", "Q9"): 1}


def test_licensed_codes_are_left_out_and_counted(tmp_path: Path) -> None:
    line = fixed_lines(a_record())[0]
    licensed = [code + line[5:] for code in ("99213", "0001T", "D0120")]
    result = read(tmp_path, "\r\n".join([line, *licensed, ""]).encode())
    assert [record.code for record in result.records] == ["E0601"]
    assert result.warnings == ("3 CPT or CDT codes were skipped, because CPT and CDT descriptions are licensed.",)


def test_the_same_code_twice_with_the_same_content_is_read_once(tmp_path: Path) -> None:
    result = read(tmp_path, fixed_text(a_record(), a_record()))
    assert result.records == (a_record(),)
    assert result.warnings == ("1 code appears twice with the same content; the repetition was skipped.",)


def test_the_same_code_twice_with_other_content_is_refused(tmp_path: Path) -> None:
    error = refusal(tmp_path, fixed_text(a_record(), a_record("RR"), a_record(coverage="I")))
    assert str(error) == f"{NAME}, line 3: E0601 appears twice with different content"


def test_a_file_cut_off_within_a_record_is_refused(tmp_path: Path) -> None:
    data = fixed_text(a_record(), a_record("E0602"))
    error = refusal(tmp_path, data[:500])
    assert error.line == 2
    assert "has 178 characters, but a CMS record has at least 293" in error.reason


def test_a_file_cut_off_within_a_description_is_refused(tmp_path: Path) -> None:
    data = fixed_text(a_record(long_description=LONG))
    error = refusal(tmp_path, data[:-30])
    assert "ends in the middle of a line" in error.reason
    assert error.line == len(fixed_lines(a_record(long_description=LONG)))


def test_a_missing_piece_of_a_description_is_noticed(tmp_path: Path) -> None:
    lines = fixed_lines(a_record(long_description=LONG))
    del lines[3]
    error = refusal(tmp_path, "\r\n".join([*lines, ""]).encode())
    assert str(error) == f"{NAME}, line 4: E0601 has line 00500 where 00400 is expected"


def test_text_of_a_code_without_its_first_line_is_refused(tmp_path: Path) -> None:
    lines = [*fixed_lines(a_record()), *fixed_lines(a_record("E0602", long_description=LONG))[1:]]
    error = refusal(tmp_path, "\r\n".join([*lines, ""]).encode())
    assert str(error) == f"{NAME}, line 2: continues E0602, but its first line is missing"


def test_a_foreign_line_between_records_is_refused(tmp_path: Path) -> None:
    lines = [*fixed_lines(a_record()), "who wrote this?", *fixed_lines(a_record("RR"))]
    assert refusal(tmp_path, "\r\n".join(lines).encode()).line == 2


def test_a_shifted_record_is_refused(tmp_path: Path) -> None:
    line = fixed_lines(a_record())[0]
    shifted = line[:130] + "  " + line[130:]
    assert refusal(tmp_path, shifted.encode()).line == 1


@pytest.mark.parametrize("bad", ["20251301", "20250230", "18001231", "2025JAN1"])
def test_a_bad_date_names_code_line_and_value(tmp_path: Path, bad: str) -> None:
    line = fixed_lines(a_record())[0]
    error = refusal(tmp_path, f"{line[:268]}{bad}{line[276:]}\r\n".encode())
    assert str(error) == f"{NAME}, line 1: E0601, ADD DT: {bad!r} is not a date (YYYYMMDD)"


def test_bad_base_units_are_refused(tmp_path: Path) -> None:
    line = fixed_lines(a_record())[0]
    assert "anesthesia base units" in refusal(tmp_path, f"{line[:265]} x {line[268:]}\r\n".encode()).reason


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    records = [a_record(f"E{n:04}") for n in range(1200)]
    read_release(put(tmp_path, NAME, fixed_text(*records)), lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert len(told) >= 3
    assert told[-1][0] == told[-1][1]


WORDS = st.text(string.ascii_letters + string.digits + "(),.;/'%-<>=", min_size=1, max_size=79)
DAYS = st.none() | st.dates(date(1960, 1, 1), date(2099, 12, 30))


def _values(field: str) -> st.SearchStrategy[object]:
    position = next(position for position in FIELD_POSITIONS if position.field == field)
    text = st.text(string.ascii_uppercase + string.digits + ".-()", min_size=1, max_size=position.width)
    if position.padded:
        text = st.text(string.digits, min_size=position.width, max_size=position.width)
    match position.form:
        case ValueForm.TEXTS:
            return st.lists(text, max_size=len(position.columns)).map(tuple)
        case ValueForm.DATE:
            return DAYS
        case ValueForm.NUMBER:
            return st.none() | st.integers(0, 999)
    return st.just("") | text


@st.composite
def records(draw: st.DrawFn) -> CodeRecord:
    """Any record that the form can hold."""
    code = draw(st.from_regex(r"[A-CE-Z][0-9]{4}|[A-Z0-9]{2}", fullmatch=True))
    description = " ".join(draw(st.lists(WORDS, min_size=1, max_size=40)))
    fields = {position.field: draw(_values(position.field)) for position in FIELD_POSITIONS}
    return a_record(code, long_description=description, **fields)


@pytest.mark.slow
@given(st.lists(records(), min_size=1, max_size=5, unique_by=lambda record: record.code))
def test_any_record_written_in_the_form_reads_back_equal(written: list[CodeRecord]) -> None:
    source = SourceFile(NAME, fixed_text(*written))
    assert read_fixed_width(source, source.lines(), no_progress).records() == tuple(written)
