"""``hcpcs report``: the counts of teams in a terminal and for programs."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from typer.testing import CliRunner

from hcpcs_bot.cli import app
from hcpcs_bot.state.database import open_database
from hcpcs_bot.team.usage_store import QuestionKind, UnknownWords, UsageStore, feedback_key


def run(home: Path, *options: str) -> str:
    result = CliRunner().invoke(app, ["report", *options, "--home", str(home)])
    assert result.exit_code == 0
    return result.stdout


def test_each_team_has_its_counts(tmp_path: Path) -> None:
    today = datetime.now().astimezone().date()
    database = open_database(tmp_path)
    usage = UsageStore(database)
    kind = QuestionKind("T1", today, "coverage", "answered")
    usage.add({kind: 3, kind._replace(team="T2"): 1}, {UnknownWords("T1", today, ("denied", "wheelchair")): 2}, today)
    usage.rate(feedback_key("T1", "a", "m"), kind, useful=False)
    database.close()
    lines = [" ".join(line.split()) for line in run(tmp_path).splitlines()]
    assert lines[:4] == ["Team T1", "7 days 30 days", "Questions 3 3", "answered 3 3"]
    assert {"Called not useful 1 1", "denied wheelchair (2)", "Team T2", "Questions 1 1"} <= set(lines)
    assert "Team T1" not in run(tmp_path, "--team", "T2")
    first = json.loads(run(tmp_path, "--json").splitlines()[0])
    counted = {"intent": "coverage", "outcome": "answered", "questions": 3, "useful": 0, "not_useful": 1}
    assert (first["team"], first["days_7"], first["days_30"]) == ("T1", [counted], [counted])
    assert first["not_understood"] == [{"words": "denied wheelchair", "questions": 2}]


def test_without_any_count_it_says_so(tmp_path: Path) -> None:
    assert run(tmp_path).startswith("No questions were counted yet.")
    assert run(tmp_path, "--json") == ""
