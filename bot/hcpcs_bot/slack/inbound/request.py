"""One request of Slack as a listener sees it: who asks where, and a summary of the answer."""

from __future__ import annotations

import re
import secrets
from datetime import date
from enum import StrEnum
from typing import Any, Final

from slack_bolt.async_app import AsyncBoltContext

from hcpcs.answers.notices.assumed_area import AssumedArea
from hcpcs_bot.slack.inbound.request_log import NO_ANSWER
from hcpcs_bot.slack.ports import AnsweringDesk
from hcpcs_bot.team.team_memory import NOTHING_KNOWN, TeamKnowledge

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
    STEP = "step"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def mapping(value: object) -> dict[str, Any]:
    """``value`` where it is a JSON object, else an empty one: the shape of a payload is not trusted."""
    return value if isinstance(value, dict) else {}


class SlackRequest:
    """A request. ``request_id`` is in the log, and is the error id that a person sees. ``summary`` is of its answer.

    ``knowledge`` is what the team keeps, where the answer may show it. ``redelivered`` says that Slack sends it again.
    """

    __slots__ = (
        "body",
        "channel",
        "desk",
        "knowledge",
        "redelivered",
        "request_id",
        "summary",
        "surface",
        "team",
        "today",
        "user",
    )

    def __init__(
        self,
        surface: Surface,
        body: dict[str, Any],
        context: AsyncBoltContext,
        desk: AnsweringDesk,
        today: date,
        knowledge: TeamKnowledge = NOTHING_KNOWN,
    ) -> None:
        self.surface = surface
        self.body = body
        self.desk = desk
        self.today = today
        self.team = _text(context.team_id)
        self.user = _text(context.user_id)
        self.channel = _text(context.channel_id)
        self.request_id = secrets.token_hex(6)
        self.summary = NO_ANSWER
        self.knowledge = knowledge
        self.redelivered = False

    def text(self, *path: str) -> str:
        """The text at ``path`` of the payload; blank where there is none."""
        value: object = self.body
        for name in path:
            value = mapping(value).get(name)
        return _text(value)

    @property
    def area(self) -> AssumedArea | None:
        """The state of the team, which holds where a question names none."""
        return AssumedArea(code=self.knowledge.area) if self.knowledge.area is not None else None

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
        """The address for further answers; blank where there is none."""
        url = self.text("response_url")
        if url:
            return url
        urls = self.body.get("response_urls")
        first = mapping(urls[0]) if isinstance(urls, list) and urls else {}
        return _text(first.get("response_url"))

    @property
    def thread(self) -> str | None:
        """The thread that the request comes from (its parent's timestamp); ``None`` outside threads."""
        for part in ("event", "message", "container"):
            stamp = self.text(part, "thread_ts")
            if _TIMESTAMP.fullmatch(stamp):
                return stamp
        return None
