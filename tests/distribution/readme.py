"""The README as its reader follows it: its commands, section by section, and the variables that it exports."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]


def commands(section: str) -> list[list[str]]:
    """The command lines in the code blocks of a section, each as its words; comments are left out."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    body = re.split(r"^#{2,3} ", text.partition(f"## {section}\n")[2], maxsplit=1, flags=re.M)[0]
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", body, flags=re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def exported(words: list[str]) -> list[str]:
    """The variables that an ``export`` sets."""
    return [word.partition("=")[0] for word in words[1:]]


def environment(**more: str) -> dict[str, str]:
    """The environment of a reader: none of our variables but ``more``, and ``hcpcs`` on the path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "HCPCS_"))}
    return {**kept, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", **more}
