"""What Slack must know about the app, in the form of Slack's app manifest.

The manifests in ``deploy/`` say the same and more; a test compares them. Scopes and events have their reasons there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from hcpcs_bot.slack.ids import BOT_NAME, COMMAND, CallbackId

PROMPTS: Final = (
    ("Show me a code", "S9328"),
    ("Does Medicare pay?", "Is S9353 payable by Medicare?"),
    ("Find a code in words", "home infusion insulin pump"),
    ("Compare two codes", "compare S9328 and S9353"),
)
"""Title and message of each suggested prompt; Slack shows four at most."""


def _text(title: str, description: str, name: str) -> dict[str, Any]:
    """A parameter of the workflow step that is a text and always there."""
    return {"type": "string", "title": title, "description": description, "name": name, "is_required": True}


MANIFEST: Final[Mapping[str, Any]] = {
    "features": {
        "bot_user": {"display_name": BOT_NAME},
        "slash_commands": [
            {
                "command": COMMAND,
                "description": "A HCPCS code, a question about it, or words to search",
                "usage_hint": "S9328 | is S9353 payable by Medicare? | note S9353 needs auth | state TX | help",
            }
        ],
        "shortcuts": [
            {
                "name": "Decode HCPCS codes",
                "type": "message",
                "callback_id": CallbackId.DECODE.value,
                "description": "Explain every code in this message",
            },
            {
                "name": "Look up a code",
                "type": "global",
                "callback_id": CallbackId.LOOKUP.value,
                "description": "Find a HCPCS code as you type",
            },
        ],
        "agent_view": {
            "suggested_prompts": [{"title": title, "message": message} for title, message in PROMPTS],
        },
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "commands",
                "chat:write",
                "app_mentions:read",
                "im:history",
                "links:read",
                "links:write",
                "assistant:write",
            ]
        }
    },
    "functions": {
        CallbackId.STEP.value: {
            "title": "Look up an HCPCS code",
            "description": "Description, Medicare coverage and status of a HCPCS Level II code",
            "input_parameters": {
                "question": _text("Code or question", "E0601, or: is E0601 covered?", "question"),
                "day": {
                    "type": "slack#/types/date",
                    "title": "Date of service",
                    "description": "Leave it out for today",
                    "name": "day",
                    "is_required": False,
                },
            },
            "output_parameters": {
                "description": _text("Description", "The long description of the code", "description"),
                "verdict": _text("Medicare coverage", "Medicare's verdict in a few words", "verdict"),
                "status": _text("Status", "Active, Terminated or Not yet in effect", "status"),
                "text": _text("Answer", "The whole answer with its source", "text"),
            },
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": ["app_home_opened", "app_mention", "function_executed", "link_shared", "message.im"]
        },
        "org_deploy_enabled": True,
        "function_runtime": "remote",
    },
}
