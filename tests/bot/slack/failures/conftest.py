"""The workspace with the app connected, where Slack may refuse, as the tests plan."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.slack_app import context_for

from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.slack.context import SlackContext
from slack_peer.api.faults import TRANSIENT
from slack_peer.delivery.connection import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer


@pytest.fixture
def context(workspace: SlackPeer) -> SlackContext:
    return context_for(workspace, call_timeout=0.5)


@pytest.fixture
async def slack(workspace: SlackPeer, context: SlackContext) -> AsyncIterator[SlackPeer]:
    """The workspace with the app connected."""
    async with InProcess(asgi_app(context)) as application:
        workspace.connect(SignedConnection(application, workspace.signing_secret))
        yield workspace


def kinds(*names: str) -> list[object]:
    """Failures by name; one that makes the app wait for seconds is slow."""
    return [
        pytest.param(failure, id=name, marks=pytest.mark.slow if failure.retry_after else ())
        for name, failure in TRANSIENT.items()
        if not names or name in names
    ]
