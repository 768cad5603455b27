"""Shortcuts: decode the codes of a message, and look up a code from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.blockkit.mrkdwn import plain_question
from hcpcs_bot.slack.cards import Card, CardPlace, CardTarget, draw_decode
from hcpcs_bot.slack.cards.lookup_view import lookup_view
from hcpcs_bot.slack.context import SlackContext, done
from hcpcs_bot.slack.ids import AnswerWay, CallbackId
from hcpcs_bot.slack.inbound.rate_limit import limited
from hcpcs_bot.slack.inbound.request import AnswerSummary, SlackRequest, Surface, mapping
from hcpcs_bot.slack.outbound.answer import QUESTION_LIMIT
from hcpcs_bot.slack.outbound.views import put_view, show

ATTACHMENT_TEXTS: Final = ("pretext", "title", "text", "fallback")


def texts_of(message: dict[str, Any]) -> Iterator[str]:
    """What stands in a message: its text, and the texts of what is attached."""
    text = message.get("text")
    if isinstance(text, str):
        yield text
    attachments = message.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else ():
        for name in ATTACHMENT_TEXTS:
            value = mapping(attachment).get(name)
            if isinstance(value, str):
                yield value


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Ties both shortcuts; their names stand in the manifest."""

    async def decode(request: SlackRequest) -> BoltResponse:
        message = mapping(request.body.get("message"))
        text = plain_question("\n".join(texts_of(message)))[:QUESTION_LIMIT]
        answer = request.desk.decode(text, today=request.today)
        request.gist = AnswerSummary.of(answer)

        def drawn(place: CardPlace) -> Card:
            return draw_decode(answer, CardTarget(place, request.today, way=AnswerWay.DECODE))

        slack.later(request, show(slack, request, "Decoded", drawn))
        return done()

    async def look_up(request: SlackRequest) -> BoltResponse:
        slack.later(request, put_view(slack, request, lookup_view()))
        return done()

    app.shortcut(CallbackId.DECODE)(slack.on(Surface.SHORTCUT, limited(slack, decode)))
    app.shortcut(CallbackId.LOOKUP)(slack.on(Surface.SHORTCUT, limited(slack, look_up)))
