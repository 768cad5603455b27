"""The files in ``.github``: valid by their schemas, safe by zizmor, and naming only what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from tests.deploy.tools import ROOT, run
from tests.distribution.pythons import VERSIONS

GITHUB: Final = ROOT / ".github"
WORKFLOWS: Final = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS: Final = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-issue-forms", FORMS),
        ("vendor.github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
        ("vendor.dependabot", [GITHUB / "dependabot.yml"]),
    ],
    ids=["workflows", "forms", "form settings", "dependabot"],
)
def test_it_is_valid_by_its_schema(schema: str, paths: list[Path]) -> None:
    assert paths
    run("check-jsonschema", "--builtin-schema", schema, *paths)


def test_zizmor_finds_nothing() -> None:
    run("zizmor", "--offline", "--no-progress", GITHUB)


def steps() -> Iterator[dict[str, Any]]:
    """Every step of every job."""
    for path in WORKFLOWS:
        for job in read(path)["jobs"].values():
            yield from job["steps"]


def test_every_action_is_pinned_by_its_commit() -> None:
    used = [step["uses"] for step in steps() if "uses" in step]
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", one)] == []


def test_every_make_target_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    lines = [line for step in steps() for line in step.get("run", "").splitlines()]
    named = {word for line in lines for words in re.findall(r"\bmake ([a-z -]+)", line) for word in words.split()}
    assert {"check", "test", "lowest", "canary", "lock"} <= named
    assert named - targets == set()


def test_every_supported_python_is_tested() -> None:
    matrix = read(GITHUB / "workflows" / "ci.yml")["jobs"]["test"]["strategy"]["matrix"]
    assert tuple(matrix["python"]) == VERSIONS


def test_only_the_job_that_publishes_can_publish_and_no_secret_is_stored() -> None:
    jobs = read(GITHUB / "workflows" / "release.yml")["jobs"]
    assert jobs["publish"]["environment"] == "pypi"
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    assert not any("secrets." in path.read_text(encoding="utf-8") for path in WORKFLOWS)


def test_the_hooks_before_a_commit_are_the_checks_of_make() -> None:
    hooks = read(ROOT / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    checks = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ncheck:")[2].partition("\n\n")[0]
    # Collecting every test takes too long for a hook.
    tools = set(re.findall(r"\$\(BIN\)/([\w-]+)", checks)) - {"python"}
    assert {Path(hook["entry"].split()[0]).name for hook in hooks} == tools
