"""``hcpcs changes --of``: two editions compared, as people and programs read them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.bot.commands.test_load import SCHEDULE, hcpcs
from tests.src.hcpcs.companions.companion_files import FEE_ROWS, table_text
from tests.src.hcpcs.releases.writing import put


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two fee schedules."""
    cheaper = [(*row[:7], *("49.06" if cell == "50.5" else cell for cell in row[7:])) for row in FEE_ROWS]
    files = [
        put(tmp_path, SCHEDULE, table_text(SCHEDULE)),
        put(tmp_path, "DMEPOS25_APR.csv", table_text(SCHEDULE, cheaper).replace(b"January 2026", b"April 2025")),
    ]
    loaded = hcpcs(tmp_path / "home", "load", *map(str, files))
    assert loaded.exit_code == 0, loaded.output
    return tmp_path / "home"


def test_the_newest_two_editions_are_compared(home: Path) -> None:
    result = hcpcs(home, "changes", "--of", "dmepos")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == ["E0601-RR: TX 49.06 -> 50.5 (+2.94 percent).", "1 code differs."]


def test_named_editions_are_compared_as_json_and_csv(home: Path) -> None:
    result = hcpcs(home, "changes", "--of", "dmepos", "2025-04", "2026-01", "--json")
    assert json.loads(result.stdout) == {
        "kind": "dmepos",
        "code": "E0601",
        "qualifiers": ["RR"],
        "what": "TX",
        "change": "up",
        "before": "49.06",
        "after": "50.5",
        "percent": "2.94",
    }
    (row,) = csv.DictReader(hcpcs(home, "changes", "--of", "dmepos", "--csv").stdout.splitlines())
    assert (row["code"], row["qualifiers"], row["percent"]) == ("E0601", "RR", "2.94")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ("--of", "dmepos", "2024-01", "2026-01"),
            "no edition '2024-01'; the loaded editions are 2025-04-01, 2026",
        ),
        (("--of", "asp"), "Medicare Part B payment limits: no edition is loaded"),
        (("--of", "mue"), "MUE tables: no edition is loaded; a comparison needs two editions"),
    ],
)
def test_an_edition_that_is_not_loaded_is_named(home: Path, arguments: tuple[str, ...], reason: str) -> None:
    result = hcpcs(home, "changes", *arguments)
    assert result.exit_code == 1
    assert reason in " ".join(result.stderr.split())
