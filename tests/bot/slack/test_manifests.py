"""The manifests are what Slack takes, ask for no more than is used, and name what the app listens to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from hcpcs_bot.server import SLACK_PATH
from hcpcs_bot.slack.ids import COMMAND, CallbackId
from hcpcs_bot.slack.listeners.home import PROMPTS

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
def test_it_names_what_the_app_listens_to(path: Path) -> None:
    manifest = load(path)
    features = manifest["features"]
    assert [command["command"] for command in features["slash_commands"]] == [COMMAND]
    assert {(shortcut["callback_id"], shortcut["type"]) for shortcut in features["shortcuts"]} == {
        (CallbackId.DECODE, "message"),
        (CallbackId.LOOKUP, "global"),
    }
    prompts = features["agent_view"]["suggested_prompts"]
    assert tuple((prompt["title"], prompt["message"]) for prompt in prompts) == PROMPTS
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == [
        "app_home_opened",
        "app_mention",
        "link_shared",
        "message.im",
    ]


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
