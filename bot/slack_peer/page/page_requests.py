"""The requests that the page may send; each is validated before anything is done."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

MAX_TEXT: Final = 12_000
"""Maximum characters of typed text; Slack's own limit of a message in its client."""

FormFields = dict[str, dict[str, str | list[str] | None]]


class PageRequest(BaseModel):
    """A request of the page."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Where(PageRequest):
    """What a control is in: a message by channel and ts, or a view by id."""

    channel: str = ""
    ts: str = ""
    view: str = ""


class Command(PageRequest):
    """Send a slash command."""

    kind: Literal["command"]
    channel: str
    text: str = Field(max_length=MAX_TEXT)
    thread: str = ""


class PostMessage(PageRequest):
    """Post a message."""

    kind: Literal["post"]
    channel: str
    text: str = Field(min_length=1, max_length=MAX_TEXT)
    thread: str = ""


class Act(PageRequest):
    """Use a control."""

    kind: Literal["act"]
    where: Where
    block_id: str
    action_id: str
    value: str | list[str] | None = None
    values: FormFields = Field(default_factory=dict)


class Suggest(PageRequest):
    """Ask the app for the options of a select."""

    kind: Literal["suggest"]
    where: Where
    block_id: str
    action_id: str
    typed: str = Field(max_length=MAX_TEXT)


class Submit(PageRequest):
    """Submit a modal."""

    kind: Literal["submit"]
    view: str
    values: FormFields = Field(default_factory=dict)


class Close(PageRequest):
    """Close a modal."""

    kind: Literal["close"]
    view: str


class UseShortcut(PageRequest):
    """Use a shortcut, on a message if one is named."""

    kind: Literal["shortcut"]
    callback_id: str
    where: Where = Where()


class OpenHome(PageRequest):
    """Open the app's page at a tab."""

    kind: Literal["home"]
    tab: Literal["home", "messages"]


class Dismiss(PageRequest):
    """Dismiss an ephemeral message."""

    kind: Literal["dismiss"]
    where: Where


AnyPageRequest = Annotated[
    Command | PostMessage | Act | Suggest | Submit | Close | UseShortcut | OpenHome | Dismiss,
    Field(discriminator="kind"),
]
PAGE_REQUEST: Final[TypeAdapter[AnyPageRequest]] = TypeAdapter(AnyPageRequest)
