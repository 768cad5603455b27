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


def test_codes_added_later_or_removed_are_not_in_use(full: Desk, history: Desk) -> None:
    headline = full.ask("are Q5 codes covered in January 2024").headline
    assert headline.startswith("Maybe: Medicare may pay for all 41 valid codes that start with Q5")
    assert headline.endswith(" 41 of them in use.")
    assert history.ask("G9976-G9977").headline == "2 codes from G9976 to G9977, none of them in use."


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


@pytest.mark.parametrize(
    ("question", "intent", "codes", "headline"),
    [
        ("T4521-T4524 covered?", Intent.COVERAGE, 4, "No. T4521, T4522, T4523 and T4524 are not covered by Medicare."),
        ("L8000 to L8002 covered?", Intent.COVERAGE, 3, "Maybe. Medicare covers L8000, L8001 and L8002 only if"),
        (
            "does aetna pay for L8000-L8002",
            Intent.COVERAGE,
            3,
            "Aetna sets its own coverage for L8000, L8001 and L8002.",
        ),
        ("are E0600-E0603 valid", Intent.STATUS, 4, "Yes. E0600 (added"),
        ("are E060* codes still valid", Intent.STATUS, 8, "Yes. E0600 (added"),
        ("list valid codes E0600-E0603", Intent.BROWSE, 4, "4 codes from E0600 to E0603 that are in use."),
        ("E0600-E0603", Intent.BROWSE, 4, "4 codes from E0600 to E0603."),
        (
            "S9325-S9360 covered?",
            Intent.BROWSE,
            10,
            "No: Medicare pays for none of the 25 valid codes from S9325 to S9360. 25 codes from S9325 to S9360.",
        ),
        ("S9325-S9360 not covered?", Intent.BROWSE, 10, "Medicare pays for none of the 25 valid codes from S9325"),
        (
            "does aetna pay for S9325-S9360",
            Intent.BROWSE,
            10,
            "Aetna sets its own coverage. No: Medicare pays for none",
        ),
        ("A7030-A7099 covered?", Intent.BROWSE, 10, "It depends on the code: Medicare may pay for"),
        ("A7030-A7045 covered?", Intent.BROWSE, 10, "Maybe: Medicare may pay for all"),
    ],
)
def test_what_is_asked_of_a_range_is_answered(
    full: Desk, question: str, intent: Intent, codes: int, headline: str
) -> None:
    answer = full.ask(question)
    assert (answer.intent, len(answer.codes)) == (intent, codes)
    assert answer.headline.startswith(headline)


def test_an_end_of_a_range_that_is_no_code_is_named(full: Desk) -> None:
    answer = full.ask("J9000-J9009 covered?")
    assert answer.codes == ("J9000",)
    assert "J9009 isn't in" in answer.text


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("A4351-A4353 and A4332 covered", "A4351 A4352 A4353 A4332"),
        ("E0601, A7030-A7046 price", "E0601"),  # too many codes to answer one by one
    ],
)
def test_a_range_beside_single_codes_is_kept(full: Desk, question: str, codes: str) -> None:
    assert full.ask(question).codes == tuple(codes.split())


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("E0601, A7030-A7046 price", "There are 17 codes from A7030 to A7046; ask for the range alone to list them."),
        ("E0100-E0159 E0143", "height. There are 28 codes from E0100 to E0159, E0143 among them; ask for the range"),
        ("is E0143 in E0100-E0159", "Yes. E0143 is one of the 28 codes from E0100 to E0159."),
        ("is E0601 in E0100-E0159", "No. E0601 is not one of the 28 codes from E0100 to E0159."),
        ("is E0601 covered and A7030-A7046", "Medicare may pay for all 15 valid codes from A7030 to A7046"),
        ("E0143 E9900-E9999", "There are no codes from E9900 to E9999."),
    ],
)
def test_a_long_range_beside_a_code_is_counted(full: Desk, question: str, sentence: str) -> None:
    assert sentence in full.ask(question).headline
    assert "from A7030" not in full.ask("E0601 price").text
