"""Loading companion files beside releases: all or nothing, kept by later loads, and listed by status."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.bot.some_releases import OCTOBER
from tests.src.hcpcs.companions.companion_files import FEE_ROWS, FILES, csv_of, table_text
from tests.src.hcpcs.releases.writing import a_record, fixed_text, put, zip_of

from hcpcs.catalog.shelf import Shelf
from hcpcs.companions.storage.companion_store import COMPANIONS_FILE, CompanionStore, open_companions
from hcpcs.companions.storage.edition_set import EditionChange
from hcpcs.errors import ReleaseError
from hcpcs.releases.content import no_progress
from hcpcs_bot.bootstrap import desk_of, publish_index
from hcpcs_bot.updates.load import LoadReport, load_files

pytestmark = pytest.mark.slow

SCHEDULE = "DMEPOS26_JAN.csv"
CPT_LIMIT = ("90371", "", "1 ML", "1.5", "20")
NOC_LIST = (("HCPCS", "LONG DESCRIPTION", "ADD DATE", "TERM DATE"), ("E1399", "Dme", "19870101", ""))
DMEPOS_JANUARY = "DMEPOS fee schedule January 2026"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "home")


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return put(tmp_path, "HCPC2025_OCT_ANWEB.txt", fixed_text(*OCTOBER.records))


@pytest.fixture
def schedule(tmp_path: Path) -> Path:
    return put(tmp_path, SCHEDULE, table_text(SCHEDULE))


def load(shelf: Shelf, *paths: Path) -> LoadReport:
    return load_files(shelf, paths, publish_index, lambda _: no_progress)


def in_use(shelf: Shelf) -> CompanionStore:
    catalog = shelf.open()
    assert catalog is not None
    assert catalog.folder is not None
    return open_companions(catalog.folder)


def labels(shelf: Shelf) -> list[str]:
    return [edition.label for edition in in_use(shelf).editions]


def test_releases_and_companion_files_are_loaded_together(shelf: Shelf, release: Path, schedule: Path) -> None:
    report = load(shelf, schedule, release)
    assert [file.what for file in report.files] == [f"{DMEPOS_JANUARY}, 5 rows", "release"]
    assert [one.change for one in report.files[0].editions] == [EditionChange.ADDED]
    assert [edition.label for edition in report.editions] == labels(shelf) == [DMEPOS_JANUARY]
    assert report.releases[-1].id == "2025-10"


def test_every_form_is_loaded_at_once(shelf: Shelf, release: Path, tmp_path: Path) -> None:
    report = load(shelf, release, *(put(tmp_path, name, table_text(name)) for name in FILES))
    assert len(report.editions) == len(FILES) + 2  # The MUE table has three settings.
    catalog = shelf.open()
    assert catalog is not None
    assert catalog.aliases["J1745"] == ("remicade",)


def test_corrections_that_can_not_be_applied_are_named(shelf: Shelf, release: Path, tmp_path: Path) -> None:
    rows = b"CODE\tACTION\tEFF DATE\tLONG DESC\nE0784\tRevise\t10/1/2025\tA pump\nE0601\tChange ASC Ind\t\t\n"
    corrections = put(tmp_path, "HCPC2025_OCT_Corrections.txt", rows)
    report = load(shelf, corrections, release)
    assert [file.warnings for file in report.files] == [
        ("Not corrected: E0601 ('Change ASC Ind' can't be applied).",),
        (),
    ]
    catalog = shelf.open()
    assert catalog is not None
    assert catalog.timeline("E0784")[0].record.long_description == "A pump"
    assert load(shelf, release).files[0].warnings == ()


def test_lists_and_corrections_in_the_archive_of_a_release_are_loaded_and_named(shelf: Shelf, tmp_path: Path) -> None:
    files = {
        "HCPC2025_OCT_ANWEB.txt": fixed_text(*OCTOBER.records),
        "NOC.csv": csv_of(NOC_LIST),
        "Corrections.txt": b"CODE\tACTION\tEFF DATE\tLONG DESC\nE0784\tRevise\t10/1/2025\tA pump\n",
    }
    report = load(shelf, put(tmp_path, "october-2025.zip", zip_of(files)))
    assert report.files[0].summary == (
        "october-2025.zip: HCPCS October 2025; list of 1 not otherwise classified code; 1 correction"
    )
    catalog = shelf.open()
    assert catalog is not None
    assert catalog.not_otherwise_classified == {"E1399"}
    assert catalog.timeline("E0784")[0].record.long_description == "A pump"


def put_release(folder: Path, name: str, count: int) -> Path:
    return put(folder, name, fixed_text(*(a_record(f"E{number:04}") for number in range(count))))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("HCPC2025_OCT_ANWEB.txt", 3),
        ("HCPC2025_OCT_ANWEB.txt", 107),
        ("HCPC2026_JAN_ANWEB.txt", 107),
        ("HCPC2020_JAN_ANWEB.txt", 59),
    ],
)
def test_a_release_that_is_far_smaller_is_refused(shelf: Shelf, tmp_path: Path, name: str, count: int) -> None:
    load(shelf, put_release(tmp_path, "HCPC2025_OCT_ANWEB.txt", 120))
    version = shelf.current_version()
    cut_off = put_release(tmp_path, name, count)
    with pytest.raises(ReleaseError) as caught:
        load(shelf, cut_off)
    assert str(caught.value) == (
        f"{name}: has {count} procedures, but HCPCS October 2025 has 120, so it may be cut off or filtered; "
        "download it again, or load it with `hcpcs load --force`"
    )
    assert shelf.current_version() == version
    report = load_files(shelf, [cut_off], publish_index, lambda _: no_progress, force=True)
    assert report.files[0].release is not None
    assert report.files[0].release.procedures == count


@pytest.mark.parametrize(
    ("name", "count"),
    [("HCPC2025_OCT_ANWEB.txt", 108), ("HCPC2026_JAN_ANWEB.txt", 108), ("HCPC2020_JAN_ANWEB.txt", 60)],
)
def test_a_release_that_is_a_little_smaller_is_loaded(shelf: Shelf, tmp_path: Path, name: str, count: int) -> None:
    load(shelf, put_release(tmp_path, "HCPC2025_OCT_ANWEB.txt", 120))
    assert load(shelf, put_release(tmp_path, name, count)).files[0].release is not None


def test_a_cut_off_copy_in_the_same_load_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    whole = put_release(tmp_path, "HCPC2025_OCT_ANWEB.txt", 120)
    with pytest.raises(ReleaseError, match=r"has 3 procedures, but HCPCS October 2025 has 120"):
        load(shelf, whole, put_release(tmp_path, "HCPC2025_OCT_ANWEB_v2.txt", 3))
    assert shelf.current_version() is None


def test_editions_can_be_loaded_before_any_release(shelf: Shelf, release: Path, schedule: Path) -> None:
    load(shelf, schedule)
    catalog = shelf.open()
    assert catalog is not None
    assert catalog.starter
    assert labels(shelf) == [DMEPOS_JANUARY]
    load(shelf, release)
    catalog = shelf.open()
    assert catalog is not None
    assert [one.id for one in catalog.releases] == ["2025-10"]
    assert labels(shelf) == [DMEPOS_JANUARY]


def test_companion_files_leave_the_catalog_and_its_index_alone(shelf: Shelf, release: Path, schedule: Path) -> None:
    load(shelf, release)
    before = shelf.open()
    assert before is not None
    former = desk_of(before).search("home infusion")
    load(shelf, schedule)
    after = shelf.open()
    assert after is not None
    assert after.folder != before.folder
    assert after.fingerprint == before.fingerprint
    assert desk_of(after).search("home infusion") == former


def test_another_period_is_added_and_both_stay(shelf: Shelf, schedule: Path, tmp_path: Path) -> None:
    load(shelf, schedule)
    load(shelf, put(tmp_path, "DMEPOS25_APR.csv", table_text(SCHEDULE)))
    assert labels(shelf) == ["DMEPOS fee schedule April 2025", DMEPOS_JANUARY]


def test_two_files_of_one_edition_that_differ_say_so(shelf: Shelf, schedule: Path, tmp_path: Path) -> None:
    revised = table_text(SCHEDULE, [*FEE_ROWS[:-1], (*FEE_ROWS[-1][:9], "1.23", *FEE_ROWS[-1][10:])])
    report = load(shelf, schedule, put(tmp_path, "DMEPOS26_JAN_revised.csv", revised))
    assert [file.warnings for file in report.files] == [
        (),
        ("differs in 1 row from DMEPOS26_JAN.csv, which it replaces",),
    ]
    assert [edition.file for edition in in_use(shelf).editions] == ["DMEPOS26_JAN_revised.csv"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("DMEPOS26_APR.csv", table_text(SCHEDULE)[:-60], "the file is cut off"),
        (
            "limits.csv",
            table_text("payment limits.csv", [("90371", "", "1 ML", "1.5", "20")]),
            "only CPT and CDT codes",
        ),
        ("other.csv", b"a,b\n1,2\n", "is not a HCPCS release"),
        ("DMEPOS26_JAN_part.csv", table_text(SCHEDULE, FEE_ROWS[:1]), "is cut off or an excerpt"),
    ],
)
def test_one_wrong_file_changes_nothing(
    shelf: Shelf, schedule: Path, tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    load(shelf, schedule)
    version = shelf.current_version()
    good = put(tmp_path, "rural zips.csv", table_text("rural zips.csv"))
    with pytest.raises(ReleaseError, match=reason) as error:
        load(shelf, good, put(tmp_path, name, data))
    assert "\n" not in str(error.value)
    assert shelf.current_version() == version
    assert labels(shelf) == [DMEPOS_JANUARY]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("          2018 HCPCS CORRECTIONS\n\n  CODE    ACTION\n", r"is a print \(.prn\) of a corrections file"),
        ("CENTERS FOR MEDICARE & MEDICAID SERVICES (CMS)\n2019 ALPHANUMERIC\n", "is the README of a release"),
        ('[{"code": "E0601"}]\n', "is a JSON file"),
        ("INSERT INTO hcpcs VALUES ('E0601');\n", "is a file of SQL statements"),
        ("HCPCS Code,Short Descriptor,Subject to Multiple Procedure Discounting\n", "is an addendum of ambulatory"),
    ],
)
def test_other_files_are_named_for_what_they_are(shelf: Shelf, tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(ReleaseError, match=what):
        load(shelf, put(tmp_path, "other.txt", text.encode()))


def test_a_list_that_belongs_to_a_release_still_needs_one(shelf: Shelf, schedule: Path, tmp_path: Path) -> None:
    notes = put(tmp_path, "HCPC2025_OCT_noc.csv", csv_of(NOC_LIST))
    with pytest.raises(ReleaseError, match="belongs to a release, and no release is loaded"):
        load(shelf, schedule, notes)


def test_a_home_without_companions_opens_as_before(shelf: Shelf, release: Path) -> None:
    load(shelf, release)
    catalog = shelf.open()
    assert catalog is not None
    assert catalog.folder is not None
    assert not (catalog.folder / COMPANIONS_FILE).exists()
    assert desk_of(catalog).companions.editions == ()
