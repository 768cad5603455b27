"""A team's notes as its people meet them in Slack: added, shown on cards, listed, changed and exported."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from tests.bot.slack.conftest import settle
from tests.bot.slack.team.team_app import notes_context
from tests.slack_app import CODE_PAGES, TODAY, as_message, as_view, posted

from hcpcs_bot.slack.context import SlackContext
from hcpcs_bot.state.database import Database
from hcpcs_bot.team.note import NoteScope, NoteTarget
from hcpcs_bot.team.note_store import NoteAuthor, NoteStore
from slack_peer.delivery import payloads
from slack_peer.errors import NotPossibleError
from slack_peer.peer import SlackPeer
from slack_peer.workspace import BILLING, TEAM, YOU

HOSTILE = "<!channel> <@U123|x> &lt;!here&gt; &amp;lt;!everyone&amp;gt; *_~`> [x](http://evil) \u202e\u0000 \U0001f4a9 <http://e.v|l>"


@pytest.fixture
def context(workspace: SlackPeer, database: Database) -> SlackContext:
    return notes_context(workspace, database)


NOTED = "BCBS of Texas pays with auth"
LABEL = "Team note, @robin, Jan 15, 2026: "


async def test_a_note_is_on_the_card_apart_from_the_facts_of_cms(slack: SlackPeer) -> None:
    before = as_message(await slack.slash("/hcpcs S9353"))
    added = as_message(await slack.slash(f"/hcpcs note S9353 {NOTED}"))
    assert added.visible_to == YOU
    assert added.text.startswith(f"Noted on S9353 as note 1: “{NOTED}”\nEveryone in this workspace sees it")
    card = as_message(await slack.slash("/hcpcs S9353"))
    assert len(card.blocks) == len(before.blocks) + 1 <= 9
    (quote,) = [
        part for block in card.blocks for part in block.get("elements", ()) if part["type"] == "rich_text_quote"
    ]
    assert [run["text"] for run in quote["elements"]] == [LABEL, NOTED]
    assert card.text.endswith(f"\n{LABEL}{NOTED}")


async def test_the_note_is_on_answers_tables_comparisons_and_in_the_full_record(
    slack: SlackPeer, context: SlackContext
) -> None:
    await slack.slash(f"/hcpcs note S9353 {NOTED}")
    for question in ("is S9353 payable by Medicare?", "BETOS for S9353"):
        assert f"{LABEL}{NOTED}" in (await slack.slash(f"/hcpcs {question}")).text
    for question in ("S9353, S9328", "compare S9353 and S9328"):
        shown = as_message(await slack.slash(f"/hcpcs {question}"))
        assert f"Team note on S9353, @robin, Jan 15, 2026: {NOTED}" in shown.text
        assert NOTED in shown.words
    card = await slack.slash("/hcpcs S9353")
    record = as_view(await slack.press("Full record", card))
    assert "TEAM NOTES, NOT FROM CMS" in record.words
    assert NOTED in record.words
    await settle(context)
    for question in ("S9328", "define coverage code I", "home infusion", "help"):
        assert NOTED not in (await slack.slash(f"/hcpcs {question}")).words


async def test_a_question_for_notes_is_answered_with_the_team_s_own_first(slack: SlackPeer) -> None:
    await slack.write("S9353")
    none = as_message(await slack.write("any notes on it?"))
    assert none.text.splitlines()[1].startswith("Your team has no notes on S9353. To add one, type /hcpcs note S9353")
    await slack.slash(f"/hcpcs note S9353 {NOTED}")
    shown = as_message(await slack.write("any notes on it?"))
    assert shown.text.splitlines()[1] == f"{LABEL}{NOTED}"
    assert shown.words.index(NOTED) < shown.words.index("Processing note for S9353: 0088")
    record = as_message(await slack.write("processing note?"))
    assert record.text.splitlines()[1].startswith("Processing note for S9353: 0088")


async def test_the_notes_are_on_the_codes_of_a_message(slack: SlackPeer, context: SlackContext) -> None:
    await slack.slash(f"/hcpcs note S9353 {NOTED}")
    pasted = await slack.say("S9328 x 3 and S9353")
    decoded = as_message(await slack.shortcut("Decode HCPCS codes", pasted))
    assert f"Team note on S9353, @robin, Jan 15, 2026: {NOTED}" in decoded.text
    assert NOTED in decoded.words
    await settle(context)
    assert NOTED not in as_message(await slack.press("Share to channel", decoded)).words


async def test_a_family_s_note_says_what_it_is_on(slack: SlackPeer) -> None:
    await slack.slash("/hcpcs note S93* call the plan first")
    card = as_message(await slack.slash("/hcpcs S9353"))
    assert "Team note on S93*, @robin, Jan 15, 2026: call the plan first" in card.text


async def test_several_notes_are_two_and_how_many_more(slack: SlackPeer) -> None:
    for number in range(4):
        await slack.slash(f"/hcpcs note S9353 number {number} {'long ' * 80}")
    card = as_message(await slack.slash("/hcpcs S9353"))
    assert [number for number in range(4) if f"number {number}" in card.words] == [2, 3]
    assert card.words.index("number 3") < card.words.index("number 2")
    assert "2 more team notes in Full record" in card.words
    assert "…" in card.words
    record = as_view(await slack.press("Full record", card))
    assert all(f"number {number} {'long ' * 79}long" in record.words for number in range(4))


async def test_the_notes_are_on_mentions(slack: SlackPeer) -> None:
    await slack.slash(f"/hcpcs note S9353 {NOTED}")
    assert NOTED in as_message(await slack.ask("@hcpcs S9353")).text


async def test_a_card_that_is_shared_has_none_since_slack_does_not_say_who_is_in_the_channel(
    slack: SlackPeer, context: SlackContext
) -> None:
    await slack.slash(f"/hcpcs note S9353 {NOTED}")
    card = await slack.slash("/hcpcs S9353")
    assert NOTED in as_message(card).words
    assert NOTED not in as_message(await slack.press("Share to channel", card)).words
    await settle(context)


async def test_a_channel_shared_with_another_company_does_not_see_them(
    slack: SlackPeer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await slack.slash(f"/hcpcs note S9353 {NOTED}")
    event = payloads.event
    monkeypatch.setattr(payloads, "event", lambda *args: {**event(*args), "is_ext_shared_channel": True})
    assert NOTED not in as_message(await slack.ask("@hcpcs S9353")).text


@pytest.mark.parametrize("shared", [False, True])
async def test_a_link_in_a_channel_shared_with_another_company_unfolds_without_them(
    slack: SlackPeer, monkeypatch: pytest.MonkeyPatch, shared: bool
) -> None:
    await slack.slash(f"/hcpcs note S9353 {NOTED}")
    event = payloads.event
    monkeypatch.setattr(payloads, "event", lambda *args: {**event(*args), "is_ext_shared_channel": shared})
    url = f"{CODE_PAGES}S9353"
    link = {"type": "link_shared", "user": YOU, "channel": BILLING, "message_ts": (await slack.say(f"see {url}")).ts}
    links = [{"url": url, "domain": "desk.example.com"}]
    await slack.dispatcher.deliver_event({**link, "links": links})
    assert (NOTED in str(as_message(await slack.next()).unfurls)) is not shared


async def test_no_mention_in_a_note_reaches_anybody(slack: SlackPeer, context: SlackContext) -> None:
    shown = [await slack.slash(f"/hcpcs note S9353 {HOSTILE}"), await slack.slash("/hcpcs S9353")]
    listed = await slack.slash("/hcpcs notes")
    modal = as_view(await slack.press("Edit note 1", listed))
    (text,) = [control.element["initial_value"] for control in modal.controls if control.kind == "plain_text_input"]
    assert "<!channel>" in text  # In the input the text is as it was written; it is not shown as markup there.
    shown += [listed, await slack.submit({"note": {"note": text}}, modal), await slack.ask("@hcpcs S9353")]
    shown += [await slack.slash("/hcpcs notes export"), await slack.slash("/hcpcs note delete 1")]
    await settle(context)
    for container in shown:
        for opening in ("<!", "<@", "<#", "<http", "\u202e", "\\u0000"):
            assert opening not in container.text + str(container.blocks)


async def test_notes_are_listed_in_pages_and_by_code(slack: SlackPeer, context: SlackContext) -> None:
    assert (await slack.slash("/hcpcs notes")).text.startswith("Your team has no notes yet. To add one: /hcpcs note")
    for number in range(1, 11):
        await slack.slash(f"/hcpcs note {'S9353' if number % 2 else 'S9328'} text {number}")
    first = as_message(await slack.slash("/hcpcs notes"))
    assert first.visible_to == YOU
    assert first.text.splitlines()[:2] == ["Team notes (10)", "10 · S9328 · @robin, Jan 15, 2026: text 10"]
    assert first.buttons == ["Edit"] * 8 + ["Next ▶"]
    second = as_message(await slack.press("Next ▶", first))
    assert second.ts == first.ts
    assert second.buttons == ["Edit"] * 2 + ["◀ Previous"]
    back = as_message(await slack.press("◀ Previous", second))
    assert "text 10" in back.words
    of_code = as_message(await slack.slash("/hcpcs notes S9353"))
    assert of_code.text.startswith("Team notes on S9353 (5)")
    assert "S9328" not in of_code.words
    assert (await slack.slash("/hcpcs notes E0601")).text.startswith("Your team has no notes on E0601 yet.")
    family = as_message(await slack.slash("/hcpcs notes S93*"))
    assert family.text.startswith("Team notes on S93* (10)")
    assert "Team notes on S93*" in as_message(await slack.press("Next ▶", family)).text


async def test_a_note_is_edited_in_a_modal(slack: SlackPeer) -> None:
    await slack.slash(f"/hcpcs note S9353 {NOTED}")
    listed = await slack.slash("/hcpcs notes")
    modal = as_view(await slack.press("Edit note 1", listed))
    assert modal.text == "Note 1"
    done = as_view(await slack.submit({"note": {"note": "no auth\nsince December"}}, modal))
    assert "Note 1 on S9353 now says: “no auth since December”" in done.words
    assert "no auth since December" in (await slack.slash("/hcpcs S9353")).words


async def test_a_modal_says_what_is_wrong_with_the_text(slack: SlackPeer) -> None:
    await slack.slash(f"/hcpcs note S9353 {NOTED}")
    modal = as_view(await slack.press("Edit note 1", await slack.slash("/hcpcs notes")))
    with pytest.raises(NotPossibleError, match="at most 500 characters"):
        await slack.submit({"note": {"note": "x" * 501}}, modal)
    with pytest.raises(NotPossibleError, match="Write the note"):
        await slack.submit({"note": {"note": " \u202e "}}, modal)
    await slack.slash("/hcpcs note delete 1")
    with pytest.raises(NotPossibleError, match="There is no note 1"):
        await slack.submit({"note": {"note": "too late"}}, modal)


async def test_a_note_is_deleted_in_the_modal_after_a_question(slack: SlackPeer) -> None:
    await slack.slash(f"/hcpcs note S9353 {NOTED}")
    modal = as_view(await slack.press("Edit note 1", await slack.slash("/hcpcs notes")))
    (delete,) = [control for control in modal.controls if control.label == "Delete note"]
    assert delete.element["confirm"]["title"]["text"] == "Delete this note?"
    done = as_view(await slack.press("Delete note", modal))
    assert f"Deleted note 1 on S9353: “{NOTED}”" in done.words
    assert NOTED not in (await slack.slash("/hcpcs S9353")).words


async def test_a_note_is_changed_by_words(slack: SlackPeer) -> None:
    await slack.slash(f"/hcpcs note S9353 {NOTED}")
    assert (await slack.slash("/hcpcs note edit 1: call first")).text == "Note 1 on S9353 now says: “call first”"
    assert "Add the new text" in (await slack.slash("/hcpcs note edit 1")).text
    assert "Say which note by its number: /hcpcs note delete 17" in (await slack.slash("/hcpcs note delete S9353")).text
    assert (await slack.slash("/hcpcs note delete note #1")).text == "Deleted note 1 on S9353: “call first”"
    assert (await slack.slash("/hcpcs note delete 1")).text == "There is no note 1. See them: /hcpcs notes"


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("note", "Say on which code, range or family, and what: /hcpcs note S9353 BCBS"),
        ("note BCBS pays", "Say on which code, range or family, and what: /hcpcs note S9353 BCBS"),
        ("note S9353", "Add what to note on S9353: /hcpcs note S9353"),
        ("note 99213 needs modifier 25", "99213 looks like a CPT code. Notes are kept on HCPCS Level II codes."),
        ("note S9353 " + "x" * 501, "A note has at most 500 characters; yours has 501. Please shorten it."),
        ("note 0088", "Processing note 0088"),
    ],
)
async def test_what_can_not_be_noted_says_why(slack: SlackPeer, written: str, answer: str) -> None:
    assert answer in (await slack.slash(f"/hcpcs {written}")).text


async def test_the_export_is_csv_for_the_asker(slack: SlackPeer) -> None:
    assert "no notes yet" in (await slack.slash("/hcpcs notes export")).text
    await slack.slash("/hcpcs note S9353 =SUM(A1)")
    message = as_message(await slack.slash("/hcpcs notes export"))
    assert message.visible_to == YOU
    assert "team,number,codes,note,author,day\n" in message.words
    assert f"{TEAM},1,S9353,'=SUM(A1),'@robin,2026-01-15" in message.words


async def test_an_export_that_is_too_long_says_where_the_rest_is(slack: SlackPeer, database: Database) -> None:
    store = NoteStore(database)
    for pattern in ("S9353", "S9328"):
        for number in range(15):
            target = NoteTarget(scope=NoteScope.CODE, pattern=pattern)
            store.add(TEAM, target, f"{number} {'x' * 480}", NoteAuthor("h", "@robin"), TODAY)
    exported = as_message(await slack.slash("/hcpcs notes export"))
    assert "30 team notes as CSV. The first 19 are here" in exported.words


async def test_the_author_is_a_hash_and_a_name_in_the_database(slack: SlackPeer, database: Database) -> None:
    await slack.slash(f"/hcpcs note S9353 {NOTED}")
    with database.reading() as session:
        (row,) = session.execute(text("SELECT * FROM notes")).mappings()
    assert (len(row["created_by"]), row["author"]) == (12, "@robin")
    assert YOU not in str(row)


async def test_nothing_is_public(slack: SlackPeer) -> None:
    for typed in ("note S9353 x", "notes", "notes export", "note edit 1 y", "note delete 1"):
        assert as_message(await slack.slash(f"/hcpcs {typed}")).visible_to == YOU
    assert posted(slack) == []
