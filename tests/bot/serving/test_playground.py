"""The playground keeps watches while it runs, and says in one line why its own questions were not answered."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from tests.slack_app import APP

from hcpcs_bot.bootstrap import make_playground_context
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.serving.playground import PlaygroundError, ask_documented, open_playground
from hcpcs_bot.settings import Settings
from slack_peer.peer import SlackPeer


async def test_a_channel_can_watch(tmp_path: Path) -> None:
    desk = CurrentDesk(Settings().at(tmp_path / "home"))
    async with open_playground(partial(make_playground_context, desk=desk, folder=tmp_path / "state")) as peer:
        assert "now watches S93*" in (await peer.slash("/hcpcs watch S93*")).text
        assert "S93*" in (await peer.slash("/hcpcs watching")).text
        assert "It watches nothing now" in (await peer.slash("/hcpcs unwatch S93*")).text
        assert peer.violations == []


async def test_questions_that_get_no_answer_are_one_clear_error() -> None:
    with pytest.raises(PlaygroundError, match="The playground got no answer: no app is connected."):
        await ask_documented(SlackPeer(APP))
