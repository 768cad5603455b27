"""Handles every error of a listener: the person gets a private line with an error id, the log the id and no text."""

from __future__ import annotations

import traceback
from typing import Any, Final

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from hcpcs.errors import HcpcsError
from hcpcs_bot.slack.context import BOLT_KEY, SlackContext
from hcpcs_bot.slack.inbound.request import SlackRequest
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.replies.notices import notify

log = structlog.get_logger("hcpcs_bot.slack")

SORRY: Final = (
    "Sorry, something went wrong on our side. Please try again. "
    "If it keeps happening, give your administrator this error ID: {request}"
)


def raised_at(error: BaseException) -> str:
    """The line of code that raised: ``card.py:42``. An error's own text may quote a user's, and is not logged."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "unknown"


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers the error handler."""

    async def handle(error: Exception, body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:  # noqa: ARG001
        request = context.get(BOLT_KEY)
        if not isinstance(request, SlackRequest):
            log.error("failed", error=type(error).__name__, where=raised_at(error))
            return acknowledge()
        log.error(
            "failed",
            request=request.request_id,
            surface=request.surface.value,
            error=type(error).__name__,
            where=raised_at(error),
        )
        known = isinstance(error, HcpcsError)
        return notify(slack, request, str(error) if known else SORRY.format(request=request.request_id))

    app.error(handle)
