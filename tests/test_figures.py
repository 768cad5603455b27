"""Figures in the documents: each is one that a bench prints, with the goal that the bench has."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from bench.__main__ import BENCHES
from bench.figure import Goal, Row, Table
from bench.figure_pages import BLOCK

ROOT: Final = Path(__file__).resolve().parents[1]
README: Final = ROOT / "README.md"
FIGURES: Final = ROOT / "docs/figures.md"


def _text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_every_bench_is_in_the_figures() -> None:
    blocks = re.findall(r"^<!-- bench: ([a-z_]+)", _text(FIGURES), flags=re.M)
    assert sorted(blocks) == sorted(BENCHES)


def test_every_table_of_figures_is_between_the_marks_of_its_bench() -> None:
    """``make figures`` writes what is between the marks; a table elsewhere would be measured by nothing."""
    outside = BLOCK.sub("", _text(FIGURES))
    assert [line for line in outside.splitlines() if line.startswith("|")] == []
    assert {match[2] for match in BLOCK.finditer(_text(README))} == {"relevance"}


def _figure_rows(name: str) -> Iterator[list[str]]:
    """The cells of each row of figures of a bench."""
    for block in BLOCK.finditer(_text(FIGURES)):
        if block[2] == name:
            lines = [line for line in block[4].splitlines() if line.startswith("| ")]
            heads = {number - 1 for number, line in enumerate(lines) if set(line) <= set("|- ")}
            yield from (
                [cell.strip() for cell in line.strip("|").split("|")]
                for number, line in enumerate(lines)
                if number not in heads | {head + 1 for head in heads}
            )


def _printed_words(name: str) -> set[str]:
    """The words in the source of a bench, and of what it imports of benches and tests."""
    modules = [f"bench.{name}"]
    for module in modules:
        source = _text(ROOT / f"{module.replace('.', '/')}.py")
        imported = re.findall(r"from ((?:bench|tests)\.[\w.]+) import", source)
        modules += [one for one in imported if one not in modules]
    texts = (_text(ROOT / f"{module.replace('.', '/')}.py") for module in modules)
    return set(re.findall(r"[a-z]+", " ".join(texts).lower()))


@pytest.mark.parametrize("name", BENCHES)
def test_every_row_of_figures_is_one_that_its_bench_prints(name: str) -> None:
    known = _printed_words(name)
    strange = [row[0] for row in _figure_rows(name) if not set(re.findall(r"[a-z]{2,}", row[0].lower())) <= known]
    assert not strange, f"python -m bench {name} does not print these rows"


@pytest.mark.parametrize("name", BENCHES)
def test_every_goal_of_figures_is_the_one_of_its_bench(name: str) -> None:
    """Goals are in the modules of the benches, and nowhere else."""
    pending: list[object] = list(vars(importlib.import_module(f"bench.{name}")).values())
    goals: set[str] = set()
    for value in pending:
        if isinstance(value, Goal):
            goals.add(str(value))
        elif isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, tuple):
            pending += value
    stated = [row[-1].rpartition(": ") for row in _figure_rows(name)]
    strange = [goal for goal, _, verdict in stated if verdict in ("reached", "missed") and goal not in goals]
    assert not strange, f"python -m bench {name} does not have these goals"


def test_a_table_says_which_goals_are_missed() -> None:
    goal = Goal(0.4, " s")
    table = Table(("what", "measured"), (Row("fast", ("0.39 s",), goal, 0.39), Row("slow", ("1 s",), goal, 1.0)))
    assert [row.missed for row in table.rows] == [False, True]
    assert list(table.lines(padded=False)) == [
        "| what | measured | goal |",
        "| --- | --- | --- |",
        "| fast | 0.39 s | at most 0.4 s: reached |",
        "| slow | 1 s | at most 0.4 s: missed |",
    ]
