"""Replicas of the app that share the claims in one database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import select
from tests.bot.slack.conftest import Clock
from tests.slack_app import TODAY, config_for

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.replies.claim_recovery import ClaimRecovery
from hcpcs_bot.state.claim_store import ClaimStore
from hcpcs_bot.state.conversation_topics import StoredConversationTopics
from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import ClaimRow
from slack_peer.delivery.connection import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer

SWEEP_SECONDS = 0.02
"""Seconds between two sweeps of a replica."""


def replica(peer: SlackPeer, database: Database, clock: Clock) -> SlackContext:
    """The app as one replica; no replica sweeps before ``connected``."""
    slack = SlackContext(
        config_for(peer, call_timeout=0.5),
        starter_desk,
        claims=ClaimStore(database, clock=clock),
        topics=StoredConversationTopics(database),
        today=lambda: TODAY,
    )
    slack.run_with(ClaimRecovery(slack, SWEEP_SECONDS))
    return slack


@asynccontextmanager
async def connected(peer: SlackPeer, slack: SlackContext) -> AsyncIterator[SlackContext]:
    """A replica that runs, and to which Slack delivers."""
    async with InProcess(asgi_app(slack)) as application:
        peer.connect(SignedConnection(application, peer.signing_secret))
        yield slack


def open_claims(database: Database) -> list[str]:
    """The texts of the claims that are not done."""
    with database.reading() as session:
        return list(session.scalars(select(ClaimRow.text).where(ClaimRow.done_at == 0.0)))


async def until_done(database: Database) -> None:
    """Waits until every claim is done."""
    async with asyncio.timeout(20):
        while open_claims(database):
            await asyncio.sleep(SWEEP_SECONDS)
