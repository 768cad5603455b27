"""The actions of people in Slack: each is delivered to the app, and the app's direct reply is carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from slack_peer.api.checks import check_view, push_view
from slack_peer.api.limits import Triggers
from slack_peer.api.response_urls import Origin, ResponseUrls
from slack_peer.app_manifest import AppFunction, Shortcut
from slack_peer.block_reader import Control
from slack_peer.client.form_state import FormValues, Option, Value, action_payload, form_state, missing_inputs
from slack_peer.client.message_text import encode_text, escape_text, shared_links
from slack_peer.delivery import payloads
from slack_peer.delivery.connection import AppDelivery, DeliveryKind, Reply
from slack_peer.delivery.dispatcher import Dispatcher
from slack_peer.errors import ApiError, NotPossibleError
from slack_peer.function_executions import FunctionExecution, new_execution, value_problems
from slack_peer.rules.block_rules import OPTION
from slack_peer.rules.json_checks import list_of
from slack_peer.workspace import BOT_USER, DIRECT, SLACKBOT, Container, Message, View, Workspace


class UserActions:
    """The actions of people, by ids, as a client sends them. ``violations`` keeps every reply that Slack refuses."""

    def __init__(
        self, workspace: Workspace, dispatcher: Dispatcher, triggers: Triggers, response_urls: ResponseUrls
    ) -> None:
        self.response_base = ""
        self.violations: list[str] = []
        self._workspace = workspace
        self._dispatcher = dispatcher
        self._triggers = triggers
        self._response_urls = response_urls
        self._offered: dict[tuple[str, str, str], Sequence[Option]] = {}

    async def command(self, user: str, channel: str, typed: str, thread: str = "") -> None:
        """Sends a slash command in a channel. Raises ``NotPossibleError`` in a thread, where Slack takes none."""
        name, _, text = typed.strip().partition(" ")
        if thread:
            raise NotPossibleError(f"{name} is not supported in threads. Sorry!")
        if name not in {command.name for command in self._workspace.app.commands}:
            raise NotPossibleError(f"{name} is not a valid command.")
        origin = Origin(user, channel, command=typed.strip())
        payload = payloads.command(
            name,
            escape_text(text.strip()),
            self._workspace.people[user],
            self._workspace.channels[channel],
            self._triggers.issue(user),
            self._response_url(origin),
        )
        reply = await self._dispatcher.deliver(AppDelivery(DeliveryKind.COMMAND, payload))
        if not reply.acknowledged:
            error = "operation_timeout" if reply.status == 0 else "dispatch_failed"
            self._report(origin, f'{name} failed with the error "{error}"')
        elif reply.body:
            body = reply.json()
            self._show(origin, body if body is not None else {"text": reply.body.decode("utf-8", "replace")})

    async def post(self, user: str, channel: str, typed: str, thread: str = "") -> Message:
        """Posts a message, and delivers it to the app by the events that the app subscribed to."""
        app, place = self._workspace.app, self._workspace.channels[channel]
        text = self._encode(typed)
        message = self._workspace.put(
            Message(channel=channel, ts=self._workspace.stamp(), user=user, text=text, thread=thread)
        )
        if BOT_USER in place.members:
            for event in payloads.message_events(message, place, shared_links(typed, app.unfurl_domains)):
                await self._dispatcher.deliver_event(event)
        elif f"<@{BOT_USER}>" in text:
            self._notice(Origin(user, channel, thread), f"You mentioned @{app.name}, which is not in this channel.")
        return message

    async def edit(self, message: Message, typed: str) -> Message:
        """Edits a message as its author, and returns the new one."""
        edited = self._workspace.put(replace(message, text=self._encode(typed), edited=True))
        channel = self._workspace.channels[message.channel]
        await self._dispatcher.deliver_event(payloads.message_changed(edited, message, channel))
        return edited

    async def act(
        self, user: str, container: Container, control: Control, value: Value, values: FormValues | None = None
    ) -> None:
        """Uses a control; ``values`` is what the other controls of its message or view contain."""
        state = form_state(container.blocks, values or {}, self._options_in(container))
        options = control.element.get("options") or self._options_in(container).get(
            (control.block_id, control.action_id), ()
        )
        origin = self._origin(user, container)
        payload = payloads.block_actions(
            self._workspace.people[user],
            self._container_json(container, state),
            action_payload(control, value, options, self._workspace.stamp()),
            state,
            self._triggers.issue(user),
            self._response_url(origin) if isinstance(container, Message) else "",
        )
        self._acknowledged(origin, control.label, await self._interact(payload))

    async def suggest(self, user: str, container: Container, control: Control, typed: str) -> Sequence[Option]:
        """The options that the app offers for what is typed in a select so far."""
        if len(typed) < int(control.element.get("min_query_length", 3)):
            return ()
        payload = payloads.block_suggestion(
            self._workspace.people[user],
            self._container_json(container, {}),
            control.block_id,
            control.action_id,
            typed,
        )
        reply = await self._interact(payload)
        body = reply.json() if reply.acknowledged else None
        options = body.get("options") if body is not None else None
        wrong = list(list_of(100, OPTION, 0)(options, "/options"))
        if wrong or not isinstance(options, list):
            self.violations.append(f"options: HTTP {reply.status} {' '.join(wrong)}")
            return ()
        self._offered[_key_of(container), control.block_id, control.action_id] = options
        return options

    async def submit(self, user: str, view: View, values: FormValues) -> dict[str, str]:
        """Submits a modal. Returns what is wrong with each input, by block id; empty if the app took the modal."""
        state = form_state(view.blocks, values, self._options_in(view))
        missing = missing_inputs(view.blocks, state)
        if missing:
            return missing
        payload = payloads.view_submission(self._workspace.people[user], view, state, self._triggers.issue(user))
        reply = await self._interact(payload)
        body = (reply.json() or {}) if reply.body else {"response_action": "close"}
        try:
            return self._respond_to_submission(user, view, body if reply.acknowledged else {})
        except ApiError as error:
            self._report(None, error.line)
            return {"": "We had some trouble connecting. Try again?"}

    def _respond_to_submission(self, user: str, view: View, body: Mapping[str, Any]) -> dict[str, str]:
        match body.get("response_action"):
            case "close" | "clear" as response:
                self._workspace.close_modals(user, every=response == "clear", by_app=True)
            case "update":
                self._workspace.update_view(view, check_view(body.get("view"), "modal", self._workspace))
            case "push":
                push_view(self._workspace, user, check_view(body.get("view"), "modal", self._workspace))
            case "errors":
                return {str(block_id): str(error) for block_id, error in dict(body.get("errors", {})).items()}
            case _:
                raise ApiError("invalid_response_action")
        return {}

    async def close(self, user: str, view: View) -> None:
        """Closes a modal by its cross or its close button."""
        self._workspace.close_modals(user, every=False)
        if view.body.get("notify_on_close"):
            await self._interact(payloads.view_closed(self._workspace.people[user], view, cleared=False))

    async def shortcut(self, user: str, shortcut: Shortcut, message: Message | None = None) -> None:
        """Uses a shortcut: on a message, or from the message box."""
        person, trigger = self._workspace.people[user], self._triggers.issue(user)
        origin = None
        if message is None:
            payload = payloads.global_shortcut(person, shortcut, trigger)
        else:
            origin = Origin(user, message.channel, message.thread)
            channel = self._workspace.channels[message.channel]
            url = self._response_url(origin)
            payload = payloads.message_action(person, shortcut, message, channel, trigger, url)
        self._acknowledged(origin, shortcut.name, await self._interact(payload))

    async def open_home(self, user: str, tab: str) -> None:
        """Opens the app's page at its ``home`` or ``messages`` tab."""
        home = self._workspace.homes.get(user)
        await self._dispatcher.deliver_event(payloads.home_opened(user, DIRECT, tab, home, self._workspace.stamp()))

    async def run_step(self, function: AppFunction, inputs: Mapping[str, Any]) -> FunctionExecution:
        """Runs a function of the app as a step of a workflow, and returns the run as it begins.

        Raises ``NotPossibleError`` for inputs that Workflow Builder would not take.
        """
        wrong = list(value_problems(function.inputs, inputs))
        if wrong:
            raise NotPossibleError("; ".join(wrong))
        execution = new_execution(function, inputs)
        self._workspace.put_execution(execution)
        await self._dispatcher.deliver_event(payloads.function_executed(execution, self._workspace.stamp()))
        return execution

    async def _interact(self, payload: Mapping[str, Any]) -> Reply:
        return await self._dispatcher.deliver(AppDelivery(DeliveryKind.INTERACTIVE, payload))

    def _acknowledged(self, origin: Origin | None, name: str, reply: Reply) -> None:
        if not reply.acknowledged:
            self._report(origin, f"“{name}” did nothing: the app answered {reply.status or 'too late'}.")

    def _show(self, origin: Origin, body: Mapping[str, Any]) -> None:
        try:
            self._response_urls.show(origin, body)
        except ApiError as error:
            self._report(origin, error.line)

    def _report(self, origin: Origin | None, line: str) -> None:
        """Keeps a violation, and shows it to the person as Slack does."""
        self.violations.append(line)
        self._notice(origin or Origin("", DIRECT), line)

    def _notice(self, origin: Origin, line: str) -> None:
        self._workspace.put(
            Message(
                channel=origin.channel,
                ts=self._workspace.stamp(),
                user=SLACKBOT,
                text=escape_text(line),
                thread=origin.thread,
                visible_to=origin.user,
                command=origin.command,
            )
        )

    def _encode(self, typed: str) -> str:
        return encode_text(typed, self._workspace.people.values(), self._workspace.channels.values())

    def _response_url(self, origin: Origin) -> str:
        return self.response_base + self._response_urls.issue(origin)

    def _origin(self, user: str, container: Container) -> Origin:
        if isinstance(container, Message):
            return Origin(user, container.channel, container.thread, container)
        return Origin(user, DIRECT)

    def _container_json(self, container: Container, state: Mapping[str, Any]) -> dict[str, Any]:
        if isinstance(container, Message):
            return payloads.in_message(container, self._workspace.channels[container.channel])
        return payloads.in_view(container, state)

    def _options_in(self, container: Container) -> dict[tuple[str, str], Sequence[Option]]:
        key = _key_of(container)
        return {(block, act): options for (where, block, act), options in self._offered.items() if where == key}


def _key_of(container: Container) -> str:
    return f"{container.channel} {container.ts}" if isinstance(container, Message) else container.id
