"""One request of Slack as a listener sees it: who asks where, and what was answered."""

from __future__ import annotations

import re
import secrets
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple

from slack_bolt.async_app import AsyncBoltContext

from hcpcs.answers.answer import Answer
from hcpcs_bot.slack.ports import AnsweringDesk

_TIMESTAMP: Final = re.compile(r"\d{1,12}\.\d{1,8}")


class Surface(StrEnum):
    """Where in Slack a request comes from; the only name of it in logs and metrics."""

    COMMAND = "command"
    MENTION = "mention"
    MESSAGE = "message"
    OPTIONS = "options"
    ACTION = "action"
    VIEW = "view"
    SHORTCUT = "shortcut"
    HOME = "home"
    UNFURL = "unfurl"


class Handled(NamedTuple):
    """What may be known of a request afterwards: no text, no name. ``user`` is a keyed hash."""

    request: str
    surface: str
    team: str
    user: str
    milliseconds: float
    intent: str
    outcome: str
    codes: tuple[str, ...]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def mapping(value: object) -> dict[str, Any]:
    """``value`` where it is a JSON object, else an empty one: payloads are read without trust in their shape."""
    return value if isinstance(value, dict) else {}


class AnswerSummary(NamedTuple):
    """What may be known of an answer. ``records`` are the existing codes that it showed."""

    intent: str = ""
    outcome: str = ""
    codes: tuple[str, ...] = ()
    records: tuple[str, ...] = ()

    @classmethod
    def of(cls, answer: Answer) -> AnswerSummary:
        """The gist of an answer."""
        shown = tuple(record.code for record in answer.records)
        return cls(answer.intent.value, answer.outcome.value, answer.codes, shown)


NOTHING: Final = AnswerSummary()


class SlackRequest:
    """A request. ``request`` is its id, which is also the error id that a person is told."""

    __slots__ = ("body", "channel", "desk", "gist", "request_id", "surface", "team", "today", "user")

    def __init__(
        self,
        surface: Surface,
        body: dict[str, Any],
        context: AsyncBoltContext,
        desk: AnsweringDesk,
        today: date,
    ) -> None:
        self.surface = surface
        self.body = body
        self.desk = desk
        self.today = today
        self.team = _text(context.team_id)
        self.user = _text(context.user_id)
        self.channel = _text(context.channel_id)
        self.request_id = secrets.token_hex(6)
        self.gist = NOTHING

    def text(self, *path: str) -> str:
        """The text at ``path`` of the payload; blank where there is none."""
        place: object = self.body
        for name in path:
            place = mapping(place).get(name)
        return _text(place)

    @property
    def event(self) -> dict[str, Any]:
        """The event of an Events API payload."""
        return mapping(self.body.get("event"))

    @property
    def action(self) -> dict[str, Any]:
        """The control that was used, of a block_actions payload."""
        actions = self.body.get("actions")
        return mapping(actions[0]) if isinstance(actions, list) and actions else {}

    @property
    def response_url(self) -> str:
        """Where a further answer may be sent; blank where there is none."""
        direct = self.text("response_url")
        if direct:
            return direct
        urls = self.body.get("response_urls")
        first = mapping(urls[0]) if isinstance(urls, list) and urls else {}
        return _text(first.get("response_url"))

    @property
    def thread(self) -> str | None:
        """The thread that the request stands in, if it stands in one."""
        for place in ("event", "message", "container"):
            found = self.text(place, "thread_ts")
            if _TIMESTAMP.fullmatch(found):
                return found
        return None
