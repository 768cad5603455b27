"""The deeds as the page sends them, each checked for its form before anything is done."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

TYPED: Final = 12_000
"""The most characters of what is typed; Slack's own limit of a message in its client."""


class PageRequest(BaseModel):
    """A deed as the page sends it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Where(PageRequest):
    """What a control stands in: a message by channel and ts, or a view by id."""

    channel: str = ""
    ts: str = ""
    view: str = ""


class Command(PageRequest):
    """A slash command."""

    deed: Literal["command"]
    channel: str
    text: str = Field(max_length=TYPED)
    thread: str = ""


class PostMessage(PageRequest):
    """A message."""

    deed: Literal["post"]
    channel: str
    text: str = Field(min_length=1, max_length=TYPED)
    thread: str = ""


class Act(PageRequest):
    """The use of a control."""

    deed: Literal["act"]
    where: Where
    block_id: str
    action_id: str
    given: str | list[str] | None = None
    filled: dict[str, dict[str, str | list[str] | None]] = Field(default_factory=dict)


class Suggest(PageRequest):
    """Typing in a select that asks the app."""

    deed: Literal["suggest"]
    where: Where
    block_id: str
    action_id: str
    typed: str = Field(max_length=TYPED)


class Submit(PageRequest):
    """A modal sent in."""

    deed: Literal["submit"]
    view: str
    filled: dict[str, dict[str, str | list[str] | None]] = Field(default_factory=dict)


class Close(PageRequest):
    """A modal closed."""

    deed: Literal["close"]
    view: str


class UseShortcut(PageRequest):
    """A shortcut, on a message where one is named."""

    deed: Literal["shortcut"]
    callback_id: str
    where: Where = Where()


class OpenHome(PageRequest):
    """The app's page opened at a tab."""

    deed: Literal["home"]
    tab: Literal["home", "messages"]


class Dismiss(PageRequest):
    """An ephemeral message put away."""

    deed: Literal["dismiss"]
    where: Where


AnyDeed = Annotated[
    Command | PostMessage | Act | Suggest | Submit | Close | UseShortcut | OpenHome | Dismiss,
    Field(discriminator="deed"),
]
PAGE_DEED: Final[TypeAdapter[AnyDeed]] = TypeAdapter(AnyDeed)
