"""``hcpcs playground`` as it is run: it answers the documented questions, stays, and ends when told."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).resolve().parents[4]
COMMAND_LINE = (sys.executable, "-c", "from hcpcs_bot.cli import main; main()", "playground")


def run(home: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND_LINE, *options],
        env={**os.environ, "HCPCS_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.slow
def test_exit_answers_both_documented_questions(tmp_path: Path) -> None:
    done = run(tmp_path, "--exit")

    assert (done.returncode, done.stderr) == (0, "")
    assert "> /hcpcs S9328\nS9328: Home infusion therapy, implanted pump" in done.stdout
    assert "> @hcpcs is S9353 payable by Medicare?\nNo. S9353 is not payable by Medicare." in done.stdout
    assert re.search(r"at http://127\.0\.0\.1:\d+", done.stdout)
    assert "handled" not in done.stdout


@pytest.mark.slow
def test_a_port_in_use_is_said_in_a_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(tmp_path, "--port", str(taken.getsockname()[1]))

    assert done.returncode == 2
    assert "is in use" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
async def test_it_stays_until_it_is_told_to_stop(tmp_path: Path) -> None:
    playground = subprocess.Popen(
        [*COMMAND_LINE, "--port", "0"],
        env={**os.environ, "HCPCS_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert playground.stdout is not None
    address = ""
    for line in playground.stdout:
        found = re.match(r"Open (\S+) in a browser", line)
        if found:
            address = found.group(1)
            break
    async with aiohttp.ClientSession() as session, session.get(address) as page:
        assert "HCPCS playground" in await page.text()
    playground.send_signal(signal.SIGTERM)
    said, errors = playground.communicate(timeout=120)

    assert (playground.returncode, errors) == (0, "")
    assert said == "The playground has stopped.\n"
