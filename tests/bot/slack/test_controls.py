"""Buttons, selects, shortcuts, modals and the Home, used as a person uses them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web
from tests.slack_app import APP, as_message, as_view, posted, server_for, server_of

from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.serving.server import Server
from slack_peer.api.routes import ApiCall
from slack_peer.delivery.connection import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer, connect_app
from slack_peer.workspace import BILLING, COLLEAGUE, DIRECT, YOU, Container


def option_of(container: Container, code: str) -> str:
    """The value of the choice in a select that opens a code."""
    options = [option for control in container.controls for option in control.element.get("options", ())]
    (value,) = [option["value"] for option in options if option["text"]["text"].startswith(f"{code} ")]
    return str(value)


async def test_a_private_card_is_shared_once_and_names_who_shared_it(slack: SlackPeer) -> None:
    card = as_message(await slack.slash("/hcpcs S9328"))
    assert card.visible_to == YOU
    shared = as_message(await slack.press("Share to channel", card))
    own = as_message(await slack.next())
    assert (shared.visible_to, own.visible_to) == ("", YOU)
    assert shared.blocks[0]["elements"][0]["elements"][1]["user_id"] == YOU
    assert shared.text.startswith(f"Shared by <@{YOU}>:")
    assert "Share to channel" not in shared.buttons
    assert "Share to channel" not in own.buttons


async def test_a_double_click_shares_once(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    share = slack.control("Share to channel", card)
    await asyncio.gather(*(slack.actions.act(YOU, card, share, None) for _ in range(3)))
    await slack.next()
    await slack.next()
    assert len(posted(slack)) == 1


async def test_a_share_that_slack_did_not_take_may_be_tried_again(slack: SlackPeer) -> None:
    async def fail_once(call: ApiCall) -> web.StreamResponse | None:
        if call.arguments.get("response_type") != "in_channel":
            return None
        slack.routes.fault = None
        return web.Response(status=500, text="down")

    card = await slack.slash("/hcpcs S9328")
    slack.routes.fault = fail_once
    refusal = await slack.press("Share to channel", card)
    assert "didn't confirm that the answer was shared" in refusal.text
    shared = as_message(await slack.press("Share to channel", card))
    assert shared.visible_to == ""


async def test_compare_with_completes_codes_and_shows_the_comparison_to_the_asker(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    options = await slack.suggest("Compare with…", "S93", card)
    assert [option["value"] for option in options] == ["S9328", "S9353"]
    compared = as_message(await slack.choose("Compare with…", "S9353", card))
    assert compared.visible_to == YOU
    assert "Combined description" in compared.words
    assert "differ" in compared.text


async def test_the_full_record_is_a_modal_with_every_field_its_meaning_and_definition(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    view = as_view(await slack.press("Full record", card))
    for text in (
        "Coverage code",
        "I · Not payable by Medicare",
        "Medicare's coverage status of the code",
        "Anesthesia base units",
        "Format: 4 digits",
        "BLANK IN THIS RECORD",
        "Terminated",
        "Support@DataLabs.Health",
    ):
        assert text in view.words


async def test_the_full_record_opens_from_a_question(slack: SlackPeer) -> None:
    answer = await slack.slash("/hcpcs is S9353 payable by Medicare?")
    view = as_view(await slack.press("Full record", answer))
    assert "PRICING" in view.words


async def test_a_list_opens_each_code_beside_it(slack: SlackPeer) -> None:
    results = await slack.slash("/hcpcs S93*")
    card = as_message(await slack.choose("Open a code…", option_of(results, "S9353"), results))
    assert "S9353" in card.text
    assert card.ts != results.ts


async def test_links_are_behind_one_menu(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    (menu,) = [control for control in card.controls if control.kind == "overflow"]
    database, page, *_ = menu.element["options"]
    assert "keyword=S9328" in database["url"]
    assert page["url"].startswith("https://www.cms.gov/")
    await slack.actions.act(YOU, card, menu, database["value"])


async def test_buttons_work_after_a_restart(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    async with InProcess(server_for(slack)) as restarted:
        slack.connect(SignedConnection(restarted, slack.signing_secret))
        assert "Coverage code" in as_view(await slack.press("Full record", card)).words


async def test_a_button_of_another_version_is_told_so_privately(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    button = slack.control("Full record", card)
    button.element["value"] = "0|what is this"
    await slack.actions.act(YOU, card, button, None)
    notice = as_message(await slack.next())
    assert notice.visible_to == YOU
    assert "older version" in notice.text


async def test_a_mention_in_a_thread_is_answered_there_and_its_buttons_too(slack: SlackPeer) -> None:
    parent = await slack.say("Claim 17 was denied")
    answer = as_message(await slack.ask("@hcpcs S9328", thread=parent.ts))
    assert (answer.thread, answer.visible_to) == (parent.ts, "")
    compared = as_message(await slack.choose("Compare with…", "S9353", answer))
    assert (compared.thread, compared.visible_to) == (parent.ts, YOU)


async def test_the_message_shortcut_decodes_a_pasted_claim(slack: SlackPeer) -> None:
    claim = await slack.say("Line 1 S9328-RR, line 2 99213, line 3 S9353 x2, dx E11.9", user=COLLEAGUE)
    decoded = as_message(await slack.shortcut("Decode HCPCS codes", claim))
    assert decoded.visible_to == YOU
    (table,) = [block for block in decoded.blocks if block["type"] == "data_table"]
    codes = [row[0]["elements"][0]["elements"][0]["text"] for row in table["rows"][1:]]
    assert codes == ["S9328", "S9353", "RR", "99213", "E11.9"]
    assert await slack.choose("Open a code…", option_of(decoded, "S9353"), decoded)
    assert "⛔ No: not payable (I)" in decoded.words
    assert "99213" in decoded.words
    assert "CPT" in decoded.words
    shared = as_message(await slack.press("Share to channel", decoded))
    assert shared.visible_to == ""
    assert "Claim" not in shared.words


async def test_a_message_without_codes_says_so(slack: SlackPeer) -> None:
    decoded = await slack.shortcut("Decode HCPCS codes", await slack.say("good morning"))
    assert "No HCPCS code" in decoded.words


async def test_a_message_of_an_app_is_decoded_by_what_is_seen(slack: SlackPeer) -> None:
    claim = await slack.say("A claim was denied")
    blocks = ({"type": "section", "fields": [{"type": "mrkdwn", "text": "*Code*\nS9328"}]},)
    seen = slack.workspace.put(replace(claim, blocks=blocks))
    assert "S9328" in (await slack.shortcut("Decode HCPCS codes", seen)).words


async def test_the_look_up_modal_completes_and_shows_the_card_at_once(slack: SlackPeer) -> None:
    modal = as_view(await slack.shortcut("Look up a code"))
    options = await slack.suggest("S9353, or: insulin pump", "insulin", modal)
    assert options[0]["value"] == "S9353"
    shown = as_view(await slack.choose("S9353, or: insulin pump", "S9353", modal))
    assert "S9353 is not payable by Medicare" in shown.words


async def test_the_look_up_modal_sent_in_shows_the_card_and_its_controls_work(slack: SlackPeer) -> None:
    modal = await slack.shortcut("Look up a code")
    await slack.suggest("S9353, or: insulin pump", "S93", modal)
    shown = await slack.submit({"lookup": {"lookup": "S9328"}}, modal)
    assert "S9328 is not payable by Medicare" in shown.words
    compared = as_view(await slack.choose("Compare with…", "S9353", shown))
    assert "table" not in compared.block_types
    explained = await slack.press("Open S9353", compared)
    assert "S9353" in explained.words


async def test_the_home_tells_what_there_is_and_searches(slack: SlackPeer) -> None:
    await slack.slash("/hcpcs S9328")
    home = await slack.open_home()
    for text in ("What I can do", "HCPCS starter", "Privacy", "(877) 735-1326", "Recently looked up by your team"):
        assert text in home.words
    results = as_view(await slack.enter("search", "insulin", home))
    assert "S9353" in results.words
    opened = await slack.press("S9328", home)
    assert "S9328 is not payable by Medicare" in opened.words


async def test_the_home_keeps_codes_and_never_words(slack: SlackPeer) -> None:
    await slack.slash("/hcpcs is S9353 payable for Jane Roe born 1950-01-01?")
    home = await slack.open_home()
    assert "S9353" in home.buttons
    assert "Jane" not in home.words


async def test_the_messages_tab_offers_prompts(slack: SlackPeer) -> None:
    await slack.actions.open_home(YOU, "messages")
    await asyncio.sleep(0.2)
    (prompts,) = slack.workspace.prompts.values()
    assert len(prompts) == 4


async def test_links_to_our_own_code_pages_unfold(slack: SlackPeer) -> None:
    event = {
        "type": "link_shared",
        "user": YOU,
        "channel": BILLING,
        "message_ts": (await slack.say("see https://desk.example.com/codes/S9328")).ts,
        "links": [
            {"url": "https://desk.example.com/codes/S9328", "domain": "desk.example.com"},
            {"url": "https://evil.example.com/codes/S9353", "domain": "evil.example.com"},
            {"url": "https://desk.example.com/codes/S9328/../../x", "domain": "desk.example.com"},
        ],
    }
    await slack.dispatcher.deliver_event(event)
    unfolded = as_message(await slack.next())
    assert list(unfolded.unfurls) == ["https://desk.example.com/codes/S9328"]


class Many:
    """A desk whose words find 25 codes, asked as the real one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.catalog = desk.catalog

    def ask(self, text: str, *, offset: int = 0, limit: int = 10, **more: Any) -> Any:
        answer = self._desk.ask("S93*", **more)
        hits = [answer.hits[0].model_copy(update={"code": f"S{n:04}"}) for n in range(1, 26)]
        page = tuple(hits[offset : offset + limit])
        return answer.model_copy(update={"question": text, "hits": page, "total": 25, "offset": offset})


@pytest.fixture
def many() -> Callable[[SlackPeer], Server]:
    return server_of(Many(starter_desk()))


async def test_a_list_is_paged_in_its_place_forth_and_back(many: Callable[[SlackPeer], Server]) -> None:
    async with connect_app(SlackPeer(APP), many) as slack:
        first = as_message(await slack.slash("/hcpcs pump"))
        assert ("Next ▶" in first.buttons, "◀ Previous" in first.buttons) == (True, False)
        second = as_message(await slack.press("Next ▶", first))
        assert second.ts == first.ts
        assert "11 to 20 of 25" in second.words
        third = await slack.press("Next ▶", second)
        assert "Next ▶" not in third.buttons
        assert "11 to 20 of 25" in (await slack.press("◀ Previous", third)).words
        assert slack.violations == []


class Broken:
    """A desk that fails with the text of the user in its error."""

    catalog = starter_desk().catalog

    def ask(self, text: str, **_: Any) -> Any:
        if "Jane" in text:
            raise RuntimeError(f"cannot answer {text}")

    def suggest(self, text: str, **_: Any) -> Any:
        raise RuntimeError(text)

    def decode(self, text: str, **_: Any) -> Any:
        raise RuntimeError(text)


async def test_an_error_is_told_politely_in_private_with_its_number() -> None:
    async with connect_app(SlackPeer(APP), server_of(Broken())) as slack:
        for shown in (
            await slack.slash("/hcpcs Jane Roe"),
            await slack.ask("@hcpcs Jane Roe"),
            await slack.write("Jane Roe"),
            await slack.shortcut("Decode HCPCS codes", await slack.say("Jane Roe")),
        ):
            notice = as_message(shown)
            assert "Sorry, something went wrong on our side" in notice.text
            assert "Jane" not in notice.text
            assert notice.visible_to == YOU or notice.channel == DIRECT
        modal = await slack.shortcut("Look up a code")
        assert await slack.suggest("S9353, or: insulin pump", "S", modal) == []
