"""Whether a request is for this app in this workspace: a second check beside the signature.

One signing secret serves an app in every workspace where it is installed, while this server has the token, the notes
and the watches of one. Sources: docs.slack.dev, "Events API" (``authorizations`` name the installations that an event
is for), "block_actions payload" (``team`` is the workspace that an interaction comes from, in a shared channel perhaps
not ours).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from hcpcs_bot.slack.inbound.request import mapping

FROM_OTHERS: Final = frozenset({"block_actions", "block_suggestion", "view_submission", "view_closed"})
"""Interactions with what the app itself has shown, which people of another workspace use in a shared channel."""


def is_ours(payload: dict[str, Any], *, team: str, app: str) -> bool:
    """Whether a payload may be for ``app`` in the workspace ``team``; either is blank while it is unknown.

    A payload that names no app or no workspace (``ssl_check``, an installation for a whole organization) passes.
    """
    named_app = payload.get("api_app_id")
    if app and isinstance(named_app, str) and named_app not in {"", app}:
        return False
    teams = set(_teams_in(payload))
    if not team or not teams or team in teams or str(payload.get("is_enterprise_install")).lower() == "true":
        return True
    # An ephemeral message with the control is not in the payload, and so nothing names the workspace that has it.
    kind = payload.get("type")
    return (
        isinstance(kind, str) and kind in FROM_OTHERS and not mapping(payload.get("view")) and "message" not in payload
    )


def _teams_in(payload: dict[str, Any]) -> Iterator[str]:
    """The ids of every workspace that the payload may be for."""
    authorizations = payload.get("authorizations")
    view = mapping(payload.get("view"))
    for value in (
        payload.get("team_id"),
        mapping(payload.get("team")).get("id"),
        view.get("team_id"),
        view.get("app_installed_team_id"),
        mapping(payload.get("message")).get("team"),
        *(mapping(one).get("team_id") for one in (authorizations if isinstance(authorizations, list) else ())),
    ):
        if isinstance(value, str) and value:
            yield value
