"""Which codes are in a range or family?"""

from __future__ import annotations

import pytest

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import NoticeKind
from hcpcs.answers.intents.browse import coverage_of_list
from hcpcs.questions.question import Intent


def test_a_family_is_listed_in_pages(full: Desk) -> None:
    first = full.ask("E060*", limit=5)
    second = full.ask("E060*", limit=5, offset=5)
    assert first.intent is Intent.BROWSE
    assert first.headline == "8 codes that start with E060."
    assert len(first.hits) == 5
    assert [hit.code for hit in second.hits] == ["E0605", "E0606", "E0607"]
    assert "Showing 1 to 5 of 8." in first.text
    assert "Showing" not in second.text


def test_a_range_holds_both_its_ends_in_either_order(full: Desk) -> None:
    answer = full.ask("S9351-S9357")
    assert answer.headline == "4 codes from S9351 to S9357."
    assert answer.codes == ("S9351", "S9353", "S9355", "S9357")
    assert full.ask("S9357-S9351").codes == answer.codes


def test_the_codes_in_use_are_counted_where_others_ended(full: Desk) -> None:
    assert full.ask("how many K codes are there").headline == "175 codes that start with K, 142 of them in use."
    assert full.ask("J9370-J9371").headline == "2 codes from J9370 to J9371, 1 of them in use."
    assert full.ask("K0553-K0554").headline == "2 codes from K0553 to K0554, none of them in use."
    assert full.ask("J codes that are not covered by medicare").headline.startswith("18 codes that start with J")


def test_one_code_is_one_code(full: Desk) -> None:
    assert full.ask("S9353-S9354").headline == "1 code from S9353 to S9354."


def test_an_empty_family_is_not_found(full: Desk, starter: Desk) -> None:
    answer = full.ask("E999*")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.headline == "HCPCS October 2025 has no codes that start with E999."
    assert [notice.kind for notice in starter.ask("E999*").notices] == [NoticeKind.FULL_SET]


def test_only_the_codes_that_ended_are_listed_where_they_are_asked_for(full: Desk) -> None:
    answer = full.ask("which J codes were discontinued")
    assert answer.headline == "81 codes that start with J and have ended."
    assert all(hit.ended for hit in answer.hits)
    assert full.ask("discontinued E06 codes").headline == "1 code that starts with E06 and has ended."


def test_a_list_of_what_medicare_covers_has_only_that(full: Desk) -> None:
    answer = full.ask("list S935 codes covered by Medicare")
    assert answer.headline.startswith("None of the ")
    assert answer.headline.endswith("in use that start with S935 has coverage code C or D (Medicare may cover it).")
    assert answer.hits == ()
    some = full.ask("list S935 codes not covered by Medicare")
    assert (
        "start with S935, are in use and have coverage code I, M or S (Medicare never pays for them)." in some.headline
    )
    assert "S9353" in some.codes


@pytest.mark.parametrize(
    ("coverage", "words"),
    [
        ("CD", "have coverage code C or D (Medicare may cover them)"),
        ("IMS", "have coverage code I, M or S (Medicare never pays for them)"),
        ("CS", "have coverage code C or S"),
    ],
)
def test_coverage_codes_have_one_meaning_only_where_they_share_it(coverage: str, words: str) -> None:
    assert coverage_of_list(frozenset(coverage)) == words
