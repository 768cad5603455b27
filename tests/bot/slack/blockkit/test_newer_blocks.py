"""Slack's newer blocks: today's blocks in their newer form, and what is remembered of Slack's answers."""

from __future__ import annotations

from slack_sdk.models.blocks import Block as SdkBlock

from hcpcs_bot.slack.blockkit.blocks import actions, bold_cell, cell, link_option, option, overflow, table
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


CHOICES = [option("Useful", "useful|card|answered"), option("Not useful", "not_useful|card|answered")]
LINKS = [link_option("CMS ↗", "hcpcs", "https://www.cms.gov/")]


def test_the_choices_of_a_menu_become_buttons_at_the_end() -> None:
    common = [actions("controls", [overflow("link", [*LINKS, *CHOICES])]), TABLE]
    row, table, buttons = with_newer_blocks(common, {NewerBlock.FEEDBACK})
    assert row["elements"][0]["options"] == LINKS
    assert table == TABLE
    (element,) = buttons["elements"]
    assert (element["positive_button"]["value"], element["negative_button"]["value"]) == (
        "useful|card|answered",
        "not_useful|card|answered",
    )
    assert problems([row, table, buttons]) == []
    assert common[0]["elements"][0]["options"] == [*LINKS, *CHOICES]


def test_a_menu_of_nothing_else_is_gone_and_one_without_choices_stays() -> None:
    (buttons,) = with_newer_blocks([actions("controls", [overflow("link", CHOICES)])], {NewerBlock.FEEDBACK})
    assert buttons["type"] == "context_actions"
    plain_menu = [actions("controls", [overflow("link", LINKS)])]
    assert with_newer_blocks(plain_menu, NewerBlock) == plain_menu


def test_one_unknown_block_is_tried_at_a_time_so_that_a_refusal_says_which() -> None:
    support = BlockSupport()
    common = [TABLE, actions("controls", [overflow("link", CHOICES)])]
    assert support.worth_trying_on(common) == {NewerBlock.DATA_TABLE}
    support.remember(with_newer_blocks(common, support.worth_trying_on(common)), taken=True)
    assert support.worth_trying_on(common) == {NewerBlock.DATA_TABLE, NewerBlock.FEEDBACK}
    support.remember(with_newer_blocks(common, support.worth_trying_on(common)), taken=False)
    assert (support.taken, support.worth_trying_on(common)) == ({NewerBlock.DATA_TABLE}, {NewerBlock.DATA_TABLE})
