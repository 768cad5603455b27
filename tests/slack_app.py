"""The app as a workspace of the stand-in meets it: its manifest, and the served application for a peer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.serving.server import Server, asgi_app
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.installation.app_manifest import MANIFEST
from hcpcs_bot.slack.installation.config import SlackConfig
from slack_peer.app_manifest import AppManifest
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BOT_USER, Container, Message, View

APP = AppManifest.from_mapping(MANIFEST)
TODAY = date(2026, 1, 15)
CODE_PAGES = "https://desk.example.com/codes/"


def config_for(peer: SlackPeer, **settings: Any) -> SlackConfig:
    """The Slack settings for the address and secrets of a peer."""
    given = {
        "bot_token": peer.bot_token,
        "signing_secret": peer.signing_secret,
        "api_url": peer.api_url,
        "code_pages": CODE_PAGES,
        "environ_proxy": False,
        "retry_wait": 0.01,
    }
    return SlackConfig(**given | settings)


def context_for(peer: SlackPeer, desk: Any = None, **settings: Any) -> SlackContext:
    """The Slack interface over ``desk`` (the starter unless another is named), for a peer."""
    return SlackContext(config_for(peer, **settings), lambda: desk or starter_desk(), today=lambda: TODAY)


def server_of(desk: Any) -> Callable[[SlackPeer], Server]:
    """Makes the served application over ``desk`` for a peer."""
    return lambda peer: asgi_app(context_for(peer, desk))


def server_for(peer: SlackPeer) -> Server:
    """The served application over the starter, for a peer."""
    return asgi_app(context_for(peer))


def as_message(shown: Container) -> Message:
    """What was shown, which must be a message."""
    assert isinstance(shown, Message)
    return shown


def as_view(shown: Container) -> View:
    """What was shown, which must be a modal or a home."""
    assert isinstance(shown, View)
    return shown


def posted(peer: SlackPeer) -> list[Message]:
    """The app's messages that everybody sees, oldest first."""
    return [one for one in peer.workspace.messages.values() if one.user == BOT_USER and not one.visible_to]
