"""Verdicts that several codes share, and those of hits."""

from __future__ import annotations

from datetime import date

from hcpcs.answers.answer import HitVerdict, RecordView, Verdict
from hcpcs.search_port import Hit
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.slack.cards.parts.verdict import hit_verdict, shared_verdict


def records(*verdicts: Verdict) -> list[RecordView]:
    record = starter_desk().ask("S9328", today=date(2026, 1, 15)).records[0]
    return [record.model_copy(update={"verdict": verdict}) for verdict in verdicts]


def test_a_shared_verdict_is_one_sentence() -> None:
    conditional, no = Verdict.CONDITIONAL, Verdict.NOT_PAYABLE
    assert shared_verdict(records(no, no)) == "⛔ No. Neither is payable by Medicare."
    assert shared_verdict(records(no, no, no)) == "⛔ No. None of these is payable by Medicare."
    assert shared_verdict(records(*[conditional] * 3)) == (
        "⚠️ Maybe. Medicare covers all three only if special coverage instructions are met."
    )
    assert "all 12" in shared_verdict(records(*[conditional] * 12))


def test_different_verdicts_and_one_code_have_no_shared_sentence() -> None:
    assert shared_verdict(records(Verdict.CONDITIONAL, Verdict.NOT_PAYABLE)) == ""
    assert shared_verdict(records(Verdict.CONDITIONAL)) == ""


def test_a_hit_says_its_verdict_or_when_it_ended() -> None:
    hit = Hit(code="A7030", score=1, short_description="", long_description="Full face mask", active=True)
    assert hit_verdict(hit, HitVerdict(code="A7030", verdict=Verdict.CARRIER_JUDGMENT)) == "⚖️ Maybe: MAC decides"
    ended = hit.model_copy(update={"active": False, "ended": date(2018, 3, 31)})
    assert hit_verdict(ended, HitVerdict(code="A7030", verdict=Verdict.TERMINATED)) == "🛑 Ended March 31, 2018"
    assert hit_verdict(hit, None) == ""
