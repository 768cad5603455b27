"""An update that is killed at any point leaves a whole catalog, and the next one resumes its download."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import web
from tests.bot.updates.kill_updates import numbered, quarter
from tests.cms_server import CmsServer, Served, serving, small_zip
from tests.killed_processes import run_chaos
from tests.src.hcpcs.releases.writing import fixed_text

KILLS = 100


class ReleasesWithoutEnd(CmsServer):
    """``/page/N`` links to the Nth release, which arrives in many pieces."""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        number = int(request.path.rsplit("/", 1)[1].partition("-")[0].removesuffix(".zip"))
        if request.path.startswith("/page/"):
            page = f'<a href="/zip/{number}-file.zip">{quarter(number):%B %Y} Alpha-Numeric HCPCS File (ZIP)</a>'
            self.things[request.path] = Served(page.encode(), content_type="text/html", etag="")
        else:
            text = fixed_text(*numbered(number).records)
            body = small_zip(f"HCPC{quarter(number):%Y_%b}_ANWEB.txt", text.decode("latin-1"))
            self.things[request.path] = Served(body, etag=f'"{number}"', chunk=400, pause=0.001)
        return await super().answer(request)


@pytest.mark.chaos
def test_a_hundred_killed_updates_never_leave_half_a_catalog(tmp_path: Path) -> None:
    with serving(ReleasesWithoutEnd()) as cms:
        (loaded,) = run_chaos("bot.updates.kill_updates", tmp_path / "home", KILLS, cms.address)
    assert loaded > 0, "no release was ever loaded: the lives are too short to prove anything"
    assert any(ranges for _, ranges in cms.asked), "no update resumed the download of a killed one"
