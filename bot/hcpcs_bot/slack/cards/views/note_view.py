"""The modal in which a team's note is changed or deleted."""

from __future__ import annotations

from typing import Any

from hcpcs_bot.slack.blockkit.blocks import actions, button, confirmed, plain, text_input
from hcpcs_bot.slack.cards.parts.buttons import ActionId
from hcpcs_bot.slack.ids import BlockId, CallbackId
from hcpcs_bot.team.note import NOTE_LENGTH, TeamNote


def note_view(note: TeamNote) -> dict[str, Any]:
    """The modal with the text of ``note``."""
    delete = button("Delete note", ActionId.DELETE_NOTE, str(note.number), danger=True)
    question = f"Note {note.number} on {note.target.phrase} will be gone for everyone in this workspace."
    return {
        "type": "modal",
        "callback_id": CallbackId.NOTE_VIEW,
        "private_metadata": str(note.number),
        "title": plain(f"Note {note.number}", 24),
        "submit": plain("Save", 24),
        "close": plain("Cancel", 24),
        "blocks": [
            {
                "type": "input",
                "block_id": BlockId.NOTE,
                "label": plain(f"Note on {note.target.phrase}"),
                "element": text_input(BlockId.NOTE, note.text, NOTE_LENGTH),
                "hint": plain("Everyone in this workspace sees it on the card. Leave out patient data."),
            },
            actions("note-controls", [confirmed(delete, "Delete this note?", question, "Delete")]),
        ],
    }
