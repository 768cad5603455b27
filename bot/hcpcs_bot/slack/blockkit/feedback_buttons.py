"""Useful and Not useful: two choices of a menu that every workspace takes, or Slack's own feedback buttons.

Source: docs.slack.dev, "Context actions block" (in messages) and "Feedback buttons element" (a text of 75 characters, a
value of 2,000).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from hcpcs_bot.slack.blockkit.blocks import Block, Element

ACTION_ID: Final = "feedback"
"""The action id of the buttons; the choices of a menu have the menu's."""


class FeedbackChoice(NamedTuple):
    """One choice: how its value begins, what it says, and what a screen reader says."""

    value: str
    text: str
    label: str


FEEDBACK_CHOICES: Final[Mapping[bool, FeedbackChoice]] = MappingProxyType(
    {
        True: FeedbackChoice("useful", "Useful", "This answer was useful"),
        False: FeedbackChoice("not_useful", "Not useful", "This answer was not useful"),
    }
)
"""The choices, by whether the answer was useful."""


def with_feedback_buttons(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with feedback buttons at the end in place of the choices of a menu, where a menu has them."""
    for place, block in enumerate(blocks):
        menu = block["elements"][-1] if block["type"] == "actions" and block["elements"] else {}
        choices = {useful: _choice(menu, useful) for useful in FEEDBACK_CHOICES}
        if all(choices.values()):
            rest = _without_choices(block, menu)
            return [*blocks[:place], *rest, *blocks[place + 1 :], _buttons(choices)]
    return list(blocks)


def _choice(menu: Element, useful: bool) -> Element:
    """The choice of a menu, empty where it has none."""
    start = f"{FEEDBACK_CHOICES[useful].value}|"
    options = menu.get("options", ()) if menu.get("type") == "overflow" else ()
    return next((option for option in options if option["value"].startswith(start)), {})


def _without_choices(block: Block, menu: Element) -> list[Block]:
    choices = [_choice(menu, useful) for useful in FEEDBACK_CHOICES]
    left = [option for option in menu["options"] if option not in choices]
    elements = [*block["elements"][:-1], *([{**menu, "options": left}] if left else [])]
    return [{**block, "elements": elements}] if elements else []


def _buttons(choices: Mapping[bool, Element]) -> Block:
    def drawn(useful: bool) -> Element:
        label = FEEDBACK_CHOICES[useful].label
        return {"text": choices[useful]["text"], "value": choices[useful]["value"], "accessibility_label": label}

    element = {
        "type": "feedback_buttons",
        "action_id": ACTION_ID,
        "positive_button": drawn(True),
        "negative_button": drawn(False),
    }
    return {"type": "context_actions", "elements": [element]}
