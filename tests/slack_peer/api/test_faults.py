"""The stand-in fails as it was told to: which call, how often, and whether it was carried out."""

from __future__ import annotations

from dataclasses import replace

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from tests.slack_peer.bolt_apps import client_of, refusal

from slack_peer.api.faults import BAD_GATEWAY, BROKEN_JSON, CLOSED, EVERY, RATE_LIMITED, Misbehavior
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, DIRECT, YOU


async def test_a_fault_is_of_one_method_and_ends(echo: SlackPeer) -> None:
    client = client_of(echo)
    echo.faults.plan("chat.postMessage", Misbehavior(error="is_archived"), times=1)
    await client.auth_test()
    assert await refusal(client.chat_postMessage(channel=BILLING, text="one")) == "is_archived"
    await client.chat_postMessage(channel=BILLING, text="two")
    echo.faults.plan(EVERY, Misbehavior(error="fatal_error"))
    assert await refusal(client.auth_test()) == "fatal_error"
    echo.faults.clear()
    await client.auth_test()
    assert [message.text for message in echo.workspace.messages.values()] == ["two"]
    assert echo.violations == []


async def test_what_is_carried_out_is_there_although_the_answer_fails(echo: SlackPeer) -> None:
    echo.faults.plan("chat.postMessage", replace(BAD_GATEWAY, carried_out=True), times=1)
    with pytest.raises(SlackApiError):
        await client_of(echo).chat_postMessage(channel=BILLING, text="one")
    assert [message.text for message in echo.workspace.messages.values()] == ["one"]


async def test_a_failing_answer_is_sent_as_it_is(echo: SlackPeer) -> None:
    async with aiohttp.ClientSession() as session:
        for misbehavior in (BAD_GATEWAY, BROKEN_JSON, RATE_LIMITED):
            echo.faults.plan("auth.test", misbehavior, times=1)
            async with session.post(f"{echo.api_url}auth.test") as answer:
                assert answer.status == misbehavior.status
                assert answer.content_type == misbehavior.content_type
                assert answer.headers.get("retry-after") == ("1" if misbehavior is RATE_LIMITED else None)
        echo.faults.plan("auth.test", CLOSED, times=1)
        with pytest.raises(aiohttp.ClientError):
            await session.post(f"{echo.api_url}auth.test")


async def test_a_persons_id_stands_for_their_direct_messages_with_the_app(echo: SlackPeer) -> None:
    client = client_of(echo)
    assert (await client.chat_postMessage(channel=YOU, text="hello"))["channel"] == DIRECT
    assert await refusal(client.chat_postMessage(channel="U0NOBODY", text="hello")) == "channel_not_found"
