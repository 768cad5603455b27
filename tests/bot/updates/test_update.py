"""``hcpcs update`` against a server that stands in for cms.gov: what is loaded, what is said, what is left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import httpx2 as httpx
import pytest
from tests.bot.cms_page import ZIPS, link, path_of
from tests.cms_server import PAGE_PATH, CmsServer, Served
from tests.src.hcpcs.releases.writing import zip_of

from hcpcs.catalog.shelf import Shelf
from hcpcs.errors import DownloadError, HcpcsError, ReleaseError
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.releases.download.web import Web
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.updates.update import update
from hcpcs_bot.updates.update_report import UpdateOutcome, UpdateReport

pytestmark = pytest.mark.slow


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def run(shelf: Shelf, cms: CmsServer, path: str = PAGE_PATH, *, dry_run: bool = False) -> UpdateReport:
    web = Web(attempts=4, first_pause=0.001, timeout=httpx.Timeout(5.0))
    return update(shelf, publish_index, today=date(2025, 11, 26), url=cms.url(path), dry_run=dry_run, web=web)


def loaded(shelf: Shelf) -> list[str]:
    catalog = shelf.open()
    return [] if catalog is None else [release.id for release in catalog.releases]


def test_the_newest_release_is_found_and_loaded(shelf: Shelf, cms: CmsServer) -> None:
    report = run(shelf, cms)
    assert report.outcome is UpdateOutcome.LOADED
    assert report.url == cms.url(path_of("october"))
    assert report.offered == "HCPCS October 2025"
    assert report.size == len(ZIPS["october"])
    assert report.newest is not None
    assert report.newest.digest == report.sha256
    assert report.former is None
    assert loaded(shelf) == ["2025-10"]


def test_what_changed_since_the_former_release_is_told(shelf: Shelf, cms: CmsServer) -> None:
    cms.page(link("july"))
    run(shelf, cms)
    cms.page(link("july"), link("october"))
    report = run(shelf, cms)
    assert loaded(shelf) == ["2025-07", "2025-10"]
    assert report.former is not None
    assert report.former.id == "2025-07"
    assert report.changes == {
        ChangeKind.ADDED: 1,
        ChangeKind.DISCONTINUED: 1,
        ChangeKind.DESCRIPTION: 1,
        ChangeKind.COVERAGE: 1,
        ChangeKind.PRICING: 1,
    }
    assert report.reissued == 0


def test_the_newest_is_not_loaded_again(shelf: Shelf, cms: CmsServer) -> None:
    run(shelf, cms)
    version, sent = shelf.current_version(), cms.sent
    report = run(shelf, cms)
    assert report.outcome is UpdateOutcome.ALREADY_NEWEST
    assert shelf.current_version() == version
    assert cms.sent - sent < len(ZIPS["october"]), "the file was asked about, and not sent"


def test_a_file_loaded_by_hand_is_not_loaded_again(shelf: Shelf, cms: CmsServer, tmp_path: Path) -> None:
    from hcpcs_bot.updates.load import load_files

    by_hand = tmp_path / "october-2025.zip"
    by_hand.write_bytes(ZIPS["october"])
    load_files(shelf, [by_hand], publish_index, lambda path: lambda done, total: None)
    assert run(shelf, cms).outcome is UpdateOutcome.ALREADY_NEWEST


def test_a_page_that_lags_behind_changes_nothing(shelf: Shelf, cms: CmsServer) -> None:
    run(shelf, cms)
    cms.page(link("july"))
    report = run(shelf, cms)
    assert report.outcome is UpdateOutcome.ALREADY_NEWEST
    assert loaded(shelf) == ["2025-10"]


def test_a_release_published_again_takes_the_place_of_the_first(shelf: Shelf, cms: CmsServer) -> None:
    run(shelf, cms)
    cms.page(link("october"), link("october-v2", note=" (v2)"))
    report = run(shelf, cms)
    assert report.outcome is UpdateOutcome.LOADED
    assert report.reissued == 5
    assert loaded(shelf) == ["2025-10"]
    assert run(shelf, cms).outcome is UpdateOutcome.ALREADY_NEWEST


def test_a_dry_run_writes_nothing(shelf: Shelf, cms: CmsServer, tmp_path: Path) -> None:
    report = run(shelf, cms, dry_run=True)
    assert (report.outcome, report.offered) == (UpdateOutcome.WOULD_LOAD, "HCPCS October 2025")
    assert list(tmp_path.iterdir()) == []
    assert [path for path, _ in cms.asked] == [PAGE_PATH]
    run(shelf, cms)
    assert run(shelf, cms, dry_run=True).outcome is UpdateOutcome.ALREADY_NEWEST


def test_an_older_file_may_be_named_for_the_history(shelf: Shelf, cms: CmsServer) -> None:
    run(shelf, cms)
    report = run(shelf, cms, path_of("july"))
    assert report.outcome is UpdateOutcome.LOADED
    assert loaded(shelf) == ["2025-07", "2025-10"]
    assert report.newest is not None
    assert report.newest.id == "2025-10"


def test_companion_files_may_be_named(shelf: Shelf, cms: CmsServer) -> None:
    run(shelf, cms)
    cms.things["/noc.csv"] = Served(
        b"HCPCS,LONG DESCRIPTION,ADD DATE,TERM DATE\r\nJ9999,Not otherwise classified drugs,2002-01-01,\r\n",
        content_type="text/csv",
    )
    report = run(shelf, cms, "/noc.csv")
    assert report.outcome is UpdateOutcome.LOADED
    catalog = shelf.open()
    assert catalog is not None
    assert "J9999" in catalog.not_otherwise_classified


@pytest.mark.parametrize("faults", [[500], ["cut"], ["cut", 503, "cut"]])
def test_faults_that_pass_are_got_over(shelf: Shelf, cms: CmsServer, faults: list[int | str]) -> None:
    cms.things[path_of("october")].faults = faults
    cms.things[PAGE_PATH].faults = [502]
    assert run(shelf, cms).outcome is UpdateOutcome.LOADED


def page_and_files_gone(cms: CmsServer) -> None:
    cms.things.clear()


def file_gone(cms: CmsServer) -> None:
    del cms.things[path_of("october")]


def page_changed(cms: CmsServer) -> None:
    cms.things.clear()
    cms.page(body="<html><body>Please use our new portal.</body></html>")


def file_is_page(cms: CmsServer) -> None:
    cms.things[path_of("october")] = Served(b"<!doctype html><p>License agreement", content_type="text/html")


def always_down(cms: CmsServer) -> None:
    cms.things[path_of("october")].faults = [500] * 9


def damaged(cms: CmsServer) -> None:
    body = bytearray(ZIPS["october"])
    body[60:70] = b"0123456789"
    cms.things[path_of("october")] = Served(bytes(body))


def no_release(cms: CmsServer) -> None:
    cms.things[path_of("october")] = Served(zip_of({"a.txt": b"hello"}))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (page_and_files_gone, "was not found (404)"),
        (file_gone, "was not found (404)"),
        (page_changed, "layout may have changed"),
        (file_is_page, "is a web page, not a file"),
        (always_down, "answered 500"),
        (damaged, "october-2025"),
        (no_release, "october-2025"),
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_faults_that_last_are_one_clear_line_and_change_nothing(
    shelf: Shelf, cms: CmsServer, spoil: object, said: str, before: bool
) -> None:
    if before:
        run(shelf, cms, path_of("july"))
    version = shelf.current_version()
    assert callable(spoil)
    spoil(cms)
    with pytest.raises((DownloadError, ReleaseError)) as told:
        run(shelf, cms)
    assert said in str(told.value)
    assert "\n" not in str(told.value)
    assert shelf.current_version() == version


def test_two_updates_at_once_do_not_mix(shelf: Shelf, cms: CmsServer, tmp_path: Path) -> None:
    import fcntl

    (tmp_path / "downloads").mkdir()
    with (tmp_path / "downloads" / "LOCK").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(DownloadError, match="another process .* is updating"):
            run(shelf, cms)
    assert run(shelf, cms).outcome is UpdateOutcome.LOADED


def test_only_the_last_file_is_kept(shelf: Shelf, cms: CmsServer, tmp_path: Path) -> None:
    run(shelf, cms, path_of("july"))
    run(shelf, cms)
    kept = {path.name for path in (tmp_path / "downloads").iterdir()}
    name = path_of("october").rpartition("/")[2]
    assert kept == {"LOCK", name, f"{name}.json"}


@pytest.mark.parametrize("url", ["http://www.cms.gov/x", "ftp://www.cms.gov/x", "x", ""])
def test_only_https_is_taken(shelf: Shelf, url: str) -> None:
    with pytest.raises(HcpcsError):
        update(shelf, publish_index, today=date(2025, 11, 26), url=url)


@pytest.mark.slow
def test_the_real_newest_release_arrives_through_a_broken_connection(
    shared_data: Path, cms: CmsServer, shelf: Shelf
) -> None:
    body = (shared_data / "releases" / "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip").read_bytes()
    cms.things[path_of("october")] = Served(body, faults=["cut", 500])
    report = run(shelf, cms)
    assert report.newest is not None
    assert (report.newest.procedures, report.newest.modifiers) == (8463, 383)
