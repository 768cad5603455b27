"""Tables of claims and X12 files: every row comes back with what the loaded files say of it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk

from hcpcs.answers.desk import Desk
from hcpcs.claims.annotation import COLUMNS, Annotation
from hcpcs.claims.annotator import Annotator
from hcpcs.claims.claim_table import ClaimColumns, annotate_table, csv_rows
from hcpcs.claims.x12_lines import X12_COLUMNS, is_x12, x12_rows
from hcpcs.errors import ClaimTableError

TODAY = date(2026, 2, 1)
EVERY = ClaimColumns("hcpcs", "dos", "n")
HEAD = "id,hcpcs,dos,n\n"
ISA = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *250101*1200*^*00501*000000001*0*P*:~"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Small files of CMS: fee schedule and payment limits of January 2026, MUE of July 2024."""
    return facts_desk(tmp_path)


def annotator_of(desk: Desk, state: str | None = "TX") -> Annotator:
    return Annotator(desk.catalog, desk.companions, TODAY, state)


def annotated(desk: Desk, text: str, columns: ClaimColumns = EVERY, state: str | None = "TX") -> list[Annotation]:
    """The added cells of every row."""
    _, *rows = annotate_table(csv_rows(text.splitlines(keepends=True)), columns, annotator_of(desk, state))
    return [Annotation(*row[-len(COLUMNS) :]) for row in rows]


def test_a_row_has_verdict_amount_and_sources(desk: Desk) -> None:
    (row,) = annotated(desk, HEAD + "1,e0601-RR-KX,1/15/2026,1\n")
    assert (row.code, row.modifiers, row.day) == ("E0601", "RR KX", "2026-01-15")
    assert (row.amount, row.rural_amount, row.amount_unit) == ("50.5", "91.52", "USD per month")
    assert row.amount_source == "DMEPOS fee schedule January 2026"
    assert row.release == "HCPCS October 2025"
    answer = desk.ask("is E0601 payable on 2026-01-15")
    assert row.verdict == (answer.verdict and answer.verdict.value)
    assert row.problem == ""


def test_an_amount_needs_the_state_and_the_modifiers_of_a_row(desk: Desk) -> None:
    (without_state,) = annotated(desk, HEAD + "1,E0601-RR,2026-01-15,1\n", state=None)
    (without_modifier,) = annotated(desk, HEAD + "1,E0601,2026-01-15,1\n")
    assert (without_state.amount, without_modifier.amount) == ("", "")
    plain, with_au = annotated(desk, HEAD + "1,A4217,2026-01-15,1\n2,A4217-AU,2026-01-15,1\n")
    assert (plain.amount, with_au.amount) == ("4.46", "4.47")


def test_units_over_the_mue_name_the_setting(desk: Desk) -> None:
    rows = annotated(desk, HEAD + "".join(f"1,J1885,2024-08-01,{units}\n" for units in (8, 9, 10)))
    limits = {(row.mue_practitioner, row.mue_outpatient_hospital, row.mue_dme) for row in rows}
    assert limits == {("8", "9", "0")}
    # 0 in a setting means that the code isn't billed there, and says nothing of the units elsewhere.
    assert [row.over_mue for row in rows] == ["", "practitioner", "practitioner, outpatient hospital"]
    assert "ended before the day" not in rows[0].mue_source
    (later,) = annotated(desk, HEAD + "1,J1885,2025-08-01,1\n")
    assert "ended before the day" in later.mue_source


def test_rows_with_problems_stay_in_their_place_and_are_counted(desk: Desk) -> None:
    counting = annotator_of(desk)
    lines = [HEAD, "1,,2026-01-15,1\n", "2,99213,2026-01-15,1\n", "3,E9999,2026-01-15,1\n", "4,E0601,,1\n", "5\n"]
    lines.append("6,E0601,2026-01-15,many\n")
    _, *rows = annotate_table(csv_rows(lines), EVERY, counting)
    assert [row[0] for row in rows] == list("123456")
    assert [row[-1] for row in rows] == [
        "no code",
        "a CPT code, not HCPCS Level II",
        "not in the data: no loaded release has this code",
        "no date of service",
        "no code",
        "the units can't be read",
    ]
    assert rows[-1][len(EVERY) + COLUMNS.index("hcpcs_description")]
    assert (counting.rows, sum(counting.problems.values()), counting.problems["no code"]) == (6, 6, 2)


def test_a_row_without_a_day_is_answered_for_today_only_where_the_file_has_no_days(desk: Desk) -> None:
    (row,) = annotated(desk, "hcpcs\nE0601\n", ClaimColumns("hcpcs"))
    assert (row.day, row.problem) == ("2026-02-01", "")


def test_a_state_may_be_a_column(desk: Desk) -> None:
    columns = ClaimColumns("hcpcs", "dos", None, "st")
    known, unknown = annotated(desk, "hcpcs,dos,st\nE0601-RR,2026-01-15,tx\nE0601-RR,2026-01-15,ZZ\n", columns)
    assert known.amount == "50.5"
    assert (unknown.amount, unknown.problem) == ("", "not the abbreviation of a state or territory")


def test_cells_that_open_a_formula_are_neutralized_in_header_and_rows(desk: Desk) -> None:
    text = ["=1+1,hcpcs\n", "@SUM(A1),E0601\n", '"-2+3",E0601\n', "-12.50,E0601\n"]
    header, *rows = annotate_table(csv_rows(text), ClaimColumns("hcpcs"), annotator_of(desk))
    assert [header[0], *(row[0] for row in rows)] == ["'=1+1", "'@SUM(A1)", "'-2+3", "-12.50"]


def test_every_row_is_as_wide_as_the_header(desk: Desk) -> None:
    text = [HEAD, "1,E0601,2026-01-15,1,more,cells\n", "2\n"]
    header, *rows = annotate_table(csv_rows(text), EVERY, annotator_of(desk))
    assert {len(row) for row in rows} == {len(header)}
    assert rows[0][3] == "1 more cells"


def test_a_row_that_is_too_long_is_marked_and_the_next_one_is_read(desk: Desk) -> None:
    rows = annotated(desk, HEAD + f'1,"{"x" * 140_000}\n2,E0601,2026-01-15,1\n')
    assert [row.problem for row in rows] == ["the row can't be read", ""]


@pytest.mark.parametrize("text", [[], ["a,b\n"]])
def test_a_table_without_the_column_is_refused_in_one_line_without_its_cells(desk: Desk, text: list[str]) -> None:
    with pytest.raises(ClaimTableError) as refused:
        annotate_table(csv_rows(text), EVERY, annotator_of(desk))
    assert "\n" not in str(refused.value)
    assert "a,b" not in str(refused.value)


def test_tabs_and_semicolons_are_delimiters_too(desk: Desk) -> None:
    assert annotated(desk, "hcpcs\tx\nE0601\t1\n", ClaimColumns("hcpcs"))[0].code == "E0601"
    assert annotated(desk, "\ufeffhcpcs;x\nE0601;1\n", ClaimColumns("hcpcs"))[0].code == "E0601"


def test_each_code_and_day_is_looked_up_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    look_up = desk.catalog.code_on_day
    monkeypatch.setattr(desk.catalog, "code_on_day", lambda code, day: asked.append(code) or look_up(code, day))
    annotated(desk, HEAD + "1,E0601,2026-01-15,1\n" * 500 + "1,A4217,2026-01-15,1\n" * 500)
    assert asked == ["E0601", "A4217"]


def x12(desk: Desk, parts: Iterable[str]) -> list[tuple[str, ...]]:
    """Code, modifiers, day, units and problem of each line."""
    _, *rows = annotate_table(x12_rows(iter(parts)), X12_COLUMNS, annotator_of(desk))
    return [(row[5], row[6], row[7], row[3], row[-1]) for row in rows]


CLAIM = (
    f"{ISA}GS*HC*S*R~NM1*IL*1*DOE*JANE~LX*1~SV1*HC:E0601:RR*100*UN*2***1~DTP*472*D8*20260115~"
    "LX*2~SV2*0636*HC:J1745*90*UN*40~DTP*472*RD8*20260116-20260117~LX*3~SV1*HC:99213:25*80*UN*1~SE*1*1~IEA*1*1~"
)
LINES = [
    ("E0601", "RR", "2026-01-15", "2", ""),
    ("J1745", "", "2026-01-16", "40", ""),
    ("", "", "", "1", "a CPT code, not HCPCS Level II"),
]


@pytest.mark.parametrize("length", [1, 7, 4000])
def test_the_lines_of_a_claim_are_rows_and_nothing_else_is_kept(desk: Desk, length: int) -> None:
    assert is_x12(CLAIM)
    assert x12(desk, [CLAIM[start : start + length] for start in range(0, len(CLAIM), length)]) == LINES
    _, *rows = annotate_table(x12_rows(iter([CLAIM])), X12_COLUMNS, annotator_of(desk))
    assert "JANE" not in str(rows)


def test_the_lines_of_a_remittance_with_other_separators(desk: Desk) -> None:
    remittance = "CLP|1|1|100~SVC|HC>E0601>RR|100|80||3~DTM|472|20260115~SVC|HC>E0601|5|5~"
    assert x12(desk, [remittance]) == [
        ("E0601", "RR", "2026-01-15", "3", ""),
        ("E0601", "", "", "", "no date of service"),
    ]


def test_minutes_are_not_units(desk: Desk) -> None:
    assert x12(desk, ["SV1*HC:E0601*100*MJ*45~DTP*472*D8*20260115~"])[0][3] == ""


def test_long_cells_are_not_kept_whole(desk: Desk) -> None:
    annotator = annotator_of(desk)
    rows = (f"{number},{'x' * 100_000}{number},,\n" for number in range(50))
    annotated_rows = annotate_table(csv_rows([HEAD, *rows]), EVERY, annotator)
    assert next(annotated_rows)
    tracemalloc.start()
    try:
        assert all("not an HCPCS Level II code" in row for row in annotated_rows)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 1_000_000
    assert annotator.rows == 50
