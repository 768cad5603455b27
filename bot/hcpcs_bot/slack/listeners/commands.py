"""``/hcpcs ...``: one private answer, in the response itself."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

import orjson
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from hcpcs_bot.slack.blockkit.message_bodies import ephemeral, plain_message
from hcpcs_bot.slack.blockkit.mrkdwn import plain_question
from hcpcs_bot.slack.blockkit.newer_blocks import with_newer_blocks
from hcpcs_bot.slack.cache.card_cache import CachedCard, cache_key
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ids import COMMAND
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.outbound.responses import json_response, raw_json_response
from hcpcs_bot.slack.replies.answer import ask, remember
from hcpcs_bot.slack.replies.asker import asker_of
from hcpcs_bot.slack.replies.card_targets import is_same_for_every_team
from hcpcs_bot.slack.replies.notices import notify
from hcpcs_bot.slack.replies.rate_limited import rate_limited

SUBCOMMANDS: Final = ("compare", "define", "contact", "changes", "history", "help", "search")
"""The desk understands these as words; they are listed here for hints only."""
STATEFUL: Final = ("watch", "unwatch", "watching", "note", "notes", "state", "report")
"""Subcommands with state of their own, which ``SlackContext.subcommands`` provides."""
SYNONYMS: Final = {
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
"""What other apps call these subcommands."""
SIMILARITY: Final = 0.82
"""Minimum similarity of a misspelled subcommand, from 0 to 1: ``comapre`` is 0.857 like ``compare``."""


def hint_for(word: str) -> str:
    """The hint for a first word that is nearly a subcommand; blank for a subcommand and for any other word."""
    verb = word.lower()
    if verb in SUBCOMMANDS or verb in STATEFUL or verb.removesuffix("s") in SUBCOMMANDS:
        return ""
    if not verb.isalpha():
        return ""
    near = SYNONYMS.get(verb) or next(iter(get_close_matches(verb, SUBCOMMANDS + STATEFUL, 1, SIMILARITY)), "")
    if near:
        return f"There is no subcommand “{verb}”. Did you mean {COMMAND} {near}? See all of them: {COMMAND} help"
    return ""


def register(app: AsyncApp, slack: SlackContext) -> None:
    """Registers ``/hcpcs``."""

    async def handle(request: SlackRequest) -> BoltResponse:
        text = cache_key(plain_question(request.text("text")).lstrip("-!/"))
        cached = slack.card_cache.get(request.desk, request.today, text)
        if cached is not None and is_same_for_every_team(request, cached.summary):
            remember(slack, request, cached.summary)
            return raw_json_response(cached.body)
        word, _, rest = text.partition(" ")
        verb = word.lower()
        subcommand = slack.subcommands.get(verb)
        if subcommand is not None:
            reply = await subcommand(asker_of(request), rest.strip())
            if reply is not None:
                return json_response(plain_message(reply) if isinstance(reply, str) else ephemeral(*reply))
        elif verb in STATEFUL:
            return notify(
                slack, request, f"{COMMAND} {verb} is not set up here. See the other subcommands: {COMMAND} help"
            )
        hint = hint_for(word)
        if hint and not rest:
            return notify(slack, request, hint)
        return await answer(request, text, hint)

    async def answer(request: SlackRequest, text: str, hint: str) -> BoltResponse:
        card = await ask(slack, request, text, hint=hint)
        # Slack does not say what it thinks of this response: only newer blocks that it has taken before are in it.
        blocks = with_newer_blocks(card.blocks, slack.outbox.block_support.taken)
        body = orjson.dumps(ephemeral(card.text, blocks)).decode()
        if is_same_for_every_team(request, request.summary):
            slack.card_cache.put(request.desk, request.today, text, CachedCard.of(body, request.summary))
        return raw_json_response(body)

    app.command(COMMAND)(slack.listener(Surface.COMMAND, rate_limited(slack, handle)))
