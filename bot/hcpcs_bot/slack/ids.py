"""The names that tie a control to its listener, and the state that a control carries in its value.

State lives in the control and not in memory, so that a button pressed after a restart, or on another replica, does
what it says. It is compact versioned text, at most 2,000 characters (Slack's limit of a button's value).
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from hcpcs.errors import HcpcsError

COMMAND: Final = "/hcpcs"
BOT_NAME: Final = "hcpcs"
"""The bot's display name, by which people mention it: ``@hcpcs``."""
VALUE_LIMIT: Final = 2000
STATE_VERSION: Final = "1"
MAX_OFFSET: Final = 1_000_000
MODIFIER_LENGTH: Final = 2


class ActionId(StrEnum):
    """What a control does. Slack wants ids unique within a message: ``at`` tells equal controls apart."""

    SHARE = "share"
    OPEN = "open"
    PAGE = "page"
    COMPARE = "compare"
    FIELDS = "fields"
    DESCRIPTION = "description"
    SEARCH = "search"
    LOOKUP = "lookup"
    LINK = "link"

    def at(self, place: str | int) -> str:
        """The id of this control at ``place`` of a message."""
        return f"{self.value}:{place}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches this control's id at any place."""
        return re.compile(rf"^{self.value}(:.*)?$", re.DOTALL)


class CallbackId(StrEnum):
    """The callback ids of shortcuts and views; shortcuts stand in the manifest under the same names."""

    DECODE = "decode_message"
    LOOKUP = "look_up_code"
    LOOKUP_VIEW = "look_up_view"
    READING_VIEW = "reading_view"


class BlockId(StrEnum):
    """The ids of blocks that hold an input."""

    LOOKUP = "lookup"
    SEARCH = "search"


def named(code: str) -> str:
    """A code as it is asked for without doubt: of modifiers, HI and NO are words too."""
    return f"modifier {code}" if len(code) == MODIFIER_LENGTH else code


class ButtonStateError(HcpcsError):
    """A control's value that is not of this version: from an older message, or not made by this app."""


class AnswerWay(StrEnum):
    """How a question is put to the desk: asked, or decoded as the codes of a message."""

    ASK = "a"
    DECODE = "d"


_WAYS: Final = {f"{STATE_VERSION}{way}": way for way in AnswerWay}


class ButtonState(NamedTuple):
    """What a control must know to ask again: the question, the asker's day then, the page's offset, the way.

    Packed, a ``<`` is written ``%3C``: no text of a user stands anywhere in a message as it could open a mention.
    """

    question: str
    today: date
    offset: int = 0
    way: AnswerWay = AnswerWay.ASK

    def pack(self) -> str | None:
        """The state as a button's value, or ``None`` when the question is too long to be carried."""
        question = self.question.replace("%", "%25").replace("<", "%3C")
        value = f"{STATE_VERSION}{self.way}|{self.today:%Y%m%d}|{self.offset}|{question}"
        return value if len(value) <= VALUE_LIMIT else None

    @classmethod
    def unpack(cls, value: str) -> ButtonState:
        """The state that ``pack`` made. Raises ``ButtonStateError``."""
        version, _, rest = value.partition("|")
        day, _, rest = rest.partition("|")
        offset, bar, question = rest.partition("|")
        way = _WAYS.get(version)
        if way is None or not bar or not offset.isdecimal() or not offset.isascii():
            raise ButtonStateError("This button is from an older version of the app. Please ask again.")
        try:
            when = date.fromisoformat(day)
        except ValueError:
            raise ButtonStateError("This button can't be read. Please ask again.") from None
        asked = question.replace("%3C", "<").replace("%25", "%")
        return cls(asked, when, min(int(offset[:7]), MAX_OFFSET), way)
