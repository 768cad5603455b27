"""What the Slack face needs of others: a desk that answers, and rooms with state that plug into its commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import NamedTuple, Protocol

from hcpcs.answers.answer import Answer
from hcpcs.catalog.catalog import Catalog
from hcpcs.search_port import Hit


class AnsweringDesk(Protocol):
    """The desk as the Slack face uses it. Every call is pure and quick; one desk speaks of one catalogue."""

    @property
    def catalog(self) -> Catalog:
        """The catalogue that the desk answers from."""
        ...

    def ask(
        self,
        text: str,
        *,
        today: date | None = None,
        as_of: date | None = None,
        offset: int = 0,
        limit: int = 10,
    ) -> Answer:
        """The answer to ``text``, for any text."""
        ...

    def decode(self, text: str, *, today: date | None = None) -> Answer:
        """Every code and modifier in a longer text, as records; look-alikes of other systems as evidence."""
        ...

    def suggest(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        """Records for text still being typed."""
        ...


DeskProvider = Callable[[], AnsweringDesk]
"""Gives the desk of the catalogue in use now; asked once for each request, so that an answer is of one release."""


class Asking(NamedTuple):
    """Who asks where: what a subcommand may know of its request."""

    team: str
    channel: str
    user: str


Subcommand = Callable[[Asking, str], Awaitable[str]]
"""A subcommand with state of its own (watch, unwatch, watching): asking and the rest of the text -> plain text."""


class Service(Protocol):
    """Work beside the answering, for as long as the face is at work: following the shelf, telling channels."""

    async def start(self) -> None:
        """Begins; called once the loop runs."""
        ...

    async def stop(self) -> None:
        """Ends what was begun."""
        ...


class Memory(Protocol):
    """Remembers keys for a while, so that what was delivered or shared once is not done again.

    In memory on one machine; a shared store can take its place where several replicas serve one workspace.
    """

    async def claim(self, key: str) -> bool:
        """True for the first to claim ``key``, False for everyone after."""
        ...

    async def release(self, key: str) -> None:
        """Forget a key whose work failed, so that it may be tried again."""
        ...
