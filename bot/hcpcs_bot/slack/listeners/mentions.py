"""Mentions in channels and threads: the answer stands in the thread, for all to see."""

from __future__ import annotations

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.answering import ask
from hcpcs_bot.slack.call import Call, Surface
from hcpcs_bot.slack.cards import Place
from hcpcs_bot.slack.deliveries import first_delivery, is_written_by_a_person
from hcpcs_bot.slack.face import Face, done
from hcpcs_bot.slack.limits import limited
from hcpcs_bot.slack.mrkdwn import plain_question


def register(app: AsyncApp, face: Face) -> None:
    """Ties ``app_mention``."""

    async def mentioned(call: Call) -> BoltResponse:
        channel, stamp = call.text("event", "channel"), call.text("event", "ts")
        if channel and stamp:
            card = ask(face, call, plain_question(call.text("event", "text")) or "help", place=Place.PUBLIC)
            face.later(call, face.outbox.post(channel, card.text, card.blocks, call.thread or stamp))
        return done()

    async def once(call: Call) -> BoltResponse | None:
        if is_written_by_a_person(call.event) and await first_delivery(face, call):
            return await limited(face, mentioned)(call)
        return done()

    app.event("app_mention")(face.on(Surface.MENTION, once))
