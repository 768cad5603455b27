"""The page's side of the stand-in: its files, the stream of what happens, and the deeds that it sends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any, Final

from aiohttp import web
from pydantic import ValidationError

from hcpcs_bot.slack.ids import COMMAND
from slack_peer.block_reader import Control
from slack_peer.delivery.in_process import InProcess
from slack_peer.form_state import NotPossibleError
from slack_peer.page.browser_security import HEADERS, from_own_page
from slack_peer.page.page_requests import (
    PAGE_DEED,
    Act,
    AnyDeed,
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
from slack_peer.peer import SlackPeer
from slack_peer.user_actions import Place
from slack_peer.workspace import YOU, Message, View

CODE_PAGES: Final = "/codes/"
HEARTBEAT: Final = 15.0
KINDS: Final = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


def message_state(message: Message) -> dict[str, Any]:
    """A message as the page draws it."""
    return {
        "channel": message.channel,
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "thread": message.thread,
        "ephemeral": bool(message.seen_by),
        "asked": message.asked,
        "edited": message.edited,
        "removed": message.removed,
        "unfurls": [{"url": url, "blocks": blocks} for url, blocks in message.unfurls.items()],
    }


def view_state(view: View) -> dict[str, Any]:
    """A view as the page draws it."""
    return {"id": view.id, "hash": view.hash, **view.body}


def _modals(views: Sequence[View]) -> list[dict[str, Any]]:
    return [view_state(view) for view in views]


_SUBJECTS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "message": message_state,
    "modals": _modals,
    "home": view_state,
    "prompts": dict,
    "wire": dict,
}


class PlaygroundPage:
    """The page of one peer. ``furnish`` adds its routes to the peer's address."""

    def __init__(self, peer: SlackPeer) -> None:
        self._peer = peer
        self.application: InProcess | None = None
        self._streams: set[asyncio.Task[Any]] = set()
        folder = files("slack_peer.page") / "static"
        self._files = {
            entry.name: (entry.read_bytes(), KINDS[PurePosixPath(entry.name).suffix])
            for entry in folder.iterdir()
            if PurePosixPath(entry.name).suffix in KINDS
        }

    def furnish(self, application: web.Application) -> None:
        """Adds the page's routes."""
        application.add_routes(
            [
                web.get("/", self._file),
                web.get("/static/{name}", self._file),
                web.get("/feed", self._feed),
                web.post("/deeds", self._deed),
                web.get(CODE_PAGES + "{code}", self._code_page),
            ]
        )
        application.on_shutdown.append(self._end_streams)

    async def _file(self, request: web.Request) -> web.Response:
        found = self._files.get(request.match_info.get("name", "index.html"))
        if found is None:
            raise web.HTTPNotFound(text="there is no such file")
        body, kind = found
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=HEADERS)

    async def _code_page(self, request: web.Request) -> web.Response:
        """A code's page, which the application itself serves: messages may link to it."""
        if self.application is None:
            raise web.HTTPServiceUnavailable(text="the application has not started")
        reply = await self.application.request("GET", request.path_qs, {"accept": "text/html"})
        kept = {name: value for name, value in reply.headers.items() if name != "content-length"}
        return web.Response(status=reply.status, body=reply.body, headers=kept)

    async def _end_streams(self, _: web.Application) -> None:
        for task in set(self._streams):
            task.cancel()

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        """Everything as it is now, then what happens, as Server-Sent Events."""
        task = asyncio.current_task()
        if task is not None:
            self._streams.add(task)
            task.add_done_callback(self._streams.discard)
        stream = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await stream.prepare(request)
        feed = self._peer.feed
        number = feed.number
        await stream.write(_event("snapshot", self.snapshot()))
        while True:
            try:
                news = await asyncio.wait_for(feed.after(number), HEARTBEAT)
            except TimeoutError:
                await stream.write(b": still here\n\n")
                continue
            if news[0].number > number + 1:
                # This reader was so far behind that something is no longer kept.
                await stream.write(_event("snapshot", self.snapshot()))
                number = news[-1].number
                continue
            for happening in news:
                number = happening.number
                if _concerns_you(happening.subject):
                    subject = _SUBJECTS[happening.kind](happening.subject)
                    await stream.write(_event(happening.kind, subject))

    def snapshot(self) -> dict[str, Any]:
        """All that the page shows."""
        space = self._peer.workspace
        home = space.homes.get(YOU)
        return {
            "you": YOU,
            "command": COMMAND,
            "people": [{"id": p.id, "name": p.name, "bot": p.bot, "handle": p.handle} for p in space.people.values()],
            "rooms": [
                {"id": r.id, "name": r.name, "kind": r.kind, "topic": r.topic, "members": sorted(r.members)}
                for r in space.rooms.values()
            ],
            "shortcuts": [
                {"name": s.name, "id": s.callback_id, "description": s.description, "on_message": s.on_message}
                for s in self._peer.manifest.shortcuts
            ],
            "messages": [message_state(message) for message in space.visible(YOU)],
            "modals": _modals(space.modals.get(YOU, [])),
            "home": view_state(home) if home is not None else None,
            "prompts": space.prompts,
            "wire": [happening.subject for happening in self._peer.feed.since(0) if happening.kind == "wire"],
        }

    async def _deed(self, request: web.Request) -> web.Response:
        from_own_page(request)
        try:
            deed = PAGE_DEED.validate_json(await request.read())
            told = await self._do(deed)
        except ValidationError:
            return web.json_response({"ok": False, "error": "That can't be sent."}, status=400, headers=HEADERS)
        except NotPossibleError as error:
            return web.json_response({"ok": False, "error": str(error)}, headers=HEADERS)
        return web.json_response({"ok": True, **told}, headers=HEADERS)

    async def _do(self, deed: AnyDeed) -> dict[str, Any]:
        deeds = self._peer.deeds
        match deed:
            case Command():
                await deeds.command(YOU, self._channel(deed.channel), deed.text, deed.thread)
            case PostMessage():
                await deeds.post(YOU, self._channel(deed.channel), deed.text, deed.thread)
            case Act():
                place = self._place(deed.where)
                control = _control(place, deed.block_id, deed.action_id)
                await deeds.act(YOU, place, control, deed.given, deed.filled)
            case Suggest():
                place = self._place(deed.where)
                control = _control(place, deed.block_id, deed.action_id)
                return {"options": list(await deeds.suggest(YOU, place, control, deed.typed))}
            case Submit():
                return {"errors": await deeds.submit(YOU, self._view(deed.view), deed.filled)}
            case Close():
                await deeds.close(YOU, self._view(deed.view))
            case UseShortcut():
                message = self._message(deed.where) if deed.where.ts else None
                await deeds.shortcut(YOU, self._peer.shortcut_named(deed.callback_id), message)
            case OpenHome():
                await deeds.open_home(YOU, deed.tab)
            case Dismiss():
                message = self._message(deed.where)
                if not message.seen_by:
                    raise NotPossibleError("Only a message that you alone see can be dismissed.")
                self._peer.workspace.remove(message)
        return {}

    def _channel(self, channel: str) -> str:
        if channel not in self._peer.workspace.rooms:
            raise NotPossibleError("There is no such channel.")
        return channel

    def _place(self, where: Where) -> Place:
        return self._view(where.view) if where.view else self._message(where)

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


def _control(place: Place, block_id: str, action_id: str) -> Control:
    for control in place.controls:
        if (control.block_id, control.action_id) == (block_id, action_id):
            return control
    raise NotPossibleError("That control is not there any more.")


def _concerns_you(subject: object) -> bool:
    if isinstance(subject, Message):
        return subject.seen_by in {"", YOU}
    return not isinstance(subject, View) or subject.user == YOU


def _event(name: str, subject: Any) -> bytes:
    return f"event: {name}\ndata: {json.dumps(subject)}\n\n".encode()
