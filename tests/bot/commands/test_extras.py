"""The command line without the packages of its extras: reading works, the rest says in a line what to install."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.slow

ROOT: Final = Path(__file__).resolve().parents[3]
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: Final = {
    name: {canonicalize_name(Requirement(one).name) for one in wanted}
    for name, wanted in PROJECT["optional-dependencies"].items()
}
WITHOUT: Final = """\
import sys
from importlib.machinery import PathFinder

hidden = sys.argv.pop(1).split(",")

class WithoutHidden(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] in hidden else super().find_spec(name, path, target)

sys.meta_path[:] = [WithoutHidden if finder is PathFinder else finder for finder in sys.meta_path]
from hcpcs_bot.cli import main
main()
"""


@cache
def installed() -> Mapping[str, list[str]]:
    """The packages of every top-level module, for which all metadata is read."""
    return packages_distributions()


def modules_of(*extras: str) -> list[str]:
    """The top-level modules of the packages that only these extras add."""
    names = set[str]().union(*(EXTRAS[extra] for extra in extras))
    names -= set[str]().union(*(EXTRAS[extra] for extra in EXTRAS if extra not in extras))
    return [module for module, owners in installed().items() if names.intersection(map(canonicalize_name, owners))]


def command(home: Path, hidden: list[str], *arguments: str) -> tuple[list[str], dict[str, str]]:
    """``hcpcs`` in an environment in which these modules are not installed, and the variables to run it with."""
    assert hidden
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "HCPCS_"))}
    return [sys.executable, "-c", WITHOUT, ",".join(hidden), *arguments], {**environment, "HCPCS_HOME": str(home)}


def run(home: Path, hidden: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """What ``hcpcs`` says where these modules are not installed."""
    words, environment = command(home, hidden, *arguments)
    return subprocess.run(words, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("ask", "is S9353 payable by Medicare?"),
        ("search", "--json", "pain pump"),
        ("show", "S9353"),
        ("compare", "S9328", "S9353"),
        ("changes",),
        ("status",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_reading_needs_no_extra(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = run(tmp_path, modules_of("slack", "server", "postgres", "mcp"), *arguments)
    assert (result.returncode, "Traceback" in result.stderr) == (0, False), result.stderr


def test_loading_needs_no_extra(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("nothing", encoding="utf-8")
    result = run(tmp_path, modules_of("slack", "server", "postgres", "mcp"), "load", str(tmp_path / "x.csv"))
    assert result.stderr.startswith("hcpcs: x.csv: ")


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (("serve",), "slack"),
        (("serve", "--socket"), "slack"),
        (("serve", "--no-slack", "--starter"), "server"),
        (("playground", "--exit"), "slack"),
        (("mcp",), "mcp"),
        (("db", "check"), "server"),
        (("report",), "server"),
        (("notes", "export"), "server"),
        (("keys", "list"), "server"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_command_without_its_packages_says_in_a_line_what_to_install(
    tmp_path: Path, arguments: tuple[str, ...], extra: str
) -> None:
    result = run(tmp_path, modules_of("slack", "server", "postgres", "mcp"), *arguments)
    said = f"hcpcs: this command needs packages that are not installed: pip install 'hcpcs-bot[{extra}]'\n"
    assert (result.returncode, result.stderr) == (1, said)


def test_the_state_needs_no_package_of_slack(tmp_path: Path) -> None:
    assert run(tmp_path, modules_of("slack", "mcp"), "db", "upgrade").stdout.startswith("Upgraded: ")


def test_the_query_service_needs_no_package_of_slack(tmp_path: Path) -> None:
    words, environment = command(
        tmp_path, modules_of("slack", "mcp", "postgres"), "serve", "--no-slack", "--starter", "--port", "0"
    )
    with subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        lines = []
        for line in server.stderr:
            lines.append(line)
            if '"listening"' in line:
                server.terminate()
    assert any('"listening"' in line for line in lines), "".join(lines)


def test_all_has_every_extra() -> None:
    (everything,) = map(Requirement, PROJECT["optional-dependencies"]["all"])
    (slack,) = (one for one in map(Requirement, PROJECT["optional-dependencies"]["slack"]) if one.extras)
    assert everything.extras | slack.extras == set(EXTRAS) - {"all"}
