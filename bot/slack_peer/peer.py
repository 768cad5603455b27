"""The stand-in itself: an app is connected to it, and a test talks to the app through it as a person would.

    async with connect_app(SlackPeer(manifest), lambda peer: asgi_app(...)) as peer:
        card = await peer.slash("/command question")
        assert "Share to channel" in card.buttons
        shared = await peer.press("Share to channel")

Every action waits for the first thing that the app then shows and returns it; ``next`` waits for one thing more.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import web

from slack_peer.api.api_context import ApiContext
from slack_peer.api.faults import Faults
from slack_peer.api.response_urls import ResponseUrls
from slack_peer.api.routes import MAX_BODY, RESPONSE_PATH, ApiCall, ApiRoutes
from slack_peer.api.web_api import WebApi
from slack_peer.app_manifest import AppFunction, AppManifest, Shortcut
from slack_peer.block_reader import Control
from slack_peer.client.form_state import FormValues, Option
from slack_peer.client.user_actions import UserActions
from slack_peer.delivery import payloads
from slack_peer.delivery.connection import AppConnection, SignedConnection
from slack_peer.delivery.dispatcher import ACK_SECONDS, RETRY_WAITS, Dispatcher
from slack_peer.delivery.in_process import Application, InProcess
from slack_peer.delivery.socket_mode import SocketConnection
from slack_peer.errors import NoResponseError, NotPossibleError
from slack_peer.feed import Feed
from slack_peer.function_executions import ExecutionState, FunctionExecution
from slack_peer.page.browser_security import loopback_only
from slack_peer.workspace import BILLING, DIRECT, YOU, Container, Message, View, Workspace

HOST: Final = "127.0.0.1"
TIMEOUT_SECONDS: Final = 10.0
"""Seconds for which an action waits for the app."""


class SlackPeer:
    """A Slack of one workspace on loopback, in which the app of ``manifest`` is installed.

    Secrets are new for each; ``start`` opens the address. ``burst`` messages may be posted at once in a channel
    before one per second is the limit; ``timeout`` is how many seconds an action waits for the app; for
    ``deduplicates`` see ``ApiContext``. ``refused_blocks`` are newer blocks that the workspace doesn't have.
    """

    def __init__(
        self,
        manifest: AppManifest,
        *,
        burst: float = 20,
        timeout: float = TIMEOUT_SECONDS,
        ack_seconds: float = ACK_SECONDS,
        retry_waits: Sequence[float] = RETRY_WAITS,
        deduplicates: bool = True,
        refused_blocks: Sequence[str] = (),
    ) -> None:
        self.signing_secret = secrets.token_hex(16)
        self.bot_token = f"xoxb-{secrets.token_hex(16)}"
        self.app_token = f"xapp-{secrets.token_hex(16)}"
        self.feed = Feed()
        self.workspace = Workspace(self.feed, manifest, refused_blocks=refused_blocks)
        context = ApiContext(self.workspace, burst=burst, deduplicates=deduplicates)
        context.on_post = self._on_post
        self.api = WebApi(context, self.bot_token)
        self.response_urls = ResponseUrls(self.workspace)
        self.socket = SocketConnection()
        self.routes = ApiRoutes(self.api, self.response_urls, self.socket, self.app_token)
        self.dispatcher = Dispatcher(self.workspace, ack_seconds=ack_seconds, retry_waits=retry_waits)
        self.actions = UserActions(self.workspace, self.dispatcher, context.triggers, self.response_urls)
        self.address = ""
        self._timeout = timeout
        self._position = 0
        self._last: Container | None = None
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """The address of the Web API."""
        return f"{self.address}/api/"

    @property
    def violations(self) -> list[str]:
        """Everything that Slack would have refused so far; a test of a good app finds it empty."""
        return [
            *self.api.violations,
            *self.response_urls.violations,
            *self.dispatcher.violations,
            *self.actions.violations,
        ]

    @property
    def faults(self) -> Faults:
        """How Slack fails from now on: nothing is planned at first."""
        return self.routes.faults

    def calls(self, method: str) -> list[ApiCall]:
        """The calls of a method that the app made, oldest first, refused or not."""
        return [call for call in self.routes.calls if call.method == method]

    async def start(self, port: int = 0, add_routes: Callable[[web.Application], None] | None = None) -> None:
        """Opens the address; ``add_routes`` may add to it. Raises ``OSError`` when the port is taken."""
        application = web.Application(client_max_size=MAX_BODY, middlewares=[loopback_only])
        application.add_routes(self.routes.routes())
        if add_routes is not None:
            add_routes(application)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()
        self.address = f"http://{HOST}:{self._runner.addresses[0][1]}"
        self.actions.response_base = f"{self.address}{RESPONSE_PATH}"

    async def stop(self) -> None:
        """Closes the address."""
        await self.dispatcher.stop()
        await self.socket.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def install(self, manifest: AppManifest) -> None:
        """Gives the app another manifest."""
        self.workspace.app = manifest

    def connect(self, connection: AppConnection) -> None:
        """Delivers over ``connection`` from now on."""
        self.dispatcher.connection = connection

    async def connect_socket(self) -> None:
        """Waits for the app in Socket Mode, and delivers over its WebSocket from then on."""
        await asyncio.wait_for(self.socket.connected.wait(), self._timeout)
        self.connect(self.socket)

    def _on_post(self, message: Message) -> None:
        """Delivers the app's own message to the app, as Slack does; the app must know it as its own."""
        channel = self.workspace.channels[message.channel]
        for event in payloads.message_events(message, channel, ()):
            self.dispatcher.run_later(self.dispatcher.deliver_event(event))

    async def slash(self, text: str, *, channel: str = BILLING, user: str = YOU) -> Container:
        """Sends a slash command, and returns what the app then shows."""
        self._begin()
        await self.actions.command(user, channel, text)
        return await self.next()

    async def say(self, text: str, *, channel: str = BILLING, user: str = YOU, thread: str = "") -> Message:
        """Posts a message, and returns it without waiting for an answer."""
        self._begin()
        return await self.actions.post(user, channel, text, thread)

    async def ask(self, text: str, *, channel: str = BILLING, user: str = YOU, thread: str = "") -> Container:
        """Posts a message (in a channel, with a mention), and returns the app's answer."""
        await self.say(text, channel=channel, user=user, thread=thread)
        return await self.next()

    async def write(self, text: str, *, user: str = YOU, thread: str = "") -> Container:
        """Sends the app a direct message, and returns its answer."""
        return await self.ask(text, channel=DIRECT, user=user, thread=thread)

    async def press(
        self, name: str, on: Container | None = None, *, user: str = YOU, values: FormValues | None = None
    ) -> Container:
        """Presses a button (by label, accessibility label or action id) of ``on``, or of what was shown last."""
        container = on or self._shown_last()
        self._begin()
        await self.actions.act(user, container, self.control(name, container), None, values)
        return await self.next()

    async def suggest(self, name: str, typed: str, on: Container | None = None, *, user: str = YOU) -> Sequence[Option]:
        """The options that a select offers for the typed text."""
        container = on or self._shown_last()
        return await self.actions.suggest(user, container, self.control(name, container), typed)

    async def choose(
        self, name: str, value: str, on: Container | None = None, *, typed: str = "", user: str = YOU
    ) -> Container:
        """Chooses an option by its value; in a select that asks the app, after typing ``typed`` (or the value)."""
        container = on or self._shown_last()
        control = self.control(name, container)
        if control.kind == "external_select":
            await self.actions.suggest(user, container, control, typed or value)
        self._begin()
        await self.actions.act(user, container, control, value)
        return await self.next()

    async def enter(self, name: str, text: str, on: Container | None = None, *, user: str = YOU) -> Container:
        """Types text in an input and presses Enter, which sends it to the app."""
        container = on or self._shown_last()
        control = self.control(name, container)
        self._begin()
        await self.actions.act(user, container, control, text, {control.block_id: {control.action_id: text}})
        return await self.next()

    async def submit(self, values: FormValues, on: View | None = None, *, user: str = YOU) -> Container:
        """Submits a modal. Raises ``NotPossibleError`` with what is wrong with the inputs."""
        view = on or self._shown_last()
        if not isinstance(view, View):
            raise NotPossibleError("no modal is open")
        self._begin()
        errors = await self.actions.submit(user, view, values)
        if errors:
            raise NotPossibleError("; ".join(errors.values()))
        return await self.next()

    async def shortcut(self, name: str, on: Message | None = None, *, user: str = YOU) -> Container:
        """Uses a shortcut by its name; those in the menu of messages on a message."""
        self._begin()
        await self.actions.shortcut(user, self.shortcut_named(name), on)
        return await self.next()

    async def run_step(self, name: str, inputs: Mapping[str, Any]) -> FunctionExecution:
        """Runs a step of a workflow by its title or callback id, and returns it once the app has finished it.

        Raises ``NoResponseError`` when the app doesn't.
        """
        started = await self.actions.run_step(self.function_named(name), inputs)
        try:
            async with asyncio.timeout(self._timeout):
                while (execution := self.workspace.executions[started.id]).state is ExecutionState.RUNNING:
                    await self.feed.after(self.feed.number)
        except TimeoutError:
            raise NoResponseError("the app did not finish the step") from None
        return execution

    async def open_home(self, tab: str = "home", *, user: str = YOU) -> Container:
        """Opens the app's page at a tab, and returns what it shows."""
        self._begin()
        await self.actions.open_home(user, tab)
        return await self.next()

    async def next(self) -> Container:
        """The next thing that the app shows. Raises ``NoResponseError`` when nothing comes."""
        try:
            async with asyncio.timeout(self._timeout):
                while True:
                    for event in await self.feed.after(self._position):
                        self._position = event.number
                        container = _container(event.subject)
                        if event.by_app and container is not None:
                            self._last = container
                            return container
        except TimeoutError:
            raise NoResponseError("the app showed nothing") from None

    def control(self, name: str, container: Container) -> Control:
        """A control by any of its names. Raises ``NotPossibleError``."""
        for control in container.controls:
            if name in control.names:
                return control
        raise NotPossibleError(f"there is no {name!r} among {[control.label for control in container.controls]}")

    def shortcut_named(self, name: str) -> Shortcut:
        """A shortcut by name or callback id. Raises ``NotPossibleError``."""
        for shortcut in self.workspace.app.shortcuts:
            if name in {shortcut.name, shortcut.callback_id}:
                return shortcut
        raise NotPossibleError(f"there is no shortcut {name!r}")

    def function_named(self, name: str) -> AppFunction:
        """A function that Workflow Builder offers, by title or callback id. Raises ``NotPossibleError``."""
        for function in self.workspace.app.functions:
            if name in {function.title, function.callback_id}:
                return function
        raise NotPossibleError(f"there is no step {name!r}")

    def _begin(self) -> None:
        self._position = self.feed.number

    def _shown_last(self) -> Container:
        if self._last is None:
            raise NotPossibleError("the app has shown nothing yet")
        return self._last


def _container(subject: object) -> Container | None:
    if isinstance(subject, list):
        subject = subject[-1] if subject else None
    return subject if isinstance(subject, Message | View) else None


@asynccontextmanager
async def connect_app(peer: SlackPeer, make: Callable[[SlackPeer], Application]) -> AsyncIterator[SlackPeer]:
    """``peer`` with the ASGI application that ``make`` builds for its address and secrets, both running."""
    await peer.start()
    try:
        async with InProcess(make(peer)) as application:
            peer.connect(SignedConnection(application, peer.signing_secret))
            yield peer
    finally:
        await peer.stop()
