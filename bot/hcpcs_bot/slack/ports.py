"""What the Slack interface needs from other packages: a desk, subcommands with state, services, what is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, NamedTuple, Protocol

from hcpcs.answers.answer import Answer
from hcpcs.answers.notices.assumed_area import AssumedArea
from hcpcs.catalog.catalog import Catalog
from hcpcs.companions.storage.companion_store import Companions
from hcpcs.questions.conversation.topic import Topic
from hcpcs.search_port import Hit
from hcpcs_bot.team.note import NoteTarget, TeamNote
from hcpcs_bot.team.report import TeamReport
from hcpcs_bot.team.team_memory import TeamKnowledge


class HomeFacts(NamedTuple):
    """What the App Home also shows: updates that failed, one sentence each, and watches of companion files.

    A watch is the id of its channel and its phrase (``amount changes J1745``); only administrators see them.
    """

    failures: tuple[str, ...] = ()
    watches: tuple[tuple[str, str], ...] = ()


HomeFactsOf = Callable[[str], Awaitable[HomeFacts]]
"""The facts for a team. Raises ``StateError``."""


class AnsweringDesk(Protocol):
    """The desk as the Slack interface uses it. Every call is pure and quick; one desk answers from one catalog."""

    @property
    def catalog(self) -> Catalog:
        """The catalog that the desk answers from."""
        ...

    @property
    def companions(self) -> Companions:
        """The companion files that the desk answers from."""
        ...

    def ask(
        self,
        text: str,
        *,
        today: date | None = None,
        as_of: date | None = None,
        area: AssumedArea | None = None,
        offset: int = 0,
        limit: int = 10,
    ) -> Answer:
        """The answer to ``text``, for any text."""
        ...

    def decode(self, text: str, *, today: date | None = None) -> Answer:
        """Every code and modifier in a longer text, as records; look-alikes of other systems as evidence."""
        ...

    def suggest(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        """Records for text that is still being typed."""
        ...


DeskProvider = Callable[[], AnsweringDesk]
"""Returns the desk of the catalog in use; called once per request, so that an answer is of one release."""


class Asker(NamedTuple):
    """Who asks, where and on which day: what a subcommand may know of its request.

    ``name`` is what Slack calls the person.
    """

    team: str
    channel: str
    user: str
    name: str = ""
    today: date = date.min


class PrivateMessage(NamedTuple):
    """A message that only the person sees: ``text`` is escaped, ``blocks`` are Block Kit."""

    text: str
    blocks: list[dict[str, Any]]


Subcommand = Callable[[Asker, str], Awaitable[str | PrivateMessage | None]]
"""A subcommand with state of its own: asker and the rest of the text -> plain text or a message.

``None`` says that the text is not for it: then it is a question.
"""


class Service(Protocol):
    """Work that runs in the background as long as the app runs: updates, digests, counts."""

    async def start(self) -> None:
        """Starts; called once the loop runs."""
        ...

    async def stop(self) -> None:
        """Stops what was started."""
        ...


class NoteKeeper(Protocol):
    """Changes a team's notes for the person who asks.

    Every method raises ``NoteError`` for what the person may not do, and ``StateError`` if the database fails.
    """

    async def changeable(self, asker: Asker, number: int, /) -> TeamNote:
        """A note that the person may change."""
        ...

    async def edit(self, asker: Asker, number: int, text: str, /) -> str:
        """Gives a note another text; returns what to tell the person."""
        ...

    async def delete(self, asker: Asker, number: int, /) -> str:
        """Deletes a note; returns what to tell the person."""
        ...

    async def page(self, asker: Asker, target: NoteTarget | None, offset: int, /) -> str | PrivateMessage:
        """A page of the notes on ``target``, or of all."""
        ...


class UsageKeeper(Protocol):
    """Counts what is asked, and whether answers are useful; without a text and without a person."""

    def count(self, team: str, intent: str, outcome: str, words: tuple[str, ...] = (), /) -> None:
        """Counts a question; ``words`` are its known words, if it was not understood. Never fails."""
        ...

    async def rate(self, team: str, person: str, message: str, intent: str, outcome: str, *, useful: bool) -> None:
        """Counts one person's word on the answer in a message, once; ``person`` is a hash. Raises ``StateError``."""
        ...

    async def report(self, team: str, /) -> TeamReport:
        """The counts of a team. Raises ``StateError``."""
        ...


class TeamMemory(Protocol):
    """What each team keeps: its notes and its state."""

    async def recall(self, team: str, /) -> TeamKnowledge:
        """What a team keeps. Never raises, and answers soon."""
        ...


class SeenKeys(Protocol):
    """Remembers keys for a while, so that what was delivered or shared once is not done again.

    In memory on one machine, in a shared database where several replicas serve one workspace.
    """

    async def claim(self, key: str) -> bool:
        """True for the first to claim ``key``, False for everyone after."""
        ...

    async def release(self, key: str) -> None:
        """Forgets a key whose work failed, so that it may be tried again."""
        ...


class ConversationTopics(Protocol):
    """Remembers for a day what each conversation is about, by a key of it: codes and other ids, never a text."""

    async def recall(self, key: str) -> Topic | None:
        """The topic of a conversation; ``None`` where there is none, or it has expired."""
        ...

    async def remember(self, key: str, topic: Topic) -> None:
        """Keeps the topic of a conversation in place of its former one."""
        ...
