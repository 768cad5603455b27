"""Codes that are not found or not HCPCS: named, never guessed, never replaced."""

from __future__ import annotations

import pytest

from hcpcs.answers.answer import Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import EvidenceKind, NoticeKind
from hcpcs.answers.notices.refusals import FULL_SET_NOTICE, OTHER_SYSTEMS
from hcpcs.records.codes import CodeSystem
from hcpcs.records.contacts import OTHER_CONTACTS

PERHAPS_NEWER = "CMS publishes quarterly, so {it} may be newer than that release."


def test_an_unknown_code_is_not_found_and_never_replaced(full: Desk) -> None:
    answer = full.ask("is S9354 payable by Medicare?")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.headline == f"S9354 isn't in HCPCS October 2025; {PERHAPS_NEWER.format(it='it')}"
    assert answer.notices[0].text == "Otherwise it may be mistyped, or not a HCPCS code."
    assert answer.verdict is None
    assert answer.records == ()
    assert "S9353" in answer.suggestions
    assert all(code in full.catalog for code in answer.suggestions)
    assert answer.contacts == OTHER_CONTACTS


@pytest.mark.parametrize(("asked", "newer"), [("A2045 code new jan 2026", True), ("was A2045 valid in 2019", False)])
def test_a_code_of_a_later_day_may_be_newer_than_the_release(full: Desk, asked: str, newer: bool) -> None:
    assert (PERHAPS_NEWER.format(it="it") in full.ask(asked).headline) is newer


def test_one_similar_code_is_asked_about_and_several_are_listed(full: Desk) -> None:
    one = [fact.text for fact in full.ask("J99999").evidence]
    assert one == ["Did you mean J9999 (Chemotherapy drug)?"]
    several = full.ask("S9354").evidence
    assert several[0].text == "Did you mean one of these codes?"
    assert {fact.kind for fact in several} == {EvidenceKind.SUGGESTION}
    assert [fact.code for fact in several[1:]] == list(full.ask("S9354").suggestions)


def test_a_terminated_suggestion_says_so(full: Desk) -> None:
    assert any("; terminated)" in fact.text for fact in full.ask("J33O1").evidence)


def test_an_unknown_code_on_a_day_before_the_oldest_release_may_have_ended_since(full: Desk) -> None:
    oldest = full.catalog.releases[0]
    texts = [notice.text for notice in full.ask("was S9354 valid on 2003-06-01").notices]
    assert f"June 1, 2003 is before the oldest release loaded ({oldest.label}); a code of that time" in " ".join(texts)
    since = full.ask(f"was S9354 valid on {oldest.effective}")
    assert not [notice for notice in since.notices if "oldest" in notice.text]


def test_several_missing_codes(full: Desk) -> None:
    answer = full.ask("S9354 and E9353")
    assert answer.headline == f"S9354 and E9353 aren't in HCPCS October 2025; {PERHAPS_NEWER.format(it='they')}"
    assert answer.notices[0].text == "Otherwise they may be mistyped, or not HCPCS codes."
    beside = full.ask("S9353, S9354 and E9353")
    missing = [notice.text for notice in beside.notices if notice.kind is NoticeKind.MISSING]
    assert missing == ["S9354 and E9353 aren't in HCPCS October 2025, so they are left out."]


def test_the_starter_says_how_to_load_the_rest(starter: Desk) -> None:
    answer = starter.ask("E0601")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.headline == "E0601 can't be looked up: only the two starter codes are loaded."
    assert answer.notices == (FULL_SET_NOTICE,)
    assert "hcpcs update" in answer.text


@pytest.mark.parametrize(
    ("code", "headline"),
    [
        ("99213", "99213 looks like a CPT code, not a HCPCS Level II code."),
        ("modifier 59", "59 is a CPT modifier, which HCPCS Level II codes take, too; HCPCS doesn't define it."),
        ("D2740", "D2740 looks like a CDT code, not a HCPCS Level II code."),
        ("E11.9", "E11.9 looks like an ICD-10 code, not a HCPCS Level II code."),
        ("0069-3150-83", "0069-3150-83 looks like an NDC, not a HCPCS Level II code."),
    ],
)
def test_codes_of_other_systems_are_named_and_not_described(full: Desk, code: str, headline: str) -> None:
    answer = full.ask(code)
    assert answer.outcome is Outcome.NOT_HCPCS
    assert answer.headline == headline
    assert answer.records == ()
    assert [fact.kind for fact in answer.evidence] == [EvidenceKind.WHERE_TO_LOOK]


def test_every_other_system_has_a_place_to_look() -> None:
    assert set(OTHER_SYSTEMS) == set(CodeSystem) - {CodeSystem.HCPCS, CodeSystem.MODIFIER}


def test_several_foreign_codes_share_the_place_to_look(full: Desk) -> None:
    answer = full.ask("99213 and 99214")
    assert [fact.kind for fact in answer.evidence] == [EvidenceKind.FOREIGN, EvidenceKind.WHERE_TO_LOOK]


def test_missing_and_foreign_codes_together(full: Desk) -> None:
    answer = full.ask("S9354 and 99213")
    assert answer.outcome is Outcome.NOT_FOUND
    assert NoticeKind.FOREIGN in {notice.kind for notice in answer.notices}


def test_what_is_not_understood_gets_two_lines_with_three_examples(starter: Desk) -> None:
    answer = starter.ask("!?")
    assert answer.outcome is Outcome.NOT_UNDERSTOOD
    assert answer.headline.startswith("I didn't understand that. Ask about a HCPCS code")
    assert answer.text == f"{answer.headline}\nTry: E0601 · is S9353 payable by Medicare? · insulin pump"


@pytest.mark.parametrize("question", ["G0463-25", "G2211 with modifier 25", "modifier 25", "is 25 a modifier"])
def test_a_cpt_modifier_is_named_as_cpt_s(full: Desk, question: str) -> None:
    answer = full.ask(question)
    assert "25 is a CPT modifier" in answer.text
    assert "25 isn't in" not in answer.text


def test_two_digits_that_cpt_does_not_use_are_not_called_its_own(full: Desk) -> None:
    assert full.ask("modifier 37").headline == "37 looks like a CPT modifier, not a HCPCS modifier."


def test_five_digits_alone_may_be_a_zip_code(full: Desk) -> None:
    assert 'As a ZIP code, 79936 is in Texas: ask "zip 79936"' in full.ask("79936").text
    assert "ZIP code" not in full.ask("99213").text
    assert "ZIP code" not in full.ask("79936 and 80050").text
