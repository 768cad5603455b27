"""``hcpcs manifest`` prints a manifest to paste: of the files in ``deploy/``, or for a host of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from docs.generate import MANIFESTS
from tests.bot.commands.test_load import hcpcs


def printed(home: Path, *options: str) -> str:
    result = hcpcs(home, "manifest", *options)
    assert result.exit_code == 0
    return result.stdout


def loaded(home: Path, *options: str) -> Any:
    return yaml.safe_load(printed(home, *options))


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_the_files_are_what_the_command_prints(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == MANIFESTS[path], "run make docs"


def test_the_file_for_http_is_printed_without_options(tmp_path: Path) -> None:
    assert [printed(tmp_path)] == [text for path, text in MANIFESTS.items() if path.name == "slack-manifest.yaml"]


def test_a_host_is_put_in_every_place(tmp_path: Path) -> None:
    text = printed(tmp_path, "--host", "codes.hospital.org")
    assert "example.com" not in text
    manifest = yaml.safe_load(text)
    assert manifest["features"]["unfurl_domains"] == ["codes.hospital.org"]
    assert manifest["settings"]["event_subscriptions"]["request_url"] == "https://codes.hospital.org/slack/events"


def test_socket_mode_without_a_host_can_be_pasted_as_it_is(tmp_path: Path) -> None:
    text = printed(tmp_path, "--socket")
    assert "example.com" not in text
    manifest = yaml.safe_load(text)
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert "unfurl_domains" not in manifest["features"]
    assert "link_shared" not in manifest["settings"]["event_subscriptions"]["bot_events"]
    assert [scope for scope in manifest["oauth_config"]["scopes"]["bot"] if scope.startswith("links:")] == []


def test_socket_mode_with_a_host_differs_only_in_what_is_for_links(tmp_path: Path) -> None:
    with_host, without = loaded(tmp_path, "--socket", "--host", "a.example.org"), loaded(tmp_path, "--socket")
    del with_host["features"]["unfurl_domains"]
    with_host["settings"]["event_subscriptions"]["bot_events"].remove("link_shared")
    for scope in ("links:read", "links:write"):
        with_host["oauth_config"]["scopes"]["bot"].remove(scope)
    assert with_host == without


@pytest.mark.parametrize(
    "host", ["https://a.example", "a.example:3000", "a.example/x", "localhost", "a b.example", "é.fr"]
)
def test_what_is_no_host_is_one_line(tmp_path: Path, host: str) -> None:
    result = hcpcs(tmp_path, "manifest", "--host", host)
    assert result.exit_code == 1
    assert result.stderr.startswith("hcpcs: the host is a name such as desk.example.com")
