"""``hcpcs load`` and ``hcpcs status`` with companion files, as people and programs read them."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from tests.src.hcpcs.companions.companion_files import table_text
from tests.src.hcpcs.releases.writing import put
from typer.testing import CliRunner

from hcpcs_bot.cli import app

pytestmark = pytest.mark.slow

SCHEDULE = "DMEPOS26_JAN.csv"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    names = (SCHEDULE, "prior_authorization_2026-07-29.csv")
    return [str(put(tmp_path, name, table_text(name))) for name in names]


def hcpcs(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"HCPCS_HOME": str(home)})


def test_load_lists_the_editions(tmp_path: Path, files: list[str]) -> None:
    result = hcpcs(tmp_path / "home", "load", *files)
    assert result.exit_code == 0, result.output
    assert "DMEPOS26_JAN.csv: DMEPOS fee schedule January 2026, 5 rows" in result.stdout
    assert next(line for line in result.stdout.splitlines() if "2026-04-01" in line).split()[-4] == "5"


def test_the_json_of_load_says_what_changed(tmp_path: Path, files: list[str]) -> None:
    loaded = json.loads(hcpcs(tmp_path / "home", "load", "--json", *files).stdout)
    assert [one["change"] for file in loaded["files"] for one in file["editions"]] == ["added", "added"]
    again = json.loads(hcpcs(tmp_path / "home", "load", "--json", files[0]).stdout)
    assert again["files"][0]["editions"][0]["change"] == "unchanged"
    assert len(again["editions"]) == 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as CMS's archive unpacks to: data, and documents beside it."""
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    put(unpacked, SCHEDULE, table_text(SCHEDULE))
    put(unpacked, "Layout.pdf", b"%PDF-1.7\n")
    put(unpacked, "readme.txt", b"Dear all,\nread me.\n")
    put(unpacked, "HCPC2025_OCT_Trans.prn", b"HCPCS/MOD   TYPE OF CHANGE\nE0601       ADD\n")
    # As the report of July 2020 says two things of CS.
    put(unpacked, "Trans2020.prn", b"HCPCS/MOD   TYPE OF CHANGE\nCS          No Change\nCS          Misc\n")
    put(unpacked, ".DS_Store", b"\0\0")
    return unpacked


@pytest.mark.parametrize("starred", [False, True])
def test_a_folder_is_loaded_and_what_is_not_data_is_named(tmp_path: Path, folder: Path, starred: bool) -> None:
    files = sorted(path for path in folder.iterdir() if path.name[0] != ".") if starred else [folder]
    result = hcpcs(tmp_path / "home", "load", *map(str, files))
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    assert "DMEPOS26_JAN.csv: DMEPOS fee schedule January 2026" in text
    assert "Passed over Layout.pdf: is a PDF document, not data" in text
    assert "Passed over readme.txt: is not a HCPCS release" in text
    assert "Passed over HCPC2025_OCT_Trans.prn: is a transaction report" in text
    assert "Passed over Trans2020.prn, line 3: is a transaction report with two different actions of CS" in text
    assert "DS_Store" not in text
    named = hcpcs(tmp_path / "other", "load", *(str(folder / name) for name in (SCHEDULE, "readme.txt")))
    assert named.exit_code == 1
    assert "readme.txt: is not a HCPCS release" in named.stderr


def test_a_folder_with_a_damaged_file_changes_nothing(tmp_path: Path, folder: Path) -> None:
    put(folder, "rural zips.csv", table_text(SCHEDULE)[:-60])
    result = hcpcs(tmp_path / "home", "load", str(folder))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "home" / "CURRENT").exists()


def test_a_folder_without_data_is_one_error(tmp_path: Path, folder: Path) -> None:
    (folder / SCHEDULE).unlink()
    result = hcpcs(tmp_path / "home", "load", str(folder))
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("hcpcs: HCPC2025_OCT_Trans.prn: is a transaction report")


def test_the_home_is_private_to_its_user(tmp_path: Path, files: list[str]) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-m", "hcpcs_bot", "load", "--home", str(home), files[0]]
    subprocess.run(command, check=True, capture_output=True, umask=0o022)
    modes = {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in (home, *home.rglob("*"))}
    assert modes == {0}


@pytest.mark.slow
def test_status_lists_every_edition_with_its_age(tmp_path: Path, files: list[str]) -> None:
    home = tmp_path / "home"
    hcpcs(home, "load", *files)
    status = json.loads(hcpcs(home, "status", "--json").stdout)
    schedule, required = status["editions"]
    assert (schedule["kind"], schedule["edition"]) == ("dmepos", "DMEPOS fee schedule January 2026")
    assert (schedule["from"], schedule["to"], schedule["next_due"]) == ("2026-01-01", "2026-03-31", "2026-04-01")
    assert (schedule["rows"], schedule["dropped"], schedule["file"]) == (5, 0, SCHEDULE)
    assert len(schedule["digest"]) == 64
    assert (required["from"], required["to"], required["outdated"]) == ("2026-07-29", None, False)
    assert "Required Prior Authorization List of July 29, 2026" in hcpcs(home, "status").stdout
    lines = hcpcs(home, "status").stdout.splitlines()
    assert all(len(line) <= 80 for line in lines if not line.startswith("Home:"))


def test_an_edition_whose_quarter_is_over_is_marked(tmp_path: Path, files: list[str]) -> None:
    home = tmp_path / "home"
    hcpcs(home, "load", files[1])
    assert "Its quarter is over" not in hcpcs(home, "status").stdout
    hcpcs(home, "load", files[0])
    lines = hcpcs(home, "status").stdout.splitlines()
    assert next(line for line in lines if "DMEPOS" in line).split()[-1] == "2026-04-01*"
    assert any("Its quarter is over" in line for line in lines)


def test_only_the_newest_edition_of_a_kind_is_due_for_another_one(tmp_path: Path, files: list[str]) -> None:
    former = put(tmp_path, "DMEPOS25_OCT.csv", table_text(SCHEDULE).replace(b"January 2026", b"October 2025"))
    home = tmp_path / "home"
    hcpcs(home, "load", str(former), files[0])
    earlier, newest = (line for line in hcpcs(home, "status").stdout.splitlines() if "DMEPOS" in line)
    assert earlier.split()[-1] == "days"
    assert newest.split()[-1] == "2026-04-01*"


def test_status_without_editions_has_an_empty_list(tmp_path: Path) -> None:
    assert json.loads(hcpcs(tmp_path / "home", "status", "--json").stdout)["editions"] == []


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("Drug Generic Name,LABELER NAME,NDC or ALTERNATE ID,BILLUNITS", "is the ASP NOC crosswalk"),
        ("hcpcs_code,mod,status,pctc,glob", "is a physician fee schedule file (MPFS status indicators), which isn't"),
    ],
)
def test_a_file_that_is_not_supported_is_named(tmp_path: Path, header: str, reason: str) -> None:
    path = put(tmp_path, "file.csv", f"A banner,,,,\n,,,,\n{header}\nA0021,,I,9,XXX,1\n".encode())
    result = hcpcs(tmp_path / "home", "load", str(path))
    assert result.exit_code == 1
    assert reason in " ".join(result.stderr.split())
    assert len(result.stderr.strip().splitlines()) == 1
