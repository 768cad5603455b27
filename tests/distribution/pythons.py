"""The versions of Python on this machine that the package supports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

VERSIONS: Final = ("3.11", "3.12", "3.13", "3.14")
"""Those that the package supports."""
FOLDERS: Final = (
    "/usr/bin",
    "/usr/local/bin",
    "~/.pyenv/versions/{version}.*/bin",
    "~/.local/share/uv/python/*-{version}.*/bin",
)


def supported_pythons() -> dict[str, str]:
    """The path of a Python by its version (``3.12``): the running one, Debian's, and those of pyenv and uv."""
    pythons = {version: path for version in VERSIONS if (path := next(iter(_installed(version)), ""))}
    return pythons | {f"{sys.version_info.major}.{sys.version_info.minor}": sys.executable}


def _installed(version: str) -> list[str]:
    patterns = (Path(folder.format(version=version)).expanduser() / f"python{version}" for folder in FOLDERS)
    return [str(path) for pattern in patterns for path in sorted(Path("/").glob(str(pattern.relative_to("/"))))]
