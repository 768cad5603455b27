"""Medicare's coverage of a code: never a plain yes, and the dates before the coverage code."""

from __future__ import annotations

from datetime import date

import pytest
from tests.src.hcpcs.stated_records import stated

from hcpcs.answers.answer import Verdict
from hcpcs.answers.desk import Desk
from hcpcs.answers.verdicts import COVERAGE_RULES, VERDICT_LABELS, judge, removed_by, rule_on
from hcpcs.records.terms.vocabularies import COVERED, NOT_COVERED, VocabularyName, vocabularies


def test_every_coverage_code_has_a_rule() -> None:
    assert set(COVERAGE_RULES) == set(vocabularies()[VocabularyName.COVERAGE].values)
    assert set(VERDICT_LABELS) == set(Verdict)
    assert {code for code, rule in COVERAGE_RULES.items() if rule.verdict is Verdict.NOT_PAYABLE} == NOT_COVERED
    assert COVERAGE_RULES.keys() - NOT_COVERED == COVERED


@pytest.mark.parametrize(
    ("coverage", "verdict", "sentence"),
    [
        ("I", Verdict.NOT_PAYABLE, "No. E0601 is not payable by Medicare."),
        ("M", Verdict.NOT_PAYABLE, "No. E0601 is not covered by Medicare."),
        ("S", Verdict.NOT_PAYABLE, "No. E0601 is not covered by Medicare: it is excluded by statute."),
        (
            "D",
            Verdict.CONDITIONAL,
            "Maybe. Medicare covers E0601 only if special coverage instructions are met.",
        ),
        ("C", Verdict.CARRIER_JUDGMENT, "Maybe. Coverage of E0601 is at the MAC's discretion."),
        ("", Verdict.UNKNOWN, "Unknown. The record of E0601 doesn't say whether Medicare covers it."),
        ("Q", Verdict.UNKNOWN, "Unknown. The record of E0601 doesn't say whether Medicare covers it."),
    ],
)
def test_the_sentence_of_each_coverage_code(coverage: str, verdict: Verdict, sentence: str) -> None:
    ruling = rule_on(stated(coverage=coverage))
    assert (ruling.verdict, ruling.sentence) == (verdict, sentence)


def test_dates_come_before_the_coverage_code() -> None:
    ended = rule_on(stated(coverage="D", termination_date=date(2020, 12, 31)))
    assert ended.verdict is Verdict.TERMINATED
    assert ended.sentence == "No. E0601 ended on December 31, 2020 and is not payable for later dates of service."
    future = rule_on(stated(coverage="D", added_date=date(2026, 4, 1)))
    assert future.verdict is Verdict.NOT_YET
    assert future.sentence == "No. E0601 is not in effect before April 1, 2026."


def test_a_modifier_is_not_paid_on_its_own() -> None:
    modifier = stated("RR", coverage="C", long_description="Rental", short_description="Rental (dme)")
    assert rule_on(modifier).sentence == "Modifier RR isn't paid on its own; it says: Rental."
    long = stated("RR", coverage="C", long_description="Rental " * 40, short_description="Rental (dme)")
    assert rule_on(long).sentence == "Modifier RR isn't paid on its own; it says: Rental (dme)."


def test_without_a_reading_the_record_decides() -> None:
    assert judge(stated(coverage="I"), None, day_asked=False).verdict is Verdict.NOT_PAYABLE
    assert removed_by(None) is None


def test_a_verdict_never_says_yes_without_its_condition(full: Desk) -> None:
    for statement in full.catalog.stated_by(full.catalog.newest.id):
        sentence = rule_on(statement).sentence
        assert sentence.startswith(("No. ", "Maybe. ", "Unknown. ", "Modifier "))


def test_a_record_changed_since_does_not_prove_an_earlier_day(full: Desk) -> None:
    added_later = full.ask("was J9380 covered on 2010-01-01")
    assert added_later.verdict is Verdict.UNKNOWN
    assert added_later.headline == (
        "On January 1, 2010: Unknown. J9380 was added on July 1, 2023. No loaded release says whether it had another "
        "meaning on January 1, 2010, or whether that was covered."
    )
    changed = full.ask("was Q5102 payable by Medicare on 6/15/2017?")
    assert changed.verdict is Verdict.CONDITIONAL
    assert changed.headline == (
        "On June 15, 2017: Maybe, by a later record. Medicare covers Q5102 only if special coverage instructions are "
        "met. That is from the HCPCS October 2025 record, which CMS changed after that day; no loaded release covers "
        "it."
    )
    unchanged = full.ask("was S9353 covered on 2017-06-15")
    assert unchanged.verdict is Verdict.NOT_PAYABLE


def test_a_code_that_cms_dropped_without_an_end_is_terminated(history: Desk) -> None:
    answer = history.ask("was G9976 covered on 2019-05-01?")
    assert answer.verdict is Verdict.TERMINATED
    assert "G9976 is no longer in the code set: HCPCS January 2019 doesn't include it." in answer.headline
