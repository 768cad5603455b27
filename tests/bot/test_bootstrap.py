"""What the composition root builds: it stops no event loop, and leaves no text behind."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from tests.slack_app import APP, config_for

from hcpcs_bot.bootstrap import make_server_context
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.settings import Settings
from hcpcs_bot.slack.installation.config import SlackConfig
from slack_peer.peer import SlackPeer, connect_app


async def test_the_facts_of_the_app_home_are_read_in_a_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []

    def failed_updates(home: Path) -> tuple[str, ...]:
        threads.append(threading.current_thread())
        return ("The update failed.",) if home == tmp_path else ()

    monkeypatch.setattr("hcpcs_bot.updates.update_record.failed_updates", failed_updates)
    settings = Settings(home=tmp_path)
    config = SlackConfig(bot_token="xoxb-1", signing_secret="secret")
    slack = make_server_context(settings, config, CurrentDesk(settings, starter=True))
    assert slack.home_facts is not None
    facts = await slack.home_facts("T1")
    assert (facts.failures, facts.watches) == (("The update failed.",), ())
    assert len(threads) == 1
    assert threads[0] is not threading.current_thread()


async def test_a_server_that_has_stopped_leaves_no_text_of_a_question_on_the_disk(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    desk = CurrentDesk(settings, starter=True)
    async with connect_app(
        SlackPeer(APP), lambda peer: asgi_app(make_server_context(settings, config_for(peer), desk))
    ) as peer:
        await peer.ask("@hcpcs is S9353 covered for Zebulona Quillerby?")
        await peer.write("S9328 for Zebulona Quillerby, MRN 48213377")
    left = {file.name for file in tmp_path.rglob("*") if file.is_file() and b"Quillerby" in file.read_bytes()}
    assert left == set()
