"""An update in a process of its own: what it reports when it fails or takes too long."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.bot.cms_page import ZIPS
from tests.cms_server import CmsServer, Served, serving

from hcpcs_bot.updates.update_process import UpdateFailedError, UpdateProcess


async def test_an_update_that_fails_says_why_in_its_own_line(tmp_path: Path) -> None:
    with serving(CmsServer()) as cms, pytest.raises(UpdateFailedError, match="layout may have changed"):
        await UpdateProcess(tmp_path, cms.page("nothing here"))()


@pytest.mark.slow
async def test_an_update_that_hangs_is_ended(tmp_path: Path) -> None:
    with serving(CmsServer()) as cms:
        cms.things["/slow.zip"] = Served(ZIPS["october"], chunk=10, pause=1.0)
        with pytest.raises(UpdateFailedError, match="took longer than 2 seconds"):
            await UpdateProcess(tmp_path, cms.url("/slow.zip"), timeout=2.0)()
