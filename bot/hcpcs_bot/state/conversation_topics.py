"""What each conversation is about, for all replicas: codes and other ids only, for a day."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Final

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from hcpcs.questions.conversation.topic import Topic
from hcpcs.questions.subject import Subject
from hcpcs_bot.state.database import Database
from hcpcs_bot.state.tables import ConversationRow

TOPIC_SECONDS: Final = 24 * 3600.0
"""Seconds for which a topic is remembered after the last question on it."""

_SUBJECTS: Final = frozenset(subject.value for subject in Subject)


class StoredConversationTopics:
    """Topics in the database, by a digest of the conversation. Every method raises ``StateError`` if it fails."""

    def __init__(
        self, database: Database, seconds: float = TOPIC_SECONDS, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._seconds = seconds
        self._clock = clock

    async def recall(self, key: str) -> Topic | None:
        """The topic of a conversation; ``None`` where there is none, or it has expired."""
        return await self._database.run(self._recall, key)

    async def remember(self, key: str, topic: Topic) -> None:
        """Keeps the topic of a conversation in place of its former one, and deletes all that have expired."""
        await self._database.run(self._remember, key, topic)

    def _recall(self, key: str) -> Topic | None:
        with self._database.reading() as session:
            row = session.get(ConversationRow, key)
            return None if row is None or row.expires_at <= self._clock() else _topic_of(row)

    def _remember(self, key: str, topic: Topic) -> None:
        now = self._clock()
        with self._database.transaction() as session:
            session.execute(delete(ConversationRow).where(ConversationRow.expires_at <= now))
            try:
                with session.begin_nested():
                    session.merge(_row_of(key, topic, now + self._seconds))
            except IntegrityError:
                return  # Another replica has just remembered the topic of the same conversation.


def _row_of(key: str, topic: Topic, expires_at: float) -> ConversationRow:
    return ConversationRow(
        key=key,
        codes=" ".join(topic.codes),
        subject=topic.subject.value,
        payer=topic.payer or "",
        area=topic.area or "",
        day=topic.day.isoformat() if topic.day else "",
        modifiers=" ".join(topic.modifiers),
        dose=topic.dose,
        listed=" ".join(topic.listed),
        expires_at=expires_at,
    )


def _topic_of(row: ConversationRow) -> Topic | None:
    """The topic of a row; ``None`` for a subject that this version of the app does not know."""
    if row.subject not in _SUBJECTS:
        return None
    return Topic(
        codes=tuple(row.codes.split()),
        subject=Subject(row.subject),
        payer=row.payer or None,
        area=row.area or None,
        day=date.fromisoformat(row.day) if row.day else None,
        modifiers=tuple(row.modifiers.split()),
        dose=row.dose,
        listed=tuple(row.listed.split()),
    )
