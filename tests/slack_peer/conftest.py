"""A peer with the real app connected to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.slack_app import APP, server_for
from tests.slack_peer.bolt_apps import ECHO

from slack_peer.peer import SlackPeer, connect_app


@pytest.fixture
async def peer() -> AsyncIterator[SlackPeer]:
    """The real app over the starter, connected to a peer; whatever Slack would refuse fails the test."""
    async with connect_app(SlackPeer(APP), server_for) as peer:
        yield peer
        assert peer.violations == []


@pytest.fixture
async def echo() -> AsyncIterator[SlackPeer]:
    """A peer of a small app that is not connected."""
    peer = SlackPeer(ECHO, timeout=1.0)
    await peer.start()
    yield peer
    await peer.stop()
