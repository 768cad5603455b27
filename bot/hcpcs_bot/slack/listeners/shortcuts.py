"""Shortcuts: decode the codes of a message, and look up a code from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.answering import QUESTION_LIMIT
from hcpcs_bot.slack.call import Call, Gist, Surface, mapping
from hcpcs_bot.slack.cards import Card, Place, Stage, draw_decode
from hcpcs_bot.slack.cards.lookup import lookup_view
from hcpcs_bot.slack.face import Face, done
from hcpcs_bot.slack.ids import CallbackId, Way
from hcpcs_bot.slack.limits import limited
from hcpcs_bot.slack.mrkdwn import plain_question
from hcpcs_bot.slack.showing import put_view, show

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


def register(app: AsyncApp, face: Face) -> None:
    """Ties both shortcuts; their names stand in the manifest."""

    async def decode(call: Call) -> BoltResponse:
        message = mapping(call.body.get("message"))
        text = plain_question("\n".join(texts_of(message)))[:QUESTION_LIMIT]
        answer = call.desk.decode(text, today=call.today)
        call.gist = Gist.of(answer)

        def drawn(place: Place) -> Card:
            return draw_decode(answer, Stage(place, call.today, way=Way.DECODE))

        face.later(call, show(face, call, "Decoded", drawn))
        return done()

    async def look_up(call: Call) -> BoltResponse:
        face.later(call, put_view(face, call, lookup_view()))
        return done()

    app.shortcut(CallbackId.DECODE)(face.on(Surface.SHORTCUT, limited(face, decode)))
    app.shortcut(CallbackId.LOOKUP)(face.on(Surface.SHORTCUT, limited(face, look_up)))
