"""What the composition root builds: nothing that it reads for an answer stops the event loop."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from hcpcs_bot.bootstrap import make_server_context
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.settings import Settings
from hcpcs_bot.slack.installation.config import SlackConfig


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
