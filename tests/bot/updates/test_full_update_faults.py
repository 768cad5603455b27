"""A kind of companion files that fails, in every way: one line, nothing loaded of it, and the others are loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.bot.companion_site import CompanionSite, fees_zip, limits_zip
from tests.bot.updates.companion_runs import LIMITS, TODAY, days, only, run
from tests.cms_server import CmsServer, Served

from hcpcs.catalog.shelf import Shelf
from hcpcs_bot.updates.update_record import read_records
from hcpcs_bot.updates.update_report import CompanionOutcome


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def site(cms: CmsServer) -> CompanionSite:
    return CompanionSite(cms)


@pytest.mark.parametrize("faults", [[500], ["cut"], ["cut", 503, "cut"]])
@pytest.mark.parametrize("kind", ["dmepos", "asp", "ndc", "mue_dme"])
def test_faults_that_pass_are_got_over(shelf: Shelf, site: CompanionSite, kind: str, faults: list[int | str]) -> None:
    site.cms.things[site.path(kind)].faults = [502]
    for path, thing in site.cms.things.items():
        if path.startswith("/files/zip"):
            thing.faults = list(faults)
    assert only(run(shelf, site, kind)).outcome is CompanionOutcome.LOADED


FILE_OF = {
    "dmepos": "dme26.zip",
    "asp": LIMITS,
    "ndc": "january-2026-ndc-hcpcs-crosswalk-final.zip",
    "mue_practitioner": "medicare-ncci-2026-q1-practitioner-services-mue-table.zip",
    "mue_outpatient_hospital": "medicare-ncci-2026-q1-facility-outpatient-hospital-services-mue-table.zip",
    "mue_dme": "medicare-ncci-2026-q1-dme-supplier-services-mue-table.zip",
}


def page_gone(site: CompanionSite, kind: str) -> None:
    del site.cms.things[site.path(kind)]


def page_changed(site: CompanionSite, kind: str) -> None:
    site.page_at(site.path(kind), '<a href="/portal">Please use our new portal</a>')


def page_moved_without_end(site: CompanionSite, kind: str) -> None:
    site.cms.things[site.path(kind)] = Served(b"", redirect=site.path(kind))


def file_gone(site: CompanionSite, kind: str) -> None:
    del site.cms.things[f"/files/zip/{FILE_OF[kind]}"]


def file_is_page(site: CompanionSite, kind: str) -> None:
    site.file(FILE_OF[kind], b"<!doctype html><p>Sorry").content_type = "text/html"


def always_down(site: CompanionSite, kind: str) -> None:
    site.cms.things[f"/files/zip/{FILE_OF[kind]}"].faults = [500] * 9


def cut_off(site: CompanionSite, kind: str) -> None:
    body = site.cms.things[f"/files/zip/{FILE_OF[kind]}"].body
    site.file(FILE_OF[kind], body[:-40])


def damaged(site: CompanionSite, kind: str) -> None:
    body = bytearray(site.cms.things[f"/files/zip/{FILE_OF[kind]}"].body)
    body[60:75] = b"0123456789abcde"
    site.file(FILE_OF[kind], bytes(body))


def another_kind(site: CompanionSite, kind: str) -> None:
    other = limits_zip("January", 2026) if kind == "dmepos" else fees_zip("January", 2026)
    site.file(FILE_OF[kind], other)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (page_gone, "was not found (404)"),
        (page_changed, "layout may have changed"),
        (page_moved_without_end, "is redirected more than"),
        (file_gone, "was not found (404)"),
        (file_is_page, "is a web page, not a file"),
        (always_down, "answered 500"),
        (cut_off, "arrived damaged"),
        (damaged, ".zip"),
        (another_kind, "; nothing was loaded"),
    ],
)
@pytest.mark.parametrize("kind", list(FILE_OF))
def test_a_kind_that_fails_is_one_line_and_leaves_the_others(
    shelf: Shelf, site: CompanionSite, spoil: Callable[[CompanionSite, str], None], said: str, kind: str
) -> None:
    spoil(site, kind)
    other = "ndc" if kind != "ndc" else "dmepos"
    report = run(shelf, site, kind, other)
    outcomes = {one.kind.value: one.outcome for one in report.companions}
    shares_page = spoil in (page_gone, page_changed, page_moved_without_end) and {kind, other} == {"asp", "ndc"}
    assert outcomes[kind] is CompanionOutcome.FAILED
    assert outcomes[other] is (CompanionOutcome.FAILED if shares_page else CompanionOutcome.LOADED)
    assert all(said in line and "\n" not in line for line in report.failures)
    assert days(shelf, kind) == []
    records = {record.kind: record for record in read_records(shelf.home)}
    assert said in records[kind].detail
    assert records[kind].checked_on == TODAY
