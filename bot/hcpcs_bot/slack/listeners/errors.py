"""Handles every error of a listener: the person gets a private line with an error id, the log the id and no text."""

from __future__ import annotations

import traceback
from typing import Any, Final

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError

from hcpcs.errors import HcpcsError
from hcpcs_bot.slack.context import BOLT_KEY, SlackContext
from hcpcs_bot.slack.inbound.request import SlackRequest
from hcpcs_bot.slack.inbound.request_log import error_fields
from hcpcs_bot.slack.outbound.responses import acknowledge, json_response
from hcpcs_bot.slack.replies.notices import notify
from hcpcs_bot.state.database import StateError

log = structlog.get_logger("hcpcs_bot.slack")

RATE_LIMITED_EVENT: Final = "app_rate_limited"
"""The type of Slack's notice that it leaves out events (docs.slack.dev, "Rate limits", section "Events API")."""
PAYLOAD_TYPES: Final = frozenset(
    """event_callback block_actions block_suggestion view_submission view_closed shortcut message_action
    interactive_message dialog_submission""".split()
)
"""The types of payloads that are named in the log; any other text stays out of it."""
SORRY: Final = (
    "Sorry, something went wrong on our side. Please try again. "
    "If it keeps happening, give your administrator this error ID: {request}"
)

NO_DATABASE: Final = (
    "My database can't be used at the moment, so I can't do that, and nothing was changed. Codes and questions are "
    "answered as ever. Please try again in a minute. "
    "If it keeps happening, give your administrator this error ID: {request}"
)


def words_for(error: Exception, request_id: str) -> str:
    """What a person is told of an error; the advice in an error of the state is for operators, and in the log."""
    if isinstance(error, StateError):
        return NO_DATABASE.format(request=request_id)
    return str(error) if isinstance(error, HcpcsError) else SORRY.format(request=request_id)


def raised_at(error: BaseException) -> str:
    """The line of code that raised: ``card.py:42``. An error's own text may quote a user's, and is not logged."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "unknown"


def acknowledge_unhandled(body: dict[str, Any]) -> BoltResponse:
    """The response to a request without a listener: Slack shows a person an error for anything but a 200.

    Such are ``ssl_check``, ``app_rate_limited``, events that nobody subscribed to, and controls of an older version.
    """
    stated = body.get("type")
    kind = stated if isinstance(stated, str) else ""
    if kind == RATE_LIMITED_EVENT:
        log.warning("Slack delivers no more events in this minute: the app gets more than 30,000 in an hour")
    else:
        log.info("no listener", kind=kind if kind in PAYLOAD_TYPES else "other")
    return json_response({"options": []}) if kind == "block_suggestion" else acknowledge()


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers the error handler."""

    async def handle(error: Exception, body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            return acknowledge_unhandled(body)
        request = context.get(BOLT_KEY)
        if not isinstance(request, SlackRequest):
            log.error("failed", error=type(error).__name__, where=raised_at(error))
            return acknowledge()
        log.error(
            "failed",
            request=request.request_id,
            surface=request.surface.value,
            where=raised_at(error),
            **error_fields(error),
        )
        return notify(slack, request, words_for(error, request.request_id))

    app.error(handle)
