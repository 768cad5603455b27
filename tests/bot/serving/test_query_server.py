"""Serving without Slack."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from hcpcs_bot.bootstrap import make_query_server, make_query_service
from hcpcs_bot.http.asgi import Asgi
from hcpcs_bot.http.metrics import Metrics
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.serving.query_server import DeferredService
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


async def test_beside_slack_the_service_is_built_once_by_whoever_needs_it_first(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    desk = CurrentDesk(settings, starter=True)
    services: list[Asgi] = []

    def make() -> Asgi:
        services.append(make_query_service(settings, desk, Metrics(desk)).build())
        return services[-1]

    deferred = DeferredService(make)
    assert not services
    async with InProcess(deferred) as running:
        requests = (running.request("GET", "/api/v1/codes/S9353", {}, b"") for _ in range(8))
        answers = await asyncio.gather(*requests, asyncio.to_thread(deferred.build))
    assert [answer.status for answer in answers[:-1]] == [200] * 8
    assert answers[-1] is deferred.build()
    assert len(services) == 1


def test_slack_is_served_before_the_framework_of_the_other_interfaces_is_imported(tmp_path: Path) -> None:
    start = f"""
import sys
from pathlib import Path
from hcpcs_bot.bootstrap import make_query_service, make_server_context
from hcpcs_bot.serving.current_desk import CurrentDesk
from hcpcs_bot.serving.http_server import run_uvicorn
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.settings import Settings
from hcpcs_bot.slack.installation.config import SlackConfig
settings = Settings(home=Path({str(tmp_path)!r}))
desk = CurrentDesk(settings, starter=True)
slack = make_server_context(settings, SlackConfig(bot_token="xoxb-1", signing_secret="secret"), desk)
service = make_query_service(settings, desk, slack.metrics)
asgi_app(slack, service)
print("fastapi" in sys.modules)
service.build()
from fastapi.openapi.models import OpenAPI
print("fastapi" in sys.modules, "pydantic.v1" in sys.modules, OpenAPI.__pydantic_complete__)
"""
    done = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True)
    # Neither the former version of pydantic, nor the models of a description that nobody has asked for.
    assert done.stdout.split() == ["False", "True", "False", "False"]


async def test_alone_the_table_of_forms_is_made_before_the_first_of_them_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path)
    made: list[bool] = []
    monkeypatch.setattr(CurrentDesk, "prepare_table", lambda _: made.append(True))
    async with InProcess(make_query_server(settings, CurrentDesk(settings, starter=True))):
        pass
    assert made == [True]
