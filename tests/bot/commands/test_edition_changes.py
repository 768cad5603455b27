"""``hcpcs changes --of``: two editions compared, as people and programs read them."""

from __future__ import annotations

import csv
import gzip
import json
from decimal import Decimal
from pathlib import Path

import pytest
from tests.bot.commands.test_load import SCHEDULE, hcpcs
from tests.src.hcpcs.companions.companion_files import FEE_ROWS, csv_of, table_text
from tests.src.hcpcs.releases.writing import put

from hcpcs.companions.companion_reader import read_companions
from hcpcs.companions.edition import EditionKind
from hcpcs.companions.storage.edition_differences import DifferenceKind, EditionDifference, compare_editions
from hcpcs_bot.commands.terminal.edition_changes import difference_json, differences_csv

pytestmark = pytest.mark.slow


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
    difference, number, *age = result.stdout.splitlines()
    assert difference == "E0601-RR: in TX $49.06 -> $50.50 per month (+2.94 percent)."
    assert number == "1 code differs."
    assert " ".join(age).startswith("Compared: DMEPOS")
    assert "CMS has published a newer edition since." in " ".join(age)


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
        "unit": "USD per month",
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


def test_a_cell_that_would_be_a_formula_is_shown_as_text() -> None:
    injected = EditionDifference(
        edition_kind=EditionKind.OPPS, code="C1713", what="note", difference=DifferenceKind.CHANGED,
        before='=HYPERLINK("http://x")', after="@SUM(A1)", percent=Decimal("-3.10"),
    )  # fmt: skip
    (row,) = csv.DictReader(differences_csv([injected]).splitlines())
    assert (row["before"], row["after"], row["percent"]) == ('\'=HYPERLINK("http://x")', "'@SUM(A1)", "-3.10")


def test_every_difference_of_two_real_schedules_equals_the_files(shared_data: Path) -> None:
    """Each amount of both files, read here by column, against the JSON of the comparison."""
    folder = shared_data / "companion"
    before, after = (_amounts(folder / name) for name in ("DMEPOS25_APR.csv.gz", "DMEPOS26_JAN.csv.gz"))
    packed = [read_companions(folder / name)[0] for name in ("DMEPOS25_APR.csv.gz", "DMEPOS26_JAN.csv.gz")]
    stated = [difference_json(one) for one in compare_editions(packed[0], packed[1])]
    whole = {(one["code"], *one["qualifiers"]): one["change"] for one in stated if not one["what"]}  # type: ignore[misc]
    assert whole == {
        **dict.fromkeys(after.keys() - before.keys(), "added"),
        **dict.fromkeys(before.keys() - after.keys(), "gone"),
    }
    amounts = {(one["code"], *one["qualifiers"], one["what"]): one for one in stated}  # type: ignore[misc]
    compared = 0
    for name in before.keys() & after.keys():
        for column in after[name]:
            old, new = before[name][column], after[name][column]
            one = amounts.get((*name, column))
            if old == new:
                assert one is None
                continue
            assert one is not None
            compared += 1
            change = "added" if not old else "gone" if not new else "up" if new > old else "down"
            assert one["change"] == change
            expected = str(round((new - old) / old * 100, 2)) if old and new else None
            assert one["percent"] == expected
    assert compared > 200_000


def _amounts(path: Path) -> dict[tuple[str, ...], dict[str, Decimal]]:
    """The amounts of a schedule by code and modifiers, and by area."""
    rows: dict[tuple[str, ...], dict[str, Decimal]] = {}
    with gzip.open(path, "rt", encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            key = tuple(part for part in (row["HCPCS"].strip(), row["Mod"].strip(), row["Mod2"].strip()) if part)
            areas = {name: name[:2] + (" rural" if name.endswith("(R)") else "") for name in row if name.endswith("R)")}
            rows[key] = {areas[name]: Decimal(row[name].strip() or "0") for name in areas}
    return rows


def test_schedules_of_nutrition_and_of_former_areas_are_compared_too(home: Path, tmp_path: Path) -> None:
    """A kind of which only one edition is loaded doesn't stop the others."""
    nutrition = (("HCPCS", "Mod", "Mod2", "AL (NR)", "AL (R)", "TX (NR)", "TX (R)", "Desc"),)
    former = (("HCPCS", "Mod", "Mod2", "CATG", "Dallas, TX", "Miami, FL", "El Paso, TX", "Tampa, FL", "Description"),)
    files = [
        put(tmp_path, "DMEPEN26_JAN.csv", csv_of((*nutrition, ("B4150", "", "", "1", "0", "0.62", "0", "EF")))),
        put(tmp_path, "DMEPEN25_APR.csv", csv_of((*nutrition, ("B4150", "", "", "1", "0", "0.60", "0", "EF")))),
    ]
    areas = ("53.94", "50", "48", "47")
    for name, amounts in (("JAN2026", areas), ("APR2025", ("52.88", "49", "47", "46"))):
        row = ("E0601", "RR", "", "CR", *amounts, "Cont airway pressure device")
        files.append(put(tmp_path, f"Former CBA Fee schedule File- {name}.csv", csv_of((*former, row))))
    assert hcpcs(home, "load", *map(str, files)).exit_code == 0
    assert hcpcs(home, "changes", "--of", "dmepos").stdout.splitlines()[:4] == [
        "E0601-RR: in TX $49.06 -> $50.50 per month (+2.94 percent).",
        "B4150 (pen): in TX $0.60 -> $0.62 (+3.33 percent).",
        "E0601-RR (former cba): up in 4 former bidding areas by 2.00 to 2.17 percent.",
        "2 codes differ.",
    ]
    (only,) = hcpcs(home, "changes", "--of", "prior_authorization").stderr.splitlines()
    assert "no edition is loaded; a comparison needs two editions" in only
