"""Slack's newer blocks: today's blocks in their newer form, and what is remembered of Slack's answers."""

from __future__ import annotations

from slack_sdk.models.blocks import Block as SdkBlock

from hcpcs_bot.slack.blockkit.blocks import bold_cell, cell, table
from hcpcs_bot.slack.blockkit.newer_blocks import (
    DAY,
    AlertLevel,
    BlockSupport,
    NewerBlock,
    alert,
    newer_kinds,
    with_newer_blocks,
)
from slack_peer.rules.block_rules import BlockSurface, problems

TABLE = table([[bold_cell("Code"), bold_cell("Medicare")], [bold_cell("S9353"), cell("No")]], [False, True])


def test_a_table_becomes_one_that_sorts_and_has_pages() -> None:
    (block,) = with_newer_blocks([TABLE], NewerBlock)
    assert (block["type"], block["caption"], block["page_size"]) == ("data_table", "Code, Medicare", 10)
    assert block["rows"][0] == [{"type": "raw_text", "text": "Code"}, {"type": "raw_text", "text": "Medicare"}]
    assert block["rows"][1:] == TABLE["rows"][1:]
    assert problems([block]) == []


def test_an_alert_is_a_section_where_alerts_are_not_taken() -> None:
    today = alert("Medicare: ⛔ Not payable <here>", AlertLevel.ERROR)
    assert today["type"] == "section"
    (block,) = with_newer_blocks([today], NewerBlock)
    assert (block["type"], block["level"]) == ("alert", "error")
    assert "&lt;here&gt;" in block["text"]["text"]
    assert problems([block], BlockSurface.MODAL) == []
    parsed = SdkBlock.parse(block)
    assert parsed is not None
    assert parsed.to_dict()["level"] == "error"


def test_a_long_alert_stays_a_section() -> None:
    today = alert("&" * 60, AlertLevel.INFO)
    assert with_newer_blocks([today], NewerBlock) == [today]


def test_what_is_not_allowed_and_what_has_no_newer_form_stay() -> None:
    head = table([[bold_cell("Code")]], [False])
    assert with_newer_blocks([TABLE, head], []) == [TABLE, head]
    assert with_newer_blocks([head], NewerBlock) == [head]


def test_support_is_learned_from_slack_s_answers_and_tried_again_after_a_day() -> None:
    now = [0.0]
    support = BlockSupport(lambda: now[0])
    newer = with_newer_blocks([TABLE], NewerBlock)
    assert newer_kinds(newer) == {NewerBlock.DATA_TABLE}
    assert (support.taken, support.worth_trying) == (frozenset(), frozenset(NewerBlock))
    support.remember(newer, taken=False)
    assert NewerBlock.DATA_TABLE not in support.worth_trying
    now[0] = DAY
    assert NewerBlock.DATA_TABLE in support.worth_trying
    support.remember(newer, taken=True)
    assert support.taken == {NewerBlock.DATA_TABLE}
    support.remember(newer, taken=False)
    assert support.taken == frozenset()
