"""A small app of another kind, and Bolt apps that a test writes, to try the stand-in with."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slack_peer.app_manifest import AppManifest
from slack_peer.delivery.in_process import Application
from slack_peer.peer import SlackPeer

ECHO = AppManifest.from_mapping(
    {
        "features": {
            "bot_user": {"display_name": "echo"},
            "slash_commands": [{"command": "/echo", "description": "Say it again"}],
            "shortcuts": [
                {"name": "Open a form", "type": "global", "callback_id": "open_form", "description": "A form"}
            ],
        },
        "oauth_config": {"scopes": {"bot": ["chat:write", "links:write", "commands", "channels:history"]}},
        "settings": {"event_subscriptions": {"bot_events": ["app_mention", "message.im"]}},
    }
)
HEADER = {"type": "header", "text": {"type": "plain_text", "text": "Hello"}}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "Modal"}, "blocks": [HEADER]}


def bolt(peer: SlackPeer) -> AsyncApp:
    """A Bolt app without listeners for a peer."""
    return AsyncApp(signing_secret=peer.signing_secret, client=client_of(peer), process_before_response=True)


def client_of(peer: SlackPeer, token: str = "") -> AsyncWebClient:
    """Slack's own client of the Web API, for a peer."""
    return AsyncWebClient(token=token or peer.bot_token, base_url=peer.api_url, trust_env_in_session=False)


def serve(app: AsyncApp) -> Application:
    """A Bolt app as an ASGI application with a lifespan."""
    handler: Any = AsyncSlackRequestHandler(app)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            for step in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{step}.complete"})
        else:
            await handler(scope, receive, send)

    return application


async def refusal(call: Awaitable[Any]) -> str:
    """The error code with which a call is refused."""
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])
