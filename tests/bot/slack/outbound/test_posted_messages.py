"""Looking for an answer that may have been posted: by its key, in pages; unknown where the app may not look."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.slack_app import APP, config_for

from hcpcs_bot.slack.outbound import posted_messages
from hcpcs_bot.slack.outbound.outbox import Outbox
from hcpcs_bot.slack.outbound.posted_messages import look_for_answer
from hcpcs_bot.slack.outbound.retries import SlackCallError
from hcpcs_bot.watches.delivery import PostStatus
from slack_peer.api.faults import BAD_GATEWAY
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, DIRECT, YOU, Message

KEY, OTHER = "5f2ad0bd-5b4a-5a67-9b2c-0d5f4f1f6a11", "5f2ad0bd-5b4a-5a67-9b2c-0d5f4f1f6a12"


@pytest.fixture
async def outbox(workspace: SlackPeer) -> Outbox:
    workspace.install(replace(APP, scopes=APP.scopes | {"channels:history"}))
    return Outbox(config_for(workspace))


def asked(peer: SlackPeer, channel: str) -> Message:
    """A question in a channel to which no app is connected."""
    stamp = peer.workspace.stamp()
    return peer.workspace.put(Message(channel=channel, ts=stamp, user=YOU, text="a question"))


@pytest.mark.parametrize(("channel", "in_thread"), [(BILLING, True), (DIRECT, False), (DIRECT, True)])
async def test_an_answer_is_found_in_its_place_by_its_key(
    workspace: SlackPeer, outbox: Outbox, channel: str, in_thread: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posted_messages, "PAGE_SIZE", 2)
    question = asked(workspace, channel)
    thread = question.ts if in_thread else None
    await outbox.open()
    for number in range(5):
        await outbox.post(channel, f"no. {number}", [], thread, key=KEY if number == 2 else "")
    asked_at = float(question.ts)
    assert await look_for_answer(outbox.client, channel, thread, KEY, asked_at) is PostStatus.POSTED
    assert await look_for_answer(outbox.client, channel, thread, OTHER, asked_at) is PostStatus.ABSENT
    await outbox.close()


async def test_without_the_scope_it_is_unknown(workspace: SlackPeer, outbox: Outbox) -> None:
    question = asked(workspace, BILLING)
    await outbox.open()
    workspace.faults.plan("conversations.replies", BAD_GATEWAY)
    with pytest.raises(SlackCallError):
        await look_for_answer(outbox.client, BILLING, question.ts, KEY, float(question.ts))
    workspace.faults.clear()
    workspace.install(APP)
    status = await look_for_answer(outbox.client, BILLING, question.ts, KEY, float(question.ts))
    assert status is PostStatus.UNKNOWN
    await outbox.close()
