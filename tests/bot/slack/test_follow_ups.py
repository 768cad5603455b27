"""Conversations with memory: threads and direct messages remember which codes they are about."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.bot.slack.conftest import settle
from tests.slack_app import TODAY, as_message, config_for, posted

from hcpcs.questions.conversation.topic import Topic
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.serving.server import asgi_app
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.state.conversation_topics import StoredConversationTopics
from hcpcs_bot.state.database import Database, StateError, open_database
from hcpcs_bot.state.tables import ConversationRow
from slack_peer.delivery.connection import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, YOU


def replica(workspace: SlackPeer, database: Database) -> SlackContext:
    """A replica of the app that shares ``database``."""
    topics = StoredConversationTopics(database)
    return SlackContext(config_for(workspace), starter_desk, topics=topics, today=lambda: TODAY)


@pytest.fixture
def context(workspace: SlackPeer, database: Database) -> SlackContext:
    return replica(workspace, database)


@asynccontextmanager
async def connected(workspace: SlackPeer, context: SlackContext) -> AsyncIterator[None]:
    """The workspace with one replica, which is gone afterwards."""
    async with InProcess(asgi_app(context)) as application:
        workspace.connect(SignedConnection(application, workspace.signing_secret))
        yield


async def test_a_thread_remembers_its_code(slack: SlackPeer) -> None:
    question = await slack.say("@hcpcs S9328")
    await slack.next()
    answer = as_message(await slack.ask("@hcpcs is it covered?", thread=question.ts))
    assert (answer.thread, answer.visible_to) == (question.ts, "")
    assert answer.text.startswith("Taking “it” as S9328.\nNo. S9328 is not payable by Medicare.")
    assert "Taking “it” as S9328." in str(answer.blocks[0])


async def test_a_follow_up_may_name_a_day_only(slack: SlackPeer) -> None:
    await slack.write("is S9328 payable by Medicare?")
    answer = as_message(await slack.write("and in 2019?"))
    assert answer.text.startswith("Answering about S9328.")
    assert "January 1, 2019" in answer.text
    later = as_message(await slack.write("is it still valid?"))
    assert later.text.startswith("Taking “it” as S9328 (January 1, 2019).")


async def test_a_code_is_compared_with_that_of_the_conversation(slack: SlackPeer) -> None:
    await slack.write("S9328")
    answer = as_message(await slack.write("compare it with S9353"))
    assert "Taking “it” as S9328." in answer.text
    assert "S9353" in answer.text
    both = as_message(await slack.write("are they covered?"))
    assert "Taking “they” as S9328 and S9353." in both.text


async def test_the_payer_is_remembered(slack: SlackPeer) -> None:
    await slack.write("does Aetna cover S9328?")
    answer = as_message(await slack.write("what about the rental?"))
    assert answer.text.startswith("Answering about S9328 (Aetna).")


async def test_a_search_is_a_topic(slack: SlackPeer) -> None:
    question = await slack.say("@hcpcs home infusion therapy")
    found = as_message(await slack.next())
    assert "S9328" in found.text
    first, second = ("S9328", "S9353") if found.text.index("S9328") < found.text.index("S9353") else ("S9353", "S9328")
    answer = as_message(await slack.ask("@hcpcs is it covered?", thread=question.ts))
    assert answer.text.startswith(f"Taking “it” as {first}, the first of the list.\nNo. {first} is not payable")
    answer = as_message(await slack.ask("@hcpcs the second one", thread=question.ts))
    assert answer.text.startswith(f"Taking “the second one” as {second}.")
    answer = as_message(await slack.ask("@hcpcs are they covered?", thread=question.ts))
    assert answer.text.startswith(f"Taking “they” as {first} and {second}.")
    answer = as_message(await slack.ask("@hcpcs and the fifth one?", thread=question.ts))
    assert (answer.visible_to, answer.text[:41]) == (YOU, "Which code does “the fifth one” stand for")


async def test_what_is_asked_of_no_code_of_a_search_is_asked_back(slack: SlackPeer) -> None:
    question = await slack.say("@hcpcs home infusion therapy")
    await slack.next()
    answer = as_message(await slack.ask("@hcpcs in Texas", thread=question.ts))
    assert answer.visible_to == YOU
    assert answer.text.startswith("Which one of the list do you mean? Ask again with its place or its code: the second")


async def test_a_suggested_code_is_chosen_by_its_place(slack: SlackPeer) -> None:
    assert "Did you mean S9353" in as_message(await slack.write("S9354")).text
    assert as_message(await slack.write("is it covered?")).text.startswith("Taking “it” as S9354.\nS9354 can't be")
    assert as_message(await slack.write("the first one")).text.startswith("Taking “the first one” as S9353.\nS9353: ")


async def test_words_that_no_code_has_do_not_change_what_is_spoken_of(slack: SlackPeer) -> None:
    question = await slack.say("@hcpcs S9328")
    await slack.next()
    guess = as_message(await slack.ask("@hcpcs Maria will handle the infusion account", thread=question.ts))
    assert guess.visible_to == YOU
    answer = as_message(await slack.ask("@hcpcs is it covered?", thread=question.ts))
    assert answer.text.startswith("Taking “it” as S9328.")


async def test_modifiers_are_remembered(slack: SlackPeer) -> None:
    await slack.write("S9328-RR")
    assert as_message(await slack.write("is it covered?")).text.startswith("Taking “it” as S9328-RR.")
    assert as_message(await slack.write("and with KX?")).text.startswith("Answering about S9328-KX.")


async def test_a_thread_below_a_direct_message_goes_on_with_it(slack: SlackPeer) -> None:
    card = as_message(await slack.write("S9328"))
    answer = as_message(await slack.write("is it covered?", thread=card.ts))
    assert answer.text.startswith("Taking “it” as S9328.")


async def test_threads_are_apart(slack: SlackPeer) -> None:
    one, two = await slack.say("@hcpcs S9328"), await slack.say("@hcpcs S9353")
    await slack.next()
    await slack.next()
    assert "as S9328." in as_message(await slack.ask("@hcpcs is it covered?", thread=one.ts)).text
    assert "as S9353." in as_message(await slack.ask("@hcpcs is it covered?", thread=two.ts)).text


@pytest.mark.parametrize(
    ("text", "asked_back"),
    [
        ("is it covered?", "Which code does “it” stand for? Ask again with the code, for example: is S9353 covered?"),
        ("and in 2019?", "Which code do you mean? Ask again with the code, for example: is S9353 covered?"),
    ],
)
async def test_with_nothing_to_refer_to_one_private_line_asks_back(
    slack: SlackPeer, text: str, asked_back: str
) -> None:
    parent = await slack.say("Claim 17 was denied")
    answer = as_message(await slack.ask(f"@hcpcs {text}", thread=parent.ts))
    assert (answer.visible_to, answer.thread, answer.text) == (YOU, parent.ts, asked_back)
    assert posted(slack) == []


async def test_the_buttons_of_a_follow_up_need_no_memory(slack: SlackPeer) -> None:
    await slack.write("S9328")
    answer = await slack.write("is it covered?")
    assert "S9328" in (await slack.press("Full record", answer)).words


async def test_another_replica_remembers_and_so_does_a_restart(workspace: SlackPeer, tmp_path: Path) -> None:
    databases = [open_database(tmp_path) for _ in range(2)]
    async with connected(workspace, replica(workspace, databases[0])):
        question = await workspace.say("@hcpcs S9328")
        await workspace.next()
    async with connected(workspace, replica(workspace, databases[1])):
        answer = as_message(await workspace.ask("@hcpcs is it covered?", thread=question.ts))
        assert answer.text.startswith("Taking “it” as S9328.")
    for database in databases:
        database.close()


async def test_only_ids_are_stored(slack: SlackPeer, database: Database, context: SlackContext) -> None:
    await slack.write("does Aetna cover S9328 for Jane Roe in Texas, MRN 445566?")
    await settle(context)
    with database.transaction() as session:
        (row,) = session.scalars(select(ConversationRow)).all()
        assert (row.codes, row.subject, row.payer, row.area, row.day) == ("S9328", "coverage", "Aetna", "TX", "")
        assert (row.modifiers, row.dose, row.listed) == ("", "", "")
        assert len(row.key) == 64


class BrokenTopics:
    """A state that can't be used, or that never answers."""

    def __init__(self, waits: bool) -> None:
        self._waits = waits

    async def recall(self, key: str) -> Topic | None:
        return await self._fail()

    async def remember(self, key: str, topic: Topic) -> None:
        await self._fail()

    async def _fail(self) -> None:
        if self._waits:
            await asyncio.sleep(60)
        raise StateError("the database can't be used")


@pytest.fixture(params=[False, True], ids=["fails", "waits"])
def broken(request: pytest.FixtureRequest, workspace: SlackPeer) -> Iterator[SlackContext]:
    return SlackContext(
        config_for(workspace), starter_desk, topics=BrokenTopics(waits=request.param), today=lambda: TODAY
    )


async def test_with_the_state_down_questions_are_answered_without_memory(
    workspace: SlackPeer, broken: SlackContext
) -> None:
    async with connected(workspace, broken):
        question = await workspace.say("@hcpcs S9328", channel=BILLING)
        assert "not payable by Medicare" in as_message(await workspace.next()).text
        answer = as_message(await workspace.ask("@hcpcs is it covered?", thread=question.ts))
        assert answer.visible_to == YOU
        # It was named; only the memory of it can't be read.
        assert answer.text.startswith("I can't look up what was asked here before")
