"""The manifest of the app for Slackbot: what Slack's own tools read of it, and where it points."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import yaml

from hcpcs_bot.http.service import MCP_PATH

MANIFEST = Path(__file__).parents[5] / "deploy" / "slack-manifest.mcp.yaml"


def test_slackbot_is_sent_to_the_endpoint() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    # The keys as slackapi/slack-cli has them (internal/shared/types/app_manifest.go, MCPServer).
    (server,) = manifest["mcp_servers"].values()
    assert set(server) == {"url", "auth_type"}
    assert (urlsplit(server["url"]).scheme, urlsplit(server["url"]).path) == ("https", MCP_PATH)
    assert server["auth_type"] in {"no_auth", "slack_identity_auth", "manual_auth", "dynamic_client_registration"}
    assert manifest["oauth_config"]["scopes"]["bot"] == ["mcp:connect"]
    assert manifest["features"]["bot_user"]["display_name"]
