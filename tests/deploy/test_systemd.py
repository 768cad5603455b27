"""The systemd unit: valid, shut in, and with the files that the page of operations makes."""

from __future__ import annotations

import re
from pathlib import Path

from tests.deploy.tools import DEPLOY, ROOT, run

from hcpcs_bot.serving.http_server import REQUESTS_SECONDS
from hcpcs_bot.serving.lifecycle import STOP_SECONDS

UNIT = DEPLOY / "systemd/hcpcs.service"
EXPOSURE = 15
"""Tenths of the exposure that ``systemd-analyze security`` computes at most; 100 is a unit without any protection."""


def _installed(folder: Path) -> Path:
    """The unit, with a command that is there."""
    path = folder / UNIT.name
    path.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/hcpcs/bin/hcpcs", "/bin/true"), encoding="utf-8")
    return path


def test_systemd_accepts_the_unit_and_finds_it_shut_in(tmp_path: Path) -> None:
    assert run("systemd-analyze", "verify", _installed(tmp_path)) == ""
    run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", _installed(tmp_path))


def test_the_server_has_the_time_that_it_needs_to_stop() -> None:
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", UNIT.read_text(encoding="utf-8"), flags=re.M)
    assert int(seconds) > REQUESTS_SECONDS + STOP_SECONDS


def test_each_file_with_a_secret_is_made_by_the_page_of_operations() -> None:
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    settings = (DEPLOY / "systemd/hcpcs.env").read_text(encoding="utf-8")
    for path in re.findall(r"^[A-Z_]+_FILE=(.*)$", settings, flags=re.M):
        assert Path(path).parent == Path("/etc/hcpcs")
        assert path in page
