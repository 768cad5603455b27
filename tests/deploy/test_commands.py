"""What the files in ``deploy/`` start and set: real commands with real options, and settings that exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
import yaml
from docs.generate import command_line
from tests.deploy.dockerfile import instruction
from tests.deploy.tools import DEPLOY, ROOT, files, read
from tests.environment import environment_variables, secret_variables
from typer.core import TyperCommand


def _commands() -> Iterator[tuple[str, list[str]]]:
    """Every ``hcpcs`` command that is started, with the file that it is in."""
    yield "Dockerfile", instruction("CMD").words
    for name in ("compose.yaml", "compose.socket.yaml"):
        text = re.sub(r"!(?:reset|override)", "", (DEPLOY / name).read_text(encoding="utf-8"))
        yield name, yaml.safe_load(text)["services"]["desk"]["command"]
    deployment, update = read("kubernetes/base/deployment.yaml"), read("kubernetes/base/update.yaml")
    yield "deployment.yaml", deployment["spec"]["template"]["spec"]["containers"][0]["args"]
    yield "update.yaml", update["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0]["args"]
    unit = (DEPLOY / "systemd/hcpcs.service").read_text(encoding="utf-8")
    for line in re.findall(r"^ExecStart=(.*)$", unit, flags=re.M):
        program, *words = shlex.split(line)
        assert Path(program).name == "hcpcs"
        yield "hcpcs.service", words


@pytest.mark.parametrize(("file", "words"), [pytest.param(*one, id=one[0]) for one in _commands()])
def test_what_is_started_is_a_command_with_options_that_exist(file: str, words: list[str]) -> None:
    command = command_line().commands[words[0]]
    assert isinstance(command, TyperCommand)
    command.make_context(words[0], words[1:])


def test_every_variable_is_a_setting() -> None:
    for path in files():
        named = set(re.findall(r"\b(?:HCPCS|SLACK)_[A-Z_]+\b", path.read_text(encoding="utf-8")))
        assert named <= environment_variables(), f"{path.relative_to(ROOT)}: nothing reads {named}"


def test_a_secret_is_given_as_a_file_only() -> None:
    for path in chain(files(), [ROOT / ".dockerignore"]):
        named = set(re.findall(r"\b(?:HCPCS|SLACK)_[A-Z_]+\b", path.read_text(encoding="utf-8")))
        assert not named & secret_variables(), path.relative_to(ROOT)


def test_the_version_of_the_image_is_ours() -> None:
    version = re.search(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), flags=re.M)
    assert version is not None
    kustomization = read("kubernetes/base/kustomization.yaml")
    assert kustomization["images"][0]["newTag"] == version[1]
    assert read("compose.yaml")["services"]["desk"]["image"] == f"${{IMAGE:-hcpcs:{version[1]}}}"
