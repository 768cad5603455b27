"""The manifests are what Slack takes, ask for no more than is used, and name what the app listens to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from hcpcs_bot.serving.server import SLACK_PATH
from hcpcs_bot.slack.installation.app_manifest import MANIFEST

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
HTTP, SOCKET = DEPLOY / "slack-manifest.yaml", DEPLOY / "slack-manifest.socket.yaml"


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [HTTP, SOCKET], ids=["http", "socket"])
def test_it_is_a_manifest_by_slack_s_schema(path: Path, shared_data: Path) -> None:
    schema = yaml.safe_load((shared_data / "schemas" / "slack-manifest.schema.1.0.0.json").read_text(encoding="utf-8"))
    errors = [error.message for error in Draft7Validator(schema).iter_errors(load(path))]
    assert errors == []


@pytest.mark.parametrize("path", [HTTP, SOCKET], ids=["http", "socket"])
def test_each_scope_and_each_unclear_event_says_why(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    scopes = load(path)["oauth_config"]["scopes"]
    assert set(scopes) == {"bot"}
    for scope in scopes["bot"]:
        assert re.search(rf"- {re.escape(scope)} # \S", text), scope
    assert {"channels:history", "users:read", "groups:history"}.isdisjoint(scopes["bot"])


@pytest.mark.parametrize("path", [HTTP, SOCKET], ids=["http", "socket"])
def test_it_says_of_the_app_what_the_app_says_of_itself(path: Path) -> None:
    assert differences(MANIFEST, load(path)) == []


def differences(ours: Any, theirs: Any, place: str = "") -> list[str]:
    """The places where a manifest lacks or contradicts something of ``ours``; it may say more."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return [line for name in ours for line in differences(ours[name], theirs.get(name), f"{place}.{name}")]
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        pairs = enumerate(zip(ours, theirs, strict=True))
        return [line for number, (one, other) in pairs for line in differences(one, other, f"{place}.{number}")]
    return [] if ours == theirs else [f"{place}: {ours!r} is not {theirs!r}"]


def test_a_difference_would_be_found() -> None:
    other = load(HTTP)
    other["oauth_config"]["scopes"]["bot"][0] = "users:read"
    other["features"]["slash_commands"][0]["command"] = "/codes"
    assert len(differences(MANIFEST, other)) == 2


def test_over_http_every_address_is_the_one_that_is_served() -> None:
    manifest = load(HTTP)
    addresses = [
        manifest["features"]["slash_commands"][0]["url"],
        manifest["settings"]["event_subscriptions"]["request_url"],
        manifest["settings"]["interactivity"]["request_url"],
        manifest["settings"]["interactivity"]["message_menu_options_url"],
    ]
    assert set(addresses) == {f"https://desk.example.com{SLACK_PATH}"}


def test_the_twins_differ_in_how_they_are_reached_alone() -> None:
    http, socket = load(HTTP), load(SOCKET)
    assert (http["settings"].pop("socket_mode_enabled"), socket["settings"].pop("socket_mode_enabled")) == (False, True)
    del http["features"]["slash_commands"][0]["url"]
    del http["settings"]["event_subscriptions"]["request_url"]
    for name in ("request_url", "message_menu_options_url"):
        del http["settings"]["interactivity"][name]
    assert http == socket
