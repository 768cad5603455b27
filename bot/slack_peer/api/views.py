"""The methods ``views.*``. Source: docs.slack.dev, "Web API methods", each method's page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_peer.api.api_context import ApiContext
from slack_peer.api.checks import Arguments, check_view, push_view
from slack_peer.delivery.payloads import view_json
from slack_peer.errors import ApiError


def open_view(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``views.open``."""
    user = api.triggers.use(str(arguments.get("trigger_id", "")))
    body = check_view(arguments.get("view"), "modal", api.workspace)
    if api.workspace.modals.get(user):
        api.workspace.modals[user].clear()
    return {"view": view_json(api.workspace.push_modal(api.workspace.new_view(user, body)))}


def push(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``views.push``."""
    user = api.triggers.use(str(arguments.get("trigger_id", "")))
    body = check_view(arguments.get("view"), "modal", api.workspace)
    return {"view": view_json(push_view(api.workspace, user, body))}


def update(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``views.update``."""
    view = api.workspace.find_view(str(arguments.get("view_id", "")))
    if view is None:
        raise ApiError("not_found")
    if arguments.get("hash") not in {None, view.hash}:
        raise ApiError("hash_conflict")
    body = check_view(arguments.get("view"), view.kind, api.workspace)
    return {"view": view_json(api.workspace.update_view(view, body))}


def publish(api: ApiContext, arguments: Arguments) -> dict[str, Any]:
    """``views.publish``."""
    user = str(arguments.get("user_id", ""))
    if user not in api.workspace.people:
        raise ApiError("user_not_found")
    body = check_view(arguments.get("view"), "home", api.workspace)
    former = api.workspace.homes.get(user)
    if arguments.get("hash") not in {None, former.hash if former else None}:
        raise ApiError("hash_conflict")
    view = api.workspace.new_view(user, body)
    view = view if former is None else replace(view, id=former.id, root=former.id)
    return {"view": view_json(api.workspace.publish_home(view))}
