"""``/hcpcs ...``: one private answer, in the response itself."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

import orjson
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs.answers.answer import Outcome
from hcpcs_bot.slack.blockkit.mrkdwn import plain_question
from hcpcs_bot.slack.cache.card_cache import CachedCard, as_asked
from hcpcs_bot.slack.context import SlackContext, json_answer, ready_answer
from hcpcs_bot.slack.ids import COMMAND
from hcpcs_bot.slack.inbound.rate_limit import limited
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.outbound.answer import ask, note, private
from hcpcs_bot.slack.outbound.replies import said, tell
from hcpcs_bot.slack.ports import Asking

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


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Ties ``/hcpcs``."""

    async def hcpcs(request: SlackRequest) -> BoltResponse:
        text = as_asked(plain_question(request.text("text")).lstrip("-!/"))
        ready = slack.prepared.find(request.desk, request.today, text)
        if ready is not None:
            note(slack, request, ready.gist)
            return ready_answer(ready.body)
        word, _, rest = text.partition(" ")
        verb = word.lower()
        room = slack.subcommands.get(verb)
        if room is not None:
            return json_answer(said(await room(Asking(request.team, request.channel, request.user), rest.strip())))
        if verb in STATEFUL:
            return tell(slack, request, f"{COMMAND} {verb} is not set up here. What works: {COMMAND} help")
        hint = hint_for(word)
        if hint and not rest:
            return tell(slack, request, hint)
        card = ask(slack, request, text, hint=hint)
        if request.gist.outcome == Outcome.NOT_UNDERSTOOD and not hint:
            card = card._replace(text=f"{card.text}\nFor what works: {COMMAND} help")
        body = orjson.dumps(private(card)).decode()
        slack.prepared.keep(request.desk, request.today, text, CachedCard(body, request.gist))
        return ready_answer(body)

    app.command(COMMAND)(slack.on(Surface.COMMAND, limited(slack, hcpcs)))
