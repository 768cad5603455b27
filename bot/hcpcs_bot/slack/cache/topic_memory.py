"""What each conversation is about, in this process: ``ports.ConversationTopics`` where no database is shared."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from hcpcs.questions.conversation.topic import Topic

TOPIC_SECONDS: Final = 24 * 3600.0
"""Seconds for which a topic is remembered after the last question on it."""
TOPIC_LIMIT: Final = 10_000
"""Maximum conversations in memory; those that were quiet for longest are forgotten first."""


class InMemoryTopics:
    """Topics of the conversations that went on last."""

    def __init__(
        self, seconds: float = TOPIC_SECONDS, limit: int = TOPIC_LIMIT, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._seconds = seconds
        self._limit = limit
        self._clock = clock
        self._topics: OrderedDict[str, tuple[float, Topic]] = OrderedDict()

    async def recall(self, key: str) -> Topic | None:
        """The topic of a conversation; ``None`` where there is none, or it has expired."""
        remembered_at, topic = self._topics.get(key, (0.0, None))
        return topic if self._clock() - remembered_at < self._seconds else None

    async def remember(self, key: str, topic: Topic) -> None:
        """Keeps the topic of a conversation in place of its former one, and forgets what has expired."""
        now = self._clock()
        self._topics.pop(key, None)
        self._topics[key] = (now, topic)
        while len(self._topics) > self._limit or now - next(iter(self._topics.values()))[0] >= self._seconds:
            self._topics.popitem(last=False)
