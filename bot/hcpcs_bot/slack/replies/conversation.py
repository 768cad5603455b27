"""Replies in a thread or a direct message, where a question may leave out what the conversation is about."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable
from typing import Final, NamedTuple, TypeVar

import structlog

from hcpcs.answers.answer import Outcome
from hcpcs.answers.notices.assumed_area import AreaSource, AssumedArea
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.errors import HcpcsError
from hcpcs.questions.conversation.completed_question import FollowUp, MissingReferent
from hcpcs.questions.conversation.follow_up import complete
from hcpcs.questions.conversation.reference import PLURAL
from hcpcs.questions.conversation.topic import Topic, topic_of
from hcpcs.questions.parser import parse_question
from hcpcs.records.billing.areas import areas
from hcpcs.records.field_spec import long_date
from hcpcs_bot.slack.blockkit.message_bodies import plain_blocks
from hcpcs_bot.slack.blockkit.mrkdwn import escape, plain_question
from hcpcs_bot.slack.cards import Card, CardPlace
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.request import SlackRequest, Surface
from hcpcs_bot.slack.inbound.request_log import AnswerSummary, error_fields
from hcpcs_bot.slack.replies.answer import TEXT_LIMIT, ask, asks_nothing

MEMORY_SECONDS: Final = 0.5
"""Maximum seconds to wait for what is remembered, and for remembering: Slack waits three for the acknowledgement."""

NO_MEMORY: Final = (
    "I can't look up what was asked here before, because my database can't be used at the moment. Ask again with the "
    "code, for example: is S9353 covered?"
)

log = structlog.get_logger("hcpcs_bot.slack")

_Result = TypeVar("_Result")


class ConversationReply(NamedTuple):
    """A card for a conversation; ``private`` says that only the person who wrote is to see it."""

    card: Card
    private: bool


class _Memory(NamedTuple):
    """What is remembered of a conversation; not ``available`` while the state can't be read."""

    available: bool
    topic: Topic | None = None


_NO_TOPIC: Final = _Memory(available=True)


async def reply_in(slack: SlackContext, request: SlackRequest, thread: str) -> ConversationReply:
    """The reply to the event of a message; ``thread`` is the timestamp of its thread, blank for a direct message.

    Where the state can't be used, it is the answer to the words alone.
    """
    key = _key(request, thread)
    text = (plain_question(request.text("event", "text")) or "help")[:TEXT_LIMIT]
    memory = await _recall(slack, request, key)
    if memory == _NO_TOPIC and thread and request.surface is Surface.MESSAGE:
        memory = await _recall(slack, request, _key(request, ""))  # a thread below a direct message goes on with it
    follow_up = await slack.answer_threads.run(complete, text, memory.topic, request.today)
    if isinstance(follow_up, MissingReferent):
        request.summary = AnswerSummary(outcome=Outcome.NOT_UNDERSTOOD.value)
        question = missing_line(follow_up) if memory.available else NO_MEMORY
        return ConversationReply(Card(escape(question), plain_blocks(question)), private=True)
    asked, hint = (follow_up.text, taken_line(follow_up)) if follow_up else (text, "")
    spoken_of = memory.topic.area if memory.topic is not None else None
    area = AssumedArea(code=spoken_of, source=AreaSource.CONVERSATION) if spoken_of else None
    card = await ask(slack, request, asked, hint=hint, place=CardPlace.PUBLIC, area=area)
    topic = await slack.answer_threads.run(_next_topic, request, asked, follow_up, spoken_of)
    private = asks_nothing(request.summary)
    is_guess = private and memory.topic is not None  # "Which is cheaper?" was searched for: nobody speaks of the hits.
    if topic is not None and memory.available and not is_guess:
        await _within_limits(request, slack.topics.remember(key, topic))
    return ConversationReply(card, private)


def _next_topic(request: SlackRequest, asked: str, follow_up: FollowUp | None, spoken_of: str | None) -> Topic | None:
    """What the conversation is about after an answer; ``spoken_of`` is the state that it was about before."""
    topic = topic_of(parse_question(asked, request.today), request.summary.records, request.summary.listed)
    if topic is not None and topic.area is None and spoken_of:
        topic = topic.model_copy(update={"area": spoken_of})
    if topic is not None and not topic.offers_others and follow_up is not None and follow_up.topic.listed:
        topic = topic.model_copy(update={"listed": follow_up.topic.listed})
    return topic


def taken_line(follow_up: FollowUp) -> str:
    """What a follow-up was taken to be about: ``Taking “it” as E0601 (Aetna, Texas, March 1, 2019).``

    Of a list, the first code is taken, and that is said.
    """
    topic = follow_up.topic
    kept = (topic.payer, areas()[topic.area].name if topic.area else None, long_date(topic.day) if topic.day else None)
    further = ", ".join(part for part in kept if part)
    codes = "-".join((join_words(topic.codes), *topic.modifiers)) + (f" ({further})" if further else "")
    if topic.from_list and not follow_up.chosen and topic.codes == topic.listed[:1]:
        codes += ", the first of the list"
    return f"Taking “{follow_up.taken_for}” as {codes}." if follow_up.taken_for else f"Answering about {codes}."


def missing_line(missing: MissingReferent) -> str:
    """The line that asks which code is meant, of a list if there was one."""
    if len(missing.listed) > 1:
        second = missing.listed[1]
        return f"Which one of the list do you mean? Ask again with its place or its code: the second one, or {second}."
    code = "codes" if PLURAL.search(missing.words) else "code"
    which = f"Which {code} does “{missing.words}” stand for?" if missing.words else "Which code do you mean?"
    return f"{which} Ask again with the code, for example: is S9353 covered?"


def _key(request: SlackRequest, thread: str) -> str:
    """A digest of the conversation: of its team, channel and thread."""
    conversation = f"{request.team}\n{request.channel}\n{thread}"
    return hashlib.sha256(conversation.encode("utf-8", "surrogatepass")).hexdigest()


async def _recall(slack: SlackContext, request: SlackRequest, key: str) -> _Memory:
    """What is remembered; the same as unavailable where the state fails or is slow."""
    recalled = await _within_limits(request, _as_memory(slack.topics.recall(key)))
    return recalled or _Memory(available=False)


async def _as_memory(recall: Awaitable[Topic | None]) -> _Memory:
    return _Memory(available=True, topic=await recall)


async def _within_limits(request: SlackRequest, work: Awaitable[_Result]) -> _Result | None:
    """The result of using the state; ``None``, with a line in the log, where it fails or takes too long."""
    try:
        async with asyncio.timeout(MEMORY_SECONDS):
            return await work
    except (HcpcsError, TimeoutError) as error:
        log.warning("conversation not remembered", request=request.request_id, **error_fields(error))
        return None
