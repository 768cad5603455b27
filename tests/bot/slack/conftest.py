"""The app over the starter, connected to a workspace: people type and press, and Slack refuses what it would refuse."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tests.slack_app import APP, context_for

from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound import claims
from hcpcs_bot.state import database
from hcpcs_bot.state.database import Database, open_database
from slack_peer.delivery.connection import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer


@pytest.fixture
async def workspace() -> AsyncIterator[SlackPeer]:
    """A workspace before any app is connected to it."""
    peer = SlackPeer(APP, burst=1_000, timeout=3.0)
    await peer.start()
    yield peer
    await peer.stop()


@pytest.fixture
def context(workspace: SlackPeer) -> SlackContext:
    """The Slack interface over the starter; a test module may bring its own."""
    return context_for(workspace)


@pytest.fixture
async def slack(workspace: SlackPeer, context: SlackContext) -> AsyncIterator[SlackPeer]:
    """The workspace with the app connected. Whatever Slack would refuse fails the test."""
    async with InProcess(asgi_app(context)) as application:
        workspace.connect(SignedConnection(application, workspace.signing_secret))
        yield workspace
    assert workspace.violations == []


async def settle(context: SlackContext) -> None:
    """Waits until the app has finished what it does after its answers."""
    while len(context.tasks):
        await context.tasks.drain(5)


class Clock:
    """The time in seconds, set by a test."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock that starts now and stands still."""
    clock = Clock()
    clock.now = time.time()
    return clock


@pytest.fixture
def databases(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Database]]:
    """One database as two replicas have it open. They wait for it: a busy machine is not a database that hangs."""
    monkeypatch.setattr(claims, "STATE_SECONDS", 60.0)
    monkeypatch.setattr(database, "ANSWER_SECONDS", 60.0)
    opened = [open_database(tmp_path, database_url) for _ in range(2)]
    yield opened
    for one in opened:
        one.close()
