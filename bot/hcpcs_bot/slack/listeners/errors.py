"""The one error path: a person gets a polite private line with an error id, the log gets the id and no text."""

from __future__ import annotations

import traceback
from typing import Any, Final

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from hcpcs.errors import HcpcsError
from hcpcs_bot.slack.context import SlackContext, done
from hcpcs_bot.slack.inbound.request import SlackRequest
from hcpcs_bot.slack.outbound.replies import tell

log = structlog.get_logger("hcpcs_bot.slack")

SORRY: Final = (
    "Sorry, that went wrong here, and it is not your doing. Please try again; "
    "if it goes on, give your administrator this number: {request}"
)


def where(error: BaseException) -> str:
    """The place in the code that raised, innermost: ``card.py:42``. An error's own text may quote a user's."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "unknown"


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Ties the error handler."""

    async def failed(error: Exception, body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:  # noqa: ARG001
        request = context.get("call")
        if not isinstance(request, SlackRequest):
            log.error("failed", error=type(error).__name__, where=where(error))
            return done()
        log.error(
            "failed",
            request=request.request_id,
            surface=request.surface.value,
            error=type(error).__name__,
            where=where(error),
        )
        known = isinstance(error, HcpcsError)
        return tell(slack, request, str(error) if known else SORRY.format(request=request.request_id))

    app.error(failed)
