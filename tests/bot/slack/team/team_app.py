"""The Slack interface with what a team keeps, in a database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.slack_app import TODAY, config_for

from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.listeners.team.team_features import team_features
from hcpcs_bot.slack.ports import HomeFactsOf
from hcpcs_bot.state.database import Database
from hcpcs_bot.team.permissions import TeamRoles
from slack_peer.delivery.connection import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer

EVERYONE = TeamRoles()


def notes_context(
    workspace: SlackPeer,
    database: Database,
    roles: TeamRoles = EVERYONE,
    desk: Desk | None = None,
    home_facts: HomeFactsOf | None = None,
) -> SlackContext:
    """The Slack interface with what a team keeps in ``database``."""
    in_use = desk or starter_desk()
    team = team_features(database, lambda: in_use, b"key", roles, lambda: TODAY)
    return SlackContext(
        config_for(workspace),
        lambda: in_use,
        subcommands=team.subcommands,
        team_memory=team.memory,
        notes=team.notes,
        usage=team.usage,
        home_facts=home_facts,
        roles=roles,
        services=(team.usage,),
        today=lambda: TODAY,
    )


@asynccontextmanager
async def connected(workspace: SlackPeer, context: SlackContext) -> AsyncIterator[SlackPeer]:
    async with InProcess(asgi_app(context)) as application:
        workspace.connect(SignedConnection(application, workspace.signing_secret))
        yield workspace
    assert workspace.violations == []
