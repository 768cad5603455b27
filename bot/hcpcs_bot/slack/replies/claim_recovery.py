"""Goes on with what a replica has left: it died, or Slack didn't take its answer."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.claimed_work import ClaimKind, request_again
from hcpcs_bot.slack.inbound.claims import Claim
from hcpcs_bot.slack.inbound.request import SlackRequest
from hcpcs_bot.slack.outbound.failure_notices import tell_asker
from hcpcs_bot.slack.replies.answer import button_state
from hcpcs_bot.slack.replies.claimed_answers import LONGEST_WAIT, answer_claimed
from hcpcs_bot.slack.replies.sharing import MAYBE_SHARED, share_claimed
from hcpcs_bot.state.claim_store import SWEEP_LIMIT, StoredClaim

SWEEP_SECONDS: Final = 5.0
"""Seconds between two sweeps; a sixth of a lease, so that no working replica loses its own."""
WORKING_SECONDS: Final = 0.05
"""Seconds between two looks at whether what was taken over is done."""
TOO_LATE: Final = (
    "I couldn't answer your question within 15 minutes, because Slack couldn't be reached or I was down. "
    "Please ask again."
)
SHARED_TOO_LATE: Final = (
    "The answer was not shared within 15 minutes, because Slack couldn't be reached or I was down. "
    "Please press the button again."
)

log = structlog.get_logger("hcpcs_bot.slack")


class ClaimRecovery:
    """Takes over expired claims every few seconds, and renews its own, as long as the app runs."""

    def __init__(self, slack: SlackContext, seconds: float = SWEEP_SECONDS) -> None:
        self._slack = slack
        self._seconds = seconds
        self._running: tuple[asyncio.Task[None], ...] = ()

    async def start(self) -> None:
        """Starts; the first sweep is at once."""
        self._running = (asyncio.create_task(self._sweep_on()), asyncio.create_task(self._renew_on()))

    async def stop(self) -> None:
        """Stops, and renews the leases of what is still being worked on once more."""
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)
        await self._slack.claims.renew()

    async def _renew_on(self) -> None:
        while True:
            await asyncio.sleep(self._seconds)
            await self._slack.claims.renew()

    async def _sweep_on(self) -> None:
        """Takes over a few claims, and the next ones once these are done: people who ask now are not to wait."""
        while True:
            taken = await self._slack.claims.sweep()
            for claim, stored in taken:
                await self._go_on(claim, stored)
            while any(self._slack.claims.is_working(claim) for claim, _ in taken):
                await asyncio.sleep(WORKING_SECONDS)
            if len(taken) < SWEEP_LIMIT:
                await asyncio.sleep(self._seconds)

    async def _go_on(self, claim: Claim, stored: StoredClaim) -> None:
        slack = self._slack
        try:
            request = request_again(stored.content, slack.desk(), slack.today())
        except ValueError:
            log.error("claim of another version", kind=stored.content.kind)
            await slack.claims.finish(claim)
            return
        log.info("taken over", request=request.request_id, surface=request.surface.value, attempt=claim.attempt)
        slack.run_later(request, self._work(request, claim, stored))

    async def _work(self, request: SlackRequest, claim: Claim, stored: StoredClaim) -> None:
        try:
            request.knowledge = await self._slack.team_memory.recall(request.team)
            await self._answer(request, claim, stored)
        except Exception:
            # The same would fail again: the person is told, and nobody takes the claim over.
            await self._slack.claims.finish(claim)
            raise

    async def _answer(self, request: SlackRequest, claim: Claim, stored: StoredClaim) -> None:
        slack, sharing = self._slack, stored.content.kind == ClaimKind.SHARE
        if stored.late:
            await self._tell(request, claim, SHARED_TOO_LATE if sharing else TOO_LATE)
        elif not sharing:
            await answer_claimed(slack, request, claim)
        elif stored.started:
            await self._tell(request, claim, MAYBE_SHARED)
        else:
            await share_claimed(slack, request, button_state(request), claim)

    async def _tell(self, request: SlackRequest, claim: Claim, text: str) -> None:
        """Says that there is no answer; tries again later where Slack takes it in no way."""
        if not await tell_asker(self._slack.outbox, request, text):
            await self._slack.claims.defer(claim, LONGEST_WAIT)
        elif request.response_url:
            await self._slack.claims.release(claim)
        else:
            await self._slack.claims.finish(claim)
