"""Where CMS's page can't be read, a release is found by the names that CMS has used, and it says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import httpx2 as httpx
import pytest
from tests.bot.cms_page import ZIPS, link, path_of
from tests.cms_server import PAGE_PATH, CmsServer, Served

from hcpcs.catalog.shelf import Shelf
from hcpcs.errors import DownloadError, ReleaseError
from hcpcs.releases.download.published_names import names_of, quarters_at
from hcpcs.releases.download.web import Web
from hcpcs.releases.period import Period
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.commands.update_forms import report_json, report_lines
from hcpcs_bot.updates.update import update
from hcpcs_bot.updates.update_report import UpdateOutcome, UpdateReport, UpdateWay

pytestmark = pytest.mark.slow

NOVEMBER = date(2025, 11, 26)
FOLDER = "/files/zip/"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def run(shelf: Shelf, cms: CmsServer, today: date = NOVEMBER, *, dry_run: bool = False) -> UpdateReport:
    web = Web(attempts=2, first_pause=0.001, timeout=httpx.Timeout(5.0))
    return update(shelf, publish_index, url=cms.url(PAGE_PATH), today=today, dry_run=dry_run, web=web)


def test_the_quarter_of_a_day_and_the_one_before() -> None:
    assert quarters_at(NOVEMBER) == (Period(2025, 10), Period(2025, 7))
    assert quarters_at(date(2026, 1, 1)) == (Period(2026, 1), Period(2025, 10))
    assert quarters_at(date(2026, 6, 30)) == (Period(2026, 4), Period(2026, 1))


def test_later_issues_of_a_release_are_tried_first() -> None:
    october = list(names_of(Period(2026, 10)))
    assert october[0] == "october-2026-alpha-numeric-hcpcs-file-3.zip"
    assert october[-2:] == ["october-2026-alpha-numeric-hcpcs-file.zip", "october-2026-alpha-numeric-hcpcs-files.zip"]
    assert "2026-alpha-numeric-hcpcs-file.zip" in names_of(Period(2026, 1))
    assert "2026-alpha-numeric-hcpcs-file.zip" not in october


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(None, id="gone"),
        pytest.param(Served(b"", faults=[503] * 9), id="failing"),
        pytest.param(Served(b"<html>Access denied</html>", content_type="text/html"), id="without links"),
    ],
)
def test_without_a_page_the_release_of_the_quarter_is_loaded(shelf: Shelf, cms: CmsServer, page: Served | None) -> None:
    del cms.things[PAGE_PATH]
    if page is not None:
        cms.things[PAGE_PATH] = page
    report = run(shelf, cms)
    assert (report.outcome, report.way) == (UpdateOutcome.LOADED, UpdateWay.NAME)
    assert (report.url, report.offered) == (cms.url(path_of("october")), "HCPCS October 2025")
    said = "\n".join(report_lines(report))
    assert "The page can't be read: " in said
    assert "names that CMS has used" in said
    assert report_json(report)["way"] == "name"
    assert report_json(report)["page_failure"]


def test_an_issue_published_again_comes_before_the_first_one(shelf: Shelf, cms: CmsServer) -> None:
    del cms.things[PAGE_PATH]
    again = FOLDER + "october-2025-alpha-numeric-hcpcs-files-0.zip"
    cms.things[again] = Served(ZIPS["october-v2"])
    assert run(shelf, cms).url == cms.url(again)


def test_a_new_quarter_without_a_file_is_answered_from_the_one_before(shelf: Shelf, cms: CmsServer) -> None:
    del cms.things[PAGE_PATH]
    report = run(shelf, cms, date(2026, 4, 2), dry_run=True)
    assert (report.outcome, report.offered) == (UpdateOutcome.WOULD_LOAD, "HCPCS January 2026")


def test_an_older_release_never_takes_the_place_of_a_newer_one(shelf: Shelf, cms: CmsServer) -> None:
    run(shelf, cms)
    for path in (PAGE_PATH, path_of("october")):
        del cms.things[path]
    report = run(shelf, cms)
    assert (report.outcome, report.offered, report.way) == (
        UpdateOutcome.ALREADY_NEWEST,
        "HCPCS July 2025",
        UpdateWay.NAME,
    )
    assert report.newest is not None
    assert report.newest.id == "2025-10"


def test_the_same_release_by_its_name_is_not_fetched_again(shelf: Shelf, cms: CmsServer) -> None:
    cms.page(link("october"), link("october-v2", note=" (v2)"))
    run(shelf, cms)
    del cms.things[PAGE_PATH]
    version = shelf.current_version()
    assert run(shelf, cms).outcome is UpdateOutcome.ALREADY_NEWEST
    assert shelf.current_version() == version, "the first issue may be older than the one loaded"


@pytest.mark.parametrize("body", ["july", "january"])
def test_a_file_that_is_not_what_its_name_says_is_refused(shelf: Shelf, cms: CmsServer, body: str) -> None:
    del cms.things[PAGE_PATH]
    cms.things[path_of("october")] = Served(ZIPS[body])
    with pytest.raises(ReleaseError, match=r"though its name says HCPCS October 2025; nothing was loaded"):
        run(shelf, cms)
    assert shelf.open() is None


def test_an_older_file_behind_a_link_is_refused(shelf: Shelf, cms: CmsServer) -> None:
    cms.things[path_of("october")] = Served(ZIPS["july"])
    with pytest.raises(ReleaseError, match=r"is HCPCS July 2025, though CMS's page says HCPCS October 2025"):
        run(shelf, cms)


def test_a_page_in_place_of_a_file_is_not_taken_for_one(shelf: Shelf, cms: CmsServer) -> None:
    del cms.things[PAGE_PATH]
    cms.things[path_of("october")] = Served(b"<html>not found</html>", content_type="text/html")
    assert run(shelf, cms, dry_run=True).offered == "HCPCS July 2025"


def test_it_says_what_was_tried_where_there_is_nothing(shelf: Shelf, cms: CmsServer) -> None:
    cms.things.clear()
    with pytest.raises(DownloadError, match=r"not found \(404\).* HCPCS October 2025 and HCPCS July 2025 were tried"):
        run(shelf, cms)


def test_a_site_that_refuses_everything_is_asked_for_one_name(shelf: Shelf, cms: CmsServer) -> None:
    for path in [PAGE_PATH, *(FOLDER + name for name in names_of(Period(2025, 10)))]:
        cms.things[path] = Served(b"", faults=[403] * 9)
    with pytest.raises(DownloadError, match="refused with 403"):
        run(shelf, cms)
    assert len(cms.asked) == 2
