"""What conversations are about, shared by replicas for a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from hcpcs.questions.conversation.topic import Topic
from hcpcs.questions.subject import Subject
from hcpcs_bot.slack.cache.topic_memory import InMemoryTopics
from hcpcs_bot.slack.ports import ConversationTopics
from hcpcs_bot.state.conversation_topics import TOPIC_SECONDS, StoredConversationTopics
from hcpcs_bot.state.database import Database, open_database
from hcpcs_bot.state.tables import ConversationRow

CPAP = Topic(codes=("E0601", "KX"), subject=Subject.AMOUNT, payer="Aetna", area="TX", day=date(2019, 3, 1))
BED = Topic(codes=("E0260",))
PUMPS = Topic(codes=("J1811",), listed=("E0784", "J1811"), modifiers=("JZ", "KX"), dose="30 mg")


async def test_a_topic_is_kept_whole_for_every_replica(tmp_path: Path, database_url: str) -> None:
    first, second = open_database(tmp_path, database_url), open_database(tmp_path, database_url)
    await StoredConversationTopics(first).remember("a", CPAP)
    await StoredConversationTopics(first).remember("b", BED)
    await StoredConversationTopics(first).remember("d", PUMPS)
    assert await StoredConversationTopics(second).recall("a") == CPAP
    assert await StoredConversationTopics(second).recall("b") == BED
    assert await StoredConversationTopics(second).recall("c") is None
    assert await StoredConversationTopics(second).recall("d") == PUMPS
    first.close()
    second.close()


@pytest.mark.parametrize("stored", [True, False])
async def test_the_last_topic_counts_and_expires_after_a_day(database: Database, stored: bool) -> None:
    now = [1000.0]
    topics: ConversationTopics = (
        StoredConversationTopics(database, clock=lambda: now[0]) if stored else InMemoryTopics(clock=lambda: now[0])
    )
    await topics.remember("a", CPAP)
    now[0] += TOPIC_SECONDS - 1
    assert await topics.recall("a") == CPAP
    await topics.remember("a", BED)
    now[0] += TOPIC_SECONDS - 1
    assert await topics.recall("a") == BED
    now[0] += 1
    assert await topics.recall("a") is None


async def test_expired_topics_are_deleted(database: Database) -> None:
    now = [1000.0]
    topics = StoredConversationTopics(database, clock=lambda: now[0])
    await topics.remember("a", CPAP)
    now[0] += TOPIC_SECONDS
    await topics.remember("b", BED)
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(ConversationRow)) == 1


async def test_a_subject_of_another_version_is_no_topic(database: Database) -> None:
    topics = StoredConversationTopics(database)
    await topics.remember("a", CPAP)
    with database.transaction() as session:
        session.execute(update(ConversationRow).values(subject="weather"))
    assert await topics.recall("a") is None


async def test_memory_is_bounded() -> None:
    topics = InMemoryTopics(limit=2)
    for key in "abca":
        await topics.remember(key, BED)
    assert [await topics.recall(key) for key in "abc"] == [BED, None, BED]
