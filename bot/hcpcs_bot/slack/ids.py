"""The ids of views and inputs, and the state that a control carries in its value.

The state is in the control and not in memory, so that a button pressed after a restart, or on another replica, does
what it says. It is compact versioned text, at most 2,000 characters (Slack's limit for a button's value).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from hcpcs.errors import HcpcsError
from hcpcs.records.codes import is_modifier

COMMAND: Final = "/hcpcs"
"""The slash command."""
BOT_NAME: Final = "hcpcs"
"""The bot's display name, by which people mention it: ``@hcpcs``."""
VALUE_LIMIT: Final = 2000
"""Maximum characters of a button's value (docs.slack.dev, "Button element")."""
STATE_VERSION: Final = "1"
"""Version of the form in which a state is packed; a value of another version is refused."""
MAX_OFFSET: Final = 1_000_000
"""Maximum offset of a page; a larger one in a value was not packed here."""


class CallbackId(StrEnum):
    """The callback ids of shortcuts, views and the workflow step; all but views have the same in the manifest."""

    DECODE = "decode_message"
    LOOKUP = "look_up_code"
    LOOKUP_VIEW = "look_up_view"
    READING_VIEW = "reading_view"
    STEP = "look_up_hcpcs"
    NOTE_VIEW = "note_view"


class BlockId(StrEnum):
    """The ids of blocks with an input."""

    LOOKUP = "lookup"
    SEARCH = "search"
    NOTE = "note"


def code_question(code: str) -> str:
    """The question that asks for this code and nothing else: the modifiers HI and NO are words too."""
    return f"modifier {code}" if is_modifier(code) else code


class ButtonStateError(HcpcsError):
    """A control's value that can't be read: from an older version of the app, or not made by it."""


class AnswerMode(StrEnum):
    """How a text is answered: as a question, or decoded as a message with codes in it."""

    ASK = "a"
    DECODE = "d"


_MODES: Final = {f"{STATE_VERSION}{mode}": mode for mode in AnswerMode}


class ButtonState(NamedTuple):
    """What a control needs to ask again: the question, the asker's day at the time, the page's offset, the mode.

    Packed, a ``<`` is written ``%3C``: no text of a user is in a message in a form that could open a mention.
    """

    question: str
    today: date
    offset: int = 0
    mode: AnswerMode = AnswerMode.ASK

    def pack(self) -> str | None:
        """The state as a button's value, or ``None`` when the question is too long to be carried."""
        question = self.question.replace("%", "%25").replace("<", "%3C")
        value = f"{STATE_VERSION}{self.mode}|{self.today:%Y%m%d}|{self.offset}|{question}"
        return value if len(value) <= VALUE_LIMIT else None

    @classmethod
    def unpack(cls, value: str) -> ButtonState:
        """The state that ``pack`` made. Raises ``ButtonStateError``."""
        version, _, rest = value.partition("|")
        day, _, rest = rest.partition("|")
        offset, bar, question = rest.partition("|")
        mode = _MODES.get(version)
        if mode is None or not bar or not offset.isdecimal() or not offset.isascii():
            raise ButtonStateError("This button is from an older version of the app. Please ask again.")
        try:
            when = date.fromisoformat(day)
        except ValueError:
            raise ButtonStateError("This button can't be read. Please ask again.") from None
        text = question.replace("%3C", "<").replace("%25", "%")
        return cls(text, when, min(int(offset[:7]), MAX_OFFSET), mode)
