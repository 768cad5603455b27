"""A change in rich text: the words of a description that differ are marked, and the rest is short."""

from __future__ import annotations

from hcpcs.catalog.changes import Change
from hcpcs.records.change_kinds import ChangeKind
from hcpcs_bot.slack.cards.parts.change_runs import SAME_SHOWN, change_runs

LONG = "home infusion therapy with all necessary supplies and equipment and care coordination, per diem"


def described(before: str, after: str) -> Change:
    return Change(
        code="S9353",
        kind=ChangeKind.DESCRIPTION,
        before={"long_description": before},
        after={"long_description": after},
        short_description="Hit",
    )


def test_what_a_description_lost_is_struck_and_what_it_gained_is_bold() -> None:
    runs = change_runs(described("A pump, old", "A vest, old"), 200)
    assert [(run["text"], run.get("style")) for run in runs if run["text"].strip()] == [
        (" (Hit) description changed: ", None),
        ("A", None),
        ("pump,", {"strike": True}),
        ("vest,", {"bold": True}),
        ("old", None),
    ]


def test_words_that_stay_are_cut_in_the_middle() -> None:
    runs = change_runs(described(f"{LONG} old", f"{LONG} new"), 260)
    same = runs[1]["text"]
    assert len(same) <= SAME_SHOWN
    assert (same.startswith("home infusion"), same.endswith("per diem"), "…" in same) == (True, True, True)


def test_a_change_is_never_longer_than_its_limit() -> None:
    runs = change_runs(described("x " * 400, "y " * 400), 100)
    assert sum(len(run["text"].strip()) for run in runs) <= 101


def test_any_other_change_is_its_sentence() -> None:
    change = Change(code="E0601", kind=ChangeKind.COVERAGE, before={"coverage": "C"}, after={"coverage": "D"})
    assert [run["text"] for run in change_runs(change, 200)] == [" coverage changed: coverage code C -> D."]
