"""Metrics as Prometheus reads them: numbers under labels that are known beforehand, and no text of anybody."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest
from prometheus_client.parser import text_string_to_metric_families
from tests.bot.http.service_client import client_of
from tests.bot.slack.conftest import settle
from tests.slack_app import APP, context_for

from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.http.health import Condition, PartHealth
from hcpcs_bot.http.metrics import Metrics
from hcpcs_bot.http.query_context import QueryContext
from hcpcs_bot.http.service import create_service
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.updates.scheduler import UpdateScheduler
from slack_peer.api.faults import Misbehavior
from slack_peer.delivery.connection import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer

Samples = dict[tuple[str, tuple[str, ...]], float]
TODAY = date(2026, 1, 15)


async def scrape(running: InProcess) -> Samples:
    """Every sample that a server states now, by its name and the values of its labels in the order of their names."""
    response = await running.request("GET", "/metrics", {}, b"")
    assert response.status == 200
    families = text_string_to_metric_families(response.body.decode())
    return {
        (sample.name, tuple(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


async def test_what_slack_asks_is_counted_and_none_of_its_words(workspace: SlackPeer) -> None:
    context = context_for(workspace)
    async with InProcess(asgi_app(context)) as application:
        workspace.connect(SignedConnection(application, workspace.signing_secret))
        for _ in range(2):
            await workspace.slash("/hcpcs S9328 for Jane Roe")
        for method in ("chat.postMessage", "chat.postEphemeral"):
            workspace.faults.plan(method, Misbehavior(error="Jane Roe"))
        await workspace.say("@hcpcs S9328")
        await settle(context)
        samples = await scrape(application)
    assert samples["hcpcs_requests_total", ("slack", "card", "answered", "command")] == 2
    assert samples["hcpcs_request_seconds_count", ("slack", "command")] == 2
    assert samples["hcpcs_lost_posts_total", ("unreadable_answer",)] >= 1
    assert samples["hcpcs_retried_calls_total", ("unreadable_answer",)] >= 1
    assert samples["hcpcs_answers_being_sent", ()] == 0
    assert samples["hcpcs_starter", ()] == 1
    labels = {value for _, values in samples for value in values}
    assert not labels & {"S9328", "Jane", "Roe", "Jane Roe"}


async def test_a_reason_that_is_not_an_error_code_is_not_stated() -> None:
    metrics = Metrics(starter_desk, failures={"is_archived": 2, "Jane Roe": 1, "555-0100": 1})
    samples = await scrape(InProcess(metrics))
    assert samples["hcpcs_lost_posts_total", ("is_archived",)] == 2
    assert samples["hcpcs_lost_posts_total", ("other",)] == 2


async def test_requests_over_http_are_counted_by_declared_path_and_status() -> None:
    desk = starter_desk()
    metrics = Metrics(lambda: desk, today=lambda: TODAY)
    service = create_service(QueryContext(lambda: desk, lambda: TODAY), metrics)
    async with client_of(service) as client:
        for path in ("/api/v1/codes/S9353", "/api/v1/codes/S9328", "/api/v1/codes/S0000", "/Jane/Roe"):
            await client.get(path)
    samples = await scrape(InProcess(metrics))
    assert samples["hcpcs_requests_total", ("http", "", "200", "/api/v1/codes/{code}")] == 2
    assert samples["hcpcs_requests_total", ("http", "", "404", "/api/v1/codes/{code}")] == 1
    assert samples["hcpcs_requests_total", ("http", "", "404", "other")] == 1


async def test_conditions_and_ages_are_stated() -> None:
    desk = starter_desk()
    probes = [lambda: PartHealth(part="catalog"), lambda: PartHealth(part="slack", condition=Condition.DEGRADED)]
    metrics = Metrics(lambda: desk, probes=probes, today=lambda: TODAY)
    samples = await scrape(InProcess(metrics))
    assert samples["hcpcs_part_condition", ("catalog",)] == 0
    assert samples["hcpcs_part_condition", ("slack",)] == 1
    assert samples["hcpcs_release_age_days", ()] == (TODAY - desk.catalog.newest.effective).days


async def test_rounds_of_background_jobs_are_counted() -> None:
    scheduler = UpdateScheduler(CurrentlyEmptyDesk(), poll_seconds=0.01)
    await scheduler.start()
    async with asyncio.timeout(30):
        while scheduler.rounds["following the shelf", "done"] < 2:
            await asyncio.sleep(0.01)
    await scheduler.stop()
    samples = await scrape(InProcess(Metrics(starter_desk, rounds=scheduler.rounds)))
    assert samples["hcpcs_job_rounds_total", ("done", "following the shelf")] >= 2


class CurrentlyEmptyDesk:
    """A shelf on which nothing new is published."""

    def __call__(self) -> Desk:
        return starter_desk()

    def refresh(self) -> bool:
        return False


@pytest.mark.parametrize("method", ["POST", "DELETE"])
async def test_metrics_are_only_read(method: str) -> None:
    running = InProcess(Metrics(starter_desk))
    assert (await running.request(method, "/metrics", {}, b"")).status == 405


@pytest.fixture
async def workspace():  # type: ignore[no-untyped-def]
    """A workspace before any app is connected to it."""
    peer = SlackPeer(APP, burst=1_000, timeout=3.0)
    await peer.start()
    yield peer
    await peer.stop()
