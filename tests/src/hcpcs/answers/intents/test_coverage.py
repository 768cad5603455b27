"""Is it payable by Medicare? The verdict first, then the fields that prove it and what it depends on."""

from __future__ import annotations

import pytest

from hcpcs.answers.answer import Verdict
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind, NoticeKind
from hcpcs.answers.intents.coverage import PART_NOTICES
from hcpcs.questions.question import Intent
from hcpcs.records.contacts import CMS_TEAM, CODING_CLINIC, PDAC_HELPLINE


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
    assert answer.contacts == (PDAC_HELPLINE, CMS_TEAM, CODING_CLINIC)


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


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("E0601", "The instructions are in the manual sections cited here and in the DME MACs' LCD L33718 (Positive"),
        ("J1745", "The instructions are in the manual sections cited here and in Medicare's national and local"),
        ("A4218", "The record cites no manual section. Look in Medicare's national and local coverage determinations"),
        ("A4206", "Check with the MAC for your region, or its local coverage determinations (LCDs)."),
    ],
)
def test_a_condition_says_where_it_is_published(full: Desk, code: str, text: str) -> None:
    answer = full.ask(f"is {code} covered by Medicare")
    assert answer.headline.startswith("Maybe.")
    assert any(fact.text.startswith(text) for fact in answer.evidence if fact.kind is EvidenceKind.CONDITION)


def test_what_is_covered_may_still_not_be_paid_separately(full: Desk) -> None:
    text = "Covered doesn't mean paid separately: Part B sets no separate price for it."
    assert text in full.ask("is A4206 covered by medicare").text
    assert len(full.ask("is A4206 covered by medicare").text.splitlines()) <= 6
    assert text not in full.ask("is E0601 covered by medicare").text
    assert text not in full.ask("is S9353 covered by medicare").text


def test_another_payer_is_the_headline_and_has_no_verdict(full: Desk) -> None:
    answer = full.ask("does Aetna pay S9353?")
    assert answer.verdict is None
    assert answer.headline == "Aetna sets its own coverage for S9353. S9353 is not payable by Medicare."
    assert not [notice.text for notice in answer.notices if notice.kind is NoticeKind.PAYER]
    assert full.ask("TX medicaid T1019").headline.startswith("Texas Medicaid sets its own coverage for T1019.")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("E0601 GA GZ covered?", "No. GA and GZ can't be on one line of E0601"),
        ("is E0601 QQ covered", "No. QQ ended on December 31, 2024. Medicare covers E0601 only if"),
        ("A4253 RR payable?", "No. Medicare doesn't price A4253 with RR"),
    ],
)
def test_a_line_that_can_not_be_is_told_so_and_has_no_verdict(full: Desk, question: str, text: str) -> None:
    answer = full.ask(question)
    assert answer.verdict is None
    assert answer.headline.startswith(text)
    assert "can't be on one line" not in full.ask("is E0562 covered with RR or NU").text


def test_modifiers_on_a_code_of_cpt_are_no_verdict(full: Desk) -> None:
    answer = full.ask("97110 KX GP covered?")
    assert answer.verdict is None
    assert answer.headline.startswith("97110 is a CPT code: HCPCS doesn't define it. KX is a HCPCS modifier (active)")


def test_medicare_and_another_payer_are_both_answered(full: Desk) -> None:
    answer = full.ask("does Medicare or Medicaid pay T1019?")
    assert answer.verdict is Verdict.NOT_PAYABLE
    assert answer.headline == "No. T1019 is not payable by Medicare. Medicaid sets its own coverage for T1019."


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("is S9353 covered by medicare part A", "Part A: the coverage code applies to Medicare as a whole."),
        ("is S9353 covered by medicare part B", "Part B: the pricing indicator says how Part B prices the code"),
    ],
)
def test_a_part_of_medicare_gets_its_own_notice(full: Desk, question: str, text: str) -> None:
    notices = [notice for notice in full.ask(question).notices if notice.kind is NoticeKind.PAYER]
    assert any(notice.text.startswith(text) for notice in notices)


def test_without_a_part_no_part_is_mentioned(full: Desk) -> None:
    answer = full.ask("is J3490 covered")
    assert not any(notice.text in PART_NOTICES.values() for notice in answer.notices)


def test_a_negated_question_gets_the_fact_alone(full: Desk) -> None:
    assert full.ask("isn't S9353 payable by Medicare?").headline == "S9353 is not payable by Medicare."


def test_of_several_codes_a_missing_one_leaves_no_shared_verdict(full: Desk) -> None:
    answer = full.ask("are S9353 and S9354 covered?")
    assert answer.verdict is None
    assert answer.notices[0].kind is NoticeKind.MISSING
    assert answer.notices[0].text == "S9354 isn't in HCPCS October 2025, so it is left out."
    assert "S9345" in answer.suggestions


def test_of_several_codes_each_fact_is_labeled_with_its_code(full: Desk) -> None:
    answer = full.ask("are S9353 and E0601 covered by Medicare?")
    proofs = [fact.sentence for fact in answer.evidence if fact.field == "coverage"]
    assert proofs == [
        "S9353: Coverage code I (Not payable by Medicare).",
        "E0601: Coverage code D (Special coverage instructions apply).",
    ]


def test_modifiers_of_a_code_are_described_and_not_judged(full: Desk) -> None:
    answer = full.ask("is E0601-RR covered by Medicare?")
    assert answer.verdict is Verdict.CONDITIONAL
    assert answer.codes == ("E0601", "RR")
    assert "Modifier RR: Rental (use the 'rr' modifier when dme is to be rented)." in answer.text


def test_a_modifier_alone_is_not_paid(full: Desk) -> None:
    answer = full.ask("is modifier RR covered by Medicare?")
    assert answer.headline.startswith("Modifier RR isn't paid on its own;")
    assert NoticeKind.MODIFIER in {notice.kind for notice in answer.notices}


def test_several_modifiers_are_told_together(full: Desk) -> None:
    answer = full.ask("GA GX GY GZ for a noncovered drug")
    assert answer.headline == "Modifiers GA, GX, GY and GZ aren't paid on their own."
    assert "Modifier GX: Notice of liability issued, voluntary under payer policy." in answer.text


def test_who_pays_is_not_answered_by_no(full: Desk) -> None:
    assert full.ask("J7307 who covers").headline == "Not Medicare. J7307 is not payable by Medicare."


def test_without_part_b_the_verdict_of_the_code_is_not_the_answer(full: Desk) -> None:
    answer = full.ask("does Medicare cover E0601 for a patient with part A only")
    assert answer.headline.startswith("Not by Medicare for a patient without Part B")
    assert answer.verdict is None


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("A4253 and A4259 covered?", "Maybe. Medicare covers A4253 and A4259 only if special coverage instructions"),
        ("are S9353 and S9328 covered", "No. S9353 and S9328 are not payable by Medicare."),
        (
            "E0766 and E0936 covered?",
            "It depends on the code. Coverage of E0766 is at the MAC's discretion. E0936 is not covered by Medicare.",
        ),
        ("S0020 & E0601 covered?", "It depends on the code. S0020 ended on June 30, 2023 and is not payable for later"),
    ],
)
def test_codes_with_the_same_rule_share_a_sentence(full: Desk, question: str, start: str) -> None:
    assert full.ask(question).headline.startswith(start)
