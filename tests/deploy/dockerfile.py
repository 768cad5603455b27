"""Reads the Dockerfile: its stages, each a list of instructions."""

from __future__ import annotations

import json
import re
from typing import Final, NamedTuple

from tests.deploy.tools import DEPLOY, ROOT

DOCKERFILE: Final = DEPLOY / "Dockerfile"


class Instruction(NamedTuple):
    """One instruction: its name in capitals, and the rest of its line."""

    name: str
    rest: str

    @property
    def words(self) -> list[str]:
        """The words of the form with brackets: ``["hcpcs"]``."""
        return list(json.loads(self.rest[self.rest.index("[") :]))


def stages() -> list[list[Instruction]]:
    """The instructions of each stage, from its ``FROM`` on."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.M).replace("\\\n", " ")
    every: list[list[Instruction]] = []
    for line in filter(str.strip, text.splitlines()):
        name, _, rest = line.partition(" ")
        if name == "FROM":
            every.append([])
        if every:
            every[-1].append(Instruction(name, re.sub(r" +", " ", rest)))
    return every


def instruction(name: str) -> Instruction:
    """The instruction of this name in the last stage."""
    (one,) = (one for one in stages()[-1] if one.name == name)
    return one


def context_patterns() -> list[str]:
    """What is sent to the build: the patterns of ``.dockerignore`` that begin with an exclamation mark."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in lines, "everything else must be left out"
    return [line[1:] for line in lines if line.startswith("!")]
