"""Serving without Slack."""

from __future__ import annotations

import json
from pathlib import Path

from hcpcs_bot.bootstrap import make_query_server
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.settings import Settings
from slack_peer.delivery.in_process import InProcess


async def test_questions_are_answered_without_any_secret_of_slack(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    server = make_query_server(settings, CurrentDesk(settings, starter=True))
    async with InProcess(server) as running:
        answer = await running.request("GET", "/api/v1/codes/S9353", {}, b"")
        assert json.loads(answer.body)["codes"] == ["S9353"]
        page = await running.request("GET", "/codes/S9353", {}, b"")
        assert b"S9353 is not payable by Medicare" in page.body
        ready = await running.request("GET", "/readyz", {}, b"")
        assert (ready.status, set(json.loads(ready.body)["parts"])) == (200, {"catalog", "updates"})
        assert (await running.request("POST", "/slack/events", {}, b"")).status == 404
    assert not server.health.report().ready


async def test_nothing_loaded_is_not_ready(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    async with InProcess(make_query_server(settings, CurrentDesk(settings))) as running:
        ready = await running.request("GET", "/readyz", {}, b"")
    assert ready.status == 503
    assert "No release is loaded" in json.loads(ready.body)["parts"]["catalog"]["detail"]
