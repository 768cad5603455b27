"""``/hcpcs state``: the team's state is used where a question and its conversation name none."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from tests.bot.slack.team.team_app import connected, notes_context
from tests.slack_app import as_message, posted
from tests.src.hcpcs.answers.facts.facts_desk import facts_desk

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.state.database import Database
from hcpcs_bot.team.note_store import NoteStore
from hcpcs_bot.team.permissions import TeamRoles
from slack_peer.peer import SlackPeer
from slack_peer.workspace import TEAM, YOU

ASKED = "/hcpcs who is the DME MAC"


@pytest.fixture
def context(workspace: SlackPeer, database: Database) -> SlackContext:
    return notes_context(workspace, database)


async def test_the_state_is_shown_set_and_cleared(slack: SlackPeer) -> None:
    shown = as_message(await slack.slash("/hcpcs state"))
    assert (shown.visible_to, shown.text.split(" To set")[0]) == (YOU, "Your team has set no state.")
    assert (await slack.slash("/hcpcs state tx")).text.startswith("Your team's state is Texas now.")
    assert (await slack.slash("/hcpcs state")).text.startswith("Your team's state is Texas. To set it")
    assert (await slack.slash("/hcpcs state new  mexico.")).text.startswith("Your team's state is New Mexico now.")
    assert (await slack.slash("/hcpcs state none")).text.startswith("Your team's state is cleared.")
    assert (await slack.slash("/hcpcs state")).text.startswith("Your team has set no state.")
    assert posted(slack) == []


async def test_answers_are_for_it_and_say_so_until_it_is_cleared(slack: SlackPeer) -> None:
    before = (await slack.slash(ASKED)).text
    await slack.slash("/hcpcs state TX")
    card = as_message(await slack.slash(ASKED))
    assert "CGS" in card.text
    assert "For Texas, your team's state." in card.words
    assert "your team's state" not in (await slack.slash("/hcpcs who is the DME MAC for Ohio")).text
    assert "your team's state" not in (await slack.slash("/hcpcs S9353")).text
    await slack.slash("/hcpcs state none")
    assert (await slack.slash(ASKED)).text == before


async def test_an_answer_that_is_kept_for_other_teams_is_not_shown_to_one_with_a_state(
    workspace: SlackPeer, database: Database, tmp_path: Path
) -> None:
    desk = facts_desk(tmp_path)
    question = "/hcpcs is K0856 payable by Medicare?"
    async with connected(workspace, notes_context(workspace, database, desk=desk)) as slack:
        before = (await slack.slash(question)).text
        await slack.slash("/hcpcs state TX")
        assert "For Texas, your team's state." in (await slack.slash(question)).text
        await slack.slash("/hcpcs state none")
        assert (await slack.slash(question)).text == before


async def test_a_shared_answer_is_for_the_same_state(slack: SlackPeer) -> None:
    await slack.slash("/hcpcs state TX")
    card = await slack.slash(ASKED)
    assert "For Texas, your team's state." in as_message(await slack.press("Share to channel", card)).words


async def test_the_state_of_the_thread_wins_and_that_of_the_question_wins_over_both(slack: SlackPeer) -> None:
    await slack.slash("/hcpcs state TX")
    question = await slack.say("@hcpcs does Aetna cover S9328 in Ohio?")
    await slack.next()
    answer = as_message(await slack.ask("@hcpcs who is the DME MAC?", thread=question.ts))
    assert "The DME MAC for Ohio" in answer.text
    assert "your team's state" not in answer.text
    answer = as_message(await slack.ask("@hcpcs who is the DME MAC for S9353?", thread=question.ts))
    assert "For Ohio, the state of this conversation." in answer.text
    answer = as_message(await slack.ask("@hcpcs who is the DME MAC for S9328?", thread=question.ts))
    assert "For Ohio, the state of this conversation." in answer.text
    answer = as_message(await slack.ask("@hcpcs who is the DME MAC for Florida?", thread=question.ts))
    assert "Florida" in answer.text
    assert "the state of this conversation" not in answer.text
    elsewhere = as_message(await slack.ask("@hcpcs who is the DME MAC?"))
    assert "For Texas, your team's state." in elsewhere.text


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("Texs", "“Texs” is not a US state or territory. Did you mean Texas? To set it: /hcpcs state TX."),
        ("Ontario", "“Ontario” is not a US state or territory. To set it: /hcpcs state TX."),
        ("<!channel>", "“&lt;!channel&gt;” is not a US state or territory."),
        ("of S9353", "S9353"),
    ],
)
async def test_anything_else_says_what_to_write_or_is_a_question(slack: SlackPeer, written: str, answer: str) -> None:
    assert answer in (await slack.slash(f"/hcpcs state {written}")).text


async def test_with_administrators_only_they_set_it(workspace: SlackPeer, database: Database) -> None:
    async with connected(workspace, notes_context(workspace, database, TeamRoles(admins=frozenset({"U0ADMIN"})))):
        assert (await workspace.slash("/hcpcs state TX")).text.startswith("Only the app's administrators set")
        assert NoteStore(database).read(TEAM) == ((), None)
        assert (await workspace.slash("/hcpcs state")).text.startswith("Your team has set no state.")


async def test_another_workspace_has_its_own(slack: SlackPeer, database: Database) -> None:
    NoteStore(database).set_area("T2", "OH")
    assert (await slack.slash("/hcpcs state")).text.startswith("Your team has set no state.")
    assert "for Ohio is" not in (await slack.slash(ASKED)).text


async def test_with_the_database_down_it_says_so_and_answers_go_on(slack: SlackPeer, database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("DROP TABLE teams"))
    assert "can't be read or changed right now" in (await slack.slash("/hcpcs state TX")).text
    assert "MAC" in (await slack.slash(ASKED)).text
