"""The stand-in's workspace: people, channels, messages and views, in memory; every change is published to the feed."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from slack_peer.app_manifest import AppManifest
from slack_peer.block_reader import BlockContent
from slack_peer.feed import Feed
from slack_peer.function_executions import ExecutionState, FunctionExecution

Block = dict[str, Any]

TEAM: Final = "T0PLAYGROUND"
TEAM_NAME: Final = "Billing desk"
APP: Final = "A0PLAYGROUND"
BOT_USER: Final = "U0APPBOT"
BOT_ID: Final = "B0APPBOT"
SLACKBOT: Final = "USLACKBOT"
YOU: Final = "U0ROBINHALE"
COLLEAGUE: Final = "U0MARTARUIZ"
BILLING: Final = "C0BILLING"
RANDOM: Final = "C0RANDOM"
DIRECT: Final = "D0APPDIRECT"


@dataclass(frozen=True)
class Person:
    """A member of the workspace."""

    id: str
    name: str
    handle: str
    bot: bool = False


@dataclass(frozen=True)
class Channel:
    """A channel (``channel``), or the direct messages between a person and the app (``im``)."""

    id: str
    name: str
    kind: Literal["channel", "im"]
    members: frozenset[str]
    topic: str = ""


@dataclass(frozen=True, kw_only=True)
class Message(BlockContent):
    """A message.

    ``visible_to`` names the one person who sees an ephemeral message, ``thread`` the parent's ``ts``, ``command`` the
    slash command that the message answers, ``unfurls`` the previews of links in it by address; ``key`` is the app's
    ``client_msg_id`` and ``metadata`` what the app attached to it. ``attachments`` are those of another app's message.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Block, ...] = ()
    thread: str = ""
    visible_to: str = ""
    command: str = ""
    edited: bool = False
    removed: bool = False
    unfurls: Mapping[str, Sequence[Block]] = field(default_factory=dict)
    key: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    attachments: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class View(BlockContent):
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


Container = Message | View
"""What contains a control; Slack calls it a container, too."""

PEOPLE: Final = (
    Person(YOU, "Robin Hale", "robin"),
    Person(COLLEAGUE, "Marta Ruiz", "marta"),
    Person(SLACKBOT, "Slackbot", "slackbot", bot=True),
)
CHANNELS: Final = (
    Channel(BILLING, "billing", "channel", frozenset({YOU, COLLEAGUE, BOT_USER}), "Claims, denials and codes"),
    Channel(RANDOM, "random", "channel", frozenset({YOU, COLLEAGUE}), "The app is not a member of this channel"),
)


def with_block_ids(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks with an id each, as Slack gives to those that came without."""
    return tuple(block if block.get("block_id") else {**block, "block_id": secrets.token_hex(3)} for block in blocks)


class Workspace:
    """One workspace in which ``app`` is installed. Every change is published to ``feed``.

    ``refused_blocks`` are the types of newer blocks that it doesn't have yet.
    """

    def __init__(
        self,
        feed: Feed,
        app: AppManifest,
        clock: Callable[[], float] = time.time,
        refused_blocks: Iterable[str] = (),
    ) -> None:
        self.feed = feed
        self.app = app
        self.refused_blocks = frozenset(refused_blocks)
        bot = Person(BOT_USER, app.name, app.name, bot=True)
        direct = Channel(DIRECT, app.name, "im", frozenset({YOU, BOT_USER}), "Direct messages to the app")
        self.people = {person.id: person for person in (*PEOPLE, bot)}
        self.channels = {channel.id: channel for channel in (*CHANNELS, direct)}
        self.messages: dict[tuple[str, str], Message] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.prompts: dict[str, list[dict[str, str]]] = {}
        self.executions: dict[str, FunctionExecution] = {}
        self._clock = clock
        self._last = 0

    def add_channel(self, channel: Channel) -> None:
        """Opens a further channel."""
        self.channels[channel.id] = channel

    def direct_messages(self, user: str) -> Channel | None:
        """The direct messages between a person and the app; ``None`` where there are none."""
        return next((one for one in self.channels.values() if one.kind == "im" and user in one.members), None)

    def stamp(self) -> str:
        """A new ``ts``: later than every one before."""
        self._last = max(self._last + 1, int(self._clock() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def put(self, message: Message) -> Message:
        """Posts a message, or replaces the one with its channel and ``ts``."""
        stored = replace(message, blocks=with_block_ids(message.blocks))
        self.messages[stored.channel, stored.ts] = stored
        by_app = stored.user in {BOT_USER, SLACKBOT} or bool(stored.unfurls)
        self.feed.publish("message", stored, by_app=by_app)
        return stored

    def remove(self, message: Message) -> None:
        """Deletes a message."""
        self.messages.pop((message.channel, message.ts), None)
        self.feed.publish("message", replace(message, removed=True), by_app=message.user == BOT_USER)

    def visible(self, user: str = YOU) -> list[Message]:
        """The messages that ``user`` sees, oldest first."""
        return [message for message in self.messages.values() if message.visible_to in {"", user}]

    def new_view(self, user: str, body: Mapping[str, Any], below: View | None = None) -> View:
        """A view made of what the app gave, stacked on ``below``."""
        identity = f"V{secrets.token_hex(5).upper()}"
        return View(
            id=identity,
            user=user,
            hash=self.stamp(),
            body={**body, "blocks": list(with_block_ids(body["blocks"]))},
            root=below.root if below else identity,
            previous=below.id if below else "",
        )

    def find_view(self, identity: str) -> View | None:
        """The open modal or the home with this id."""
        views = [view for stack in self.modals.values() for view in stack] + list(self.homes.values())
        return next((view for view in views if view.id == identity), None)

    def push_modal(self, view: View) -> View:
        """Opens a modal on top of those that are open."""
        self.modals.setdefault(view.user, []).append(view)
        self._publish_modals(view.user, by_app=True)
        return view

    def update_view(self, view: View, body: Mapping[str, Any]) -> View:
        """Replaces the content of an open view."""
        content = {**body, "blocks": list(with_block_ids(body["blocks"]))}
        updated = replace(view, body=content, hash=self.stamp())
        if updated.kind == "home":
            self.publish_home(updated)
        else:
            stack = self.modals[view.user]
            stack[[one.id for one in stack].index(view.id)] = updated
            self._publish_modals(view.user, by_app=True)
        return updated

    def close_modals(self, user: str, *, every: bool, by_app: bool = False) -> None:
        """Closes the topmost modal, or ``every`` one."""
        stack = self.modals.get(user, [])
        del stack[0 if every else -1 :]
        self._publish_modals(user, by_app=by_app)

    def publish_home(self, view: View) -> View:
        """Shows an App Home."""
        self.homes[view.user] = view
        self.feed.publish("home", view, by_app=True)
        return view

    def suggest_prompts(self, channel: str, prompts: list[dict[str, str]]) -> None:
        """Shows suggested prompts in a direct message."""
        self.prompts[channel] = prompts
        self.feed.publish("prompts", {"channel": channel, "prompts": prompts}, by_app=True)

    def put_execution(self, execution: FunctionExecution) -> None:
        """Keeps a run of a function, in place of its former state."""
        self.executions[execution.id] = execution
        self.feed.publish("execution", execution, by_app=execution.state is not ExecutionState.RUNNING)

    def _publish_modals(self, user: str, *, by_app: bool) -> None:
        self.feed.publish("modals", list(self.modals.get(user, [])), by_app=by_app)
