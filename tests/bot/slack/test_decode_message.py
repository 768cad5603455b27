"""Decode HCPCS codes, in the menu of a message: all that a person sees in it, each line on its date, every code."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from tests.bot.some_releases import desk_of, record, release
from tests.slack_app import as_message, as_view, context_for

from hcpcs.answers.desk import Desk
from hcpcs_bot.serving.server import asgi_app
from slack_peer.delivery.connection import SignedConnection
from slack_peer.delivery.in_process import InProcess
from slack_peer.peer import SlackPeer
from slack_peer.workspace import COLLEAGUE, YOU

DECODE = "Decode HCPCS codes"


def rich_text(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def line(*texts: str, kind: str = "rich_text_section") -> dict[str, Any]:
    return {"type": kind, "elements": [{"type": "text", "text": text} for text in texts]}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def raw(text: str) -> dict[str, Any]:
    return {"type": "raw_text", "text": text}


LIST = {"type": "rich_text_list", "style": "bullet", "elements": [line("S9328"), line("99213-25"), line("S9353")]}
ROWS = [[raw("DOS"), raw("Code")], [raw("1/2/2001"), raw("S9328")], [raw("1/2/2003"), rich_text(line("S9353"))]]


@pytest.mark.parametrize(
    "content",
    [
        {"blocks": (rich_text(line("Denied: ", "S9328", " and "), LIST),)},
        {"blocks": (rich_text(line("S9328\nS9353", kind="rich_text_preformatted")),)},
        {"blocks": (rich_text(line("S9328 S9353", kind="rich_text_quote")),)},
        {"blocks": ({"type": "section", "text": mrkdwn("*S9328*"), "fields": [mrkdwn("*Code*\n`S9353`")]},)},
        {
            "blocks": (
                {"type": "header", "text": {"type": "plain_text", "text": "S9328"}},
                {"type": "divider"},
                {"type": "context", "elements": [mrkdwn("S9353")]},
            )
        },
        {"blocks": ({"type": "markdown", "text": "| code |\n|---|\n| S9328 |\n| S9353 |"},)},
        {"blocks": ({"type": "table", "rows": ROWS},)},
        {"attachments": ({"fallback": "a claim", "fields": [{"title": "Codes", "value": "S9328, S9353"}]},)},
        {"attachments": ({"pretext": "S9328", "title": "Claim", "text": "S9353", "footer": "Billing"},)},
        {"attachments": ({"blocks": [{"type": "section", "text": mrkdwn("S9328 S9353")}], "fallback": "no preview"},)},
        {
            "attachments": (
                {
                    "text": "fwd",
                    "is_share": True,
                    "message_blocks": [{"team": "T1", "message": {"blocks": [rich_text(line("S9328 S9353"))]}}],
                },
            )
        },
    ],
    ids=[
        "list",
        "preformatted",
        "quote",
        "fields",
        "header",
        "markdown",
        "table",
        "attachment fields",
        "attachment",
        "blocks of an attachment",
        "forwarded",
    ],
)
async def test_what_a_person_sees_is_decoded(slack: SlackPeer, content: dict[str, Any]) -> None:
    message = await slack.say("A claim was denied", user=COLLEAGUE)
    seen = slack.workspace.put(replace(message, **content))
    decoded = as_message(await slack.shortcut(DECODE, seen))
    assert decoded.visible_to == YOU
    assert {"S9328", "S9353"} <= set(codes_of(decoded))


async def test_titles_of_files_are_not_read(slack: SlackPeer) -> None:
    message = await slack.say("See the file")
    seen = slack.workspace.put(replace(message, attachments=({"files": [{"title": "S9328.pdf"}]},)))
    assert "No HCPCS codes found" in (await slack.shortcut(DECODE, seen)).words


async def test_each_line_is_judged_on_its_own_date(slack: SlackPeer) -> None:
    message = slack.workspace.put(replace(await slack.say("x"), blocks=({"type": "table", "rows": ROWS},)))
    decoded = as_message(await slack.shortcut(DECODE, message))
    assert "each on the date of service of its line" in decoded.text
    days = ["as of January 2, 2001", "as of January 2, 2003"]
    assert [day for day in days if day in decoded.words] == days
    shared = as_message(await slack.press("Share to channel", decoded))
    assert [day for day in days if day in shared.words] == days


async def test_cpt_and_cdt_are_named_and_never_described(slack: SlackPeer) -> None:
    message = await slack.say("99213-25-59, D0120, S9328-59, E11.9")
    decoded = as_message(await slack.shortcut(DECODE, message))
    assert "99213\n↪️ Looks like CPT: not HCPCS" in decoded.words
    assert "59\n↪️ Looks like CPT modifier: not HCPCS" in decoded.words
    assert "D0120\n↪️ Looks like CDT: not HCPCS" in decoded.words


def codes_of(container: Any) -> list[str]:
    """The codes in bold in the table of a card, or in its paragraphs."""
    tables = [block for block in container.blocks if block["type"] in {"table", "data_table"}]
    if tables:
        return [row[0]["elements"][0]["elements"][0]["text"] for row in tables[0]["rows"][1:]]
    sections = [block["text"]["text"] for block in container.blocks if block["type"] == "section"]
    return [text.split("*")[1] for text in sections if text.startswith("*")]


MANY = [f"E{number:04}" for number in range(1, 141)]


@pytest.fixture
async def large(workspace: SlackPeer) -> AsyncIterator[SlackPeer]:
    """The workspace with an app over a release of 140 codes."""
    small = desk_of(release("2025-10", *(record(code) for code in MANY)))
    async with InProcess(asgi_app(context_for(workspace, Desk(small.catalog, small.index)))) as application:
        workspace.connect(SignedConnection(application, workspace.signing_secret))
        yield workspace
    assert workspace.violations == []


async def test_every_code_of_a_long_message_is_reached(large: SlackPeer) -> None:
    message = await large.say(", ".join(MANY))
    decoded = as_message(await large.shortcut(DECODE, message))
    reached = codes_of(decoded)
    assert "90 more codes are in this message." in decoded.words
    further = [button for button in decoded.buttons if button.startswith("Codes, page")]
    assert further == ["Codes, page 2", "Codes, page 3"]
    for button in further:
        reached += codes_of(as_view(await large.press(button, decoded)))
    assert reached == MANY


async def test_one_page_more_is_one_button_and_keeps_the_dates(large: SlackPeer) -> None:
    message = await large.say("\n".join(f"2001-01-02 {code}" for code in MANY[:60]))
    decoded = as_message(await large.shortcut(DECODE, message))
    modal = as_view(await large.press("Show the other codes", decoded))
    assert codes_of(modal) == MANY[50:60]
    assert "for date of service January 2, 2001" in modal.words
    opened = as_view(await large.choose("Open a code…", option_value(modal, "E0055"), modal))
    assert "E0055" in opened.words


def option_value(container: Any, code: str) -> str:
    (select,) = [one for one in container.controls if one.kind == "static_select"]
    return str(next(one["value"] for one in select.element["options"] if one["text"]["text"].startswith(code)))


async def test_a_message_with_nothing_but_unknown_codes_has_pages_too(large: SlackPeer) -> None:
    message = await large.say(" ".join(f"J{number:04}" for number in range(60)))
    decoded = as_message(await large.shortcut(DECODE, message))
    assert "None of the codes in this message are in HCPCS October 2025." in decoded.words
    assert "10 more codes are in this message." in decoded.words
    assert "J0055" in (await large.press("Show the other codes", decoded)).words
