"""Which files the answers come from, and how old they are."""

from __future__ import annotations

from datetime import date

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import TODAY, facts_desk

from hcpcs.answers.desk import Desk


@pytest.fixture(scope="module")
def with_files(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return facts_desk(tmp_path_factory.mktemp("files"))


@pytest.mark.parametrize(
    ("asked", "opening"),
    [
        ("is asp pricing loaded", "Yes. The newest loaded: Medicare Part B payment limits January 2026."),
        ("how old is your asp data", "The newest loaded: Medicare Part B payment limits January 2026."),
        ("are fees for 2026 loaded", "Yes. The newest loaded: DMEPOS fee schedule January 2026"),
        ("are fees for 2019 loaded", "No. The newest loaded: DMEPOS fee schedule January 2026"),
        ("which companion files are loaded", "Loaded beside the code file: DMEPOS fee schedule January 2026"),
    ],
)
def test_companion_files_that_are_loaded_are_named_with_their_dates(with_files: Desk, asked: str, opening: str) -> None:
    answer = with_files.ask(asked, today=TODAY)
    assert answer.headline.startswith(opening)
    assert not answer.codes


def test_what_is_no_longer_current_is_not_up_to_date(with_files: Desk) -> None:
    asked = "is your asp data current"
    assert with_files.ask(asked, today=TODAY).headline.startswith("Yes. ")
    later = with_files.ask(asked, today=TODAY.replace(month=6))
    assert later.headline.startswith("No. ")
    assert later.headline.endswith("CMS has published a newer one since.")


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("is the mue table loaded", "No. Not loaded: MUE tables."),
        ("how old is the mue table", "Not loaded: MUE tables."),
        ("do you have policies", "No. Not loaded: Medicare Coverage Database."),
        ("do you have the 2026 fee schedule", "No. Not loaded: DMEPOS fee schedule."),
        ("are 2026 fees in here", "No. Not loaded: DMEPOS fee schedule."),
    ],
)
def test_files_that_are_not_loaded_are_named(full: Desk, asked: str, headline: str) -> None:
    assert full.ask(asked).headline == headline


def test_all_that_is_missing_is_named(full: Desk) -> None:
    headline = full.ask("which companion files are loaded").headline
    assert headline.startswith("No companion files are loaded. Not loaded: DMEPOS fee schedule, ")


def test_the_release_is_named_with_the_files_beside_it(with_files: Desk) -> None:
    assert "Loaded: Medicare Part B payment limits January 2026." in with_files.ask("what files are loaded").text


@pytest.mark.parametrize(
    ("asked", "day", "opening"),
    [
        ("is your data outdated", date(2026, 11, 28), "Yes. Answers come from HCPCS October 2025:"),
        ("is your data outdated", date(2025, 11, 28), "No. Answers come from HCPCS October 2025:"),
        ("is the info current", date(2026, 11, 28), "No. Answers come from HCPCS October 2025:"),
        ("your data is old", date(2026, 11, 28), "Answers come from HCPCS October 2025:"),
        (
            "when will next update come",
            date(2026, 11, 28),
            "CMS publishes quarterly; the next release takes effect on January 1, 2027. Answers come from",
        ),
        (
            "next release",
            date(2026, 3, 31),
            "CMS publishes quarterly; the next release takes effect on April 1, 2026. Answers come from",
        ),
    ],
)
def test_the_age_of_the_release_is_told_as_it_is_asked(full: Desk, asked: str, day: date, opening: str) -> None:
    assert full.ask(asked, today=day).headline.startswith(opening)
