"""What a person does in Slack: each deed is delivered to the app, and the app's direct reply is carried out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from slack_peer.app_manifest import AppManifest, Shortcut
from slack_peer.block_reader import Control
from slack_peer.delivery import payloads
from slack_peer.delivery.delivery import AppConnection, AppDelivery, Kind, Reply
from slack_peer.delivery.response_urls import Origin, ResponseUrls
from slack_peer.form_state import Filled, Given, NotPossibleError, Option, action, missing, state_of
from slack_peer.message_text import escaped, links_of, slack_text
from slack_peer.rules.api_rules import ApiError, Triggers, checked_view, push
from slack_peer.rules.block_rules import OPTION
from slack_peer.rules.json_checks import some
from slack_peer.workspace import BOT_USER, DIRECT, SLACKBOT, Message, View, Workspace

ACK_SECONDS: Final = 3.0
"""How long Slack waits for a reply."""
RETRY_WAITS: Final = (0.0, 60.0, 300.0)
"""Seconds before each further attempt to deliver an event."""

Place = Message | View


class UserActions:
    """The deeds, by ids, as a client sends them. ``mistakes`` keeps every reply that Slack would not take."""

    def __init__(
        self,
        workspace: Workspace,
        manifest: AppManifest,
        triggers: Triggers,
        hooks: ResponseUrls,
        *,
        ack_seconds: float = ACK_SECONDS,
        retry_waits: Sequence[float] = RETRY_WAITS,
    ) -> None:
        self.line: AppConnection | None = None
        self.hook_base = ""
        self.mistakes: list[str] = []
        self._workspace = workspace
        self.manifest = manifest
        self._triggers = triggers
        self._hooks = hooks
        self._ack_seconds = ack_seconds
        self._retry_waits = tuple(retry_waits)
        self._offered: dict[tuple[str, str, str], Sequence[Option]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def command(self, user: str, channel: str, typed: str, thread: str = "") -> None:
        """A slash command in a channel. Raises ``NotPossibleError`` in a thread, where Slack knows none."""
        name, _, text = typed.strip().partition(" ")
        if thread:
            raise NotPossibleError(f"{name} is not supported in threads. Sorry!")
        if name not in self.manifest.commands:
            raise NotPossibleError(f"{name} is not a valid command.")
        origin = Origin(user, channel, asked=typed.strip())
        payload = payloads.command(
            name,
            escaped(text.strip()),
            self._workspace.people[user],
            self._workspace.rooms[channel],
            self._triggers.give(user),
            self._hook(origin),
        )
        reply = await self._deliver(AppDelivery(Kind.COMMAND, payload))
        if not reply.fine:
            error = "operation_timeout" if reply.status == 0 else "dispatch_failed"
            self._failed(origin, f'{name} failed with the error "{error}"')
        elif reply.body:
            body = reply.json()
            self._show(origin, body if body is not None else {"text": reply.body.decode("utf-8", "replace")})

    async def post(self, user: str, channel: str, typed: str, thread: str = "") -> Message:
        """A message; the app hears of it by the events that it subscribed to."""
        people, rooms = self._workspace.people.values(), self._workspace.rooms.values()
        text = slack_text(typed, people, rooms)
        message = self._workspace.put(
            Message(channel=channel, ts=self._workspace.stamp(), user=user, text=text, thread=thread)
        )
        room = self._workspace.rooms[channel]
        if BOT_USER in room.members:
            for event in payloads.message_events(message, room, links_of(typed, self.manifest.unfurl_domains)):
                await self.tell_event(event)
        elif f"<@{BOT_USER}>" in text:
            self._told(
                Origin(user, channel, thread), f"You mentioned @{self.manifest.name}, which is not in this channel."
            )
        return message

    async def edit(self, message: Message, typed: str) -> Message:
        """The author's edit of a message."""
        text = slack_text(typed, self._workspace.people.values(), self._workspace.rooms.values())
        edited = self._workspace.put(replace(message, text=text, edited=True))
        await self.tell_event(payloads.message_changed(edited, message, self._workspace.rooms[message.channel]))
        return edited

    async def act(self, user: str, place: Place, control: Control, given: Given, filled: Filled) -> None:
        """The use of a control in a message, a modal or a home."""
        state = state_of(place.blocks, filled, self._offers(place))
        options = control.element.get("options") or self._offers(place).get((control.block_id, control.action_id), ())
        used = action(control, given, options, self._workspace.stamp())
        origin = self._origin(user, place)
        hook = self._hook(origin) if isinstance(place, Message) else ""
        payload = payloads.block_actions(
            self._workspace.people[user],
            self._standing(place, state),
            used,
            state,
            self._triggers.give(user),
            hook,
        )
        reply = await self._deliver(AppDelivery(Kind.INTERACTIVE, payload))
        if not reply.fine:
            self._failed(origin, f"“{control.label}” did nothing: the app answered {reply.status or 'too late'}.")

    async def suggest(self, user: str, place: Place, control: Control, typed: str) -> Sequence[Option]:
        """The options that the app offers for what is typed in a select so far."""
        if len(typed) < int(control.element.get("min_query_length", 3)):
            return ()
        payload = payloads.block_suggestion(
            self._workspace.people[user], self._standing(place, {}), control.block_id, control.action_id, typed
        )
        reply = await self._deliver(AppDelivery(Kind.INTERACTIVE, payload))
        body = reply.json() if reply.fine else None
        options = body.get("options") if body is not None else None
        wrong = list(some(100, OPTION, 0)(options, "/options"))
        if wrong or not isinstance(options, list):
            self.mistakes.append(f"options: HTTP {reply.status} {' '.join(wrong)}")
            return ()
        self._offered[self._name(place), control.block_id, control.action_id] = options
        return options

    async def submit(self, user: str, view: View, filled: Filled) -> dict[str, str]:
        """A modal sent in; a line for each input that is refused, by block id, and none when it was taken."""
        state = state_of(view.blocks, filled, self._offers(view))
        lacking = missing(view.blocks, state)
        if lacking:
            return lacking
        person = self._workspace.people[user]
        payload = payloads.view_submission(person, view, state, self._triggers.give(user))
        reply = await self._deliver(AppDelivery(Kind.INTERACTIVE, payload))
        body = (reply.json() or {}) if reply.body else {"response_action": "close"}
        try:
            return self._submitted(user, view, body if reply.fine else {})
        except ApiError as error:
            self._failed(None, f"{error.code} {' '.join(error.messages)}")
            return {"": "We had some trouble connecting. Try again?"}

    def _submitted(self, user: str, view: View, body: Mapping[str, Any]) -> dict[str, str]:
        match body.get("response_action"):
            case "close" | "clear" as how:
                self._workspace.close_modals(user, every=how == "clear", by_app=True)
            case "update":
                self._workspace.renew(view, checked_view(body.get("view"), "modal"))
            case "push":
                push(self._workspace, user, checked_view(body.get("view"), "modal"))
            case "errors":
                return {str(name): str(line) for name, line in dict(body.get("errors", {})).items()}
            case _:
                raise ApiError("invalid_response_action")
        return {}

    async def close(self, user: str, view: View) -> None:
        """A modal closed by its cross or its close button."""
        self._workspace.close_modals(user, every=False)
        if view.body.get("notify_on_close"):
            closed = payloads.view_closed(self._workspace.people[user], view, cleared=False)
            await self._deliver(AppDelivery(Kind.INTERACTIVE, closed))

    async def shortcut(self, user: str, used: Shortcut, message: Message | None = None) -> None:
        """A shortcut, on a message or not."""
        person, trigger = self._workspace.people[user], self._triggers.give(user)
        origin = None
        if message is None:
            payload = payloads.shortcut(person, used, trigger)
        else:
            origin = Origin(user, message.channel, message.thread)
            room = self._workspace.rooms[message.channel]
            payload = payloads.message_action(person, used, message, room, trigger, self._hook(origin))
        reply = await self._deliver(AppDelivery(Kind.INTERACTIVE, payload))
        if not reply.fine:
            self._failed(origin, f"“{used.name}” did nothing: the app answered {reply.status or 'too late'}.")

    async def open_home(self, user: str, tab: str) -> None:
        """The app's page opened at its ``home`` or ``messages`` tab."""
        event = payloads.home_opened(user, DIRECT, tab, self._workspace.homes.get(user), self._workspace.stamp())
        await self.tell_event(event)

    async def tell_event(self, inner: Mapping[str, Any]) -> None:
        """Delivers an event if the app subscribed to it; a failed delivery is tried again in the background."""
        name = f"message.{inner['channel_type']}" if inner["type"] == "message" else inner["type"]
        if name not in self.manifest.events:
            return
        payload = payloads.event(inner, time.time())
        reply = await self._deliver(AppDelivery(Kind.EVENT, payload))
        if not reply.fine:
            self.later(self._retry(payload, reply))

    async def _retry(self, payload: Mapping[str, Any], reply: Reply) -> None:
        for retry, wait in enumerate(self._retry_waits, 1):
            if reply.headers.get("x-slack-no-retry") == "1":
                return
            await asyncio.sleep(wait)
            reason = "http_timeout" if reply.status == 0 else "http_error"
            reply = await self._deliver(AppDelivery(Kind.EVENT, payload, retry, reason))
            if reply.fine:
                return

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Does ``work`` in the background, until ``stop``."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Ends what is still to be done."""
        for task in set(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _deliver(self, delivery: AppDelivery) -> Reply:
        if self.line is None:
            raise NotPossibleError("no app is connected")
        started = time.perf_counter()
        try:
            reply = await asyncio.wait_for(self.line.deliver(delivery), self._ack_seconds)
        except TimeoutError:
            reply = Reply(0, {}, b"")
        except OSError:
            reply = Reply(502, {}, b"")
        if not reply.fine:
            self.mistakes.append(f"{delivery.kind.value}: HTTP {reply.status or 'timeout'}")
        told = {
            "what": _name_of(delivery.payload),
            "status": reply.status,
            "milliseconds": round((time.perf_counter() - started) * 1000, 1),
            "bytes": len(reply.body),
        }
        self._workspace.feed.tell("wire", told, by_app=False)
        return reply

    def _show(self, origin: Origin, body: Mapping[str, Any]) -> None:
        try:
            self._hooks.show(origin, body)
        except ApiError as error:
            self._failed(origin, f"{error.code} {' '.join(error.messages)}".strip())

    def _failed(self, origin: Origin | None, line: str) -> None:
        self.mistakes.append(line)
        self._told(origin or Origin("", DIRECT), line)

    def _told(self, where: Origin, line: str) -> None:
        self._workspace.put(
            Message(
                channel=where.channel,
                ts=self._workspace.stamp(),
                user=SLACKBOT,
                text=escaped(line),
                thread=where.thread,
                seen_by=where.user,
                asked=where.asked,
            )
        )

    def _hook(self, origin: Origin) -> str:
        return self.hook_base + self._hooks.give(origin)

    def _origin(self, user: str, place: Place) -> Origin:
        if isinstance(place, Message):
            return Origin(user, place.channel, place.thread, place)
        return Origin(user, DIRECT)

    def _standing(self, place: Place, state: Mapping[str, Any]) -> dict[str, Any]:
        if isinstance(place, Message):
            return payloads.in_message(place, self._workspace.rooms[place.channel])
        return payloads.in_view(place, state)

    def _name(self, place: Place) -> str:
        return f"{place.channel} {place.ts}" if isinstance(place, Message) else place.id

    def _offers(self, place: Place) -> dict[tuple[str, str], Sequence[Option]]:
        name = self._name(place)
        return {(block, act): options for (where, block, act), options in self._offered.items() if where == name}


def _name_of(payload: Mapping[str, Any]) -> str:
    """What a delivery is called: the command, the kind of interaction, or the event."""
    event = payload.get("event")
    return str(payload.get("command") or (event["type"] if event else payload["type"]))
