"""Requests for another workspace or another app, which share the signing secret, are not answered."""

from __future__ import annotations

from typing import Any

import pytest

from hcpcs_bot.slack.inbound.addressee import is_ours

OURS, OTHER = "T1", "T2"
EVENT = {"type": "event_callback", "api_app_id": "A1"}
PRESS = {"type": "block_actions", "api_app_id": "A1"}


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"ssl_check": "1"},
        {"command": "/hcpcs", "team_id": OURS, "api_app_id": "A1"},
        {**EVENT, "team_id": OURS},
        # A person of another workspace in a shared channel: the event names both.
        {**EVENT, "team_id": OTHER, "authorizations": [{"team_id": OURS}]},
        {**PRESS, "team": {"id": OTHER}, "message": {"team": OURS}},
        {**PRESS, "team": {"id": OTHER}, "view": {"app_installed_team_id": OURS}},
        {**PRESS, "team": {"id": OTHER}, "container": {"is_ephemeral": True}},
        {**PRESS, "team": None, "is_enterprise_install": True},
        {"command": "/hcpcs", "team_id": OTHER, "is_enterprise_install": "true", "api_app_id": "A1"},
        {"team_id": ["T2"], "authorizations": 7, "type": ["x"], "view": 3, "team": "T2"},
    ],
)
def test_a_request_that_may_be_ours_passes(payload: dict[str, Any]) -> None:
    assert is_ours(payload, team=OURS, app="A1")


@pytest.mark.parametrize(
    "payload",
    [
        {"command": "/hcpcs", "team_id": OTHER, "api_app_id": "A1"},
        {"command": "/hcpcs", "team_id": OURS, "api_app_id": "A2"},
        {**EVENT, "team_id": OTHER},
        {**EVENT, "team_id": OTHER, "authorizations": [{"team_id": "T3"}]},
        {"type": "shortcut", "api_app_id": "A1", "team": {"id": OTHER}},
        {**PRESS, "team": {"id": OTHER}, "message": {"team": OTHER}},
        {**PRESS, "team": {"id": OTHER}, "view": {"team_id": OTHER}},
    ],
)
def test_a_request_for_another_workspace_or_app_does_not(payload: dict[str, Any]) -> None:
    assert not is_ours(payload, team=OURS, app="A1")
    assert is_ours(payload, team="", app="")
