"""``/hcpcs`` as a dialogue: what a person types, and what they alone see."""

from __future__ import annotations

import pytest
from tests.slack_app import as_message

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.inbound.rate_limit import RateLimit
from hcpcs_bot.slack.ports import Asker
from slack_peer.api.routes import RESPONSE_URL
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, COLLEAGUE, YOU, Message


async def typed(slack: SlackPeer, text: str, user: str = YOU) -> Message:
    """What ``/hcpcs text`` shows to the one who typed it, and to nobody else."""
    shown = as_message(await slack.slash(f"/hcpcs {text}", user=user))
    assert shown.visible_to == user
    return shown


def title(message: Message) -> str:
    """The large line of a card."""
    return str(message.blocks[0]["text"]["text"])


async def test_a_code_gets_its_card_in_the_response_itself(slack: SlackPeer) -> None:
    card = await typed(slack, "S9328")
    assert title(card).startswith("S9328 · Home infusion therapy")
    assert "No. S9328 is not payable by Medicare." in card.words
    assert "implanted pump pain management infusion" in card.words
    assert "(877) 735-1326" in card.words
    assert "Source: HCPCS starter" in card.words
    assert {call.method for call in slack.routes.calls} <= {"auth.test"}


async def test_the_whole_answer_is_in_the_text_for_screen_readers(slack: SlackPeer) -> None:
    text = (await typed(slack, "S9328")).text
    for fact in (
        "No. S9328 is not payable by Medicare.",
        "Coverage code: I (Not payable by Medicare)",
        "Processing note: 0088",
        "BETOS: Z2 (Undefined codes)",
        "Code added: January 1, 2002",
        "Source:",
    ):
        assert fact in text


async def test_a_question_gets_its_verdict_and_the_fields_that_prove_it(slack: SlackPeer) -> None:
    answer = await typed(slack, "is S9353 payable by Medicare?")
    assert title(answer) == "⛔ No. S9353 is not payable by Medicare."
    assert "Coverage code I" in answer.text


async def test_several_codes_get_a_row_each_one_sentence_and_a_way_to_compare(slack: SlackPeer) -> None:
    answer = await typed(slack, "S9328, S9353")
    assert title(answer) == "S9328 · S9353"
    assert answer.words.count("Neither is payable by Medicare.") == 1
    (table,) = [block for block in answer.blocks if block["type"] == "table"]
    assert len(table["rows"]) == 3
    assert "Compare the two" in answer.buttons


async def test_two_codes_compared_mark_what_differs(slack: SlackPeer) -> None:
    answer = await typed(slack, "compare S9328 S9353")
    assert title(answer) == "S9328 vs. S9353"
    assert "S9328 and S9353 differ in description (" in answer.words
    assert "Also the same: Coverage code I;" in answer.words
    assert "[S9328: implanted pump pain management infusion;]" in answer.words


async def test_contacts_and_help(slack: SlackPeer) -> None:
    assert "hcpcs@cms.hhs.gov" in (await typed(slack, "contact")).text
    assert "/hcpcs compare S9328 S9353" in (await typed(slack, "help")).words


async def test_nothing_typed_is_answered_with_help(slack: SlackPeer) -> None:
    assert "/hcpcs S9328" in (await typed(slack, "")).words


async def test_a_code_beyond_the_starter_is_answered_with_how_to_get_the_full_set(slack: SlackPeer) -> None:
    answer = await typed(slack, "E0601")
    assert title(answer).startswith("📦 E0601")
    assert "hcpcs load" in answer.text


async def test_a_cpt_code_is_named_and_never_described(slack: SlackPeer) -> None:
    answer = await typed(slack, "99213")
    assert "CPT" in answer.text
    assert title(answer).startswith("↪️ 99213")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("settings", "help"),
        ("comapre", "compare"),
        ("subscribe", "watch"),
        ("--config", "help"),
        ("!unwach", "unwatch"),
    ],
)
async def test_an_unknown_subcommand_gets_a_hint(slack: SlackPeer, text: str, meant: str) -> None:
    hint = (await typed(slack, text)).text
    assert f"Did you mean /hcpcs {meant}?" in hint
    assert "/hcpcs help" in hint


async def test_a_subcommand_written_as_an_option_is_understood(slack: SlackPeer) -> None:
    assert "/hcpcs S9328" in (await typed(slack, "--help")).words


async def test_a_misspelled_subcommand_with_more_words_is_answered_and_hinted(slack: SlackPeer) -> None:
    answer = await typed(slack, "comapre S9328 S9353")
    assert "Did you mean /hcpcs compare?" in answer.text
    assert "S9328" in answer.text


async def test_a_watch_where_no_watches_are_kept_says_so(slack: SlackPeer) -> None:
    assert "not set up here" in (await typed(slack, "watch S93*")).text


async def test_a_subcommand_with_state_can_plug_in(slack: SlackPeer, context: SlackContext) -> None:
    calls: list[tuple[str, str]] = []

    async def watch(asker: Asker, text: str) -> str:
        calls.append((asker.channel, text))
        return "Watching S93*."

    context.subcommands["watch"] = watch
    assert (await typed(slack, "watch S93*")).text == "Watching S93*."
    assert calls == [(BILLING, "S93*")]


async def test_one_person_is_slowed_down_in_private_and_others_are_not(slack: SlackPeer, context: SlackContext) -> None:
    context.rate_limit = RateLimit(30, 30, clock=lambda: 0.0)
    answers = [await typed(slack, "S9328") for _ in range(32)]
    assert "slow down" in answers[-1].text
    assert "slow down" not in (await typed(slack, "S9328", user=COLLEAGUE)).text


async def test_the_word_payload_is_a_word_like_others(slack: SlackPeer) -> None:
    assert (await typed(slack, "what is the payload of S9328")).text


async def test_no_answer_to_a_command_needs_a_call(slack: SlackPeer) -> None:
    for text in ("S9328", "compare S9328 S9353", "help", "99213"):
        await typed(slack, text)
    assert slack.calls(RESPONSE_URL) == []
    assert slack.calls("chat.postMessage") == []


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
async def test_any_text_gets_an_answer(slack: SlackPeer, text: str) -> None:
    answer = await typed(slack, text.encode("utf-8", "replace").decode())
    assert answer.text
    assert "<!" not in answer.text + str(answer.blocks)
