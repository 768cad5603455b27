"""What changed between releases?"""

from __future__ import annotations

from functools import partial
from typing import Final

import pytest
from tests.work import count_lines

from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import NoticeKind
from hcpcs.questions.question import Intent
from hcpcs.records.change_kinds import ChangeKind

LITTLE: Final = 1_000_000
"""Lines of Python: some 30 ms. Reading the records of ten releases takes more than ten times as many."""

LATER: Final = "The time asked about is after HCPCS October 2025, the newest release loaded. "
"""What is said first where a quarter is asked about that no loaded release is of."""


def test_changes_are_counted_by_kind(full: Desk) -> None:
    answer = full.ask("what changed this quarter")
    assert answer.intent is Intent.CHANGES
    changes = "Changes from October 1, 2025 to December 31, 2025: 73 added, 7 discontinued, "
    assert answer.headline.startswith(f"{LATER}{changes}")
    assert "later changes are unknown. This is its quarter." in answer.text


BY_DATE = {
    "new codes effective 10/1/2025": 73,
    "any new J codes this quarter?": 26,
    "what codes were deleted October 2025": 7,
    "modifiers added in 2023": 7,
    "what L codes were added between 2020 and 2023": 5,
    "J codes deleted in 2025": 23,
    "list of discontinued DME codes 2024": 26,
    "which drugs were added in 2024": 116,
    "new drugs this quarter": 34,
    "what orthotics were added in 2024": 5,
    "ambulance codes added since 2015": 0,
    "codes ending in 2025": 41,
    "K codes that ended 2023": 25,
}


@pytest.mark.parametrize(("question", "total"), BY_DATE.items())
def test_more_history_never_changes_a_list_by_date(full: Desk, history: Desk, question: str, total: int) -> None:
    one, several = full.ask(question), history.ask(question)
    assert (one.total, several.total) == (total, total)
    assert one.changes == several.changes


def test_a_code_is_discontinued_on_the_day_after_its_last_day(full: Desk) -> None:
    assert "K0553" in full.ask("K codes discontinued in 2023").codes
    by_last_day = full.ask("K codes discontinued in 2022")
    assert by_last_day.codes == ("K0553", "K0554")
    assert by_last_day.headline.startswith("2 K codes ended from January 1, 2022")


def test_a_family_in_words_says_its_letters(full: Desk) -> None:
    answer = full.ask("list of discontinued DME codes 2024")
    assert {change.code[0] for change in answer.changes} == {"E", "K"}
    assert "Here DME means the codes that start with E or K." in answer.text


def test_the_first_sentence_says_how_many_codes_came_or_went(full: Desk) -> None:
    first = full.ask("which drugs were added in 2024").headline
    assert first == "116 drug codes were added from January 1, 2024 to December 31, 2024."
    assert full.ask("were any E codes retired in 2024?").headline.startswith("Yes. 1 E code was discontinued from ")
    assert full.ask("any modifiers added in 2025?").headline.startswith("No modifiers were added from ")
    assert full.ask("new modifiers that start with Q").headline.startswith("No Q modifiers were added from ")


def test_codes_end_on_their_last_day_and_are_discontinued_on_the_day_after(full: Desk) -> None:
    ending, deleted = full.ask("codes ending in December 2024"), full.ask("codes deleted in December 2024")
    assert "C9170" in {change.code for change in full.ask("C codes ending in December 2024", limit=90).changes}
    assert ending.headline.startswith("107 codes ended from")
    assert "C9170" not in deleted.codes
    assert "A code is discontinued on the day after its last day. Counted by their last day: 107." in deleted.text
    assert full.ask("codes deleted 12/31/2024").total == full.ask("codes deleted 1/1/2025").total


def test_codes_that_a_later_release_ends_are_unknown(full: Desk) -> None:
    assert "later changes are unknown" in full.ask("what codes are going away december 31 2025").text
    assert "later changes are unknown" not in full.ask("codes deleted in 2024").text


def test_two_releases_are_compared_by_their_names(history: Desk) -> None:
    for question in ("compare January 2018 to January 2019", "difference between the 2018 and 2019 releases"):
        assert history.ask(question).headline.startswith("Changes from HCPCS January 2018 to HCPCS January 2019: ")


def test_the_first_comparison_of_two_releases_is_little_work(history: Desk) -> None:
    history.ask("what changed between 2018 and 2019")
    assert count_lines(lambda: history.ask("what changed between 2017 and 2025")) < LITTLE


def test_changes_by_date_are_little_work(full: Desk, history: Desk) -> None:
    for desk in (full, history):
        desk.ask("what changed")
        assert count_lines(partial(desk.ask, "what changed since January 2020")) < LITTLE


def test_one_release_does_not_know_earlier_values(full: Desk) -> None:
    assert "Only one release is loaded, so earlier values are unknown." in full.ask("coverage changes in 2024").text


def test_changes_of_one_kind(full: Desk) -> None:
    answer = full.ask("which codes were discontinued this quarter")
    assert answer.total == 7
    assert {change.kind for change in answer.changes} == {ChangeKind.DISCONTINUED}


def test_no_yes_is_said_of_an_older_quarter(full: Desk) -> None:
    assert full.ask("any new J codes this quarter?").headline.startswith(f"{LATER}26 J codes were added")


def test_no_changes_of_a_kind(full: Desk) -> None:
    answer = full.ask("coverage changes this quarter")
    assert answer.total == 0
    assert answer.headline == f"{LATER}No changes of that kind from October 1, 2025 to December 31, 2025."


def test_two_named_releases_are_compared_with_each_other_and_a_year_with_the_release_before_it(history: Desk) -> None:
    between = history.ask("what changed between 2018 and 2019")
    assert between.headline.startswith("Changes from HCPCS January 2018 to HCPCS January 2019:")
    within = history.ask("coverage changes in 2018")
    assert within.headline == "Changes from January 1, 2018 to December 31, 2018: 2 coverage changes."


def test_changes_of_a_family_or_a_code(history: Desk) -> None:
    family = history.ask("what changed in the J codes since 2019")
    assert {change.code[0] for change in family.changes} == {"J"}
    one = history.ask("what changed for G9890 and J1745 between 2017 and 2025")
    assert {change.code for change in one.changes} <= {"G9890", "J1745"}


def test_a_code_that_did_not_change_is_named(history: Desk) -> None:
    answer = history.ask("did anything change for E0601 since 2020")
    assert (answer.codes, answer.total) == (("E0601",), 0)
    assert answer.headline == "No changes to E0601 since January 1, 2020."
    assert (
        "HCPCS January 2019 and HCPCS October 2025, the releases before and after that time, show none." in answer.text
    )


def test_changes_come_in_pages(history: Desk) -> None:
    first, second = (history.ask("what changed", offset=offset) for offset in (0, 10))
    assert len(first.changes) == len(second.changes) == 10
    assert first.changes[0] != second.changes[0]
    assert f"Showing 11 to 20 of {second.total}." in second.text


def test_changes_after_the_newest_release_are_unknown(full: Desk) -> None:
    answer = full.ask("what changed since January 2026")
    text = "The newest release loaded took effect on October 1, 2025, so later changes are unknown."
    assert any(notice.text.startswith(text) for notice in answer.notices if notice.kind is NoticeKind.RELEASES)


def test_the_starter_has_no_changes(starter: Desk) -> None:
    answer = starter.ask("what changed")
    assert answer.headline == "The starter data has no changes."
    assert [notice.kind for notice in answer.notices] == [NoticeKind.FULL_SET]


@pytest.mark.parametrize(
    ("text", "of_one_release", "of_four"),
    [
        (
            "did J1885 change in 2025",
            "Yes. CMS's last action on J1885 took effect on January 1, 2025; the data loaded doesn't say what changed.",
            "Yes. Changes to J1885 from January 1, 2025 to December 31, 2025: 1 pricing change.",
        ),
        (
            "did the coverage of J1885 change in 2025",
            "CMS's last action on J1885 took effect on January 1, 2025; the data loaded doesn't say what changed.",
            "No changes of that kind to J1885 from January 1, 2025 to December 31, 2025.",
        ),
        (
            "did J1885 change in 2023",
            "CMS's last action on J1885 took effect on January 1, 2025; the data loaded doesn't say whether anything "
            "changed from January 1, 2023 to December 31, 2023.",
            "Whether J1885 changed from January 1, 2023 to December 31, 2023 isn't known, only that it did between "
            "HCPCS January 2019 and HCPCS October 2025.",
        ),
        (
            "did E0601 change in 2015",
            "No changes to E0601 from January 1, 2015 to December 31, 2015.",
            "No changes to E0601 from January 1, 2015 to December 31, 2015.",
        ),
        (
            "did J1040 change between 3/1/2024 and 5/1/2024",
            "Yes. Changes to J1040 from March 1, 2024 to May 1, 2024: 1 discontinued.",
            "Yes. Changes to J1040 from March 1, 2024 to May 1, 2024: 1 discontinued.",
        ),
        (
            "did J1885 change from 2018 to 2024",
            "CMS's last action on J1885 took effect on January 1, 2025; the data loaded doesn't say whether anything "
            "changed from January 1, 2018 to December 31, 2024.",
            "Whether J1885 changed from January 1, 2018 to December 31, 2024 isn't known, only that it did between "
            "HCPCS January 2017 and HCPCS October 2025.",
        ),
        (
            "did J1040 change from 2018 to 2024",
            "Yes. Changes to J1040 from January 1, 2018 to December 31, 2024: 1 discontinued.",
            "Yes. Changes to J1040 from January 1, 2018 to December 31, 2024: 1 discontinued.",
        ),
    ],
)
def test_the_changes_of_a_code_go_by_every_date_that_is_known(
    full: Desk, history: Desk, text: str, of_one_release: str, of_four: str
) -> None:
    assert full.ask(text).headline == of_one_release
    assert history.ask(text).headline == of_four


@pytest.mark.parametrize("text", ["codes reactivated 2025", "codes reactivated in 2025"])
def test_a_code_that_was_reactivated_between_two_releases_is_listed(full: Desk, history: Desk, text: str) -> None:
    for desk in (full, history):
        assert desk.ask(text).headline == "1 code was reactivated from January 1, 2025 to December 31, 2025."


def test_codes_that_will_end_are_listed_without_a_time(full: Desk) -> None:
    for text in ("codes expiring soon", "expiring codes"):
        assert full.ask(text).headline.startswith("No codes ended from October 1, 2025 to December 31, 2025")


def test_codes_are_terminated_on_their_last_day(full: Desk) -> None:
    assert full.ask("K codes terminated in 2023").headline == (
        "25 K codes ended from January 1, 2023 to December 31, 2023."
    )
    assert full.ask("J codes with a termination date in 2024").headline.startswith("23 J codes ended ")
    assert full.ask("K codes deleted in 2023").headline.startswith("2 K codes were discontinued ")


def test_the_codes_of_a_day_and_those_of_dentists(full: Desk) -> None:
    for text in ("codes effective 7/1/2025", "codes effective July 1 2025"):
        assert full.ask(text).headline == "Changes on July 1, 2025: 45 added and 16 discontinued."
    for text in ("D codes added in 2023", "new D codes 2025"):
        assert full.ask(text).headline.startswith("CDT: ")


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (
            "codes terminated october 2025",
            "7 codes ended on September 30, 2025, the day before; none ended from October",
        ),
        (
            "codes termed 10/1/2025",
            "7 codes ended on September 30, 2025, the day before; none ended on October 1, 2025.",
        ),
        (
            "did any J codes end in july 2025",
            "8 J codes ended on June 30, 2025, the day before; none ended from July 1",
        ),
        ("codes ended november 2025", "No codes ended from November 1, 2025 to November 30, 2025."),
    ],
)
def test_where_no_code_ended_in_a_time_those_of_the_day_before_are_said(full: Desk, text: str, headline: str) -> None:
    assert full.ask(text).headline.startswith(headline)


def test_a_family_that_is_not_known_is_not_dropped(full: Desk) -> None:
    left = 'The list is not narrowed to "home health", which isn\'t a family of codes known here.'
    assert full.ask("new home health g codes 2024").headline.endswith(left)
    assert "narrowed" not in full.ask("hey team quick one, new drug J codes 2024").headline
    assert full.ask("any new skin sub codes in 2025").headline.startswith("Yes. 60 skin substitute codes were added")


def test_a_span_that_begins_after_the_newest_release_is_answered_from_its_quarter(full: Desk) -> None:
    assert full.ask("new J codes since november 2025").headline.startswith(f"{LATER}26 J codes were added")


def test_a_time_without_a_release_of_its_own_is_said_to_have_none(full: Desk, history: Desk) -> None:
    alone = "HCPCS October 2025 alone doesn't say whether there were description changes from July 1, 2025 to "
    assert full.ask("description changes july 2025").headline.startswith(alone)
    between = history.ask("description changes july 2025").headline
    assert between.startswith(
        "No codes are known to have changed from July 1, 2025 to July 31, 2025. 20 codes changed "
    )
    before = history.ask("description changes in 2010").headline
    assert before.startswith("No release loaded took effect from January 1, 2010 to December 31, 2010. Changes from ")
    after = history.ask("coverage changes this quarter").headline
    assert after == f"{LATER}Changes from October 1, 2025 to December 31, 2025: 1 coverage change."
