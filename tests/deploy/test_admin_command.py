"""``hcpcs-admin`` runs a command with the user, the settings and the secrets of the server."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.deploy.tools import DEPLOY

SCRIPT = DEPLOY / "systemd/hcpcs-admin"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may read."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs a command as another user")
def test_a_command_has_the_settings_of_the_server_and_its_arguments(open_folder: Path) -> None:
    settings, program = open_folder / "hcpcs.env", open_folder / "hcpcs"
    settings.write_text((DEPLOY / "systemd/hcpcs.env").read_text(encoding="utf-8"), encoding="utf-8")
    program.write_text('#!/bin/sh\necho "$(id -un) $HCPCS_HOME $SLACK_BOT_TOKEN_FILE [$1] [$2]"\n', encoding="utf-8")
    program.chmod(0o755)
    script = SCRIPT.read_text(encoding="utf-8").replace("/etc/hcpcs/hcpcs.env", str(settings))
    script = script.replace("/opt/hcpcs/bin/hcpcs", str(program)).replace("-u hcpcs", "-u nobody")
    ran = subprocess.run(["sh", "-c", script, "hcpcs-admin", "ask", "a b"], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.stdout == "nobody /var/lib/hcpcs /etc/hcpcs/slack-bot-token [ask] [a b]\n"
