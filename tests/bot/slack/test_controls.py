"""Buttons, selects, shortcuts, modals and the Home, pressed as a person presses them, against a stand-in for Slack."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.answers.desk import Desk
from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.server import Server, asgi_app
from hcpcs_bot.slack.config import SlackConfig
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ids import AnswerWay, ButtonState
from slack_peer.delivery.delivery import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer, tied
from slack_peer.workspace import BILLING, COLLEAGUE, YOU, Message, View

TODAY = date(2026, 1, 15)


def server_for(peer: SlackPeer, desk: Any = None, **settings: Any) -> Server:
    config = SlackConfig(
        bot_token=peer.bot_token,
        signing_secret=peer.signing_secret,
        api_url=peer.api_url,
        code_pages="https://desk.example.com/codes/",
        environ_proxy=False,
        **settings,
    )
    return asgi_app(SlackContext(config, lambda: desk or starter_desk(), today=lambda: TODAY))


@pytest.fixture
async def slack() -> AsyncIterator[SlackPeer]:
    async with tied(server_for, SlackPeer(patience=3.0)) as peer:
        yield peer
    assert peer.mistakes == []


def public(slack: SlackPeer) -> list[Message]:
    return [message for message in slack.workspace.messages.values() if not message.seen_by]


async def test_a_private_card_is_shared_once_and_names_who_shared_it(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    assert isinstance(card, Message)
    assert card.seen_by == YOU
    shared = await slack.press("Share to channel", card)
    own = await slack.next()
    assert isinstance(shared, Message)
    assert isinstance(own, Message)
    assert (shared.seen_by, own.seen_by) == ("", YOU)
    assert shared.blocks[0]["elements"][0]["elements"][1]["user_id"] == YOU
    assert shared.text.startswith(f"Shared by <@{YOU}>:")
    assert "Share to channel" not in shared.buttons
    assert "Share to channel" not in own.buttons


async def test_a_double_click_shares_once(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    share = slack.control("Share to channel", card)
    await asyncio.gather(*(slack.deeds.act(YOU, card, share, None, {}) for _ in range(3)))
    await slack.next()
    await slack.next()
    assert len(public(slack)) == 1


async def test_a_share_that_slack_did_not_take_may_be_tried_again(slack: SlackPeer, monkeypatch: Any) -> None:
    card = await slack.slash("/hcpcs S9328")
    taken = slack.hooks.show
    refusals = iter([True])

    def show(origin: Any, body: Any) -> Any:
        if body.get("response_type") == "in_channel" and next(refusals, False):
            raise RuntimeError("down")
        return taken(origin, body)

    monkeypatch.setattr(slack.hooks, "show", show)
    told = await slack.press("Share to channel", card)
    assert "was not shared" in told.text
    shared = await slack.press("Share to channel", card)
    assert isinstance(shared, Message)
    assert shared.seen_by == ""


async def test_compare_with_completes_codes_and_shows_the_comparison_to_the_asker(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    options = await slack.suggest("Compare with…", "S93", card)
    assert [option["value"] for option in options] == ["S9328", "S9353"]
    compared = await slack.choose("Compare with…", "S9353", card)
    assert isinstance(compared, Message)
    assert compared.seen_by == YOU
    assert "table" in compared.block_types()
    assert "differ" in compared.text


async def test_fields_explained_opens_a_modal_with_every_field(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    view = await slack.press("Fields explained", card)
    assert isinstance(view, View)
    for told in ("Coverage code", "Not payable by Medicare", "Anesthesia base units", "Form: 4 digits"):
        assert told in view.words


async def test_the_whole_card_opens_from_a_question(slack: SlackPeer) -> None:
    asked = await slack.slash("/hcpcs is S9353 payable by Medicare?")
    card = await slack.press("Whole card", asked)
    assert "PRICING" in card.words


async def test_a_list_opens_each_code_beside_it(slack: SlackPeer) -> None:
    found = await slack.slash("/hcpcs S93*")
    card = await slack.press("Open the card of S9353", found)
    assert isinstance(card, Message)
    assert "S9353" in card.text
    assert card.ts != found.ts


async def test_buttons_work_after_a_restart(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    async with InProcess(server_for(slack)) as restarted:
        slack.connect(SignedConnection(restarted, slack.signing_secret))
        view = await slack.press("Fields explained", card)
        assert isinstance(view, View)


async def test_a_button_of_another_version_is_told_so_privately(slack: SlackPeer) -> None:
    card = await slack.slash("/hcpcs S9328")
    button = slack.control("Fields explained", card)
    button.element["value"] = "0|what is this"
    await slack.deeds.act(YOU, card, button, None, {})
    told = await slack.next()
    assert isinstance(told, Message)
    assert told.seen_by == YOU
    assert "older version" in told.text


async def test_a_mention_in_a_thread_is_answered_there_and_its_buttons_too(slack: SlackPeer) -> None:
    parent = await slack.say("Claim 17 was denied")
    answer = await slack.ask("@hcpcs S9328", thread=parent.ts)
    assert isinstance(answer, Message)
    assert (answer.thread, answer.seen_by) == (parent.ts, "")
    compared = await slack.choose("Compare with…", "S9353", answer)
    assert isinstance(compared, Message)
    assert (compared.thread, compared.seen_by) == (parent.ts, YOU)


async def test_the_message_shortcut_decodes_a_pasted_claim(slack: SlackPeer) -> None:
    claim = await slack.say("Line 1 S9328-RR, line 2 99213, line 3 S9353 x2, dx E11.9", user=COLLEAGUE)
    decoded = await slack.shortcut("Decode HCPCS codes", claim)
    assert isinstance(decoded, Message)
    assert decoded.seen_by == YOU
    (table,) = [block for block in decoded.blocks if block["type"] == "table"]
    codes = [row[0]["elements"][0]["elements"][0]["text"] for row in table["rows"]]
    assert codes == ["Code", "S9328", "S9353", "RR", "99213", "E11.9"]
    assert "⛔ not payable" in decoded.words
    assert "99213" in decoded.words
    assert "CPT" in decoded.words
    shared = await slack.press("Share to channel", decoded)
    assert isinstance(shared, Message)
    assert shared.seen_by == ""
    assert "Claim" not in shared.words


async def test_a_message_without_codes_says_so(slack: SlackPeer) -> None:
    decoded = await slack.shortcut("Decode HCPCS codes", await slack.say("good morning"))
    assert "No HCPCS code" in decoded.words


async def test_the_look_up_modal_completes_and_shows_the_card_at_once(slack: SlackPeer) -> None:
    modal = await slack.shortcut("Look up a code")
    assert isinstance(modal, View)
    options = await slack.suggest("S9353, or: insulin pump", "insulin", modal)
    assert options[0]["value"] == "S9353"
    shown = await slack.choose("S9353, or: insulin pump", "S9353", modal)
    assert isinstance(shown, View)
    assert "S9353 is not payable by Medicare" in shown.words


async def test_the_look_up_modal_sent_in_shows_the_card_and_its_controls_work(slack: SlackPeer) -> None:
    modal = await slack.shortcut("Look up a code")
    await slack.suggest("S9353, or: insulin pump", "S93", modal)
    shown = await slack.submit({"lookup": {"lookup": "S9328"}}, modal)
    assert "S9328 is not payable by Medicare" in shown.words
    compared = await slack.choose("Compare with…", "S9353", shown)
    assert isinstance(compared, View)
    assert "table" not in compared.block_types()
    explained = await slack.press("Open S9353", compared)
    assert "S9353" in explained.words


async def test_the_home_tells_what_there_is_and_searches(slack: SlackPeer) -> None:
    await slack.slash("/hcpcs S9328")
    home = await slack.open_home()
    for told in ("What I can do", "HCPCS starter", "Privacy", "(877) 735-1326", "Codes your team asked about lately"):
        assert told in home.words
    found = await slack.enter("search", "insulin", home)
    assert isinstance(found, View)
    assert "S9353" in found.words
    opened = await slack.press("S9328", home)
    assert "S9328 is not payable by Medicare" in opened.words


async def test_the_home_keeps_codes_and_never_words(slack: SlackPeer) -> None:
    await slack.slash("/hcpcs is S9353 payable for Jane Roe born 1950-01-01?")
    home = await slack.open_home()
    assert "S9353" in home.buttons
    assert "Jane" not in home.words


async def test_the_messages_tab_offers_prompts(slack: SlackPeer) -> None:
    await slack.deeds.open_home(YOU, "messages")
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
    await slack.deeds.tell_event(event)
    unfolded = await slack.next()
    assert isinstance(unfolded, Message)
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
    return lambda peer: server_for(peer, Many(starter_desk()))


async def test_a_list_is_paged_in_its_place_forth_and_back(many: Callable[[SlackPeer], Server]) -> None:
    async with tied(many) as slack:
        first = await slack.slash("/hcpcs pump")
        assert isinstance(first, Message)
        assert ("Next ▶" in first.buttons, "◀ Previous" in first.buttons) == (True, False)
        second = await slack.press("Next ▶", first)
        assert isinstance(second, Message)
        assert second.ts == first.ts
        assert "11 to 20 of 25" in second.words
        third = await slack.press("Next ▶", second)
        assert "Next ▶" not in third.buttons
        assert "10 to 20" not in (await slack.press("◀ Previous", third)).words


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
    async with tied(lambda peer: server_for(peer, Broken())) as slack:
        for told in (
            await slack.slash("/hcpcs Jane Roe"),
            await slack.ask("@hcpcs Jane Roe"),
            await slack.write("Jane Roe"),
            await slack.shortcut("Decode HCPCS codes", await slack.say("Jane Roe")),
        ):
            assert isinstance(told, Message)
            assert "Sorry, that went wrong here" in told.text
            assert "Jane" not in told.text.replace("/hcpcs", "")
            assert told.seen_by == YOU or told.channel.startswith("D")
        modal = await slack.shortcut("Look up a code")
        assert await slack.suggest("S9353, or: insulin pump", "S", modal) == []


@given(st.text(max_size=300), st.dates(date(1990, 1, 1)), st.integers(0, 10_000), st.sampled_from(AnswerWay))
def test_any_state_survives_packing(question: str, day: date, offset: int, way: AnswerWay) -> None:
    state = ButtonState(question, day, offset, way)
    packed = state.pack()
    assert packed is not None
    assert "<" not in packed
    assert ButtonState.unpack(packed) == state


def test_state_survives_packing_and_refuses_what_it_did_not_pack() -> None:
    state = ButtonState("is S9353 | payable?", TODAY, 20)
    packed = state.pack()
    assert packed is not None
    assert ButtonState.unpack(packed) == state
    assert ButtonState("x" * 3_000, TODAY).pack() is None
    for broken in ("", "1a", "1a|x|0|q", "1a|20260115|-1|q", "9z|20260115|0|q", "1a|20260115|٣|q", "1a|99999999|0|q"):
        with pytest.raises(Exception, match="Please ask again"):
            ButtonState.unpack(broken)
