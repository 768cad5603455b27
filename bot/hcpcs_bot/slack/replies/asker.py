"""Who sent a request, for what needs a name."""

from __future__ import annotations

from hcpcs_bot.slack.blockkit.mrkdwn import clean
from hcpcs_bot.slack.inbound.request import SlackRequest
from hcpcs_bot.slack.ports import Asker


def asker_of(request: SlackRequest) -> Asker:
    """Who sent a command or used a control.

    The name is that of Slack's own request (``user_name`` of a command, ``user.username`` of an interaction), so that
    no scope is needed to read profiles. Blank where Slack names nobody.
    """
    name = request.text("user_name") or request.text("user", "username") or request.text("user", "name")
    return Asker(request.team, request.channel, request.user, f"@{clean(name)}" if name else "", request.today)
