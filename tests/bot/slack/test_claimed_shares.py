"""A share that a replica has left is posted once, or the person is asked to look."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from tests.bot.slack.conftest import Clock, settle
from tests.bot.slack.stored_claims import connected, replica, until_done
from tests.slack_app import APP, as_message, posted

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.state.claim_store import LEASE_SECONDS
from hcpcs_bot.state.database import Database
from slack_peer.api.faults import Misbehavior
from slack_peer.api.routes import RESPONSE_URL
from slack_peer.errors import NoResponseError
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, BOT_USER, Message

NO = "No. S9328 is not payable by Medicare."


async def shared_and_left(peer: SlackPeer, slack: SlackContext, *, started: bool) -> Message:
    """A card whose Share button was pressed, and whose replica ended before Slack had the share, or knew it had."""
    async with connected(peer, slack):
        card = as_message(await peer.slash("/hcpcs S9328"))
        peer.faults.plan(RESPONSE_URL, Misbehavior(seconds=30), times=1)
        if not started:
            slack.claims.start = _wait_forever  # type: ignore[method-assign]
        with pytest.raises(NoResponseError):
            await peer.press("Share to channel", card)
        await slack.tasks.drain(0)
    peer.faults.clear()
    return card


async def _wait_forever(_: object) -> bool:
    await asyncio.sleep(600)
    return True


@pytest.fixture
async def impatient() -> AsyncIterator[SlackPeer]:
    """A workspace in which nobody waits for long."""
    peer = SlackPeer(APP, timeout=0.3)
    await peer.start()
    yield peer
    await peer.stop()


@pytest.mark.slow
async def test_a_share_that_a_replica_left_another_one_posts(
    impatient: SlackPeer, databases: list[Database], clock: Clock
) -> None:
    await shared_and_left(impatient, replica(impatient, databases[0], clock), started=False)
    assert posted(impatient) == []
    clock.now += LEASE_SECONDS
    async with connected(impatient, replica(impatient, databases[1], clock)):
        await until_done(databases[1])
    (shared,) = posted(impatient)
    assert shared.channel == BILLING
    assert NO in shared.text


@pytest.mark.slow
async def test_a_share_that_may_have_been_posted_is_not_posted_again_and_the_person_is_told(
    impatient: SlackPeer, databases: list[Database], clock: Clock
) -> None:
    card = await shared_and_left(impatient, replica(impatient, databases[0], clock), started=True)
    clock.now += LEASE_SECONDS
    async with connected(impatient, replica(impatient, databases[1], clock)) as slack:
        await until_done(databases[1])
        await settle(slack)
        told = [one.text for one in impatient.workspace.visible() if one.user == BOT_USER][-1]
        assert "Slack didn't confirm that the answer was shared" in told
        assert posted(impatient) == []
        shared = as_message(await impatient.press("Share to channel", card))
        assert shared.visible_to == ""
