"""Listeners, one module a surface, in the order in which Bolt asks them: the hottest first.

Bolt tries each listener in turn, at about 8 µs for one that does not match: commands and options stand first.
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
    options,
    shortcuts,
    unfurls,
    views,
)


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Ties every listener to ``app``."""
    for module in (commands, options, actions, mentions, messages, views, shortcuts, home, unfurls, errors):
        module.register(app, slack)
