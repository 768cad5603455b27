"""The installation: `make run` in a fresh copy with pip and with uv, and what each extra downloads and takes on disk.

Downloads are the sizes of the packages, so that one that lies on the machine counts as well. Nothing is taken from the
caches of pip and uv. Seconds are wall-clock time and depend on the network.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from bench.figure import Goal, Row, Table
from bench.machine import ROOT
from bench.release import NotMeasuredError

DOWNLOAD: Final = Goal(35, " MB")
EXTRAS: Final = ("", "server", "slack", "mcp", "all")
"""Extras that are measured; the empty one is the command line alone."""
PACKAGES: Final = ("src/hcpcs", "index/hcpcs_index", "bot/hcpcs_bot", "bot/slack_peer")
OWN_NAME: Final = "hcpcs-bot"


def megabytes_of(folder: Path) -> float:
    """The size of all files of a folder in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1e6


def requirements_of(extra: str) -> Iterator[str]:
    """The requirements of the project with an extra, those of the extras that it names included."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield from project["dependencies"]
    waiting = [extra] if extra else []
    while waiting:
        for requirement in project["optional-dependencies"][waiting.pop()]:
            inner = re.fullmatch(rf"{OWN_NAME}\[(.+)\]", requirement)
            if inner:
                waiting += inner[1].split(",")
            else:
                yield requirement


class Installer:
    """pip in an environment of its own, with a cache that is gone afterwards."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.create(folder / "tools", with_pip=True)
        self.python = folder / "tools/bin/python"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
            "PIP_CACHE_DIR": str(folder / "cache"),
            "UV_NO_CACHE": "1",
            "CI": "1",
        }
        locked = (ROOT / "requirements/all.txt").read_text(encoding="utf-8")
        self._versions = folder / "versions.txt"
        pinned = re.findall(r"^([\w.-]+==\S+(?: ; .*?)?)(?: \\)?$", locked, re.MULTILINE)
        self._versions.write_text("\n".join(pinned), encoding="utf-8")
        self.packages = folder / "packages"
        self.local_too = ["--find-links", str(self.packages)]
        self.download(
            self.packages, [f"--requirement={ROOT / 'requirements/all.txt'}", "--require-hashes", "--no-deps"]
        )

    def download(self, to: Path, requirements: Sequence[str]) -> float:
        """Downloads packages, and returns their size in MB. Raises ``NotMeasuredError`` if none can be had."""
        command = [str(self.python), "-m", "pip", "download", "--quiet", "--dest", str(to), *requirements]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=self.environment)
        if done.returncode:
            reason = next(iter(reversed(done.stderr.strip().splitlines())), "pip failed")
            raise NotMeasuredError(f"needs a package index that can be reached: {reason}")
        return megabytes_of(to)

    def installed(self, extra: str) -> tuple[float, float]:
        """The MB that an extra downloads, and that it takes on disk without pip and without compiled modules."""
        wheels, target = self.folder / f"wheels-{extra}", self.folder / f"target-{extra}"
        local = ["--no-index", "--find-links", str(self.packages)]
        wanted = [*requirements_of(extra), "--constraint", str(self._versions)]
        downloaded = self.download(wheels, [*local, *wanted])
        command = [str(self.python), "-m", "pip", "install", "--quiet", "--no-compile", *local]
        command += ["--target", str(target), *wanted]
        subprocess.run(command, check=True, capture_output=True, env=self.environment)
        own = sum(megabytes_of(ROOT / package) for package in PACKAGES) - _compiled()
        return downloaded, megabytes_of(target) + own

    def compiled(self, extra: str) -> float:
        """The MB on disk of an extra that was installed, once its modules and ours are compiled, as in the image."""
        target = self.folder / f"target-{extra}"
        for package in PACKAGES:
            shutil.copytree(ROOT / package, target / Path(package).name, ignore=shutil.ignore_patterns("__pycache__"))
        # Some packages have templates that end with .py and are not Python, which it says with its exit code.
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(target)], check=False, capture_output=True)
        return megabytes_of(target)

    def testing(self) -> Row:
        """The MB that the targets that test and check download."""
        lock = ROOT / "requirements/dev.txt"
        downloaded = self.download(
            self.folder / "dev", [f"--requirement={lock}", "--require-hashes", "--no-deps", *self.local_too]
        )
        return Row("what testing needs, for `make test` and `make check`", ("", "", f"{downloaded:.0f} MB"))

    def run_target(self, name: str, uv: str) -> Row:
        """``make run`` in a fresh copy of the repository: MB downloaded, MB of its environment, seconds."""
        copy = self.folder / f"copy-{name}"
        _copy_files(copy)
        locks = [f"--requirement={copy / 'requirements' / lock}" for lock in ("run.txt", "build.txt")]
        downloaded = self.download(self.folder / f"run-{name}", [*locks, "--require-hashes", "--no-deps"])
        started = time.perf_counter()
        command = ["make", "run", f"UV={uv}", f"PYTHON={sys.executable}"]
        environment = {**self.environment, "PIP_NO_CACHE_DIR": "1", "HCPCS_HOME": str(copy / "home")}
        subprocess.run(command, cwd=copy, check=True, capture_output=True, env=environment)
        taken = time.perf_counter() - started
        cells = (f"{taken:.0f} s", f"{megabytes_of(copy / '.venv'):.0f} MB", f"{downloaded:.0f} MB")
        return Row(f"`make run` with {name}, until the playground has answered", cells, DOWNLOAD, downloaded)


def _compiled() -> float:
    """The MB of compiled modules beside ours."""
    return sum(path.stat().st_size for package in PACKAGES for path in (ROOT / package).rglob("*.pyc")) / 1e6


def _copy_files(to: Path) -> None:
    """Copies the files of the repository, as they are now."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)


def run(arguments: Sequence[str]) -> list[Table]:
    """``make run`` with pip, and with uv where it is installed, and each extra."""
    argparse.ArgumentParser(prog="bench install", description=__doc__).parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        installer = Installer(Path(folder))
        ways = {"pip": "", "uv": shutil.which("uv") or ""}
        rows = [installer.run_target(name, uv) for name, uv in ways.items() if uv or name == "pip"]
        extras = []
        for extra in EXTRAS:
            downloaded, disk = installer.installed(extra)
            name = f"`{OWN_NAME}[{extra}]`" if extra else f"`{OWN_NAME}`"
            extras.append(Row(name, (f"{downloaded:.0f} MB", f"{disk:.0f} MB")))
        disk = installer.compiled("all")
        extras.append(Row("the last one with compiled modules, as in the image", ("", f"{disk:.0f} MB")))
        rows.append(installer.testing())
    return [
        Table(("installation", "time", "on disk", "downloads"), tuple(rows)),
        Table(("package", "downloads", "on disk"), tuple(extras)),
    ]
