"""Ends a step of a workflow: with its outputs, or with an error in one line for the person who started the workflow.

Bolt's ``complete`` and ``fail`` make the same calls (docs.slack.dev, "Custom steps"). They are made here so that they
are tried again where Slack doesn't answer, and carry the outputs in the body: Bolt puts them into the address.
"""

from __future__ import annotations

from typing import Any, Final

from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.request import SlackRequest
from hcpcs_bot.slack.outbound.retries import SlackCallError

SUCCESS: Final = "functions.completeSuccess"
ERROR: Final = "functions.completeError"
ALREADY_ENDED: Final = "execution_not_in_running_state"
"""Slack's error for a step that has ended: by an earlier attempt whose answer was lost, or in Slack."""
ERROR_TEXT: Final = 500
"""Maximum characters of an error."""
_TOKEN: Final = "bot_access_token"
"""Where an event has the token for its step; without one the bot token is used."""


async def complete_step(slack: SlackContext, request: SlackRequest, outputs: dict[str, str]) -> None:
    """Ends the step of ``request`` with its outputs. Raises ``SlackCallError``."""
    await _end(slack, request, SUCCESS, outputs=outputs)


async def fail_step(slack: SlackContext, request: SlackRequest, text: str) -> None:
    """Ends the step of ``request`` with an error, which Slack passes on to a person. Raises ``SlackCallError``."""
    await _end(slack, request, ERROR, error=clip(" ".join(text.split()), ERROR_TEXT))


async def _end(slack: SlackContext, request: SlackRequest, method: str, **arguments: Any) -> None:
    body = {"function_execution_id": request.text("event", "function_execution_id"), **arguments}
    token = request.text("event", _TOKEN)
    if token:
        body["token"] = token
    try:
        await slack.outbox.client.api_call(method, json=body)
    except SlackCallError as error:
        if error.failure.reason != ALREADY_ENDED:
            raise
