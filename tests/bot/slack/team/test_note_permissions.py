"""Who may write and change notes, teams and replicas apart, and a database that is down."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from tests.bot.slack.team.team_app import connected, notes_context
from tests.slack_app import TODAY, as_message, as_view, config_for

from hcpcs_bot.bootstrap import starter_desk
from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.slack.listeners.team.notes import NoteCommands
from hcpcs_bot.slack.ports import Asker, PrivateMessage
from hcpcs_bot.state.database import Database, open_database
from hcpcs_bot.team.note_store import NoteStore
from hcpcs_bot.team.permissions import NoteWriters, TeamRoles
from hcpcs_bot.team.team_memory import StoredTeamMemory
from slack_peer.errors import NotPossibleError
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, COLLEAGUE, TEAM, YOU

NOTED = "BCBS of Texas pays with auth"


async def test_only_the_author_and_administrators_change_a_note(workspace: SlackPeer, database: Database) -> None:
    roles = TeamRoles(admins=frozenset({"U0ADMIN"}))
    context = notes_context(workspace, database, roles)
    async with connected(workspace, context) as slack:
        await slack.slash(f"/hcpcs note S9353 {NOTED}", user=COLLEAGUE)
        listed = as_message(await slack.slash("/hcpcs notes"))
        assert listed.buttons == []
        for change in ("edit 1 mine", "delete 1"):
            refused = await slack.slash(f"/hcpcs note {change}")
            assert refused.text == "Note 1 is by @marta. Only its author and the app's administrators can change it."
        forged = as_message(await slack.slash("/hcpcs notes", user=COLLEAGUE))
        refused = as_message(await slack.press("Edit note 1", forged, user=YOU))
        assert (refused.visible_to, "Only its author" in refused.text) == (YOU, True)
        assert as_message(await slack.slash("/hcpcs note edit 1 hers", user=COLLEAGUE)).text.endswith("“hers”")


async def test_a_modal_that_was_opened_before_is_refused_as_well(workspace: SlackPeer, database: Database) -> None:
    async with connected(workspace, notes_context(workspace, database)) as slack:
        await slack.slash(f"/hcpcs note S9353 {NOTED}", user=COLLEAGUE)
        modal = as_view(await slack.press("Edit note 1", await slack.slash("/hcpcs notes")))
        strict = notes_context(workspace, database, TeamRoles(admins=frozenset({"U0ADMIN"})))
        async with connected(workspace, strict):
            with pytest.raises(NotPossibleError, match="Only its author"):
                await slack.submit({"note": {"note": "mine"}}, modal)
            assert "Only its author" in (await slack.press("Delete note", modal)).words
    assert [note.text for note in NoteStore(database).read(TEAM)[0]] == [NOTED]


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        (TeamRoles(admins=frozenset({"U0ADMIN"}), writers=NoteWriters.ADMINS), "Only the app's administrators write"),
        (TeamRoles(listed=frozenset({COLLEAGUE}), writers=NoteWriters.LISTED), "Only some people write notes here"),
    ],
)
async def test_who_may_write_is_a_setting(
    workspace: SlackPeer, database: Database, roles: TeamRoles, said: str
) -> None:
    async with connected(workspace, notes_context(workspace, database, roles)) as slack:
        assert said in (await slack.slash(f"/hcpcs note S9353 {NOTED}")).text
        assert NoteStore(database).read(TEAM) == ((), None)
        if COLLEAGUE in roles.listed:
            await slack.slash(f"/hcpcs note S9353 {NOTED}", user=COLLEAGUE)
            assert NOTED in (await slack.slash("/hcpcs S9353")).words


async def test_another_workspace_sees_none_of_them(workspace: SlackPeer, database: Database) -> None:
    context = notes_context(workspace, database)
    notes = context.notes
    assert isinstance(notes, NoteCommands)
    here, there = Asker(TEAM, BILLING, YOU, "@robin", TODAY), Asker("T2", "C2", YOU, "@robin", TODAY)
    async with connected(workspace, context) as slack:
        await notes.note(there, "S9353 of the other workspace")
        await notes.note(here, f"S9353 {NOTED}")
        assert "of the other" not in (await slack.slash("/hcpcs S9353")).words
        assert "of the other" not in (await slack.slash("/hcpcs notes")).words
        assert "of the other" not in (await slack.slash("/hcpcs notes export")).words
        listed = await notes.list_notes(there, "")
        assert isinstance(listed, PrivateMessage)
        assert NOTED not in listed.text
        assert await notes.note(there, "delete 2") == "There is no note 2. See them: /hcpcs notes"


async def test_a_note_of_another_replica_shows_within_seconds(workspace: SlackPeer, tmp_path: Path) -> None:
    first, second = open_database(tmp_path), open_database(tmp_path)
    now = [0.0]
    store = NoteStore(second)
    memory = StoredTeamMemory(store, seconds=2.0, clock=lambda: now[0])
    context = SlackContext(config_for(workspace), starter_desk, team_memory=memory, today=lambda: TODAY)
    commands = notes_context(workspace, first).notes
    assert isinstance(commands, NoteCommands)
    async with connected(workspace, context) as slack:
        assert NOTED not in (await slack.slash("/hcpcs S9353")).words
        await commands.note(Asker(TEAM, BILLING, YOU, "@robin", TODAY), f"S9353 {NOTED}")
        now[0] = 2.0
        assert NOTED in (await slack.slash("/hcpcs S9353")).words
    first.close()
    second.close()


async def test_with_the_database_down_the_card_says_that_notes_are_missing(
    workspace: SlackPeer, database: Database
) -> None:
    async with connected(workspace, notes_context(workspace, database)) as slack:
        await slack.slash(f"/hcpcs note S9353 {NOTED}")
        with database.transaction() as session:
            session.execute(text("DROP TABLE notes"))
        assert "can't be read or changed right now" in (await slack.slash("/hcpcs note S9353 another")).text
        assert "can't be read or changed right now" in (await slack.slash("/hcpcs notes")).text
        fresh = notes_context(workspace, database)
        async with connected(workspace, fresh):
            card = as_message(await slack.slash("/hcpcs S9353"))
            assert "S9353" in card.words
            assert "Your team's notes can't be shown right now." in card.words
            assert card.text.endswith("\nYour team's notes can't be shown right now.")
            assert "right now" not in (await slack.slash("/hcpcs define coverage code I")).words


@pytest.mark.parametrize("value", ["", "1;", "-1", "١", "9999999", "1 OR 1=1", "<!channel>"])
async def test_a_forged_button_is_refused_in_words(
    workspace: SlackPeer, database: Database, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    async with connected(workspace, notes_context(workspace, database)) as slack:
        await slack.slash(f"/hcpcs note S9353 {NOTED}")
        listed = as_message(await slack.slash("/hcpcs notes"))
        (edit,) = listed.controls
        forged = edit._replace(element={**edit.element, "value": value})
        monkeypatch.setattr(slack, "control", lambda *_: forged)
        refused = as_message(await slack.press("Edit", listed))
        assert (refused.visible_to, refused.text) == (YOU, "This button can't be read. Please ask again.")
