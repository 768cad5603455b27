"""The app's own ids in its workspace: asked for once at the start, so that no request costs a call to Slack."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import Final

import aiohttp
import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from hcpcs_bot.http.health import Condition, PartHealth

log = structlog.get_logger("hcpcs_bot.slack")

FIRST_WAIT: Final = 1.0
"""Seconds before the second attempt; each further wait is twice as long."""
LONGEST_WAIT: Final = 60.0
"""Maximum seconds between two attempts."""
REFUSALS: Final = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "team_access_not_granted"}
)
"""Error codes that no further attempt can change."""


class Connection(StrEnum):
    """What is known about the bot token."""

    UNKNOWN = "not checked yet"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REVOKED = "revoked"
    """Accepted before, refused since."""


_CONDITIONS: Final = {
    Connection.UNKNOWN: (Condition.DEGRADED, "Slack has not been reached yet{reason}: posting an answer would fail."),
    Connection.ACCEPTED: (Condition.OK, ""),
    Connection.REFUSED: (Condition.FAILED, "Slack refused SLACK_BOT_TOKEN: reinstall the app and copy the new token."),
    # Commands and buttons are still answered, since those answers need no token.
    Connection.REVOKED: (
        Condition.DEGRADED,
        "Slack no longer accepts SLACK_BOT_TOKEN: reinstall the app and copy the new token.",
    ),
}


class Identity(AsyncAuthorize):
    """Authorizes every request with the one bot token; the ids are blank until Slack answers.

    ``auth.test`` states ``bot_id``, ``bot_user`` and ``team``. It need not state the ``app``: the connection of Socket
    Mode does, and so does Slack's answer to the first message or view. (``bots.info`` would, with a further scope.)
    """

    def __init__(self, bot_token: str) -> None:
        self._token = bot_token
        self.bot_id = ""
        self.bot_user = ""
        self.team = ""
        self.app = ""
        self.connection = Connection.UNKNOWN
        self._reason = ""
        self._result = self._authorized()

    def _authorized(self) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=None,
            bot_token=self._token,
            bot_id=self.bot_id or None,
            bot_user_id=self.bot_user or None,
        )

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 - Bolt's signature
        enterprise_id: str | None,  # noqa: ARG002
        team_id: str | None,  # noqa: ARG002
        user_id: str | None,  # noqa: ARG002
        actor_enterprise_id: str | None = None,  # noqa: ARG002
        actor_team_id: str | None = None,  # noqa: ARG002
        actor_user_id: str | None = None,  # noqa: ARG002
    ) -> AuthorizeResult:
        """The fixed authorization."""
        return self._result

    def health(self) -> PartHealth:
        """Whether Slack accepts the bot token."""
        condition, detail = _CONDITIONS[self.connection]
        reason = f" ({self._reason})" if self._reason else ""
        return PartHealth(part="slack", condition=condition, detail=detail.format(reason=reason))

    def learn_refusal(self, reason: str) -> None:
        """Notes that a call was refused, where ``reason`` (Slack's error code) says that the token no longer works."""
        if reason in REFUSALS and self.connection is Connection.ACCEPTED:
            self.connection = Connection.REVOKED
            log.error("Slack no longer accepts SLACK_BOT_TOKEN: reinstall the app, copy the new token", reason=reason)

    def learn_app(self, app: str) -> None:
        """Notes the app's id, as Slack states it in an answer."""
        self.app = self.app or app

    async def learn(self, client: AsyncWebClient) -> None:
        """Calls ``auth.test`` until Slack accepts or refuses the token; retries while Slack can't be reached."""
        wait = FIRST_WAIT
        while True:
            try:
                reply = await client.auth_test()
            except SlackApiError as error:
                reason = str(error.response.get("error", "unknown"))
                if reason in REFUSALS:
                    self.connection = Connection.REFUSED
                    log.error("Slack refused SLACK_BOT_TOKEN: reinstall the app and copy the new token", reason=reason)
                    return
                self._note_failure(reason, wait)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                self._note_failure(type(error).__name__, wait)
            else:
                self.bot_id = str(reply.get("bot_id") or "")
                self.bot_user = str(reply.get("user_id") or "")
                self.team = str(reply.get("team_id") or "")
                self.learn_app(str(reply.get("app_id") or ""))
                self._result = self._authorized()
                self.connection = Connection.ACCEPTED
                return
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    def _note_failure(self, reason: str, wait: float) -> None:
        self._reason = reason
        log.warning("auth.test failed, trying again", reason=reason, seconds=wait)
