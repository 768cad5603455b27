"""The manual of the rules is what the code and the tables say, and every pair of rules that overlap is on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from hcpcs.questions.explanation.manual import PAGES, main, overlaps
from hcpcs.questions.intent_rules import rules

ROOT = Path(__file__).resolve().parents[5]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_the_committed_file_is_the_generated_one(page: Path) -> None:
    """A new rule, feature or phrase changes these files: the difference shows which rules it beats now."""
    assert (ROOT / page).read_text(encoding="utf-8") == PAGES[page](), "run `make manual`"


def test_an_earlier_rule_beats_a_later_one() -> None:
    order = [rule.name for rule in rules()]
    assert all(order.index(pair.deciding) < order.index(pair.beaten) for pair in overlaps())


def test_every_rule_decides_some_example() -> None:
    """The last rule has nothing to beat."""
    assert {pair.deciding for pair in overlaps()} == {rule.name for rule in rules()[:-1]}


def test_it_says_where_it_must_be_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main() == 2
    assert capsys.readouterr().err.count("\n") == 1
