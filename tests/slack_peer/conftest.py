"""A peer with an app tied to it: the real one, or a small Bolt app that a test writes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.server import Server, asgi_app
from hcpcs_bot.slack.config import SlackConfig
from hcpcs_bot.slack.context import SlackContext
from slack_peer.peer import SlackPeer, tied


@pytest.fixture
def hcpcs_app() -> Callable[[SlackPeer], Server]:
    """The real app over the starter, for the address and secrets of a peer."""

    def make(peer: SlackPeer) -> Server:
        config = SlackConfig(
            bot_token=peer.bot_token,
            signing_secret=peer.signing_secret,
            api_url=peer.api_url,
            code_pages="https://desk.example.com/codes/",
            environ_proxy=False,
        )
        return asgi_app(SlackContext(config, starter_desk))

    return make


@pytest.fixture
async def peer(hcpcs_app: Callable[[SlackPeer], Server]) -> AsyncIterator[SlackPeer]:
    """The real app over the starter, tied to a peer; whatever Slack would refuse fails the test."""
    async with tied(hcpcs_app) as peer:
        yield peer
        assert peer.mistakes == []
