"""Says privately to the person who asked that their answer did not arrive, by whichever way Slack still takes."""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from enum import Enum
from typing import Final

import structlog

from hcpcs_bot.slack.blockkit.message_bodies import plain_blocks, plain_message
from hcpcs_bot.slack.blockkit.mrkdwn import escape, is_user
from hcpcs_bot.slack.ids import BOT_NAME, COMMAND
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.outbound.outbox import Outbox, OutboxError
from hcpcs_bot.slack.outbound.retries import RATE_LIMITS, RESPONSE_URL, CallFailure, SlackCallError, failure_of

log = structlog.get_logger("hcpcs_bot.slack")


Way = tuple[str, Awaitable[object]]
"""The name of a way to reach a person, for the log, and the call that sends the line."""


class Refusal(Enum):
    """Why an answer did not arrive, as a person is told; the value is the sentence."""

    NOT_A_MEMBER = (
        f"I couldn't answer in that channel because I'm not a member of it. Add me with /invite @{BOT_NAME} and ask "
        f"again, or use {COMMAND}, which works in every channel."
    )
    ARCHIVED = f"I couldn't answer in that channel because it is archived. Use {COMMAND} in another channel."
    NOT_ALLOWED = (
        f"I couldn't answer there because the settings of the channel don't let me post. Use {COMMAND}, or send me a "
        "direct message."
    )
    WINDOW = "Slack didn't open the window. If you don't see it, please try again."
    RATE_LIMIT = "Slack limits how much I may post at the moment, so I couldn't answer. Please try again in a minute."
    UNCERTAIN = "Slack didn't confirm that it showed my answer. If you don't see it, please try again."
    OTHER = "Slack didn't accept my answer. Please try again."


REFUSALS: Final = {
    "not_in_channel": Refusal.NOT_A_MEMBER,
    "channel_not_found": Refusal.NOT_A_MEMBER,
    "is_archived": Refusal.ARCHIVED,
    "restricted_action": Refusal.NOT_ALLOWED,
    "restricted_action_read_only_channel": Refusal.NOT_ALLOWED,
    "restricted_action_thread_only_channel": Refusal.NOT_ALLOWED,
    "restricted_action_non_threadable_channel": Refusal.NOT_ALLOWED,
    "restricted_action_thread_locked": Refusal.NOT_ALLOWED,
    "ekm_access_denied": Refusal.NOT_ALLOWED,
    "expired_trigger_id": Refusal.WINDOW,
    "exchanged_trigger_id": Refusal.WINDOW,
    "invalid_trigger_id": Refusal.WINDOW,
    "trigger_expired": Refusal.WINDOW,
}
"""Slack's error codes. Source: docs.slack.dev, "chat.postMessage" and "views.open", section "Errors"."""


def refusal_of(failure: CallFailure) -> Refusal:
    """What a failure is to a person."""
    if failure.reason in REFUSALS:
        return REFUSALS[failure.reason]
    if failure.reason in RATE_LIMITS or failure.reason == "http_429":
        return Refusal.RATE_LIMIT
    return Refusal.UNCERTAIN if failure.maybe_done else Refusal.OTHER


async def report_failure(outbox: Outbox, request: SlackRequest, error: BaseException, text: str = "") -> None:
    """Says to the person who asked that the answer did not arrive; ``text`` instead of the sentence for ``error``.

    Raises nothing: if Slack takes it in no way, the log says so.
    """
    if _asked_nothing(request):
        return
    url_failed = isinstance(error, SlackCallError) and error.method == RESPONSE_URL
    await tell_asker(outbox, request, text or refusal_of(failure_of(error)).value, use_url=not url_failed)


async def tell_asker(outbox: Outbox, request: SlackRequest, text: str, *, use_url: bool = True) -> bool:
    """Says to the person who asked that there is no answer. Returns whether Slack took it in any way.

    Tries the ``response_url`` (if ``use_url``), a message that only they see, and a direct message, in this order;
    who wrote directly is told there first.
    """
    line = f"{text}\nError ID: {request.request_id}"
    for way, sending in _ways(outbox, request, line, use_url=use_url):
        try:
            await sending
        except (SlackCallError, OutboxError):
            continue
        log.info("failure reported", request=request.request_id, way=way)
        return True
    log.error("failure not reported", request=request.request_id)
    return False


def _asked_nothing(request: SlackRequest) -> bool:
    """Whether nobody waits for an answer: a link in a message, or Home that was only opened."""
    return request.surface is Surface.UNFURL or (request.surface is Surface.HOME and bool(request.event))


def _ways(
    outbox: Outbox, request: SlackRequest, line: str, *, use_url: bool
) -> Iterator[tuple[str, Awaitable[object]]]:
    text, blocks = escape(line), plain_blocks(line)
    if use_url and request.response_url:
        yield "response_url", outbox.respond(request.response_url, plain_message(line))
    is_direct = request.surface is Surface.MESSAGE
    if is_direct and request.channel:
        yield "direct message", outbox.post(request.channel, text, blocks, request.thread)
    if not is_user(request.user):
        return
    if request.channel:
        yield "ephemeral", outbox.post_privately(request.channel, request.user, text, blocks, request.thread)
    if not is_direct:
        yield "direct message", outbox.post(request.user, text, blocks)
