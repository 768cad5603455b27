"""``/hcpcs`` as a dialogue: what a person types, and what they alone see."""

from __future__ import annotations

from typing import Any

import pytest


async def test_a_code_gets_its_card_in_the_response_itself(slack: Any) -> None:
    reply = await slack.command("S9328")
    assert reply.status == 200
    assert reply.body["response_type"] == "ephemeral"
    assert reply.body["blocks"][0]["text"]["text"] == "⛔ No. S9328 is not payable by Medicare."
    assert "implanted pump pain management infusion" in reply.raw
    assert "(877) 735-1326" in reply.raw
    assert "Source: HCPCS starter" in reply.raw
    assert slack.calls == []
    assert slack.responses == []


async def test_the_whole_answer_stands_in_the_text_for_screen_readers(slack: Any) -> None:
    said = (await slack.command("S9328")).said
    for fact in (
        "No. S9328 is not payable by Medicare.",
        "Coverage code: I (Not payable by Medicare)",
        "Processing note: 0088",
        "BETOS: Z2 (Undefined codes)",
        "Code added: 20020101",
        "Source:",
    ):
        assert fact in said


async def test_a_question_gets_its_verdict_and_the_fields_that_prove_it(slack: Any) -> None:
    reply = await slack.command("is S9353 payable by Medicare?")
    assert reply.body["blocks"][0]["text"]["text"] == "⛔ No. S9353 is not payable by Medicare."
    assert "Coverage code I" in reply.said


async def test_several_codes_get_a_short_card_each_and_a_way_to_compare(slack: Any, control: Any) -> None:
    reply = await slack.command("S9328, S9353")
    assert reply.body["blocks"][0]["text"]["text"] == "S9328 · S9353"
    assert control(reply.body["blocks"], "Compare the two")
    assert control(reply.body["blocks"], "Open")


async def test_two_codes_compared_mark_what_differs(slack: Any) -> None:
    reply = await slack.command("compare S9328 S9353")
    (table,) = [block for block in reply.body["blocks"] if block["type"] == "table"]
    assert len(table["rows"][0]) == 4
    assert "≠ differs" in reply.raw
    assert "[S9328: implanted pump pain management infusion;]" in reply.raw


async def test_contacts_and_help(slack: Any) -> None:
    assert "hcpcs@cms.hhs.gov" in (await slack.command("contact")).said
    helped = await slack.command("help")
    assert helped.body["response_type"] == "ephemeral"
    assert "/hcpcs compare S9328 S9353" in helped.raw


async def test_nothing_typed_is_answered_with_help(slack: Any) -> None:
    assert "/hcpcs S9328" in (await slack.command("")).raw


async def test_a_code_beyond_the_starter_is_told_how_to_load_the_full_set(slack: Any) -> None:
    reply = await slack.command("E0601")
    assert reply.body["blocks"][0]["text"]["text"].startswith("📦 E0601")
    assert "hcpcs load" in reply.said


async def test_a_cpt_code_is_named_and_never_described(slack: Any) -> None:
    reply = await slack.command("99213")
    assert "CPT" in reply.said
    assert reply.body["blocks"][0]["text"]["text"].startswith("↪️ 99213")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("settings", "help"),
        ("comapre", "compare"),
        ("subscribe", "watch"),
        ("--config", "help"),
        ("!unwach", "unwatch"),
    ],
)
async def test_an_unknown_subcommand_gets_a_hint(slack: Any, typed: str, meant: str) -> None:
    said = (await slack.command(typed)).said
    assert f"Did you mean /hcpcs {meant}?" in said
    assert "/hcpcs help" in said


async def test_a_subcommand_written_as_an_option_is_understood(slack: Any) -> None:
    assert "/hcpcs S9328" in (await slack.command("--help")).raw


async def test_a_misspelt_subcommand_with_more_words_is_answered_and_hinted(slack: Any) -> None:
    reply = await slack.command("comapre S9328 S9353")
    assert "Did you mean /hcpcs compare?" in reply.said
    assert "S9328" in reply.said


async def test_a_watch_without_its_room_says_so(slack: Any) -> None:
    assert "not set up here" in (await slack.command("watch S93*")).said


async def test_a_room_with_state_can_plug_in(slack: Any) -> None:
    asked: list[Any] = []

    async def watch(asking: Any, text: str) -> str:
        asked.append((asking.channel, text))
        return "Watching S93*."

    slack.slack.subcommands["watch"] = watch
    assert (await slack.command("watch S93*")).said == "Watching S93*."
    assert asked == [("C2147483705", "S93*")]


async def test_one_person_is_slowed_down_in_private_and_others_are_not(slack: Any) -> None:
    replies = [await slack.command("S9328") for _ in range(32)]
    assert "slow down" in replies[-1].said
    assert replies[-1].body["response_type"] == "ephemeral"
    assert "slow down" not in (await slack.command("S9328", user="U0000OTHER")).said


async def test_the_word_payload_is_a_word_like_others(slack: Any) -> None:
    reply = await slack.command("what is the payload of S9328")
    assert reply.status == 200
    assert reply.said


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01",
        "\ud83d",
        "🙂" * 400,
        "<!channel> S9328",
        "x" * 60_000,
        "‮S9328",
        "'; DROP TABLE codes; --",
        "%00%ff",
    ],
)
async def test_any_text_gets_an_answer(slack: Any, text: str) -> None:
    reply = await slack.command(text.encode("utf-8", "replace").decode())
    assert reply.status == 200
    assert reply.said
    assert "<!" not in reply.raw
