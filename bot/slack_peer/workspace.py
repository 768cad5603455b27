"""The stand-in's workspace: people, rooms, messages and views, kept in memory and told to the feed."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from slack_peer.block_reader import Readable
from slack_peer.feed import Feed

Block = dict[str, Any]

TEAM: Final = "T0PLAYGROUND"
APP: Final = "A0HCPCSDESK"
BOT_USER: Final = "U0HCPCSBOT"
BOT_ID: Final = "B0HCPCSBOT"
SLACKBOT: Final = "USLACKBOT"
YOU: Final = "U0ROBINHALE"
COLLEAGUE: Final = "U0MARTARUIZ"
BILLING: Final = "C0BILLING"
RANDOM: Final = "C0RANDOM"
DIRECT: Final = "D0HCPCSDESK"

MODALS_DEEP: Final = 3
"""How many modals may lie on one another (docs.slack.dev, "Modals")."""


@dataclass(frozen=True)
class Person:
    """A member of the workspace."""

    id: str
    name: str
    handle: str
    bot: bool = False


@dataclass(frozen=True)
class Room:
    """A channel or a direct message with the app."""

    id: str
    name: str
    kind: Literal["channel", "im"]
    members: frozenset[str]
    topic: str = ""


@dataclass(frozen=True, kw_only=True)
class Message(Readable):
    """A message as the workspace holds it.

    ``seen_by`` names the one person who sees an ephemeral message, ``thread`` the parent's ``ts``, ``asked`` the
    command that the message answers, ``unfurls`` the previews of links in it by address.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Block, ...] = ()
    thread: str = ""
    seen_by: str = ""
    asked: str = ""
    edited: bool = False
    removed: bool = False
    unfurls: Mapping[str, Sequence[Block]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class View(Readable):
    """A modal or an App Home; ``body`` is what the app gave."""

    id: str
    user: str
    hash: str
    body: Mapping[str, Any]
    root: str = ""
    previous: str = ""

    @property
    def kind(self) -> str:
        """``modal`` or ``home``."""
        return str(self.body["type"])

    @property
    def text(self) -> str:
        """The title, for a modal."""
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks, as for a message."""
        return tuple(self.body["blocks"])


PEOPLE: Final = (
    Person(YOU, "Robin Hale", "robin"),
    Person(COLLEAGUE, "Marta Ruiz", "marta"),
    Person(BOT_USER, "HCPCS", "hcpcs", bot=True),
    Person(SLACKBOT, "Slackbot", "slackbot", bot=True),
)
ROOMS: Final = (
    Room(BILLING, "billing", "channel", frozenset({YOU, COLLEAGUE, BOT_USER}), "Claims, denials and codes"),
    Room(RANDOM, "random", "channel", frozenset({YOU, COLLEAGUE}), "The HCPCS app is not a member here"),
    Room(DIRECT, "HCPCS", "im", frozenset({YOU, BOT_USER}), "Write to the app directly"),
)


def with_block_ids(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks with an id each, as Slack gives to those that came without."""
    return tuple(block if block.get("block_id") else {**block, "block_id": secrets.token_hex(3)} for block in blocks)


class Workspace:
    """People, rooms, messages and views. Every change is told to ``feed``."""

    def __init__(self, feed: Feed, clock: Callable[[], float] = time.time) -> None:
        self.feed = feed
        self.people = {person.id: person for person in PEOPLE}
        self.rooms = {room.id: room for room in ROOMS}
        self.messages: dict[tuple[str, str], Message] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.prompts: dict[str, list[dict[str, str]]] = {}
        self._clock = clock
        self._last = 0

    def stamp(self) -> str:
        """A new ``ts``: later than every one before."""
        self._last = max(self._last + 1, int(self._clock() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def put(self, message: Message) -> Message:
        """Posts a message, or puts its new form in the place of the old."""
        held = replace(message, blocks=with_block_ids(message.blocks))
        self.messages[held.channel, held.ts] = held
        self.feed.tell("message", held, by_app=held.user in {BOT_USER, SLACKBOT} or bool(held.unfurls))
        return held

    def remove(self, message: Message) -> None:
        """Takes a message away."""
        self.messages.pop((message.channel, message.ts), None)
        self.feed.tell("message", replace(message, removed=True), by_app=message.user == BOT_USER)

    def visible(self, user: str = YOU) -> list[Message]:
        """The messages that ``user`` sees, oldest first."""
        return [message for message in self.messages.values() if message.seen_by in {"", user}]

    def view(self, user: str, body: Mapping[str, Any], below: View | None = None) -> View:
        """A view made of what the app gave, lying on ``below``."""
        identity = f"V{secrets.token_hex(5).upper()}"
        held = {**body, "blocks": list(with_block_ids(body["blocks"]))}
        return View(
            id=identity,
            user=user,
            hash=self.stamp(),
            body=held,
            root=below.root if below else identity,
            previous=below.id if below else "",
        )

    def find_view(self, identity: str) -> View | None:
        """The open modal or the home with this id."""
        views = [view for stack in self.modals.values() for view in stack] + list(self.homes.values())
        return next((view for view in views if view.id == identity), None)

    def push_modal(self, view: View) -> View:
        """Opens a modal above those that are open."""
        self.modals.setdefault(view.user, []).append(view)
        self._tell_modals(view.user, by_app=True)
        return view

    def renew(self, view: View, body: Mapping[str, Any]) -> View:
        """Puts a new content into an open view."""
        held = {**body, "blocks": list(with_block_ids(body["blocks"]))}
        renewed = replace(view, body=held, hash=self.stamp())
        if renewed.kind == "home":
            self.publish_home(renewed)
        else:
            stack = self.modals[view.user]
            stack[[one.id for one in stack].index(view.id)] = renewed
            self._tell_modals(view.user, by_app=True)
        return renewed

    def close_modals(self, user: str, *, every: bool, by_app: bool = False) -> None:
        """Closes the upper modal, or ``every`` one."""
        stack = self.modals.get(user, [])
        del stack[0 if every else -1 :]
        self._tell_modals(user, by_app=by_app)

    def publish_home(self, view: View) -> View:
        """Shows a home."""
        self.homes[view.user] = view
        self.feed.tell("home", view, by_app=True)
        return view

    def offer_prompts(self, channel: str, prompts: list[dict[str, str]]) -> None:
        """Shows suggested prompts in a direct message."""
        self.prompts[channel] = prompts
        self.feed.tell("prompts", {"channel": channel, "prompts": prompts}, by_app=True)

    def _tell_modals(self, user: str, *, by_app: bool) -> None:
        self.feed.tell("modals", list(self.modals.get(user, [])), by_app=by_app)
