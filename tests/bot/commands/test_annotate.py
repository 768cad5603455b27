"""``hcpcs annotate`` as a user runs it: files of each form in, CSV out, problems counted on standard error."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bot.commands.test_load import hcpcs
from tests.src.hcpcs.companions.companion_files import workbook_of
from tests.src.hcpcs.releases.writing import zip_of

pytestmark = pytest.mark.slow

CLAIMS = b"claim,hcpcs,dos\n1,S9353,2025-03-01\n2,99213,2025-03-01\n3,=HYPERLINK(1),2025-03-01\n\xff,S9353,2025-03-01\n"
COLUMNS = ("--code", "hcpcs", "--day", "dos")


def put(folder: Path, name: str, data: bytes) -> str:
    """The path of a file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return str(path)


def test_a_csv_file_is_annotated_and_its_problems_are_counted(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = hcpcs(tmp_path, "annotate", put(tmp_path, "c.csv", CLAIMS), *COLUMNS, "--output", str(out))
    assert result.exit_code == 0, result.output
    assert "4 rows, of which 2 have a problem" in result.stderr
    assert "1 a CPT code, not HCPCS Level II" in result.stderr
    assert "HYPERLINK" not in result.stderr
    rows = list(csv.DictReader(out.read_text("utf-8", "surrogateescape").splitlines()))
    assert [row["hcpcs"] for row in rows] == ["S9353", "99213", "'=HYPERLINK(1)", "S9353"]
    assert (rows[0]["hcpcs_verdict"], rows[0]["hcpcs_noc"]) == ("not_payable", "no")
    assert out.read_bytes().splitlines()[-1].startswith(b"\xff,")
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_a_workbook_is_annotated(tmp_path: Path) -> None:
    file = put(tmp_path, "c.xlsx", workbook_of((("claim", "hcpcs", "dos"), ("1", "S9353", "20250301"))))
    result = hcpcs(tmp_path, "annotate", file, *COLUMNS)
    assert result.exit_code == 0, result.output
    (row,) = csv.DictReader(result.stdout.splitlines())
    assert (row["hcpcs_code"], row["hcpcs_day"], row["hcpcs_problem"]) == ("S9353", "2025-03-01", "")


def test_standard_input_may_be_an_x12_file_and_standard_output_is_the_table_alone(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "hcpcs_bot", "annotate", "-", "--home", str(tmp_path)],
        input=b"LX*1~SV1*HC:S9353*100*UN*2~DTP*472*D8*20250301~",
        capture_output=True,
        env=dict(os.environ),
        check=True,
    )
    (row,) = csv.DictReader(ran.stdout.decode().splitlines())
    assert (row["hcpcs_code"], row["units"], row["hcpcs_day"]) == ("S9353", "2", "2025-03-01")
    assert ran.stderr.decode() == "hcpcs: 1 row annotated.\n"


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"PK\x03\x04 not a workbook"])
def test_a_file_that_is_not_a_table_of_claims_is_one_line(tmp_path: Path, data: bytes) -> None:
    result = hcpcs(tmp_path, "annotate", put(tmp_path, "c.csv", data), *COLUMNS)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("hcpcs: ")
    assert len(result.stderr.splitlines()) == 1


def test_a_cell_far_away_a_pipe_and_a_device_are_one_line(tmp_path: Path) -> None:
    sheet = '<worksheet><sheetData><row r="1"><c r="XFD1048576"/></row></sheetData></worksheet>'
    far = zip_of({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": sheet.encode()})
    os.mkfifo(tmp_path / "pipe")
    reasons = {
        put(tmp_path, "far.xlsx", far): "delete the cells far from the table, or save the table as .csv",
        put(tmp_path, "empty.csv", b""): "is empty; its first row must name the columns",
        str(tmp_path / "pipe"): "is a pipe, not a file; for standard input give -",
        "/dev/zero": "is a device, not a file; for standard input give -",
        "a\0b": "its name isn't valid",
    }
    for file, reason in reasons.items():
        result = hcpcs(tmp_path, "annotate", file, *COLUMNS)
        assert (result.exit_code, result.stdout) == (1, "")
        (line,) = result.stderr.splitlines()
        assert reason in line


def test_a_file_that_is_not_there_and_an_output_that_cannot_be_written_are_one_line(tmp_path: Path) -> None:
    missing = hcpcs(tmp_path, "annotate", str(tmp_path / "no.csv"), *COLUMNS)
    file = put(tmp_path, "c.csv", CLAIMS)
    nowhere = hcpcs(tmp_path, "annotate", file, *COLUMNS, "-o", str(tmp_path / "no" / "out.csv"))
    for result in (missing, nowhere):
        assert result.exit_code == 1
        assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("existing", [None, b"before"])
def test_nothing_of_the_claims_is_left_by_a_command_that_is_killed(tmp_path: Path, existing: bytes | None) -> None:
    out = tmp_path / "out.csv"
    if existing is not None:
        out.write_bytes(existing)
    command = [sys.executable, "-m", "hcpcs_bot", "annotate", "-", "--code", "hcpcs", "--output", str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, env={**os.environ, "HCPCS_HOME": str(tmp_path)}) as process:
        assert process.stdin is not None
        # More than a pipe holds, so that rows are read, and then written, when this returns.
        process.stdin.write(b"hcpcs\n" + b"S9353\n" * 100_000)
        process.kill()
    assert [path.name for path in tmp_path.iterdir()] == ([] if existing is None else ["out.csv"])
    assert existing is None or out.read_bytes() == existing


def test_an_output_without_files_that_have_no_name_is_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    out = tmp_path / "out.csv"
    out.write_bytes(b"before")
    result = hcpcs(tmp_path, "annotate", put(tmp_path, "c.csv", CLAIMS), *COLUMNS, "--output", str(out))
    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(b"claim,hcpcs,dos,")
    assert [path.name for path in tmp_path.glob("*.part")] == []
