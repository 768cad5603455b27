"""The page: its files, the stream of what happens, and the requests that it sends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import PurePosixPath
from string import Template
from typing import Any, Final

from aiohttp import web
from pydantic import ValidationError

from slack_peer.block_reader import Control
from slack_peer.delivery.in_process import InProcess
from slack_peer.errors import NotPossibleError
from slack_peer.page.browser_security import HEADERS, require_own_page
from slack_peer.page.page_requests import (
    PAGE_REQUEST,
    Act,
    AnyPageRequest,
    Close,
    Command,
    Dismiss,
    OpenHome,
    PostMessage,
    Submit,
    Suggest,
    UseShortcut,
    Where,
)
from slack_peer.page.snapshot import EVENT_JSON, concerns_you, snapshot
from slack_peer.peer import SlackPeer
from slack_peer.workspace import YOU, Container, Message, View

HEARTBEAT_SECONDS: Final = 15.0
"""Seconds without an event after which a comment keeps the stream open."""
INDEX: Final = "index.html"
CONTENT_TYPES: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class PageSettings:
    """What the page says about the app.

    ``title`` is the page's, ``examples`` are questions to try, as they are typed in a channel: a slash command, or a
    message that begins with a mention. ``when_stopped`` says how to start again, ``without_script`` what to do in a
    browser without JavaScript. ``app_paths`` are the folders of the app's own pages, to which messages may link.
    """

    title: str
    examples: Sequence[str]
    when_stopped: str
    without_script: str
    app_paths: Sequence[str] = ()


class PlaygroundPage:
    """The page of one peer. ``add_routes`` puts it at the peer's address."""

    def __init__(self, peer: SlackPeer, settings: PageSettings) -> None:
        self.application: InProcess | None = None
        self._peer = peer
        self._settings = settings
        self._streams: set[asyncio.Task[Any]] = set()
        self._files = _read_files(settings)

    def add_routes(self, application: web.Application) -> None:
        """Adds the page's routes."""
        application.add_routes(
            [
                web.get("/", self._file),
                web.get("/static/{name}", self._file),
                web.get("/feed", self._feed),
                web.post("/requests", self._request),
                *(web.get(folder + "{page}", self._app_page) for folder in self._settings.app_paths),
            ]
        )
        application.on_shutdown.append(self._end_streams)

    async def _file(self, request: web.Request) -> web.Response:
        file = self._files.get(request.match_info.get("name", INDEX))
        if file is None:
            raise web.HTTPNotFound(text="there is no such file")
        body, content_type = file
        return web.Response(body=body, content_type=content_type, charset="utf-8", headers=HEADERS)

    async def _app_page(self, request: web.Request) -> web.Response:
        """A page that the application itself serves."""
        if self.application is None:
            raise web.HTTPServiceUnavailable(text="the application has not started")
        reply = await self.application.request("GET", request.path_qs, {"accept": "text/html"})
        headers = {name: value for name, value in reply.headers.items() if name != "content-length"}
        return web.Response(status=reply.status, body=reply.body, headers=headers)

    async def _end_streams(self, _: web.Application) -> None:
        for task in set(self._streams):
            task.cancel()

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        """A snapshot of everything, then what happens, as Server-Sent Events."""
        task = asyncio.current_task()
        if task is not None:
            self._streams.add(task)
            task.add_done_callback(self._streams.discard)
        stream = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await stream.prepare(request)
        feed = self._peer.feed
        number = feed.number
        await stream.write(_sse("snapshot", self.snapshot()))
        while True:
            try:
                events = await asyncio.wait_for(feed.after(number), HEARTBEAT_SECONDS)
            except TimeoutError:
                await stream.write(b": still here\n\n")
                continue
            if events[0].number > number + 1:
                # This reader was so far behind that events are no longer kept.
                await stream.write(_sse("snapshot", self.snapshot()))
                number = events[-1].number
                continue
            for event in events:
                number = event.number
                if concerns_you(event.subject):
                    await stream.write(_sse(event.kind, EVENT_JSON[event.kind](event.subject)))

    def snapshot(self) -> dict[str, Any]:
        """All that the page shows."""
        texts = {"title": self._settings.title, "when_stopped": self._settings.when_stopped}
        return {**snapshot(self._peer), **texts, "examples": list(self._settings.examples)}

    async def _request(self, request: web.Request) -> web.Response:
        require_own_page(request)
        try:
            body = await self._carry_out(PAGE_REQUEST.validate_json(await request.read()))
        except ValidationError:
            return web.json_response({"ok": False, "error": "That can't be sent."}, status=400, headers=HEADERS)
        except NotPossibleError as error:
            return web.json_response({"ok": False, "error": str(error)}, headers=HEADERS)
        return web.json_response({"ok": True, **body}, headers=HEADERS)

    async def _carry_out(self, request: AnyPageRequest) -> dict[str, Any]:
        """Does what the page asks for. Raises ``NotPossibleError``."""
        actions = self._peer.actions
        match request:
            case Command():
                await actions.command(YOU, self._channel(request.channel), request.text, request.thread)
            case PostMessage():
                await actions.post(YOU, self._channel(request.channel), request.text, request.thread)
            case Act():
                container, control = self._control(request)
                await actions.act(YOU, container, control, request.value, request.values)
            case Suggest():
                container, control = self._control(request)
                return {"options": list(await actions.suggest(YOU, container, control, request.typed))}
            case Submit():
                return {"errors": await actions.submit(YOU, self._view(request.view), request.values)}
            case Close():
                await actions.close(YOU, self._view(request.view))
            case UseShortcut():
                message = self._message(request.where) if request.where.ts else None
                await actions.shortcut(YOU, self._peer.shortcut_named(request.callback_id), message)
            case OpenHome():
                await actions.open_home(YOU, request.tab)
            case Dismiss():
                message = self._message(request.where)
                if not message.visible_to:
                    raise NotPossibleError("Only a message that nobody else sees can be dismissed.")
                self._peer.workspace.remove(message)
        return {}

    def _channel(self, channel: str) -> str:
        if channel not in self._peer.workspace.channels:
            raise NotPossibleError("There is no such channel.")
        return channel

    def _control(self, request: Act | Suggest) -> tuple[Container, Control]:
        where = request.where
        container = self._view(where.view) if where.view else self._message(where)
        for control in container.controls:
            if (control.block_id, control.action_id) == (request.block_id, request.action_id):
                return container, control
        raise NotPossibleError("That control is not there any more.")

    def _message(self, where: Where) -> Message:
        message = self._peer.workspace.messages.get((where.channel, where.ts))
        if message is None:
            raise NotPossibleError("That message is not here any more.")
        return message

    def _view(self, identity: str) -> View:
        view = self._peer.workspace.find_view(identity)
        if view is None:
            raise NotPossibleError("That view is closed.")
        return view


def _read_files(settings: PageSettings) -> Mapping[str, tuple[bytes, str]]:
    """The page's files by name, each with its content type; the texts of ``settings`` are put into the HTML."""
    folder = files("slack_peer.page") / "static"
    content = {
        entry.name: (entry.read_bytes(), CONTENT_TYPES[suffix])
        for entry in folder.iterdir()
        if (suffix := PurePosixPath(entry.name).suffix) in CONTENT_TYPES
    }
    html, content_type = content[INDEX]
    texts = {"title": escape(settings.title), "without_script": escape(settings.without_script)}
    return {**content, INDEX: (Template(html.decode()).substitute(texts).encode(), content_type)}


def _sse(name: str, subject: Any) -> bytes:
    return f"event: {name}\ndata: {json.dumps(subject)}\n\n".encode()
