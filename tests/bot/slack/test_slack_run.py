"""``slack run``: the files that Slack's command line reads, carried out as it does, with the stand-in as Slack.

Source: docs.slack.dev, "Slack CLI", page "Hooks": a hook is a command, split at its spaces and run in the project's
folder with the project's .venv first on the path; ``start`` gets the tokens from its environment.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
from docs.generate import MANIFEST_JSON, manifest_json

from slack_peer.app_manifest import AppManifest
from slack_peer.function_executions import ExecutionState
from slack_peer.peer import SlackPeer

pytestmark = pytest.mark.slow

ROOT: Final = Path(__file__).resolve().parents[3]
HOOKS: Final[dict[str, Any]] = json.loads((ROOT / ".slack" / "hooks.json").read_text(encoding="utf-8"))


def environment(**more: str) -> dict[str, str]:
    """The environment of a hook: no tokens but ``more``, and the interpreter of the tests first on the path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "HCPCS_"))}
    return {**kept, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", **more}


def stated_manifest() -> dict[str, Any]:
    """What the hook prints that states the app's manifest."""
    command = HOOKS["hooks"]["get-manifest"].split()
    printed = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=True, text=True).stdout
    manifest: dict[str, Any] = json.loads(printed)
    return manifest


def test_the_manifest_of_slack_run_is_that_of_socket_mode() -> None:
    assert MANIFEST_JSON.read_text(encoding="utf-8") == manifest_json(), "run make docs"
    assert stated_manifest() == json.loads(manifest_json())
    assert stated_manifest()["settings"]["socket_mode_enabled"] is True


def test_the_project_and_not_the_app_s_settings_says_what_the_app_is() -> None:
    config = json.loads((ROOT / ".slack" / "config.json").read_text(encoding="utf-8"))
    assert config["manifest"] == {"source": "local"}
    assert HOOKS["config"]["sdk-managed-connection-enabled"] is True
    ignored = (ROOT / ".slack" / ".gitignore").read_text(encoding="utf-8").split()
    assert {"apps.dev.json", "cache/"} <= set(ignored)


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[SlackPeer]:
    """The app as ``slack run`` starts it, connected to a workspace in which its manifest is installed."""
    peer = SlackPeer(AppManifest.from_mapping(stated_manifest()))
    await peer.start()
    tokens = environment(SLACK_CLI_XOXB=peer.bot_token, SLACK_CLI_XAPP=peer.app_token)
    stand_in = ("--slack-api", peer.api_url, "--home", str(tmp_path))
    command = (*HOOKS["hooks"]["start"].split(), *stand_in)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=tokens, stdout=asyncio.subprocess.DEVNULL)
    try:
        await peer.connect_socket()
        yield peer
    finally:
        process.terminate()
        await process.wait()
        await peer.stop()


async def test_slack_run_starts_an_app_that_answers_and_runs_its_step(running: SlackPeer) -> None:
    assert "not payable by Medicare" in (await running.slash("/hcpcs S9328")).text
    execution = await running.run_step("Look up an HCPCS code", {"question": "S9353", "day": "2025-07-01"})
    assert (execution.state, execution.outputs["verdict"]) == (ExecutionState.COMPLETED, "Not payable by Medicare")
