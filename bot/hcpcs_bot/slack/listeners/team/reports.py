"""``/hcpcs report``: what a team asked, in counts, for the app's administrators."""

from __future__ import annotations

from typing import Final

from hcpcs_bot.slack.cards.views.report_view import draw_report
from hcpcs_bot.slack.ports import Asker, PrivateMessage, Subcommand, UsageKeeper
from hcpcs_bot.state.database import StateError
from hcpcs_bot.team.permissions import TeamRoles

NOT_NOW: Final = "The report can't be read right now. Please try again in a few minutes."
NOT_ALLOWED: Final = "The report is for the app's administrators. Please ask one of them."
NO_ADMINISTRATOR: Final = (
    "The report is for the app's administrators, and none is named yet: set HCPCS_ADMINS to their Slack user IDs."
)


class ReportCommand:
    """The subcommand on what is counted."""

    def __init__(self, usage: UsageKeeper, roles: TeamRoles) -> None:
        self._usage = usage
        self._roles = roles

    def subcommands(self) -> dict[str, Subcommand]:
        """The subcommand by name."""
        return {"report": self.report}

    async def report(self, asker: Asker, text: str) -> str | PrivateMessage | None:
        """The report for an administrator, a refusal for anybody else; ``None`` for another question."""
        if text:
            return None
        if not self._roles.is_admin(asker.user):
            return NOT_ALLOWED if self._roles.admins else NO_ADMINISTRATOR
        try:
            return PrivateMessage(*draw_report(await self._usage.report(asker.team)))
        except StateError:
            return NOT_NOW
