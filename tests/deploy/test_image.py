"""The image: what is in it, and that its steps work. No daemon is needed: the steps are run in a folder."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from tests.deploy.dockerfile import DOCKERFILE, context_patterns, instruction, stages
from tests.deploy.tools import ROOT, program, run


def test_hadolint_has_nothing_to_say() -> None:
    run("hadolint", "--failure-threshold", "info", DOCKERFILE)


def test_the_image_runs_as_a_user_that_owns_its_home_only() -> None:
    last = stages()[-1]
    assert instruction("USER").rest == "10001:10001"
    assert any("--owner 10001 --group 10001 --mode 0700 /var/lib/hcpcs" in one.rest for one in last)
    # What comes after USER changes no file as root.
    names = [one.name for one in last]
    assert not {"RUN", "COPY", "ADD"} & set(names[names.index("USER") :])


def test_every_package_comes_from_the_hashed_lock_and_no_index_is_named() -> None:
    text = DOCKERFILE.read_text(encoding="utf-8")
    for line in re.findall(r"^.*uv (?:pip install|build).*$", text, flags=re.M):
        assert "--require-hashes" in line or "--no-deps --no-index" in line
    assert not re.search(r"index-url|--index |https?://(?!127\.0\.0\.1)", text)


def test_only_what_the_build_needs_is_sent_to_it() -> None:
    assert {pattern.split("/")[0] for pattern in context_patterns()} == {
        "pyproject.toml",
        "hatch_build.py",
        "README.md",
        "LICENSE",
        "requirements",
        "src",
        "index",
        "bot",
    }


def _context(folder: Path) -> Path:
    """The files that would be sent to the build."""
    folder.mkdir()
    for pattern in context_patterns():
        for path in ROOT.glob(pattern):
            target = folder / path.relative_to(ROOT)
            if path.is_dir():
                shutil.copytree(path, target, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, target)
    return folder


@pytest.mark.slow
def test_the_steps_of_the_build_make_a_command_that_serves_and_is_healthy(tmp_path: Path) -> None:
    context, installed = _context(tmp_path / "build"), tmp_path / "opt" / "hcpcs"
    steps = [one.rest for one in stages()[1] if one.name == "RUN"]
    assert len(steps) == 3
    environment = {
        "PATH": os.pathsep.join([str(Path(program("uv")).parent), os.environ["PATH"]]),
        "HOME": str(tmp_path),
        "UV_PYTHON": sys.executable,
        "UV_PYTHON_DOWNLOADS": "never",
        **{name: value for name, value in os.environ.items() if name.startswith(("UV_", "SSL_")) or "proxy" in name},
    }
    for step in steps:
        command = step.replace("/opt/hcpcs", str(installed))
        ran = subprocess.run(
            command, shell=True, cwd=context, env=environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, f"{step}\n{ran.stderr}"

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    secret = tmp_path / "bot-token"
    secret.write_text("xoxb-not-a-real-token\n")
    served = {
        "PATH": str(installed / "bin"),
        "HCPCS_HOME": str(tmp_path / "home"),
        "SLACK_BOT_TOKEN_FILE": str(secret),
        "SLACK_SIGNING_SECRET": "notarealsigningsecret",
    }
    assert instruction("ENTRYPOINT").words == ["hcpcs"]
    words = [word.replace("0.0.0.0", "127.0.0.1") for word in instruction("CMD").words]
    extra = ["--port", str(port), "--starter", "--slack-api", "http://127.0.0.1:9/api/"]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen([installed / "bin" / "hcpcs", *words, *extra], env=served, stdout=log, stderr=log)
    try:
        _wait_for(server, port)
        python, option, code = instruction("HEALTHCHECK").words
        check = [installed / "bin" / python, option, code.replace(":3000/", f":{port}/")]
        assert subprocess.run(check, env=served, check=False).returncode == 0
    finally:
        server.terminate()
        server.wait(30)
    assert subprocess.run(check, env=served, capture_output=True, check=False).returncode == 1


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Until the server answers, a minute at most."""
    for _ in range(240):
        assert server.poll() is None, "the server has ended"
        try:
            with urlopen(f"http://127.0.0.1:{port}/livez", timeout=5) as response:
                assert response.status == 200
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("the server does not answer")
