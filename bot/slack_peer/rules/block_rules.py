"""Slack's rules of Block Kit as tables, and a walk that says where a payload breaks them, in Slack's own form.

Source: docs.slack.dev, "Block Kit blocks reference" and "elements reference"; the limit of all text together was
measured, it is documented nowhere. The stand-in knows the blocks and elements named here and refuses others:
a card can't use what nobody has looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from slack_peer.block_reader import controls_of, words_of
from slack_peer.rules.json_checks import FLAG, Check, one_of, shape, some, string, typed, whole, wrong

TOTAL_TEXT: Final = 13_200
TABLE_TEXT: Final = 10_000
TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20


class BlockSurface(StrEnum):
    """Where blocks are shown."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


BLOCKS_ON: Final = {BlockSurface.MESSAGE: 50, BlockSurface.MODAL: 100, BlockSurface.HOME: 100}

ID: Final = string(255)
URL: Final = string(3000)


def plain(most: int) -> Check:
    """A plain_text object."""
    return typed({"plain_text": shape({"text": string(most)}, {"emoji": FLAG})})


def text(most: int) -> Check:
    """A text object, plain or mrkdwn."""
    mrkdwn = shape({"text": string(most)}, {"verbatim": FLAG})
    return typed({"plain_text": shape({"text": string(most)}, {"emoji": FLAG}), "mrkdwn": mrkdwn})


OPTION: Final = shape({"text": text(75), "value": string(150)}, {"description": text(75), "url": URL})
CONFIRM: Final = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
IMAGE: Final = shape({"image_url": URL, "alt_text": string(2000)}, {})
_ACTION: Final[dict[str, Check]] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": FLAG}
_CHOICES: Final[dict[str, Check]] = {**_ACTION, "placeholder": plain(150)}
_OPTIONS: Final = some(100, OPTION)

ELEMENTS: Final[dict[str, Check]] = {
    "button": shape(
        {"text": plain(75)},
        {
            "action_id": ID,
            "url": URL,
            "value": string(2000),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "static_select": shape({"options": _OPTIONS}, {**_CHOICES, "initial_option": OPTION}),
    "external_select": shape({}, {**_CHOICES, "initial_option": OPTION, "min_query_length": whole}),
    "overflow": shape({"options": some(5, OPTION)}, {"action_id": ID, "confirm": CONFIRM}),
    "plain_text_input": shape(
        {},
        {
            **_ACTION,
            "placeholder": plain(150),
            "initial_value": string(3000, 0),
            "multiline": FLAG,
            "min_length": whole,
            "max_length": whole,
            "dispatch_action_config": shape(
                {"trigger_actions_on": some(2, one_of("on_enter_pressed", "on_character_entered"))}, {}
            ),
        },
    ),
    "checkboxes": shape({"options": some(10, OPTION)}, {**_ACTION, "initial_options": some(10, OPTION)}),
    "radio_buttons": shape({"options": some(10, OPTION)}, {**_ACTION, "initial_option": OPTION}),
    "datepicker": shape({}, {**_CHOICES, "initial_date": string(10, 10)}),
}
_NO_INPUT: Final = {name: check for name, check in ELEMENTS.items() if name != "plain_text_input"}
_INPUTS: Final = {name: check for name, check in ELEMENTS.items() if name not in {"button", "overflow"}}

_STYLE: Final = shape({}, dict.fromkeys(("bold", "italic", "strike", "code"), FLAG))
_RUN: Final = typed(
    {
        "text": shape({"text": string(TOTAL_TEXT)}, {"style": _STYLE}),
        "link": shape({"url": URL}, {"text": string(TOTAL_TEXT), "style": _STYLE, "unsafe": FLAG}),
        "emoji": shape({"name": string(100)}, {"unicode": string(100), "style": _STYLE}),
        "user": shape({"user_id": string(30)}, {"style": _STYLE}),
        "channel": shape({"channel_id": string(30)}, {"style": _STYLE}),
    }
)
_RUNS: Final = some(1000, _RUN)
_LINE: Final = {"rich_text_section": shape({"elements": _RUNS}, {})}
_PARTS: Final[dict[str, Check]] = {
    **_LINE,
    "rich_text_list": shape(
        {"elements": some(1000, typed(_LINE)), "style": one_of("bullet", "ordered")},
        {"indent": whole, "offset": whole, "border": whole},
    ),
    "rich_text_quote": shape({"elements": _RUNS}, {"border": whole}),
    "rich_text_preformatted": shape({"elements": _RUNS}, {"border": whole}),
}
_RICH: Final = shape({"elements": some(1000, typed(_PARTS))}, {"block_id": ID})
_CELL: Final = typed({"raw_text": shape({"text": string(TABLE_TEXT)}, {}), "rich_text": _RICH})

BLOCKS: Final[dict[str, Check]] = {
    "header": shape({"text": plain(150)}, {"block_id": ID}),
    "section": shape(
        {},
        {
            "text": text(3000),
            "fields": some(10, text(2000)),
            "accessory": typed({**_NO_INPUT, "image": IMAGE}),
            "block_id": ID,
            "expand": FLAG,
        },
    ),
    "divider": shape({}, {"block_id": ID}),
    "context": shape(
        {
            "elements": some(
                10,
                typed(
                    {
                        "mrkdwn": shape({"text": string(3000)}, {"verbatim": FLAG}),
                        "plain_text": shape({"text": string(3000)}, {"emoji": FLAG}),
                        "image": IMAGE,
                    }
                ),
            )
        },
        {"block_id": ID},
    ),
    "actions": shape({"elements": some(25, typed(_NO_INPUT))}, {"block_id": ID}),
    "image": shape(
        {"image_url": URL, "alt_text": string(2000)},
        {"title": plain(2000), "block_id": ID},
    ),
    "input": shape(
        {"label": plain(2000), "element": typed(_INPUTS)},
        {"hint": plain(2000), "optional": FLAG, "dispatch_action": FLAG, "block_id": ID},
    ),
    "rich_text": _RICH,
    "table": shape(
        {"rows": some(TABLE_ROWS, some(TABLE_COLUMNS, _CELL))},
        {
            "column_settings": some(
                TABLE_COLUMNS,
                shape({}, {"is_wrapped": FLAG, "align": one_of("left", "center", "right")}),
            ),
            "block_id": ID,
        },
    ),
    "markdown": shape({"text": string(12_000)}, {"block_id": ID}),
}
_MESSAGE_ONLY: Final = frozenset({"table", "markdown"})
_VIEW: Final[dict[str, Check]] = {
    "blocks": some(100, typed(BLOCKS), 0),
    "callback_id": ID,
    "private_metadata": string(3000, 0),
    "external_id": string(255, 0),
}
_MODAL: Final = shape(
    {"title": plain(24), "blocks": _VIEW["blocks"]},
    {
        **_VIEW,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": FLAG,
        "notify_on_close": FLAG,
        "submit_disabled": FLAG,
    },
)
_HOME: Final = shape({"blocks": _VIEW["blocks"]}, _VIEW)


def problems(blocks: object, surface: BlockSurface = BlockSurface.MESSAGE) -> list[str]:
    """What Slack would refuse in these blocks, each with the place; empty when it would take them."""
    found = list(some(BLOCKS_ON[surface], typed(BLOCKS), 0)(blocks, "/blocks"))
    if not found and isinstance(blocks, list):
        found += _together(blocks, surface)
    return found


def view_problems(view: object) -> list[str]:
    """What Slack would refuse in a view."""
    found = list(typed({"modal": _MODAL, "home": _HOME})(view, "/view"))
    if not found and isinstance(view, Mapping):
        found += problems(view["blocks"], BlockSurface(view["type"]))
        inputs = any(block["type"] == "input" for block in view["blocks"])
        if view["type"] == "modal" and inputs and "submit" not in view:
            found.append(wrong("a modal with an input needs a submit button", "/view"))
    return found


def text_size(blocks: Sequence[Mapping[str, Any]]) -> int:
    """The characters of all texts in blocks together."""
    return sum(len(words) for words in words_of(blocks))


def _together(blocks: Sequence[Mapping[str, Any]], surface: BlockSurface) -> Iterator[str]:
    """What no block shows by itself."""
    tables = [number for number, block in enumerate(blocks) if block["type"] == "table"]
    if len(tables) > 1:
        yield wrong("no more than one table allowed", f"/blocks/{tables[1]}")
    for number in tables:
        if sum(len(words) for words in words_of(blocks[number])) > TABLE_TEXT:
            yield wrong(f"a table's cells must hold less than {TABLE_TEXT + 1} characters", f"/blocks/{number}")
        if len({len(row) for row in blocks[number]["rows"]}) > 1:
            yield wrong("every row must have as many cells", f"/blocks/{number}/rows")
    for number, block in enumerate(blocks):
        if surface is not BlockSurface.MESSAGE and block["type"] in _MESSAGE_ONLY:
            yield wrong(f"unsupported type: {block['type']}", f"/blocks/{number}")
        if block["type"] == "section" and "text" not in block and "fields" not in block:
            yield wrong("a section needs text or fields", f"/blocks/{number}")
    yield from _twice([str(block["block_id"]) for block in blocks if "block_id" in block], "block_id")
    pairs = [f"{c.block_id} {c.action_id}" for c in controls_of(blocks) if c.action_id]
    if surface is BlockSurface.MESSAGE:
        pairs = [c.action_id for c in controls_of(blocks) if c.action_id]
    yield from _twice(pairs, "action_id")


def _twice(names: Sequence[str], what: str) -> Iterator[str]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield wrong(f"duplicate {what}: {name}", "/blocks")
