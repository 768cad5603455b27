"""The step of Workflow Builder: "Look up an HCPCS code", for a code or question and a date of service.

A step that never ends stops its workflow, so it is ended before its event is acknowledged, if Slack is quick enough: an
event of a process that dies is delivered again, to any replica. Ending a step twice does no harm, because Slack refuses
it. Source: docs.slack.dev, "Custom steps" and "function_executed event".
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date
from typing import Final

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.blockkit.mrkdwn import plain_question
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ids import CallbackId
from hcpcs_bot.slack.inbound.dedup import InMemorySeenKeys
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.inbound.request_log import AnswerSummary
from hcpcs_bot.slack.outbound.responses import acknowledge
from hcpcs_bot.slack.outbound.tasks import Work
from hcpcs_bot.slack.replies.answer import TEXT_LIMIT, asks_nothing, remember
from hcpcs_bot.slack.replies.step_completion import complete_step, fail_step
from hcpcs_bot.slack.replies.step_outputs import step_outputs

ACKNOWLEDGE_WITHIN: Final = 2.0
"""Seconds to wait for the end of a step before its event is acknowledged, of the three that Slack waits."""
NOTHING_ASKED: Final = "The step “Look up an HCPCS code” got no code or question. Fill in its input, then try again."
NOT_A_DAY: Final = "The step “Look up an HCPCS code” can't read its date of service. Give it as YYYY-MM-DD."
NOT_UNDERSTOOD: Final = (
    "The step “Look up an HCPCS code” didn't find a code or a question in its input. "
    "Give it a code such as E0601, or a question such as: is E0601 covered?"
)
NOT_TAKEN: Final = "Slack didn't take the result of the step “Look up an HCPCS code”. Please run the workflow again."


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers the function that the manifest declares."""
    begun = InMemorySeenKeys()

    async def run(request: SlackRequest) -> BoltResponse:
        if await begun.claim(request.text("event", "function_execution_id")):
            ended = asyncio.Event()
            work = _then(await _work(request), ended)
            slack.run_later(request, work, lambda _: fail_step(slack, request, NOT_TAKEN))
            with suppress(TimeoutError):
                async with asyncio.timeout(ACKNOWLEDGE_WITHIN):
                    await ended.wait()
        return acknowledge()

    async def _work(request: SlackRequest) -> Work:
        """The call that ends the step."""
        text = plain_question(request.text("event", "inputs", "question"))[:TEXT_LIMIT]
        day = request.text("event", "inputs", "day").strip()
        if not text:
            return fail_step(slack, request, NOTHING_ASKED)
        try:
            as_of = date.fromisoformat(day) if day else None
        except ValueError:
            return fail_step(slack, request, NOT_A_DAY)
        outputs, summary = await slack.answer_threads.run(answer, request, text, as_of)
        remember(slack, request, summary)
        if asks_nothing(summary):
            return fail_step(slack, request, NOT_UNDERSTOOD)
        return complete_step(slack, request, outputs)

    def answer(request: SlackRequest, text: str, as_of: date | None) -> tuple[dict[str, str], AnswerSummary]:
        given = request.desk.ask(text, today=request.today, as_of=as_of, area=request.area)
        return step_outputs(given), AnswerSummary.of(given)

    app.function(CallbackId.STEP)(slack.listener(Surface.STEP, run))


async def _then(work: Work, ended: asyncio.Event) -> None:
    try:
        await work
    finally:
        ended.set()
