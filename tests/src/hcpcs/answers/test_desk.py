"""What people ask the desk, and what they read: the starter's two codes, a full release, several releases."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcpcs.answers.answer import Outcome, Verdict
from hcpcs.answers.desk import Desk
from hcpcs.answers.intents.help import EXAMPLES
from hcpcs.questions.question import Intent
from hcpcs.records.change_kinds import ChangeKind


def test_the_documented_code(starter: Desk) -> None:
    answer = starter.ask("/hcpcs S9328")
    assert answer.intent is Intent.CARD
    assert answer.codes == ("S9328",)
    assert "implanted pump pain management infusion" in answer.headline
    for fact in (
        "Short description: Hit pain imp pump diem",
        "Coverage code: I (Not payable by Medicare)",
        "Pricing indicator 1: 00 (Service not separately priced by part B",
        "Processing note: 0088",
        "BETOS: Z2 (Undefined codes)",
        "Type of service 1: 9 (Other medical items or services)",
        "Code added: 20020101 (January 1, 2002)",
        "Action code: N (No maintenance for this code)",
        "Status: Actual",
        "(877) 735-1326",
        "hcpcs@cms.hhs.gov",
    ):
        assert fact in answer.text


def test_the_documented_question(starter: Desk) -> None:
    answer = starter.ask("is S9353 payable by Medicare?")
    assert answer.intent is Intent.COVERAGE
    assert answer.verdict is Verdict.NOT_PAYABLE
    assert answer.headline == "No. S9353 is not payable by Medicare."
    assert "Coverage code I (Not payable by Medicare)." in answer.text
    assert "Pricing indicator 00" in answer.text
    assert "Processing note 0088" in answer.text
    assert "Other payers set their own policies." in answer.text
    assert "PDAC (877) 735-1326" in answer.text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("is E0601 covered by medicare", Verdict.CONDITIONAL),
        ("is A4206 payable?", Verdict.CARRIER_JUDGMENT),
        ("S9328 covered??", Verdict.NOT_PAYABLE),
        ("is Q5102 covered", Verdict.TERMINATED),
        ("is S9353 covered by medicare part b", Verdict.NOT_PAYABLE),
        ("S9353 and S9328 payable by medicare?", Verdict.NOT_PAYABLE),
        ("S9353 and E0601 payable by medicare?", None),
    ],
)
def test_the_verdict_follows_coverage_code_and_dates(full: Desk, question: str, verdict: Verdict | None) -> None:
    assert full.ask(question).verdict is verdict


@pytest.mark.slow
def test_a_verdict_never_says_yes_without_its_condition(full: Desk) -> None:
    for code in full.catalog.codes():
        answer = full.ask(f"is {code} covered by medicare") if len(code) == 5 else None
        if answer is not None:
            assert answer.headline.startswith(("No.", "Maybe.", "Unknown."))


def test_another_payer_decides_for_itself(full: Desk) -> None:
    answer = full.ask("does Aetna pay S9353?")
    assert answer.verdict is Verdict.NOT_PAYABLE
    assert "Aetna sets its own policy" in answer.text


def test_an_unknown_code_is_not_found_and_never_replaced(full: Desk) -> None:
    answer = full.ask("is S9354 payable by Medicare?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.verdict is None
    assert answer.records == ()
    assert "S9353" in answer.suggestions
    assert all(code in full.catalog for code in answer.suggestions)


def test_the_starter_says_how_to_load_the_rest(starter: Desk) -> None:
    answer = starter.ask("E0601")
    assert answer.outcome is Outcome.NOT_FOUND
    assert "hcpcs update" in answer.text
    assert "does not exist" not in answer.text


@pytest.mark.parametrize("code", ["99213", "D2740", "E11.9", "0069-3150-83"])
def test_codes_of_other_systems_are_named_and_not_described(full: Desk, code: str) -> None:
    answer = full.ask(code)
    assert answer.outcome is Outcome.NOT_HCPCS
    assert code in answer.headline
    assert answer.records == ()


def test_a_code_with_modifiers_shows_both(full: Desk) -> None:
    answer = full.ask("E0601-RR")
    assert answer.codes == ("E0601", "RR")
    assert [record.code for record in answer.records] == ["E0601", "RR"]


def test_a_noc_code_brings_its_checklist(full: Desk) -> None:
    assert "not otherwise classified" in full.ask("J3490").text


def test_units_are_divided_from_the_descriptor(full: Desk) -> None:
    answer = full.ask("how many units is 100 mg of J1745?")
    assert answer.intent is Intent.UNITS
    assert answer.headline == "100 mg of J1745 is 10 units."
    assert "100 mg / 10 mg per unit = 10." in answer.text


def test_a_family_is_browsed_in_pages(full: Desk) -> None:
    first = full.ask("E060*", limit=5)
    second = full.ask("E060*", limit=5, offset=5)
    assert first.total == 8
    assert len(first.hits) == 5
    assert [hit.code for hit in second.hits] == ["E0605", "E0606", "E0607"]


def test_a_comparison_marks_what_differs(full: Desk) -> None:
    answer = full.ask("compare S9328 and S9353")
    assert answer.comparison is not None
    assert {row.name for row in answer.comparison.rows if row.differs} == {"long_description", "short_description"}
    assert "[-implanted pump pain management infusion;-] {+continuous insulin infusion therapy;+}" in answer.text


def test_a_reused_code_means_what_it_meant_on_the_day(history: Desk) -> None:
    then = history.ask("what did G9890 mean in January 2018")
    assert "macular exam" in then.headline
    now = history.ask("G9890")
    assert "Bridge payment" in now.headline
    assert "so check the date of service" in now.text


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("was Q5102 valid on 2017-06-15?", "Yes. Q5102 was valid on June 15, 2017"),
        ("was Q5102 valid on 2018-03-31?", "Yes. Q5102 was valid on March 31, 2018"),
        ("was Q5102 valid on 2018-04-01?", "No. Q5102 ended on March 31, 2018."),
        ("was Q5102 valid on 2016-06-15?", "No, not yet, according to its record. Q5102 was added on July 1, 2016"),
    ],
)
def test_validity_on_a_day(history: Desk, question: str, start: str) -> None:
    assert history.ask(question).headline.startswith(start)


def test_a_day_before_the_oldest_release_says_what_is_not_known(history: Desk) -> None:
    assert "before the oldest release loaded" in history.ask("S9353 on 3/1/2010").text


def test_changes_are_counted_by_kind(history: Desk) -> None:
    answer = history.ask("what changed this quarter")
    assert answer.intent is Intent.CHANGES
    assert answer.total > 1000
    assert {change.kind for change in answer.changes} == {ChangeKind.ADDED}


def test_one_release_tells_its_changes_by_action_code(full: Desk) -> None:
    answer = full.ask("what changed this quarter")
    assert "76 added" in answer.headline
    assert "Only one release is loaded" in answer.text


def test_as_of_holds_where_the_question_names_no_day(history: Desk) -> None:
    answer = history.ask("is Q5102 still active", as_of=date(2017, 6, 15))
    assert answer.headline.startswith("Yes.")
    assert answer.source.day == date(2017, 6, 15)


def test_the_same_question_gets_the_same_answer(full: Desk) -> None:
    first, second = full.ask("is S9353 payable by Medicare?"), full.ask("is S9353 payable by Medicare?")
    assert first == second
    assert first.answer_id != full.ask("is S9328 payable by Medicare?").answer_id
    assert first.answer_id != full.ask("is S9353 payable by Medicare?", today=date(2026, 1, 1)).answer_id


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_of_the_help_is_understood(full: Desk, name: str, example: str) -> None:
    answer = full.ask(example.split(", ")[0].split(", or ")[0])
    assert answer.outcome in (Outcome.ANSWERED, Outcome.NOT_FOUND if name == "Words" else Outcome.ANSWERED)


def test_a_pasted_claim_is_decoded(full: Desk) -> None:
    claim = "DOS 03/01/2024 E0601-RR x1 $85.00, Q5102, J3490 99213 dx E11.9 member 123456789"
    answer = full.decode(claim)
    assert answer.codes == ("E0601", "RR", "Q5102", "J3490")
    assert "Q5102 ended on March 31, 2018" in answer.text
    assert "99213 looks like a CPT code" in answer.text
    assert "123456789" not in answer.text


@given(text=st.text(max_size=400) | st.binary(max_size=200).map(lambda b: b.decode("utf-8", "surrogateescape")))
@settings(max_examples=300, deadline=None)
def test_any_text_gets_an_answer(starter: Desk, text: str) -> None:
    answer = starter.ask(text)
    assert answer.text
    assert answer.headline
    starter.decode(text)


def test_a_text_of_any_length_gets_a_polite_refusal(starter: Desk) -> None:
    assert starter.ask("S9353 " * 100_000).outcome is Outcome.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("is E0601 deleted", "E0601 is valid today"),
        ("is E0601 no longer valid", "E0601 is valid today"),
        ("has S0020 been discontinued?", "S0020 ended on June 30, 2023."),
        ("is S0020 still active", "No. S0020 ended on June 30, 2023."),
        ("when was S9353 added", "S9353 is valid today (added January 1, 2002)"),
        ("is S9353 still active", "Yes. S9353 is valid today"),
    ],
)
def test_yes_and_no_only_where_they_can_be_read_one_way(full: Desk, question: str, start: str) -> None:
    assert full.ask(question).headline.startswith(start)


def test_valid_is_not_payable(full: Desk) -> None:
    assert "Valid doesn't mean payable." in full.ask("is E0601 still active").text


def test_a_negated_question_gets_the_fact_alone(full: Desk) -> None:
    assert full.ask("isn't S9353 payable by Medicare?").headline == "S9353 is not payable by Medicare."


def test_a_record_changed_since_does_not_speak_of_an_earlier_day(full: Desk) -> None:
    added_later = full.ask("was J9380 covered on 2010-01-01")
    assert added_later.verdict is Verdict.UNKNOWN
    assert "No loaded release says whether it had another meaning" in added_later.headline
    changed = full.ask("was Q5102 payable by Medicare on 6/15/2017?")
    assert changed.verdict is Verdict.CONDITIONAL
    assert "The HCPCS October 2025 record, which CMS changed after that day, says: " in changed.headline
    unchanged = full.ask("was S9353 covered on 2017-06-15")
    assert unchanged.verdict is Verdict.NOT_PAYABLE
    assert "The record still applies: its last change took effect on January 1, 2002" in unchanged.text


def test_of_several_codes_a_missing_one_leaves_no_shared_verdict(full: Desk) -> None:
    answer = full.ask("are S9353 and S9354 covered?")
    assert answer.verdict is None
    assert answer.notices[0].text.startswith("S9354 isn't in HCPCS October 2025")
    assert "S9345" in answer.suggestions


def test_what_no_record_states_is_said(full: Desk) -> None:
    assert "doesn't say whether prior authorization is required" in full.ask("does E0601 need prior auth").text


def test_changes_of_one_kind(full: Desk) -> None:
    answer = full.ask("which codes were discontinued this quarter")
    assert answer.total == 7
    assert {change.kind for change in answer.changes} == {ChangeKind.DISCONTINUED}


def test_one_release_proves_no_unchanged_history(full: Desk) -> None:
    assert "Only HCPCS October 2025 is loaded" in full.ask("history of S9353").headline


def test_a_code_that_cms_dropped_without_an_end_is_not_called_valid(history: Desk) -> None:
    status = history.ask("was G9976 valid on 2019-05-01?")
    assert status.headline.startswith("No. G9976 is no longer in the code set")
    assert history.ask("was G9976 covered on 2019-05-01?").verdict is Verdict.TERMINATED
    assert history.ask("was G9976 valid on 2018-05-01?").headline.startswith("Yes. G9976 was valid")


def test_two_named_releases_are_compared_with_each_other_and_a_year_with_what_stood_before_it(history: Desk) -> None:
    between = history.ask("what changed between 2018 and 2019")
    assert between.headline.startswith("Changes from HCPCS January 2018 to HCPCS January 2019:")
    within = history.ask("what changed in 2018")
    assert within.headline.startswith("Changes from HCPCS January 2017 to HCPCS January 2018:")


def test_a_day_beyond_the_newest_release_is_answered_with_that_said(full: Desk) -> None:
    answer = full.ask("was S9353 valid on 2030-02-02")
    assert any("is the newest release loaded" in notice.text for notice in answer.notices)
    assert not any("is the newest release loaded" in n.text for n in full.ask("was S9353 valid on 2025-11-02").notices)


def test_a_search_says_what_it_made_of_a_time(full: Desk) -> None:
    added = full.ask("new wheelchair codes since 2020")
    assert "Only codes added since January 1, 2020 were searched." in added.text
    assert not any("searched" in notice.text for notice in full.ask("wheelchair").notices)


def test_which_release_answers(history: Desk, starter: Desk) -> None:
    answer = history.ask("which release are you using?")
    assert answer.headline.startswith("Answers come from HCPCS October 2025: 8,463 procedure codes and 383 modifiers")
    assert "Loaded: HCPCS January 2017" in answer.text
    assert "hcpcs update" in starter.ask("which release are you using?").text
