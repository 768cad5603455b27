"""The programs that check the files in ``deploy/``, and reading those files."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest
import yaml

ROOT: Final = Path(__file__).resolve().parents[2]
DEPLOY: Final = ROOT / "deploy"
FOLDERS: Final = (ROOT / ".venv-deploy" / "bin", "/usr/local/sbin", "/usr/sbin")
"""Where programs are beside the ``PATH``: ``make deploy-tools`` fills the first."""


def program(name: str) -> str:
    """The path of a program; where it is missing the test is skipped, or fails where everything must run."""
    path = shutil.which(name, path=os.pathsep.join([*map(str, FOLDERS), os.environ.get("PATH", "")]))
    return path or _skip(f"{name} (make deploy-tools, or Debian's package)")


def run(name: str, *arguments: object, cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    """What a program writes, which must succeed."""
    command = [program(name), *map(str, arguments)]
    ran = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, f"{name} {' '.join(command[1:])}\n{ran.stdout}{ran.stderr}"
    return ran.stdout + ran.stderr


def read(path: str) -> Any:
    """A YAML file of ``deploy/``."""
    return yaml.safe_load((DEPLOY / path).read_text(encoding="utf-8"))


def files() -> list[Path]:
    """Every file of ``deploy/``."""
    return sorted(path for path in DEPLOY.rglob("*") if path.is_file())


def _skip(what: str) -> NoReturn:
    if os.environ.get("HCPCS_DEMAND_ALL") == "1":
        pytest.fail(f"HCPCS_DEMAND_ALL=1, but a test needs {what}")
    pytest.skip(f"needs {what}")
