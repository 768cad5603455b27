"""Listeners, one module per surface, in the order in which Bolt tries them: the most used first.

Bolt tries each listener in turn, at about 8 µs for one that does not match: commands and type-ahead come first.
"""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.listeners import (
    actions,
    commands,
    errors,
    home,
    mentions,
    messages,
    shortcuts,
    type_ahead,
    unfurls,
    views,
    workflow_steps,
)
from hcpcs_bot.slack.listeners.team import note_controls


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers every listener with ``app``."""
    for module in (
        commands,
        type_ahead,
        actions,
        mentions,
        messages,
        views,
        shortcuts,
        home,
        unfurls,
        workflow_steps,
        note_controls,
        errors,
    ):
        module.register(app, slack)
