"""The playground watches, too: what is watched there is gone with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from hcpcs_bot.bootstrap import CurrentDesk, make_playground_context
from hcpcs_bot.playground import open_playground
from hcpcs_bot.settings import Settings


async def test_a_channel_can_be_told_to_watch(tmp_path: Path) -> None:
    desk = CurrentDesk(Settings().at(tmp_path / "home"))
    async with open_playground(partial(make_playground_context, desk=desk, folder=tmp_path / "state")) as peer:
        assert "now watches S93*" in (await peer.slash("/hcpcs watch S93*")).text
        assert "S93*" in (await peer.slash("/hcpcs watching")).text
        assert "It watches nothing now" in (await peer.slash("/hcpcs unwatch S93*")).text
        assert peer.violations == []
