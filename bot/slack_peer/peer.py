"""The local Slack peer: an app is tied to it, and a test talks to the app through it as a person would.

    async with tied(lambda peer: asgi_app(...)) as peer:
        card = await peer.slash("/hcpcs S9328")
        assert "Share to channel" in card.buttons
        shared = await peer.press("Share to channel")

Every deed waits for the first thing that the app then shows and returns it; ``next`` waits for one thing more.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from hcpcs.errors import HcpcsError
from slack_peer.app_manifest import HCPCS_APP, AppManifest, Shortcut
from slack_peer.block_reader import Control
from slack_peer.delivery import payloads
from slack_peer.delivery.delivery import AppConnection, SignedConnection
from slack_peer.delivery.in_process import Application, InProcess
from slack_peer.delivery.response_urls import ResponseUrls
from slack_peer.delivery.socket_mode import SocketConnection
from slack_peer.feed import Feed
from slack_peer.form_state import Filled, NotPossibleError, Option
from slack_peer.page.browser_security import loopback_only
from slack_peer.routes import HOOKS, LARGEST, PeerRoutes
from slack_peer.user_actions import ACK_SECONDS, RETRY_WAITS, Place, UserActions
from slack_peer.web_api import WebApi
from slack_peer.workspace import BILLING, DIRECT, YOU, Message, View, Workspace

HOST: Final = "127.0.0.1"
PATIENCE: Final = 10.0


class SilenceError(HcpcsError):
    """The app showed nothing in the time given."""


class SlackPeer:
    """A Slack of one workspace on loopback. Secrets are made anew for each; ``start`` opens the address.

    ``burst`` messages may be posted at once in a channel before one a second is the limit; ``patience`` is how many
    seconds a deed waits for the app.
    """

    def __init__(
        self,
        manifest: AppManifest = HCPCS_APP,
        *,
        burst: float = 20,
        patience: float = PATIENCE,
        ack_seconds: float = ACK_SECONDS,
        retry_waits: Sequence[float] = RETRY_WAITS,
    ) -> None:
        self.signing_secret = secrets.token_hex(16)
        self.bot_token = f"xoxb-{secrets.token_hex(16)}"
        self.app_token = f"xapp-{secrets.token_hex(16)}"
        self.manifest = manifest
        self.feed = Feed()
        self.workspace = Workspace(self.feed)
        self.api = WebApi(self.workspace, manifest, self.bot_token, burst=burst, on_post=self._posted)
        self.hooks = ResponseUrls(self.workspace)
        self.deeds = UserActions(
            self.workspace, manifest, self.api.triggers, self.hooks, ack_seconds=ack_seconds, retry_waits=retry_waits
        )
        self.socket = SocketConnection()
        self.address = ""
        self._patience = patience
        self._read = 0
        self._shown: Place | None = None
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """Where the Web API stands, for the app's ``--slack-api``."""
        return f"{self.address}/api/"

    @property
    def mistakes(self) -> list[str]:
        """Everything that Slack would have refused so far; a test of a good app finds it empty."""
        return [*self.api.mistakes, *self.hooks.mistakes, *self.deeds.mistakes]

    async def start(self, port: int = 0, furnish: Callable[[web.Application], None] | None = None) -> None:
        """Opens the address; ``furnish`` may add routes. Raises ``OSError`` when the port is taken."""
        application = web.Application(client_max_size=LARGEST, middlewares=[loopback_only])
        application.add_routes(PeerRoutes(self.api, self.hooks, self.socket, self.app_token).routes())
        if furnish is not None:
            furnish(application)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()
        self.address = f"http://{HOST}:{self._runner.addresses[0][1]}"
        self.deeds.hook_base = f"{self.address}{HOOKS}"

    async def stop(self) -> None:
        """Closes the address."""
        await self.deeds.stop()
        await self.socket.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def introduce(self, manifest: AppManifest) -> None:
        """Gives the app another manifest."""
        self.manifest = self.api.manifest = self.deeds.manifest = manifest

    def connect(self, line: AppConnection) -> None:
        """Delivers over ``line`` from now on."""
        self.deeds.line = line

    async def connect_socket(self) -> None:
        """Waits for the app in Socket Mode, and delivers over its WebSocket from then on."""
        await asyncio.wait_for(self.socket.connected.wait(), self._patience)
        self.connect(self.socket)

    def _posted(self, message: Message) -> None:
        """An app hears its own messages too where it listens; it must know them as its own."""
        room = self.workspace.rooms[message.channel]
        for event in payloads.message_events(message, room, ()):
            self.deeds.later(self.deeds.tell_event(event))

    async def slash(self, text: str, *, room: str = BILLING, user: str = YOU) -> Place:
        """A slash command, and what it shows."""
        self._begin()
        await self.deeds.command(user, room, text)
        return await self.next()

    async def say(self, text: str, *, room: str = BILLING, user: str = YOU, thread: str = "") -> Message:
        """A message that nobody need answer."""
        self._begin()
        return await self.deeds.post(user, room, text, thread)

    async def ask(self, text: str, *, room: str = BILLING, user: str = YOU, thread: str = "") -> Place:
        """A message (with a mention, where it is in a channel), and the app's answer."""
        await self.say(text, room=room, user=user, thread=thread)
        return await self.next()

    async def write(self, text: str, *, user: str = YOU, thread: str = "") -> Place:
        """A direct message to the app, and its answer."""
        return await self.ask(text, room=DIRECT, user=user, thread=thread)

    async def press(
        self, name: str, on: Place | None = None, *, user: str = YOU, filled: Filled | None = None
    ) -> Place:
        """A button, called by label, screen reader's label or action id; on what was shown last unless ``on``."""
        place = on or self._last()
        self._begin()
        await self.deeds.act(user, place, self.control(name, place), None, filled or {})
        return await self.next()

    async def suggest(self, name: str, typed: str, on: Place | None = None, *, user: str = YOU) -> Sequence[Option]:
        """The options that a select offers for what is typed."""
        place = on or self._last()
        return await self.deeds.suggest(user, place, self.control(name, place), typed)

    async def choose(
        self, name: str, value: str, on: Place | None = None, *, typed: str = "", user: str = YOU
    ) -> Place:
        """An option of a select, by its value; of one that asks the app, after typing ``typed`` (or the value)."""
        place = on or self._last()
        control = self.control(name, place)
        if control.kind == "external_select":
            await self.deeds.suggest(user, place, control, typed or value)
        self._begin()
        await self.deeds.act(user, place, control, value, {})
        return await self.next()

    async def enter(self, name: str, text: str, on: Place | None = None, *, user: str = YOU) -> Place:
        """Text in an input that tells the app when Enter is pressed."""
        place = on or self._last()
        control = self.control(name, place)
        self._begin()
        await self.deeds.act(user, place, control, text, {control.block_id: {control.action_id: text}})
        return await self.next()

    async def submit(self, filled: Filled, on: View | None = None, *, user: str = YOU) -> Place:
        """A modal sent in. Raises ``NotPossibleError`` with the first line of what is refused."""
        view = on or self._last()
        if not isinstance(view, View):
            raise NotPossibleError("no modal is open")
        self._begin()
        refused = await self.deeds.submit(user, view, filled)
        if refused:
            raise NotPossibleError("; ".join(refused.values()))
        return await self.next()

    async def shortcut(self, name: str, on: Message | None = None, *, user: str = YOU) -> Place:
        """A shortcut by its name, on a message for those in the menu of messages."""
        self._begin()
        await self.deeds.shortcut(user, self.shortcut_named(name), on)
        return await self.next()

    async def open_home(self, tab: str = "home", *, user: str = YOU) -> Place:
        """The app's page."""
        self._begin()
        await self.deeds.open_home(user, tab)
        return await self.next()

    async def next(self) -> Place:
        """The next thing that the app shows. Raises ``SilenceError`` when nothing comes."""
        try:
            async with asyncio.timeout(self._patience):
                while True:
                    for happening in await self.feed.after(self._read):
                        self._read = happening.number
                        place = _place(happening.subject)
                        if happening.by_app and place is not None:
                            self._shown = place
                            return place
        except TimeoutError:
            raise SilenceError("the app showed nothing") from None

    def control(self, name: str, place: Place) -> Control:
        """A control of what is shown, by any of its names. Raises ``NotPossibleError``."""
        for control in place.controls:
            if name in control.names:
                return control
        raise NotPossibleError(f"there is no {name!r} among {[control.label for control in place.controls]}")

    def shortcut_named(self, name: str) -> Shortcut:
        """A shortcut by name or callback id. Raises ``NotPossibleError``."""
        for shortcut in self.manifest.shortcuts:
            if name in {shortcut.name, shortcut.callback_id}:
                return shortcut
        raise NotPossibleError(f"there is no shortcut {name!r}")

    def _begin(self) -> None:
        self._read = self.feed.number

    def _last(self) -> Place:
        if self._shown is None:
            raise NotPossibleError("the app has shown nothing yet")
        return self._shown


def _place(subject: object) -> Place | None:
    if isinstance(subject, list):
        subject = subject[-1] if subject else None
    return subject if isinstance(subject, Message | View) else None


@asynccontextmanager
async def tied(make: Callable[[SlackPeer], Application], peer: SlackPeer | None = None) -> AsyncIterator[SlackPeer]:
    """A peer with the ASGI application that ``make`` builds for its address and secrets, both running."""
    here = peer or SlackPeer()
    await here.start()
    try:
        async with InProcess(make(here)) as running:
            here.connect(SignedConnection(running, here.signing_secret))
            yield here
    finally:
        await here.stop()
