"""Changes between two releases, and which of them took effect in a time."""

from __future__ import annotations

from hcpcs.answers.desk import Desk
from hcpcs.records.change_kinds import ChangeKind


def test_more_history_adds_what_releases_show(full: Desk, history: Desk) -> None:
    question = "what changed since January 2020"
    one, several = full.ask(question), history.ask(question)
    assert (one.total, several.total) == (2662, 3138)
    modifiers = history.ask("did any modifiers change in 2025")
    assert modifiers.headline.startswith("Yes. Changes of modifiers from January 1, 2025 to December 31, 2025: 10 disc")
    assert modifiers.headline.endswith(" and 2 description changes.")
    page = history.ask("did any modifiers change in 2025", offset=10).changes
    described = {change.code: change for change in page if change.kind is ChangeKind.DESCRIPTION}
    assert described["TB"].before != described["TB"].after


def test_changes_on_days_that_no_record_states_are_counted_apart(history: Desk) -> None:
    answer = history.ask("did any modifiers change in 2022")
    assert answer.headline.startswith("Yes. Changes of modifiers from January 1, 2022")
    between = (
        "more codes changed between HCPCS January 2019 and HCPCS October 2025, but CMS's files don't say on which day"
    )
    assert f"{between}, so they aren't counted here." in answer.text


def test_years_without_a_release_are_answered_by_dates(history: Desk) -> None:
    between = history.ask("what changed between 2020 and 2022").headline
    assert between.startswith("Changes from January 1, 2020 to December 31, 2022: ")
