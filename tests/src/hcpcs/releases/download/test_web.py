"""The rules of the web client: what it never opens, and when it gives up."""

from __future__ import annotations

from pathlib import Path

import httpx2 as httpx
import pytest
from tests.cms_server import CmsServer, Served, serving, small_zip

from hcpcs.errors import DownloadError, LicenseRequiredError
from hcpcs.releases.download.download import fetch_file, fetch_page
from hcpcs.releases.download.web import Web

ZIP = small_zip("HCPC2025_OCT_ANWEB.txt", "S9353", padding=400_000)
PATH = "/files/zip/october-2025.zip"


def test_a_file_that_arrives_without_end_is_given_up(cms: CmsServer, tmp_path: Path) -> None:
    ticks = iter(range(0, 10_000, 10))
    cms.things[PATH] = Served(ZIP, chunk=1000)
    with (
        Web(first_pause=0.001, timeout=httpx.Timeout(5.0), max_seconds=30, clock=lambda: float(next(ticks))) as web,
        pytest.raises(DownloadError, match=r"was not complete after 0\.5 minutes"),
    ):
        fetch_file(web, cms.url(PATH), tmp_path)
    assert not (tmp_path / "october-2025.zip").exists()


@pytest.mark.parametrize("path", ["/license/ama?file=/files/zip/a.zip", "/apps/ama/license.asp?file=/files/zip/a.zip"])
@pytest.mark.parametrize("redirected", [True, False])
def test_a_license_page_is_never_opened(web: Web, cms: CmsServer, tmp_path: Path, path: str, redirected: bool) -> None:
    cms.things[PATH] = Served(b"", redirect=cms.url(path))
    with pytest.raises(LicenseRequiredError, match="asks to accept a license") as refused:
        fetch_file(web, cms.url(PATH if redirected else path), tmp_path)
    assert refused.value.url == cms.url(path)
    assert [asked for asked, _ in cms.asked] == ([PATH] if redirected else [])


def test_a_host_that_could_not_be_reached_is_not_tried_for_each_address(tmp_path: Path) -> None:
    with serving(CmsServer()) as gone:
        address = gone.address
    pauses: list[float] = []
    with Web(attempts=3, first_pause=0.001) as web:
        with pytest.raises(DownloadError, match=r"can't be reached.*\(3 attempts\)"):
            fetch_file(web, f"{address}/a.zip", tmp_path)
        with pytest.raises(DownloadError, match="can't be reached") as refused:
            web.retried(lambda: pauses.append(0) or fetch_page(web, f"{address}/page"))
    assert "attempts" not in str(refused.value)
    assert len(pauses) == 1
