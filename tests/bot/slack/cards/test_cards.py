"""Every card of every kind keeps Slack's limits, and says with words what it shows with signs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock

from hcpcs.answers.answer import Answer
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.slack.blockkit.newer_blocks import NewerBlock, with_newer_blocks
from hcpcs_bot.slack.cards import Card, CardPlace, CardTarget, draw, draw_decode
from hcpcs_bot.slack.cards.parts.verdict import SIGNS, verdict_label
from hcpcs_bot.slack.cards.records.decode import rows_of
from hcpcs_bot.slack.cards.views.full_record import draw_full_record
from hcpcs_bot.slack.cards.views.home import home_view
from hcpcs_bot.slack.cards.views.lookup_view import lookup_view
from hcpcs_bot.slack.replies.views import reading_view
from slack_peer.rules.block_rules import problems, text_size, view_problems

TODAY = date(2026, 1, 15)

QUESTIONS = (
    "S9328",
    "S9328, S9353",
    "is S9353 payable by Medicare?",
    "are S9353 and S9328 payable",
    "how is S9353 priced",
    "is S9353 still active",
    "BETOS for S9353",
    "what does coverage code I mean",
    "what is HCPCS",
    "contact",
    "who can I call about S9353",
    "compare S9328 and S9353",
    "S935*",
    "S9325-S9360",
    "home infusion",
    "zzzz qqqq",
    "what changed this quarter",
    "history of S9353",
    "how many units is 100 mg of S9353",
    "help",
    "E0601",
    "99213",
    "S9353-RR",
    "S9353 on 2019-03-01",
    "",
    "!?",
)


def sdk_changes(blocks: list[dict[str, Any]]) -> list[str]:
    """Blocks that slack_sdk's own models do not give back as they were given."""
    return [block["type"] for block in blocks if _parsed(block) != _plain(block)]


def _parsed(block: dict[str, Any]) -> Any:
    parsed = SdkBlock.parse(block)
    return _plain(parsed.to_dict()) if parsed is not None else None


def _plain(part: Any) -> Any:
    """Without the ``emoji`` and ``verbatim`` marks, which slack_sdk leaves out of some texts."""
    if isinstance(part, dict):
        return {name: _plain(value) for name, value in part.items() if name not in {"emoji", "verbatim"}}
    return [_plain(item) for item in part] if isinstance(part, (list, tuple)) else part


def check(card: Card, place: CardPlace) -> list[str]:
    if place is CardPlace.VIEW:
        return view_problems(reading_view("HCPCS codes", card.blocks))
    assert 0 < len(card.text) < 4_000
    assert text_size(card.blocks) < 13_000
    return problems(card.blocks)


def drawn(answer: Answer) -> Iterator[tuple[Card, CardPlace]]:
    for place in CardPlace:
        yield draw(answer, CardTarget(place, TODAY)), place
    yield draw(answer, CardTarget(CardPlace.PUBLIC, TODAY, shared_by="U2147483697", hint="A <hint>")), CardPlace.PUBLIC


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_kind_of_card_keeps_the_limits_in_every_place(question: str) -> None:
    for card, place in drawn(starter_desk().ask(question, today=TODAY)):
        assert check(card, place) == []
        assert sdk_changes(card.blocks) == []


def test_decoded_messages_keep_the_limits() -> None:
    answer = starter_desk().decode("S9328 99213 D0120 E11.9 S9353-RR J3490 x", today=TODAY)
    for place in CardPlace:
        card = draw_decode(answer, CardTarget(place, TODAY))
        assert check(card, place) == []
        assert sdk_changes(card.blocks) == []


@pytest.mark.parametrize("asked", ["", " payable?", " valid?"])
def test_claim_lines_with_several_days_are_a_table(asked: str) -> None:
    text = f"1/1/2001 S9328; 1/1/2003 S9328{asked}"
    card = draw(starter_desk().ask(text, today=TODAY), CardTarget(CardPlace.PRIVATE, TODAY))
    assert "as of January 1, 2001" in str(card.blocks)
    assert "as of January 1, 2003" in str(card.blocks)


def test_views_keep_the_limits() -> None:
    desk = starter_desk()
    answer = desk.ask("S9328", today=TODAY)
    card = draw(answer, CardTarget(CardPlace.VIEW, TODAY))
    views = [
        reading_view("Full record", draw_full_record(answer)),
        reading_view("Full record", with_newer_blocks(draw_full_record(answer), NewerBlock)),
        lookup_view(),
        lookup_view(card.blocks),
        home_view(desk.catalog.newest, ["S9328", "S9353"], TODAY),
    ]
    for view in views:
        assert view_problems(view) == []
        assert sdk_changes(view["blocks"]) == []


def test_an_unfurl_carries_no_controls() -> None:
    card = draw(starter_desk().ask("S9328", today=TODAY), CardTarget(CardPlace.UNFURL, TODAY))
    assert all(block["type"] != "actions" and "accessory" not in block for block in card.blocks)


def test_a_verdict_s_sign_never_stands_without_its_words() -> None:
    record = starter_desk().ask("S9328", today=TODAY).records[0]
    for verdict in SIGNS:
        assert verdict_label(record.model_copy(update={"verdict": verdict}))


@given(st.sampled_from(["<!channel>", "<@U2147483697>", "<#C2147483705>", "<https://evil.example|x>"]), st.text())
def test_nothing_that_a_person_types_becomes_a_mention_or_a_link(trap: str, words: str) -> None:
    for question in (f"{words}{trap}", f"S9328 {trap} {words}", f"define {trap}", f"{trap}*"):
        for card, _ in drawn(starter_desk().ask(question, today=TODAY)):
            said = str((card.text, card.blocks)).replace("<@U2147483697>:", "", 1)
            assert all(opening not in said for opening in ("<!", "<@", "<#", "<http"))


def test_a_code_card_says_its_verdict_once_and_leaves_out_what_tells_nothing() -> None:
    card = draw(starter_desk().ask("S9328", today=TODAY), CardTarget(CardPlace.PRIVATE, TODAY))
    told = str(card.blocks)
    assert told.count("is not payable by Medicare.") == 1
    assert len(card.blocks) <= 9
    for nothing in ("Anesthesia", "Multiple pricing", "Action code", "BETOS", "Last update"):
        assert nothing not in told


def test_a_decoded_message_says_below_the_table_only_what_the_table_does_not() -> None:
    card = draw_decode(starter_desk().decode("S9328 S9353", today=TODAY), CardTarget(CardPlace.PRIVATE, TODAY))
    assert "What to look out for" not in str(card.blocks)


def card_of(question: str) -> str:
    return str(draw(starter_desk().ask(question, today=TODAY), CardTarget(CardPlace.PRIVATE, TODAY)).blocks)


def test_a_code_beyond_the_starter_has_a_card_of_its_own() -> None:
    assert "📦" in card_of("E0601")
    assert "↪️" in card_of("99213")


def test_a_card_shows_dates_and_the_day_as_people_say_them() -> None:
    card = card_of("S9328")
    assert "since January 1, 2002" in card
    assert "as of January 15, 2026" in card


def test_a_definition_in_the_headline_is_not_repeated() -> None:
    assert card_of("what is a MAC").count("formerly called carrier") == 1
    assert "Coverage code: " in card_of("what does coverage code I mean")


def test_suggested_values_ask_about_the_value() -> None:
    card = card_of("coverage code Z")
    assert "Coverage code C" in card
    assert "Open C" not in card


def test_a_modifier_of_a_cpt_code_is_called_one() -> None:
    answer = starter_desk().decode("S9328 99213-25 S9354", today=TODAY)
    rows = {row.name: row.lines for row in rows_of(answer)}
    assert rows["99213"] == ("↪️ Looks like CPT: not HCPCS",)
    assert rows["25"] == ("↪️ Looks like CPT modifier: not HCPCS",)
    assert rows["S9354"] == ("🔍 Not in this release",)
    assert rows["S9328"] == (
        "⛔ No: not payable (I)",
        "Home infusion therapy, implanted pump pain management… separately), per diem",
    )


def test_a_decoded_message_does_not_repeat_its_rows_below_the_table() -> None:
    answer = starter_desk().decode("S9328 99213 S9354", today=TODAY)
    told = str(draw_decode(answer, CardTarget(CardPlace.PRIVATE, TODAY)).blocks)
    assert "99213 looks like" not in told
    assert "so it is left out" not in told
    assert "CPT (HCPCS Level I) codes are licensed" in told


def test_a_units_card_shows_the_division_and_the_description_once() -> None:
    answer = starter_desk().ask("how many units of S9353", today=TODAY)
    division = Evidence(kind=EvidenceKind.ARITHMETIC, text="100 mg / 10 mg per unit = 10.", field="long_description")
    card = draw(
        answer.model_copy(update={"evidence": (division, *answer.evidence)}), CardTarget(CardPlace.PRIVATE, TODAY)
    )
    assert "100 mg / 10 mg per unit = 10." in str(card.blocks)
    assert str(card.blocks).count("continuous insulin infusion therapy") == 1
