"""Sharing a private answer with the channel, once, naming who shared it.

A ``response_url`` takes no key, and what was posted to it can't be looked for: a share that may have been posted is
not posted again, and the person is asked to look.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from hcpcs_bot.slack.blockkit.message_bodies import public, replacement
from hcpcs_bot.slack.cards import Card, CardPlace
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ids import ButtonState
from hcpcs_bot.slack.inbound.claims import Claim
from hcpcs_bot.slack.inbound.request import SlackRequest
from hcpcs_bot.slack.outbound.failure_notices import report_failure
from hcpcs_bot.slack.outbound.retries import failure_of
from hcpcs_bot.slack.outbound.tasks import Work
from hcpcs_bot.slack.replies.answer import ask_again
from hcpcs_bot.slack.replies.views import in_thread

MAYBE_SHARED: Final = (
    "Slack didn't confirm that the answer was shared. If it isn't in the channel, please press the button again."
)
NOT_SHARED: Final = "Slack didn't accept the message, so it was not shared. Please press the button again."


async def share_claimed(slack: SlackContext, request: SlackRequest, state: ButtonState, claim: Claim) -> None:
    """Posts the answer of a button to the channel, in the background."""
    shared = await ask_again(slack, request, state, CardPlace.PUBLIC, shared_by=request.user)
    own = await ask_again(slack, request, state, CardPlace.PRIVATE, shared_by=request.user)
    slack.run_later(request, _post(slack, request, claim, shared, own), partial(_undo, slack, request, claim))


async def _post(slack: SlackContext, request: SlackRequest, claim: Claim, shared: Card, own: Card) -> None:
    if not await slack.claims.start(claim):
        return
    await slack.outbox.respond(request.response_url, in_thread(request, public(*shared)))
    await slack.claims.finish(claim)
    # The answer is shared: a button that stays on the private one does no harm, and nobody need be told.
    slack.run_later(request, slack.outbox.respond(request.response_url, replacement(*own)), lambda _: None)


def _undo(slack: SlackContext, request: SlackRequest, claim: Claim, error: BaseException) -> Work:
    async def allow_again() -> None:
        await slack.claims.release(claim)
        text = MAYBE_SHARED if failure_of(error).maybe_done else NOT_SHARED
        await report_failure(slack.outbox, request, error, text)

    return allow_again()
