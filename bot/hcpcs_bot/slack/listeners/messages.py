"""Direct messages and the agent view: written to alone, the desk answers there."""

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
    """Ties ``message`` events; those of channels are left alone (mentions are answered elsewhere)."""

    async def written(call: Call) -> BoltResponse:
        channel = call.text("event", "channel")
        if channel:
            card = ask(face, call, plain_question(call.text("event", "text")) or "help", place=Place.PUBLIC)
            face.later(call, face.outbox.post(channel, card.text, card.blocks, call.thread))
        return done()

    async def once(call: Call) -> BoltResponse | None:
        direct = call.text("event", "channel_type") == "im"
        if direct and is_written_by_a_person(call.event) and await first_delivery(face, call):
            return await limited(face, written)(call)
        return done()

    app.event("message")(face.on(Surface.MESSAGE, once))
