"""The wheel, built and installed with the hashed lock, on every supported Python of this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Final

import pytest
from tests.distribution.pythons import supported_pythons

pytestmark = pytest.mark.slow

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("src/hcpcs", "index/hcpcs_index", "bot/hcpcs_bot", "bot/slack_peer")
NEEDED: Final = (".py", ".toml", ".tsv", ".yaml", ".html", ".css", ".js", ".svg", ".typed", ".json")
"""The endings of the files of a package that it reads while it runs."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"))


def build(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder), home=folder)
    (built,) = folder.glob("*.whl")
    return built


def run(*command: str, home: Path) -> str:
    """What a command writes, which must succeed: away from this tree, its paths and its settings."""
    left_out = ("PYTHON", "HCPCS_", "SLACK_", "VIRTUAL_ENV")
    given = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    given |= {name: value for name, value in os.environ.items() if name.startswith("HCPCS_PROJECT_")}
    ran = subprocess.run(
        command,
        cwd=ROOT if "hatchling" in command else home,
        env={**given, "HCPCS_HOME": str(home / "home")},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, f"{' '.join(command)}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def installer(python: str, venv: Path, home: Path) -> tuple[str, ...]:
    """Makes a virtual environment, and the command that installs there: by uv where it is, which is faster."""
    path = os.pathsep.join([str(ROOT / ".venv-deploy" / "bin"), os.environ.get("PATH", "")])
    if uv := shutil.which("uv", path=path):
        run(uv, "venv", "--quiet", "--python", python, str(venv), home=home)
        return uv, "pip", "install", "--quiet", "--python", str(venv / "bin" / "python")
    run(python, "-m", "venv", str(venv), home=home)
    return str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"


@pytest.mark.parametrize("version", supported_pythons())
def test_it_installs_with_the_lock_and_answers(wheel: Path, tmp_path: Path, version: str) -> None:
    venv = tmp_path / "venv"
    install = installer(supported_pythons()[version], venv, tmp_path)
    run(*install, "--require-hashes", "--requirement", str(ROOT / "requirements" / "run.txt"), home=tmp_path)
    run(*install, "--no-deps", "--no-index", str(wheel), home=tmp_path)

    hcpcs = str(venv / "bin" / "hcpcs")
    assert run(hcpcs, "--version", home=tmp_path) == f"hcpcs {wheel.name.split('-')[1]}\n"
    assert run(hcpcs, "ask", "/hcpcs S9328", home=tmp_path).startswith("S9328: ")
    answer = run(hcpcs, "ask", "is S9353 payable by Medicare?", home=tmp_path)
    assert answer.startswith("No. S9353 is not payable by Medicare.")
    assert run(hcpcs, "manifest", "--socket", home=tmp_path).startswith("# The Slack app in Socket Mode")
    assert "No. S9353" in run(hcpcs, "playground", "--exit", home=tmp_path)


def test_it_has_every_file_that_is_read_and_no_other_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        str(path.relative_to((ROOT / package).parent))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in NEEDED and "__pycache__" not in path.parts
    }
    assert expected - names == set()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {
        Path(package).name for package in PACKAGES
    }


def metadata_of(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode())


def test_its_metadata_names_no_tool_of_development(wheel: Path) -> None:
    metadata = metadata_of(wheel)
    assert set(metadata.get_all("Provides-Extra", [])) == {"server", "slack", "postgres", "mcp", "all"}
    assert not any(line.startswith(("pytest", "ruff", "mypy")) for line in metadata.get_all("Requires-Dist", []))
    assert "Operating System :: POSIX" in metadata.get_all("Classifier", [])
    assert metadata["License-Expression"] == "Apache-2.0"


def test_a_release_has_links_that_work_away_from_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert metadata_of(build(tmp_path / "local")).get_all("Project-URL") is None
    monkeypatch.setenv("HCPCS_PROJECT_URL", "https://code.example.org/desk/hcpcs")
    monkeypatch.setenv("HCPCS_PROJECT_REF", "v0.1.0")
    metadata = metadata_of(build(tmp_path / "release"))
    assert "Homepage, https://code.example.org/desk/hcpcs" in metadata.get_all("Project-URL", [])
    page = str(metadata.get_payload())
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]*)\)", page)
    assert pictures
    assert all(one.startswith("https://code.example.org/desk/hcpcs/raw/v0.1.0/docs/pictures/") for one in pictures)
    assert [link for link in re.findall(r"\]\(([^)]*)\)", page) if not link.startswith(("https://", "#"))] == []
