"""A command imports only what it needs: the rules of questions, Whoosh and the settings of servers are for others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.src.hcpcs.companions.companion_files import table_text
from tests.src.hcpcs.releases.writing import put

RUN = """
import sys
from hcpcs_bot.cli import app
app(sys.argv[1:], standalone_mode=False)
print(*sorted({name.rpartition(".")[0] or name for name in sys.modules}))
"""
QUESTIONS, WHOOSH, SETTINGS = "hcpcs.questions.extraction", "whoosh", "pydantic_settings"


def imported(*arguments: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", RUN, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [(["status"], set()), (["load", "FILE"], {WHOOSH}), (["show", "S9353"], {QUESTIONS})],
    ids=["status", "load", "show"],
)
def test_a_command_imports_only_what_it_needs(tmp_path: Path, arguments: list[str], needed: set[str]) -> None:
    name = "DMEPOS26_JAN.csv"
    file = str(put(tmp_path, name, table_text(name)))
    modules = imported(*(argument.replace("FILE", file) for argument in arguments), "--home", str(tmp_path / "home"))
    assert modules & {QUESTIONS, WHOOSH, SETTINGS} == needed


def test_a_server_of_slack_imports_nothing_of_other_interfaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    modules = imported("serve", "--home", str(tmp_path))  # ends for want of a secret
    assert {"slack_bolt", "sqlalchemy", "uvicorn"} <= modules
    assert not modules & {"alembic", "fastapi", "hcpcs.releases.forms", "mcp", "python_calamine", "rich", "watchfiles"}


def test_a_package_is_absent_only_while_others_are_imported() -> None:
    absent = "hcpcs_index"
    script = f"""
from hcpcs_bot.serving.memory import without
with without("{absent}"):
    try:
        import {absent}
        print("imported")
    except ModuleNotFoundError:
        print("absent")
import {absent}
print("imported")
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["absent", "imported"]
