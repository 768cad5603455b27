"""Who may call the stand-in, what it keeps of each call, and how it fails on purpose."""

from __future__ import annotations

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from tests.slack_peer.bolt_apps import client_of, refusal

from slack_peer.api.routes import ApiCall
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING


async def test_no_browser_and_no_other_host_is_answered(echo: SlackPeer) -> None:
    async with aiohttp.ClientSession() as session:
        token = {"authorization": f"Bearer {echo.bot_token}"}
        for headers, status in (
            (token, 200),
            ({**token, "origin": echo.address}, 403),
            ({**token, "host": "evil.example"}, 403),
        ):
            async with session.post(f"{echo.api_url}auth.test", headers=headers) as answer:
                assert answer.status == status
        async with session.get(f"{echo.address}/socket?ticket=guessed") as answer:
            assert answer.status == 403
        async with session.post(f"{echo.api_url}apps.connections.open", headers=token) as answer:
            assert (await answer.json())["error"] == "invalid_auth"
        async with session.post(f"{echo.address}/hooks/1/guessed", json={"text": "x"}) as answer:
            assert answer.status == 404


async def test_every_call_is_kept_refused_or_not(echo: SlackPeer) -> None:
    client = client_of(echo)
    await client.chat_postMessage(channel=BILLING, text="one")
    assert await refusal(client.chat_postMessage(channel="C0NOWHERE", text="two")) == "channel_not_found"

    assert [call.arguments["text"] for call in echo.calls("chat.postMessage")] == ["one", "two"]
    assert echo.calls("chat.update") == []


async def test_a_fault_answers_in_slacks_place(echo: SlackPeer) -> None:
    async def fault(call: ApiCall) -> web.StreamResponse | None:
        return web.Response(status=500, text="oh") if call.arguments.get("text") == "bad day" else None

    echo.routes.fault = fault
    client = client_of(echo)
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel=BILLING, text="bad day")
    await client.chat_postMessage(channel=BILLING, text="good day")

    assert [message.text for message in echo.workspace.messages.values()] == ["good day"]
    assert echo.violations == []
