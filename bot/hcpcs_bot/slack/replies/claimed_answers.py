"""Answers to mentions and direct messages, each by the one replica that has claimed the event, and posted once.

The event is claimed before Slack gets its 200, and the claim is done once Slack has taken the answer. What happens in
between is in docs/decisions/claimed-questions.md.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import structlog
from slack_bolt import BoltResponse

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.claimed_work import ClaimKind, question_content
from hcpcs_bot.slack.inbound.claims import Claim
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.outbound.failure_notices import report_failure
from hcpcs_bot.slack.outbound.posted_messages import look_for_answer
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.outbound.retries import failure_of
from hcpcs_bot.slack.outbound.tasks import Work
from hcpcs_bot.slack.replies.conversation import ConversationReply, reply_in
from hcpcs_bot.slack.replies.notices import notify, post_privately
from hcpcs_bot.slack.replies.rate_limited import SLOW_DOWN
from hcpcs_bot.watches.delivery import PostStatus

FIRST_WAIT: Final = 15.0
"""Seconds before an answer that Slack did not take is tried again; each further wait is twice as long."""
LONGEST_WAIT: Final = 60.0
"""Maximum seconds between two attempts."""

log = structlog.get_logger("hcpcs_bot.slack")


async def answer_once(slack: SlackContext, request: SlackRequest, kind: ClaimKind) -> BoltResponse:
    """Claims the event of a message, and answers it unless this or another replica has. Returns the response."""
    event = request.text("event_id") or f"{request.text('event', 'channel')} {request.text('event', 'ts')}"
    claim = await slack.claims.claim(f"event {request.team} {event}", question_content(kind, request))
    if claim is None:
        return acknowledge()
    if request.redelivered:
        # Nobody knows of the event, but one that could not write down its claim may have answered it.
        claim = claim._replace(attempt=2)
    if slack.rate_limit.allows(f"{request.team} {request.user}"):
        await answer_claimed(slack, request, claim)
    else:
        notify(slack, request, SLOW_DOWN)
        await slack.claims.finish(claim)
    return acknowledge()


async def answer_claimed(slack: SlackContext, request: SlackRequest, claim: Claim) -> None:
    """Answers a claimed question; the answer is posted in the background."""
    try:
        reply = await reply_in(slack, request, _thread(request) or "")
    except Exception:
        # The same question would fail again: the error is shown to the person, and nobody takes the claim over.
        await slack.claims.finish(claim)
        raise
    work = _post_once(slack, request, claim, reply)
    slack.run_later(request, work, partial(_not_posted, slack, request, claim))


async def _post_once(slack: SlackContext, request: SlackRequest, claim: Claim, reply: ConversationReply) -> None:
    if not await slack.claims.keep(claim):
        return
    if reply.private and request.surface is Surface.MENTION:
        await post_privately(slack, request, reply.card)
    elif claim.attempt == 1 or not await _was_posted(slack, request, claim):
        channel = request.text("event", "channel")
        text, blocks = reply.card.text, reply.card.blocks
        looking = partial(_was_posted, slack, request, claim)
        await slack.outbox.post(channel, text, blocks, _thread(request), key=claim.message_key, was_posted=looking)
    await slack.claims.finish(claim)


async def _was_posted(slack: SlackContext, request: SlackRequest, claim: Claim) -> bool:
    """Whether Slack shows the answer. Where the app may not look, it is posted again under the same key.

    Raises ``SlackCallError`` where Slack may show it later.
    """
    channel, thread = request.text("event", "channel"), _thread(request)
    asked_at = float(request.text("event", "ts") or 0)
    status = await look_for_answer(slack.outbox.client, channel, thread, claim.message_key, asked_at)
    log.info("looked for an answer", request=request.request_id, status=status.value, attempt=claim.attempt)
    return status is PostStatus.POSTED


def _not_posted(slack: SlackContext, request: SlackRequest, claim: Claim, error: BaseException) -> Work:
    """Leaves the question for later where Slack may take the answer then; says to the asker that there is none."""

    async def give_up() -> None:
        failure = failure_of(error)
        if failure.transient:
            wait = min(FIRST_WAIT * 2 ** (claim.attempt - 1), LONGEST_WAIT)
            if await slack.claims.defer(claim, max(wait, failure.retry_after)):
                log.warning("answered later", request=request.request_id, attempt=claim.attempt, seconds=wait)
                return
        await report_failure(slack.outbox, request, error)
        await slack.claims.finish(claim)

    return give_up()


def _thread(request: SlackRequest) -> str | None:
    """The thread of the answer: that of the message, or one below a mention."""
    return request.thread or (request.text("event", "ts") if request.surface is Surface.MENTION else None)
