"""Useful and Not useful, and the report of an administrator, as people meet them in Slack."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from tests.bot.slack.conftest import settle
from tests.bot.slack.team.team_app import connected, notes_context
from tests.slack_app import APP, as_message, as_view

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.ports import HomeFacts
from hcpcs_bot.state.database import Database
from hcpcs_bot.team.permissions import TeamRoles
from slack_peer.peer import SlackPeer
from slack_peer.workspace import COLLEAGUE, YOU, Message

ADMIN = TeamRoles(admins=frozenset({YOU}))
MENU = "link:S9353"
USEFUL, NOT_USEFUL = "useful|card|answered", "not_useful|card|answered"


@pytest.fixture
async def workspace(request: pytest.FixtureRequest) -> object:
    """A workspace without Slack's feedback buttons."""
    peer = SlackPeer(APP, burst=1_000, timeout=3.0, refused_blocks=("context_actions", "data_table", "alert"))
    await peer.start()
    yield peer
    await peer.stop()


@pytest.fixture
def context(workspace: SlackPeer, database: Database) -> SlackContext:
    return notes_context(workspace, database, ADMIN)


def menu_of(message: Message) -> str:
    (menu,) = [control for control in message.controls if control.kind == "overflow"]
    return menu.action_id


async def report(slack: SlackPeer) -> list[str]:
    return [" ".join(line.split()) for line in (await slack.slash("/hcpcs report")).text.splitlines()]


async def test_an_answer_is_rated_in_its_menu_once_per_person(slack: SlackPeer, context: SlackContext) -> None:
    card = as_message(await slack.slash("/hcpcs S9353"))
    thanks = as_message(await slack.choose(MENU, USEFUL, card))
    assert (thanks.visible_to, thanks.text) == (YOU, "Thanks. It is counted without your question and your name.")
    await slack.choose(MENU, USEFUL, card)
    lines = await report(slack)
    assert "Called useful 1 1" in lines
    assert "Called not useful 0 0" in lines
    await slack.choose(MENU, NOT_USEFUL, card)
    assert {"Called useful 0 0", "Called not useful 1 1", "about card 1 1"} <= set(await report(slack))


async def test_everybody_may_rate_a_public_answer(slack: SlackPeer, context: SlackContext) -> None:
    answer = as_message(await slack.ask("@hcpcs S9353"))
    await settle(context)
    await slack.choose(MENU, USEFUL, answer)
    await slack.choose(MENU, USEFUL, answer, user=COLLEAGUE)
    assert "Called useful 2 2" in await report(slack)
    assert [one for one in slack.api.violations if "context_actions" not in one] == []
    slack.api.violations.clear()  # Slack's own buttons were tried once, and refused.


@pytest.mark.parametrize("question", ["S9353, S9328", "home infusion", "is S9353 payable by Medicare?", "S93*"])
async def test_every_answer_has_one_menu_with_both_choices(slack: SlackPeer, question: str) -> None:
    shown = as_message(await slack.slash(f"/hcpcs {question}"))
    (menu,) = [control for control in shown.controls if control.kind == "overflow"]
    assert [option["text"]["text"] for option in menu.element["options"]][-2:] == ["Useful", "Not useful"]


@pytest.mark.parametrize("question", ["help", "hello", "asdf qwer"])
async def test_what_answers_nothing_has_no_choices(slack: SlackPeer, question: str) -> None:
    assert "useful" not in str(as_message(await slack.slash(f"/hcpcs {question}")).blocks)


async def test_a_link_in_the_menu_counts_nothing(slack: SlackPeer) -> None:
    card = as_message(await slack.slash("/hcpcs S9353"))
    (menu,) = [control for control in card.controls if control.kind == "overflow"]
    await slack.actions.act(YOU, card, menu, menu.element["options"][0]["value"])
    assert "Called useful 0 0" in await report(slack)


async def test_the_report_counts_questions_and_known_words_only(slack: SlackPeer, database: Database) -> None:
    for question in ("S9353", "is S9353 payable by Medicare?", "help", "zxcv Jane Foley wheelchairs qwer MRN 445566"):
        await slack.slash(f"/hcpcs {question}")
    lines = await report(slack)
    assert {"Questions 4 4", "answered 3 3", "about card 1 1", "about coverage 1 1"} <= set(lines)
    shown = as_message(await slack.slash("/hcpcs report"))
    assert shown.visible_to == YOU
    assert "7 days" in shown.words
    with database.reading() as session:
        for table in ("question_counts", "unknown_words", "feedback"):
            kept = str(session.execute(text(f"SELECT * FROM {table}")).all()).lower()
            assert not any(part in kept for part in ("jane", "foley", "445566", "zxcv", "robin", YOU.lower()))


async def test_what_is_not_understood_is_reported_by_its_known_words(slack: SlackPeer) -> None:
    await slack.slash("/hcpcs ??? Jane Foley 1965-03-15 wheelchair of 445566 zz-top qxz denied blorf?!")
    lines = await report(slack)
    if "not understood 1 1" in lines:
        assert "denied wheelchair (1)" in lines


async def test_the_report_is_for_administrators(slack: SlackPeer, workspace: SlackPeer, database: Database) -> None:
    refused = as_message(await slack.slash("/hcpcs report", user=COLLEAGUE))
    assert refused.text == "The report is for the app's administrators. Please ask one of them."
    async with connected(workspace, notes_context(workspace, database)):
        assert (await slack.slash("/hcpcs report")).text.startswith(
            "The report is for the app's administrators, and none is named yet: set HCPCS_ADMINS"
        )


async def test_the_home_of_an_administrator_has_the_report(slack: SlackPeer) -> None:
    await slack.slash("/hcpcs S9353")
    home = as_view(await slack.open_home())
    assert "Questions of your team" in home.words
    assert "about card" in home.words
    other = as_view(await slack.open_home(user=COLLEAGUE))
    assert "Questions of your team" not in other.words


async def test_failed_updates_are_for_everybody_and_watches_for_administrators(
    workspace: SlackPeer, database: Database
) -> None:
    async def home_facts(team: str) -> HomeFacts:
        return HomeFacts(
            ("Update of 2026-11-26 failed: OPPS Addendum B: 503",), (("C0123456789", "amount changes J1745"),)
        )

    context = notes_context(workspace, database, ADMIN, home_facts=home_facts)
    async with connected(workspace, context) as slack:
        assert "amount changes J1745" in as_view(await slack.open_home()).words
        other = as_view(await slack.open_home(user=COLLEAGUE)).words
        assert "Update of 2026-11-26 failed: OPPS Addendum B: 503" in other
        assert "amount changes J1745" not in other


async def test_with_the_database_down_people_are_told_and_the_home_is_shown(
    slack: SlackPeer, database: Database
) -> None:
    card = as_message(await slack.slash("/hcpcs S9353"))
    with database.transaction() as session:
        session.execute(text("DROP TABLE feedback"))
        session.execute(text("DROP TABLE question_counts"))
    assert (await slack.choose(MENU, USEFUL, card)).text == "Thanks. It can't be counted right now."
    assert (
        await slack.slash("/hcpcs report")
    ).text == "The report can't be read right now. Please try again in a few minutes."
    assert "HCPCS answers where you work" in as_view(await slack.open_home()).words


async def test_where_slack_takes_them_the_choices_are_its_own_buttons(database: Database, tmp_path: Path) -> None:
    peer = SlackPeer(APP, burst=1_000, timeout=3.0)
    await peer.start()
    context = notes_context(peer, database, ADMIN)
    async with connected(peer, context) as slack:
        answer = as_message(await slack.ask("@hcpcs S9353"))
        await settle(context)
        assert answer.block_types[-1] == "context_actions"
        assert "useful" not in str([block for block in answer.blocks if block["type"] == "actions"])
        await slack.choose("feedback", USEFUL, answer)
        await settle(context)
        assert "Called useful 1 1" in await report(slack)
        # A command's response may have them only once Slack has shown that it takes them.
        card = as_message(await slack.slash("/hcpcs S9353"))
        assert card.block_types[-1] == "context_actions"
        assert len(card.blocks) <= 9
    await peer.stop()
