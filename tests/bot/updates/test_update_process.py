"""An update in a process of its own: what it reports when it fails or takes too long."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
import structlog
from tests.bot.cms_page import ZIPS, link
from tests.bot.companion_site import CompanionSite
from tests.cms_server import CmsServer, Served, serving

from hcpcs.releases.download.quarterly_page import QUARTERLY_PAGE
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.settings import Settings
from hcpcs_bot.updates.update_process import UpdateFailedError, UpdateProcess
from hcpcs_bot.updates.update_record import read_records
from hcpcs_bot.updates.update_report import CompanionOutcome


async def test_an_update_that_fails_says_why_in_its_own_line(tmp_path: Path) -> None:
    with serving(CmsServer()) as cms, pytest.raises(UpdateFailedError, match="layout may have changed"):
        await UpdateProcess(tmp_path, cms.page("nothing here"))()


@pytest.mark.slow
async def test_an_update_that_hangs_is_ended(tmp_path: Path) -> None:
    with serving(CmsServer()) as cms:
        cms.things["/slow.zip"] = Served(ZIPS["october"], chunk=10, pause=1.0)
        with pytest.raises(UpdateFailedError, match="took longer than 2 seconds"):
            await UpdateProcess(tmp_path, cms.url("/slow.zip"), timeout=2.0)()


@pytest.mark.slow
async def test_a_kind_that_fails_leaves_the_others_and_is_named(
    tmp_path: Path, cms: CmsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = CompanionSite(cms)
    path = urlsplit(QUARTERLY_PAGE).path
    site.page_at(path, link("october"))
    monkeypatch.setenv("HCPCS_CMS_URL", cms.address)
    del site.cms.things["/files/zip/dme26.zip"]
    said = r"DMEPOS fee schedule \(--only dmepos\): .*404"
    with (
        structlog.testing.capture_logs() as logs,
        pytest.raises(UpdateFailedError, match=said),
    ):
        await UpdateProcess(tmp_path)()
    (line,) = [line for line in logs if line["event"] == "updated"]
    assert (line["outcome"], line["newest"]) == ("loaded", "HCPCS October 2025")
    assert line["companions"]["dmepos"] == "failed"
    assert line["companions"]["asp"] == "loaded"
    desk = CurrentDesk(Settings(home=tmp_path))()
    assert {edition.kind.value for edition in desk.companions.editions} >= {"asp", "ndc", "mue_dme"}
    failed = [record.kind for record in read_records(tmp_path) if record.outcome is CompanionOutcome.FAILED]
    assert failed == ["dmepos"]
