"""The card of one code: what a biller acts on, and nothing that says nothing."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs_bot.slack.cards import CardPlace, CardTarget, draw
from hcpcs_bot.team.note import NoteScope, NoteTarget, TeamNote
from slack_peer.block_reader import words_of

TODAY = date(2026, 1, 15)


def shown(desk: Desk, question: str, **target: object) -> str:
    card = draw(desk.ask(question, today=TODAY), CardTarget(CardPlace.PRIVATE, TODAY)._replace(**target))
    return "".join(words_of(card.blocks))


def test_the_title_names_the_code_and_the_second_line_is_the_verdict(desk: Desk) -> None:
    blocks = draw(desk.ask("E0601", today=TODAY), CardTarget(CardPlace.PRIVATE, TODAY)).blocks
    assert blocks[0]["text"]["text"] == "E0601 · Continuous positive airway pressure (CPAP) device"
    runs = [run["text"] for run in blocks[1]["elements"][0]["elements"]]
    assert runs == [
        "⚠️ ",
        "Maybe. Medicare covers E0601 only if special coverage instructions are met.",
        " Coverage code D.",
    ]


def test_the_facts_are_those_that_a_biller_acts_on(desk: Desk) -> None:
    told = shown(desk, "E0601")
    for fact in (
        "Priced: Capped rental DME (36)",
        "In force: since January 1, 1988",
        "Coverage rules: NCD 240.4, Pub. 100-03 (cited as CIM 60-17)",
        "Ask PDAC (877) 735-1326 · hcpcs@cms.hhs.gov",
        "Source: HCPCS October 2025 · as of January 15, 2026",
    ):
        assert fact in told


@pytest.mark.parametrize("code", ["E0601", "S9353", "J1745"])
def test_a_card_is_short(desk: Desk, code: str) -> None:
    blocks = draw(desk.ask(code, today=TODAY), CardTarget(CardPlace.PRIVATE, TODAY)).blocks
    assert len(blocks) <= 9


def test_a_cut_description_is_given_below(desk: Desk) -> None:
    assert "drugs and nursing visits coded separately), per diem" in shown(desk, "S9353")
    assert shown(desk, "J3490").count("Unclassified drugs") == 1


def test_an_ended_code_says_when_and_offers_what_replaced_it(desk: Desk) -> None:
    told = shown(desk, "A4397")
    assert "🛑 No. A4397 ended on December 31, 2021" in told
    assert "Coverage code" not in told
    assert "In force: January 1, 1990 to December 31, 2021" in told
    assert "A4437" in told


def test_an_unclassified_code_has_its_checklist(desk: Desk) -> None:
    assert "NDC: the 11-digit National Drug Code" in shown(desk, "J3490")


def test_modifiers_beside_a_code_are_lines_of_its_card(desk: Desk) -> None:
    told = shown(desk, "E0601-RR-KX")
    assert told.startswith("E0601 · Continuous positive airway pressure")
    assert "Modifier RR: Rental" in told
    assert "Modifier KX: Requirements specified in the medical policy have been met" in told


def test_the_day_of_service_is_said_with_the_verdict(desk: Desk) -> None:
    assert "On June 1, 2025: Maybe." in shown(desk, "E0601 on 2025-06-01").replace("⚠️ ", "")


def test_the_team_s_notes_are_apart_from_cms_s_facts(desk: Desk) -> None:
    target = NoteTarget(scope=NoteScope.CODE, pattern="S9353")
    note = TeamNote(
        number=1, target=target, text="pays with <auth>", created_by="h", author="@marta", day=date(2026, 11, 26)
    )
    told = shown(desk, "S9353", codes=("S9353",), notes=(note,))
    assert "Team note, @marta, Nov 26, 2026: pays with ‹auth>" in told


def test_an_ambulance_s_way_is_told(desk: Desk) -> None:
    assert "from residence (R) to hospital (H)" in shown(desk, "A0428-RH")


def test_what_companion_files_state_is_below_the_record_s_own_facts(desk: Desk) -> None:
    answer = desk.ask("E0601", today=TODAY)
    amount = Evidence(kind=EvidenceKind.FACT, text="E0601-RR: $50.04 a month.", code="E0601", label="Amount")
    loaded = answer.model_copy(update={"evidence": (*answer.evidence, amount)})
    card = draw(loaded, CardTarget(CardPlace.PRIVATE, TODAY))
    assert len(card.blocks) <= 9
    text = "".join(words_of(card.blocks))
    assert text.index("Priced: ") < text.index("Amount: E0601-RR: $50.04 a month.")


def test_a_fact_is_not_labeled_with_the_only_code_of_the_card(desk: Desk) -> None:
    answer = desk.ask("BETOS for E0601", today=TODAY)
    fact = Evidence(kind=EvidenceKind.FACT, text="required nationwide.", code="E0601", label="E0601")
    card = draw(answer.model_copy(update={"evidence": (fact,)}), CardTarget(CardPlace.PRIVATE, TODAY))
    assert "Required nationwide." in "".join(words_of(card.blocks))
    assert "E0601: required" not in "".join(words_of(card.blocks))
