"""What is read of an app's manifest, and which manifests are none."""

from __future__ import annotations

from typing import Any

import pytest
from tests.slack_peer.bolt_apps import ECHO

from slack_peer.app_manifest import AppManifest, Shortcut, SlashCommand
from slack_peer.errors import ManifestError

SCOPES = {"scopes": {"bot": ["commands"]}}


def test_an_app_is_read_from_slacks_own_form() -> None:
    assert ECHO.name == "echo"
    assert ECHO.commands == (SlashCommand("/echo", "Say it again"),)
    assert ECHO.shortcuts == (Shortcut("Open a form", "open_form", "A form", on_message=False),)
    assert ECHO.events == {"app_mention", "message.im"}
    assert ECHO.with_unfurl_domains("a.example", "b.example").unfurl_domains == ("a.example", "b.example")


@pytest.mark.parametrize(
    ("manifest", "place"),
    [
        ({}, "features"),
        ({"features": {"bot_user": {}}, "oauth_config": SCOPES}, "features.bot_user.display_name"),
        ({"features": {"bot_user": {"display_name": "x"}}}, "oauth_config"),
        (
            {
                "features": {
                    "bot_user": {"display_name": "x"},
                    "slash_commands": [{"command": "echo", "description": "no slash"}],
                },
                "oauth_config": SCOPES,
            },
            "features.slash_commands.0.command",
        ),
    ],
)
def test_a_manifest_that_lacks_something_is_refused_with_the_place(manifest: Any, place: str) -> None:
    with pytest.raises(ManifestError, match=f"^the app manifest's {place} can't be read: "):
        AppManifest.from_mapping(manifest)
