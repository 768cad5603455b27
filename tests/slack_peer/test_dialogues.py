"""Each surface of the app as a person meets it, in dialogue, through the whole signed path."""

from __future__ import annotations

import asyncio

import pytest
from tests.bot.http.service_client import service_of
from tests.slack_app import APP, as_message, as_view, context_for, server_for

from hcpcs_bot.serving.socket_server import SocketServer
from slack_peer.errors import NoResponseError, NotPossibleError
from slack_peer.peer import SlackPeer, connect_app
from slack_peer.workspace import BILLING, COLLEAGUE, DIRECT, RANDOM, YOU

NO = "No. S9353 is not payable by Medicare."


async def test_a_command_is_answered_to_the_asker_alone(peer: SlackPeer) -> None:
    card = as_message(await peer.slash("/hcpcs S9328"))

    assert "No. S9328 is not payable by Medicare." in card.text
    assert "implanted pump pain management infusion" in card.words
    assert card.visible_to == YOU
    assert "Share to channel" in card.buttons


async def test_a_command_works_where_the_app_is_no_member(peer: SlackPeer) -> None:
    card = as_message(await peer.slash("/hcpcs is S9353 payable by Medicare?", channel=RANDOM))
    shared = as_message(await peer.press("Share to channel"))

    assert NO in card.text
    assert (shared.channel, shared.visible_to) == (RANDOM, "")


async def test_sharing_names_who_shared_and_happens_once(peer: SlackPeer) -> None:
    card = await peer.slash("/hcpcs S9353", user=COLLEAGUE)
    shared = as_message(await peer.press("Share to channel", card, user=COLLEAGUE))
    kept = as_message(await peer.next())

    assert shared.visible_to == ""
    assert f"<@{COLLEAGUE}>" in shared.text
    assert kept.visible_to == COLLEAGUE
    assert "Share to channel" not in kept.buttons
    with pytest.raises(NotPossibleError):
        await peer.press("Share to channel", kept)


async def test_a_mention_is_answered_in_its_thread(peer: SlackPeer) -> None:
    question = await peer.say("@hcpcs is S9353 payable by Medicare?")
    answer = as_message(await peer.next())

    assert NO in answer.text
    assert (answer.thread, answer.visible_to) == (question.ts, "")

    further = as_message(await peer.ask("@hcpcs S9328", thread=question.ts))
    assert further.thread == question.ts


async def test_a_direct_message_is_answered_and_its_own_answer_is_not(peer: SlackPeer) -> None:
    answer = as_message(await peer.write("is S9353 payable by Medicare?"))

    assert NO in answer.text
    assert answer.channel == DIRECT
    question = next(m for m in peer.workspace.messages.values() if m.user == YOU)
    await peer.actions.edit(question, "is S9328 payable by Medicare?")
    again = as_message(await peer.write("S9328"))
    assert "S9328" in again.text
    answers = [m for m in peer.workspace.messages.values() if m.user == answer.user]
    assert len(answers) == 2


async def test_buttons_lead_from_card_to_card(peer: SlackPeer) -> None:
    await peer.slash("/hcpcs compare S9328 and S9353")
    opened = await peer.press("Open S9353")
    assert "S9353" in opened.words

    fields = as_view(await peer.press("Full record", opened))
    assert "Coverage code" in fields.words


async def test_a_code_is_compared_with_one_found_by_typing(peer: SlackPeer) -> None:
    card = await peer.slash("/hcpcs S9328")
    offered = await peer.suggest("Compare with…", "insulin", card)
    assert [option["value"] for option in offered] == ["S9353"]

    compared = await peer.choose("Compare with…", "S9353", card, typed="insulin")

    assert "S9328 vs. S9353" in compared.words


async def test_the_look_up_modal_shows_a_card(peer: SlackPeer) -> None:
    modal = as_view(await peer.shortcut("Look up a code"))
    control = modal.controls[0]

    with pytest.raises(NotPossibleError):
        await peer.submit({}, modal)

    shown = as_view(await peer.choose(control.label, "S9353", modal, typed="infusion"))
    assert "S9353" in shown.words


async def test_the_message_shortcut_decodes_a_pasted_claim(peer: SlackPeer) -> None:
    pasted = await peer.say("EOB: S9328 x 3, S9353, 99213", user=COLLEAGUE)

    decoded = as_message(await peer.shortcut("Decode HCPCS codes", pasted))

    assert "data_table" in decoded.block_types
    assert {"S9328", "S9353"} <= set(decoded.words.split())
    assert "99213" in decoded.words
    assert decoded.visible_to == YOU


async def test_the_home_tells_what_is_in_use_and_searches(peer: SlackPeer) -> None:
    await peer.slash("/hcpcs S9328")
    home = as_view(await peer.open_home())
    assert "S9328" in home.words

    results = await peer.enter("search", "insulin", home)
    assert "S9353" in results.words


async def test_the_agent_view_offers_prompts(peer: SlackPeer) -> None:
    position = peer.feed.number
    await peer.actions.open_home(YOU, "messages")
    while not peer.workspace.prompts:
        await peer.feed.after(position)
        position = peer.feed.number

    assert 1 <= len(peer.workspace.prompts[DIRECT]) <= 4


async def test_a_link_to_a_code_page_unfolds() -> None:
    known = SlackPeer(APP.with_unfurl_domains("desk.example.com"))
    async with connect_app(known, server_for) as peer:
        shown = as_message(await peer.ask("see https://desk.example.com/codes/S9353, please"))
        assert list(shown.unfurls) == ["https://desk.example.com/codes/S9353"]
        assert peer.violations == []


async def test_what_an_app_does_not_hear_is_not_answered() -> None:
    async with connect_app(SlackPeer(APP, timeout=0.3), server_for) as peer:
        with pytest.raises(NoResponseError):
            await peer.ask("is S9353 payable by Medicare?", channel=BILLING)


async def test_socket_mode_answers_the_same() -> None:
    async with connect_app(SlackPeer(APP), server_for) as over_http:
        by_http = await over_http.slash("/hcpcs S9328")
    peer = SlackPeer(APP)
    await peer.start()
    slack = context_for(peer, signing_secret="")
    stop = asyncio.Event()
    serving = asyncio.create_task(SocketServer(slack, peer.app_token, service_of(slack.desk)).serve(stop))
    try:
        await peer.connect_socket()
        by_socket = await peer.slash("/hcpcs S9328")
        assert (by_socket.text, by_socket.words) == (by_http.text, by_http.words)

        mention = as_message(await peer.ask("@hcpcs is S9353 payable by Medicare?"))
        assert NO in mention.text
        modal = as_view(await peer.shortcut("Look up a code"))
        assert await peer.suggest(modal.controls[0].label, "insulin", modal)
        assert peer.violations == []
    finally:
        stop.set()
        await serving
        await peer.stop()
