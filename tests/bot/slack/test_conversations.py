"""Mentions, threads, direct messages: answered where they stand, once, and only to people."""

from __future__ import annotations

from typing import Any

import pytest


async def test_a_mention_is_answered_in_its_thread(slack: Any) -> None:
    reply = await slack.mention("S9328")
    assert (reply.status, reply.raw) == (200, "")
    (posted,) = slack.sent("chat.postMessage")
    assert posted["channel"] == "C2147483705"
    assert posted["thread_ts"] == "1700000000.000100"
    assert "No. S9328 is not payable by Medicare." in posted["text"]
    assert posted["blocks"][0]["text"]["text"] == "⛔ No. S9328 is not payable by Medicare."


async def test_a_mention_inside_a_thread_stays_in_that_thread(slack: Any) -> None:
    await slack.mention("is S9353 payable by Medicare?", thread="1690000000.000001")
    assert slack.sent("chat.postMessage")[0]["thread_ts"] == "1690000000.000001"


async def test_an_answer_for_all_to_see_has_no_share_button(slack: Any, control: Any) -> None:
    await slack.mention("S9328")
    blocks = slack.sent("chat.postMessage")[0]["blocks"]
    with pytest.raises(AssertionError):
        control(blocks, "Share")
    assert control(blocks, "Fields explained")


async def test_a_mention_with_no_question_gets_help(slack: Any) -> None:
    await slack.mention("")
    assert "/hcpcs S9328" in str(slack.sent("chat.postMessage")[0]["blocks"])


async def test_a_repeated_delivery_is_answered_once(slack: Any) -> None:
    for _ in range(3):
        assert (await slack.mention("S9328", event_id="Ev08MFMKH6")).status == 200
    assert len(slack.sent("chat.postMessage")) == 1


async def test_a_direct_message_is_answered_in_its_conversation(slack: Any) -> None:
    await slack.write("S9353")
    (posted,) = slack.sent("chat.postMessage")
    assert posted["channel"] == "D024BE91L"
    assert "thread_ts" not in posted
    assert "S9353" in posted["text"]


async def test_the_agent_view_is_answered_in_its_thread(slack: Any) -> None:
    await slack.write("S9353", thread="1700000000.000150")
    assert slack.sent("chat.postMessage")[0]["thread_ts"] == "1700000000.000150"


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B0BOT0000", "user": "U0BOT0000"},
        {"bot_id": "B0OTHER00"},
        {"subtype": "bot_message", "user": None},
        {"subtype": "message_changed", "message": {"text": "S9328", "user": "U1"}, "user": None},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"edited": {"user": "U2147483697", "ts": "1700000001.000000"}},
    ],
)
async def test_bots_and_edits_are_not_answered(slack: Any, more: dict[str, Any]) -> None:
    assert (await slack.write("S9328", **more)).status == 200
    assert (await slack.mention("S9328", **more)).status == 200
    assert slack.sent("chat.postMessage") == []


async def test_what_people_say_in_a_channel_is_not_answered_without_a_mention(slack: Any) -> None:
    await slack.write("S9328", channel_type="channel", channel="C2147483705")
    assert slack.sent("chat.postMessage") == []


async def test_too_many_mentions_are_slowed_down_in_private(slack: Any) -> None:
    for _ in range(31):
        await slack.mention("S9328")
    (told,) = slack.sent("chat.postEphemeral")
    assert told["user"] == "U2147483697"
    assert "slow down" in told["text"]
    assert len(slack.sent("chat.postMessage")) == 30


async def test_should_slack_refuse_the_blocks_the_text_goes_alone(slack: Any, monkeypatch: Any) -> None:
    slack.refuse_blocks = True
    await slack.mention("S9328")
    (posted,) = slack.sent("chat.postMessage")
    assert "blocks" not in posted
    assert "No. S9328 is not payable by Medicare." in posted["text"]
