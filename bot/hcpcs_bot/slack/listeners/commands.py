"""``/hcpcs ...``: one private answer, in the response itself."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

import orjson
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs.answers import Outcome
from hcpcs_bot.slack.answering import ask, note, private
from hcpcs_bot.slack.call import Call, Surface
from hcpcs_bot.slack.face import Face, json_answer, ready_answer
from hcpcs_bot.slack.ids import COMMAND
from hcpcs_bot.slack.limits import limited
from hcpcs_bot.slack.mrkdwn import plain_question
from hcpcs_bot.slack.ports import Asking
from hcpcs_bot.slack.prepared import Prepared, as_asked
from hcpcs_bot.slack.telling import said, tell

SUBCOMMANDS: Final = ("compare", "define", "contact", "changes", "history", "help", "search")
"""The desk understands these as words; they are listed here for hints alone."""
STATEFUL: Final = ("watch", "unwatch", "watching")
"""Subcommands that need a room with state; ``Face.subcommands`` brings them."""
ELSEWHERE: Final = {
    "subscribe": "watch",
    "unsubscribe": "unwatch",
    "subscriptions": "watching",
    "list": "watching",
    "lookup": "search",
    "find": "search",
    "diff": "compare",
    "vs": "compare",
    "explain": "define",
    "meaning": "define",
    "support": "contact",
    "phone": "contact",
    "news": "changes",
    "updates": "changes",
    "usage": "help",
    "settings": "help",
    "config": "help",
    "version": "help",
    "about": "help",
}
"""What other apps call such things."""


def hint_for(word: str) -> str:
    """What to say of a first word that is no subcommand but nearly one; blank for any other word."""
    verb = word.lower()
    if verb in SUBCOMMANDS or verb in STATEFUL or verb.removesuffix("s") in SUBCOMMANDS:
        return ""
    if not verb.isalpha():
        return ""
    near = ELSEWHERE.get(verb) or next(iter(get_close_matches(verb, SUBCOMMANDS + STATEFUL, 1, 0.82)), "")
    if near:
        return f"There is no subcommand “{verb}”. Did you mean {COMMAND} {near}? For all of them: {COMMAND} help"
    return ""


def register(app: AsyncApp, face: Face) -> None:
    """Ties ``/hcpcs``."""

    async def hcpcs(call: Call) -> BoltResponse:
        text = as_asked(plain_question(call.text("text")).lstrip("-!/"))
        ready = face.prepared.find(call.desk, call.today, text)
        if ready is not None:
            note(face, call, ready.gist)
            return ready_answer(ready.body)
        word, _, rest = text.partition(" ")
        verb = word.lower()
        room = face.subcommands.get(verb)
        if room is not None:
            return json_answer(said(await room(Asking(call.team, call.channel, call.user), rest.strip())))
        if verb in STATEFUL:
            return tell(face, call, f"{COMMAND} {verb} is not set up here. What works: {COMMAND} help")
        hint = hint_for(word)
        if hint and not rest:
            return tell(face, call, hint)
        card = ask(face, call, text, hint=hint)
        if call.gist.outcome == Outcome.NOT_UNDERSTOOD and not hint:
            card = card._replace(text=f"{card.text}\nFor what works: {COMMAND} help")
        body = orjson.dumps(private(card)).decode()
        face.prepared.keep(call.desk, call.today, text, Prepared(body, call.gist))
        return ready_answer(body)

    app.command(COMMAND)(face.on(Surface.COMMAND, limited(face, hcpcs)))
