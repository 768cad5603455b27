"""``hcpcs update`` of companion files, against a server that stands in for cms.gov: each kind, and every failure."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.bot.companion_site import CompanionSite, fees_zip, limits_zip, units_zip
from tests.bot.updates.companion_runs import LIMITS, TODAY, days, editions, only, run, without_index
from tests.cms_server import PAGE_PATH, CmsServer, Served
from tests.src.hcpcs.companions.companion_files import LIMIT_ROWS
from tests.src.hcpcs.releases.writing import a_record, fixed_text, put

from hcpcs.catalog.shelf import Shelf
from hcpcs.errors import DownloadError
from hcpcs_bot.updates.companion_pages import pages_at
from hcpcs_bot.updates.full_update import update_everything
from hcpcs_bot.updates.load import load_files
from hcpcs_bot.updates.update_record import read_records
from hcpcs_bot.updates.update_report import CompanionOutcome

FETCHED = {"dmepos", "rural_zip", "asp", "ndc", "mue_practitioner", "mue_outpatient_hospital", "mue_dme"}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def site(cms: CmsServer) -> CompanionSite:
    return CompanionSite(cms)


def test_release_and_companion_files_are_published_together(shelf: Shelf, site: CompanionSite) -> None:
    report = run(shelf, site, release=True)
    assert report.failures == ()
    assert report.release is not None
    assert report.release.newest is not None
    assert report.release.newest.id == "2025-10"
    assert {edition.kind.value for edition in editions(shelf)} == FETCHED
    assert {edition.from_day for edition in editions(shelf)} == {date(2026, 1, 1)}
    version = shelf.current_version()
    assert version is not None
    assert version.startswith("000001-"), "one publication for all of it"


def test_a_release_that_is_far_smaller_is_left_out_and_reported(
    shelf: Shelf, site: CompanionSite, tmp_path: Path
) -> None:
    records = [a_record(f"E{number:04}") for number in range(120)]
    former = put(tmp_path, "HCPC2025_JUL_ANWEB.txt", fixed_text(*records))
    load_files(shelf, [former], without_index, lambda path: lambda done, total: None)
    report = run(shelf, site, release=True)
    (failure,) = report.failures
    assert "has 6 procedures, but HCPCS July 2025 has 120" in failure
    assert report.release is None
    assert {edition.kind.value for edition in editions(shelf)} == FETCHED
    catalog = shelf.open()
    assert catalog is not None
    assert catalog.newest.id == "2025-07"


def test_what_only_a_person_may_accept_or_download_is_said(shelf: Shelf, site: CompanionSite) -> None:
    report = run(shelf, site)
    by_hand = {one.kind.value: one for one in report.companions if one.outcome is CompanionOutcome.BY_HAND}
    assert set(by_hand) == {
        "opps", "ptp_practitioner", "ptp_outpatient_hospital", "prior_authorization", "face_to_face",
        "coding_verification", "policies",
    }  # fmt: skip
    assert by_hand["opps"].offered == "OPPS Addendum B January 2026"
    assert by_hand["opps"].url.endswith("/license/ama?file=/files/zip/january-2026-opps-addendum-b.zip")
    assert by_hand["ptp_practitioner"].url.endswith("f4.zip"), "the part with the codes that begin with a letter"
    assert not any(path.startswith("/license") for path, _ in site.cms.asked), "no license page is opened"
    assert report.failures == ()


def test_the_newest_is_not_loaded_again(shelf: Shelf, site: CompanionSite) -> None:
    run(shelf, site)
    version, sent = shelf.current_version(), site.cms.sent
    report = run(shelf, site)
    outcomes = {one.outcome for one in report.companions}
    assert outcomes == {CompanionOutcome.ALREADY_NEWEST, CompanionOutcome.BY_HAND}
    assert shelf.current_version() == version
    files = sum(len(thing.body) for path, thing in site.cms.things.items() if path.startswith("/files/zip"))
    assert site.cms.sent - sent < files, "the files were asked about, and not sent"


def test_a_corrected_file_replaces_the_first(shelf: Shelf, site: CompanionSite) -> None:
    run(shelf, site, "asp")
    site.file(
        LIMITS, limits_zip("January", 2026, [("J1745", "Infliximab", "10 MG", "32", "20", *[""] * 6), *LIMIT_ROWS[1:]])
    )
    one = only(run(shelf, site, "asp"))
    assert one.outcome is CompanionOutcome.LOADED
    (warning,) = [text for file in one.files for text in file.warnings]
    assert warning.startswith("differs in 1 row from")
    assert days(shelf, "asp") == ["2026-01-01"]


def test_next_quarters_edition_is_added_and_todays_is_fetched_with_it(shelf: Shelf, site: CompanionSite) -> None:
    name = "april-2026-medicare-part-b-payment-limit-files-03-20-2026-preliminary.zip"
    site.put(
        "asp",
        site.link(name, "April 2026 Medicare Part B Payment Limit Files - Preliminary"),
        site.link(LIMITS, "January 2026 Medicare Part B Payment Limit Files - Final"),
    )
    site.file(name, limits_zip("April", 2026))
    run(shelf, site, "asp", today=date(2026, 3, 21))
    assert days(shelf, "asp") == ["2026-01-01", "2026-04-01"]


@pytest.mark.parametrize(
    "text", ["January 2026 Payment Limit Files - Final", "January 2026 Payment Limit Files (Updated 02/01/2026)"]
)
def test_of_two_issues_the_later_one_is_fetched(shelf: Shelf, site: CompanionSite, text: str) -> None:
    site.file("early.zip", limits_zip("January", 2026))
    late = site.file("late.zip", limits_zip("January", 2026))
    site.put(
        "asp", site.link("late.zip", text), site.link("early.zip", "January 2026 Payment Limit Files - Preliminary")
    )
    one = only(run(shelf, site, "asp"))
    assert (one.url, one.size) == (site.cms.url("/files/zip/late.zip"), len(late.body))


def test_a_page_that_lags_behind_changes_nothing(shelf: Shelf, site: CompanionSite) -> None:
    run(shelf, site, "asp")
    site.put(
        "asp", site.link("october-2025-medicare-part-b-payment-limit-files.zip", "October 2025 Payment Limit Files")
    )
    one = only(run(shelf, site, "asp", today=date(2026, 4, 2)))
    assert one.outcome is CompanionOutcome.ALREADY_NEWEST
    assert site.asked("october-2025-medicare-part-b-payment-limit-files.zip") == 0
    assert one.due == date(2026, 3, 31), "the newest edition's quarter is over, and no newer one is there"
    assert days(shelf, "asp") == ["2026-01-01"]


def test_an_edition_that_was_loaded_by_hand_is_known(shelf: Shelf, site: CompanionSite, tmp_path: Path) -> None:
    from tests.src.hcpcs.companions.companion_files import STATUS_HEADER, STATUS_ROWS, csv_of

    path = tmp_path / "january-2026-opps-addendum-b.csv"
    path.write_bytes(csv_of([STATUS_HEADER, *STATUS_ROWS]))
    load_files(shelf, [path], without_index, lambda path: lambda done, total: None)
    assert only(run(shelf, site, "opps")).outcome is CompanionOutcome.ALREADY_NEWEST


def test_a_dry_run_writes_nothing(shelf: Shelf, site: CompanionSite, tmp_path: Path) -> None:
    report = run(shelf, site, dry_run=True, release=True)
    would = {one.kind.value: one.offered for one in report.companions if one.outcome is CompanionOutcome.WOULD_LOAD}
    assert set(would) == FETCHED - {"rural_zip"}
    assert would["dmepos"] == "DMEPOS fee schedule January 2026"
    assert list(tmp_path.iterdir()) == []
    assert not any(path.startswith("/files/") for path, _ in site.cms.asked)


def test_a_file_of_another_edition_than_the_page_states_is_not_loaded(shelf: Shelf, site: CompanionSite) -> None:
    run(shelf, site, "asp")
    site.put("asp", site.link("april.zip", "April 2026 Payment Limit Files"))
    site.file("april.zip", limits_zip("October", 2025))
    one = only(run(shelf, site, "asp", today=date(2026, 4, 2)))
    assert one.outcome is CompanionOutcome.FAILED
    assert "is Medicare Part B payment limits October 2025, though CMS's page says" in one.detail
    assert days(shelf, "asp") == ["2026-01-01"]


def test_an_excerpt_of_a_loaded_edition_is_not_loaded(shelf: Shelf, site: CompanionSite) -> None:
    run(shelf, site, "asp", "dmepos")
    site.file(LIMITS, limits_zip("January", 2026, LIMIT_ROWS[:1]))
    site.file("dme26.zip", fees_zip("January", 2026, [["E0601", "RR", "", "D", "CR", *["9"] * 8, "x"], *FEES]))
    report = run(shelf, site, "asp", "dmepos")
    assert {one.kind.value: one.outcome for one in report.companions} == {
        "asp": CompanionOutcome.FAILED,
        "dmepos": CompanionOutcome.LOADED,
    }
    assert "cut off or an excerpt" in report.failures[0]


def test_a_download_that_turns_out_to_need_a_license_is_left_to_a_person(shelf: Shelf, site: CompanionSite) -> None:
    address = site.cms.url(f"/license/ama?file=/files/zip/{LIMITS}")
    site.cms.things[f"/files/zip/{LIMITS}"] = Served(b"", redirect=address)
    one = only(run(shelf, site, "asp"))
    assert (one.outcome, one.url) == (CompanionOutcome.BY_HAND, address)
    assert site.asked("ama") == 0


def test_a_release_that_fails_leaves_the_companion_files(shelf: Shelf, site: CompanionSite) -> None:
    for path in [PAGE_PATH, *(path for path in site.cms.things if "alpha-numeric" in path)]:
        del site.cms.things[path]
    report = run(shelf, site, "asp", release=True)
    assert days(shelf, "asp") == ["2026-01-01"]
    assert report.failures[0].startswith("HCPCS release: ")
    failed = [record.kind for record in read_records(shelf.home) if record.outcome is CompanionOutcome.FAILED]
    assert failed == ["codes"]
    run(shelf, site, "ndc")
    assert {record.kind for record in read_records(shelf.home)} == {"codes", "asp", "ndc"}


def test_a_failure_that_is_over_is_forgotten(shelf: Shelf, site: CompanionSite) -> None:
    body = site.cms.things.pop(f"/files/zip/{LIMITS}")
    run(shelf, site, "asp")
    site.cms.things[f"/files/zip/{LIMITS}"] = body
    run(shelf, site, "asp")
    assert [record.outcome for record in read_records(shelf.home)] == [CompanionOutcome.LOADED]


def test_a_file_may_be_named_instead_of_the_page(shelf: Shelf, site: CompanionSite) -> None:
    site.file("mine.zip", units_zip("dme-supplier-services"))
    site.cms.things["/2026q1.zip"] = site.cms.things["/files/zip/mine.zip"]
    pages = pages_at(site.of("mue_practitioner", "mue_outpatient_hospital", "mue_dme"), site.cms.url("/2026q1.zip"))
    report = update_everything(shelf, without_index, release_page="", pages=pages, today=TODAY)
    assert only(report).outcome is CompanionOutcome.LOADED
    assert days(shelf, "mue_dme") == ["2026-01-01"]


def test_two_updates_at_once_do_not_mix(shelf: Shelf, site: CompanionSite, tmp_path: Path) -> None:
    import fcntl

    (tmp_path / "downloads").mkdir()
    with (tmp_path / "downloads" / "LOCK").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(DownloadError, match="another process .* is updating"):
            run(shelf, site, "asp")
    assert only(run(shelf, site, "asp")).outcome is CompanionOutcome.LOADED


def test_only_the_last_files_are_kept(shelf: Shelf, site: CompanionSite, tmp_path: Path) -> None:
    run(shelf, site, "asp")
    site.put("asp", site.link("late.zip", "January 2026 Payment Limit Files - Final"))
    site.file("late.zip", limits_zip("January", 2026, [*LIMIT_ROWS, ("J0000", "x", "1", "1", "20", *[""] * 6)]))
    run(shelf, site, "asp")
    assert {path.name for path in (tmp_path / "downloads" / "asp").iterdir()} == {"late.zip", "late.zip.json"}


def test_a_page_is_read_once_for_all_its_kinds(shelf: Shelf, site: CompanionSite) -> None:
    run(shelf, site, "asp", "ndc")
    assert sum(path == site.path("asp") for path, _ in site.cms.asked) == 1


FEES = [["A4217", "AU", "", "J", "OS", *["4"] * 8, "x"], ["A4217", "", "", "J", "SU", *["4"] * 8, "x"]]


def test_a_page_of_an_edition_on_another_site_is_not_opened(shelf: Shelf, site: CompanionSite) -> None:
    elsewhere = site.cms.address.replace("127.0.0.1", "localhost")
    site.put("dmepos", f'<a href="{elsewhere}{site.path("dmepos")}/dme26">DME26-A</a>')
    one = only(run(shelf, site, "dmepos"))
    assert one.outcome is CompanionOutcome.FAILED
    assert "is on another site than" in one.detail
    assert site.asked("dme26") == 0
