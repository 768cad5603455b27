"""The look-up modal: a select with type-ahead for codes and words, and the card below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hcpcs_bot.slack.blockkit.blocks import Block, divider, plain, type_ahead
from hcpcs_bot.slack.cards.parts.buttons import ActionId
from hcpcs_bot.slack.ids import BlockId, CallbackId


def lookup_view(card: Sequence[Block] = ()) -> dict[str, Any]:
    """The modal, with a card in it once a code is selected."""
    chooser: Block = {
        "type": "input",
        "block_id": BlockId.LOOKUP,
        "dispatch_action": True,
        "label": plain("Code or description"),
        "element": {**type_ahead("S9353, or: insulin pump", ActionId.LOOKUP), "focus_on_load": not card},
        "hint": plain("Type a code or part of a description, then choose one."),
    }
    return {
        "type": "modal",
        "callback_id": CallbackId.LOOKUP_VIEW,
        "title": plain("Look up a HCPCS code", 24),
        "submit": plain("Show", 24),
        "close": plain("Close", 24),
        "blocks": [chooser, *([divider(), *card] if card else [])],
    }
