"""Slack's rules of Block Kit as tables, and checks that say where a payload breaks them, in Slack's own form.

Source: docs.slack.dev, "Block Kit blocks reference" and "elements reference". The stand-in knows the blocks and
elements named here and refuses all others: an app can't use what has no rules here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from enum import StrEnum
from typing import Any, Final

from slack_peer.block_reader import controls_of, words_of
from slack_peer.rules.json_checks import (
    FLAG,
    Check,
    any_number,
    between,
    by_type,
    list_of,
    object_with,
    one_of,
    string,
    violation,
    whole_number,
)

TOTAL_TEXT: Final = 13_200
"""Maximum characters of all texts of a message together; measured, since no document states it."""
TABLE_TEXT: Final = 10_000
"""Maximum characters of all cells of a table together."""
TABLE_ROWS: Final = 100
"""Maximum rows per table."""
DATA_TABLE_ROWS: Final = 101
"""Maximum rows of a data table, its head included (docs.slack.dev, "Data table block")."""
ALERT_TEXT: Final = 200
"""Maximum characters of an alert."""
TABLE_COLUMNS: Final = 20
"""Maximum columns per table."""


class BlockSurface(StrEnum):
    """Where blocks are shown."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


BLOCKS_ON: Final = {BlockSurface.MESSAGE: 50, BlockSurface.MODAL: 100, BlockSurface.HOME: 100}
"""Maximum blocks per surface."""

ID: Final = string(255)
URL: Final = string(3000)


def plain(maximum: int) -> Check:
    """A plain_text object."""
    return by_type({"plain_text": object_with({"text": string(maximum)}, {"emoji": FLAG})})


def text(maximum: int) -> Check:
    """A text object, plain or mrkdwn."""
    mrkdwn = object_with({"text": string(maximum)}, {"verbatim": FLAG})
    return by_type({"plain_text": object_with({"text": string(maximum)}, {"emoji": FLAG}), "mrkdwn": mrkdwn})


OPTION: Final = object_with({"text": text(75), "value": string(150)}, {"description": text(75), "url": URL})
CONFIRM: Final = object_with(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
IMAGE: Final = object_with({"image_url": URL, "alt_text": string(2000)}, {})
_ACTION: Final[dict[str, Check]] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": FLAG}
_CHOICES: Final[dict[str, Check]] = {**_ACTION, "placeholder": plain(150)}
_OPTIONS: Final = list_of(100, OPTION)

ELEMENTS: Final[dict[str, Check]] = {
    "button": object_with(
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
    "static_select": object_with({"options": _OPTIONS}, {**_CHOICES, "initial_option": OPTION}),
    "external_select": object_with({}, {**_CHOICES, "initial_option": OPTION, "min_query_length": whole_number}),
    "overflow": object_with({"options": list_of(5, OPTION)}, {"action_id": ID, "confirm": CONFIRM}),
    "plain_text_input": object_with(
        {},
        {
            **_ACTION,
            "placeholder": plain(150),
            "initial_value": string(3000, 0),
            "multiline": FLAG,
            "min_length": whole_number,
            "max_length": whole_number,
            "dispatch_action_config": object_with(
                {"trigger_actions_on": list_of(2, one_of("on_enter_pressed", "on_character_entered"))}, {}
            ),
        },
    ),
    "checkboxes": object_with({"options": list_of(10, OPTION)}, {**_ACTION, "initial_options": list_of(10, OPTION)}),
    "radio_buttons": object_with({"options": list_of(10, OPTION)}, {**_ACTION, "initial_option": OPTION}),
    "datepicker": object_with({}, {**_CHOICES, "initial_date": string(10, 10)}),
}
_FEEDBACK_BUTTON: Final = object_with({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})
_FEEDBACK: Final = dict.fromkeys(("positive_button", "negative_button"), _FEEDBACK_BUTTON)
_NO_INPUT: Final = {name: check for name, check in ELEMENTS.items() if name != "plain_text_input"}
_INPUTS: Final = {name: check for name, check in ELEMENTS.items() if name not in {"button", "overflow"}}

_STYLE: Final = object_with({}, dict.fromkeys(("bold", "italic", "strike", "code"), FLAG))
_RUN: Final = by_type(
    {
        "text": object_with({"text": string(TOTAL_TEXT)}, {"style": _STYLE}),
        "link": object_with({"url": URL}, {"text": string(TOTAL_TEXT), "style": _STYLE, "unsafe": FLAG}),
        "emoji": object_with({"name": string(100)}, {"unicode": string(100), "style": _STYLE}),
        "user": object_with({"user_id": string(30)}, {"style": _STYLE}),
        "channel": object_with({"channel_id": string(30)}, {"style": _STYLE}),
    }
)
_RUNS: Final = list_of(1000, _RUN)
_LINE: Final = {"rich_text_section": object_with({"elements": _RUNS}, {})}
_PARTS: Final[dict[str, Check]] = {
    **_LINE,
    "rich_text_list": object_with(
        {"elements": list_of(1000, by_type(_LINE)), "style": one_of("bullet", "ordered")},
        {"indent": whole_number, "offset": whole_number, "border": whole_number},
    ),
    "rich_text_quote": object_with({"elements": _RUNS}, {"border": whole_number}),
    "rich_text_preformatted": object_with({"elements": _RUNS}, {"border": whole_number}),
}
_RICH: Final = object_with({"elements": list_of(1000, by_type(_PARTS))}, {"block_id": ID})
_RAW_TEXT: Final[dict[str, Check]] = {"raw_text": object_with({"text": string(TABLE_TEXT)}, {})}
_RAW_NUMBER: Final[dict[str, Check]] = {
    "raw_number": object_with({"value": any_number, "text": string(TABLE_TEXT)}, {}),
}
_CELL: Final = by_type({**_RAW_TEXT, "rich_text": _RICH})
_DATA_CELL: Final = by_type({**_RAW_TEXT, **_RAW_NUMBER, "rich_text": _RICH})

BLOCKS: Final[dict[str, Check]] = {
    "header": object_with({"text": plain(150)}, {"block_id": ID}),
    "section": object_with(
        {},
        {
            "text": text(3000),
            "fields": list_of(10, text(2000)),
            "accessory": by_type({**_NO_INPUT, "image": IMAGE}),
            "block_id": ID,
            "expand": FLAG,
        },
    ),
    "divider": object_with({}, {"block_id": ID}),
    "context": object_with(
        {
            "elements": list_of(
                10,
                by_type(
                    {
                        "mrkdwn": object_with({"text": string(3000)}, {"verbatim": FLAG}),
                        "plain_text": object_with({"text": string(3000)}, {"emoji": FLAG}),
                        "image": IMAGE,
                    }
                ),
            )
        },
        {"block_id": ID},
    ),
    "actions": object_with({"elements": list_of(25, by_type(_NO_INPUT))}, {"block_id": ID}),
    "context_actions": object_with(
        {"elements": list_of(5, by_type({"feedback_buttons": object_with(_FEEDBACK, {"action_id": ID})}))},
        {"block_id": ID},
    ),
    "image": object_with(
        {"image_url": URL, "alt_text": string(2000)},
        {"title": plain(2000), "block_id": ID},
    ),
    "input": object_with(
        {"label": plain(2000), "element": by_type(_INPUTS)},
        {"hint": plain(2000), "optional": FLAG, "dispatch_action": FLAG, "block_id": ID},
    ),
    "rich_text": _RICH,
    "table": object_with(
        {"rows": list_of(TABLE_ROWS, list_of(TABLE_COLUMNS, _CELL))},
        {
            "column_settings": list_of(
                TABLE_COLUMNS,
                object_with({}, {"is_wrapped": FLAG, "align": one_of("left", "center", "right")}),
            ),
            "block_id": ID,
        },
    ),
    "data_table": object_with(
        {
            "caption": string(TABLE_TEXT),
            "rows": list_of(DATA_TABLE_ROWS, list_of(TABLE_COLUMNS, _DATA_CELL), 2),
        },
        {"page_size": between(1, 100), "row_header_column_index": between(0, TABLE_COLUMNS - 1), "block_id": ID},
    ),
    "alert": object_with(
        {"text": text(ALERT_TEXT)},
        {"level": one_of("default", "info", "warning", "error", "success"), "block_id": ID},
    ),
    "markdown": object_with({"text": string(12_000)}, {"block_id": ID}),
}
_TABLES: Final = frozenset({"table", "data_table"})
_SURFACES: Final[Mapping[str, frozenset[BlockSurface]]] = {
    "table": frozenset({BlockSurface.MESSAGE}),
    "data_table": frozenset({BlockSurface.MESSAGE}),
    "markdown": frozenset({BlockSurface.MESSAGE}),
    "context_actions": frozenset({BlockSurface.MESSAGE}),
    "alert": frozenset({BlockSurface.MODAL}),
}
"""The surfaces of the blocks that are not for all of them."""
_VIEW: Final[dict[str, Check]] = {
    "blocks": list_of(100, by_type(BLOCKS), 0),
    "callback_id": ID,
    "private_metadata": string(3000, 0),
    "external_id": string(255, 0),
}
_MODAL: Final = object_with(
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
_HOME: Final = object_with({"blocks": _VIEW["blocks"]}, _VIEW)


def problems(
    blocks: object, surface: BlockSurface = BlockSurface.MESSAGE, refused: Set[str] = frozenset()
) -> list[str]:
    """What Slack would refuse in these blocks, each with the place; empty when it would take them.

    ``refused`` are the types of newer blocks that a workspace doesn't have yet.
    """
    violations = list(list_of(BLOCKS_ON[surface], by_type(BLOCKS), 0)(blocks, "/blocks"))
    if not violations and isinstance(blocks, list):
        violations += _check_together(blocks, surface)
        violations += [
            violation(f"unsupported type: {block['type']}", f"/blocks/{place}")
            for place, block in enumerate(blocks)
            if block["type"] in refused
        ]
    return violations


def view_problems(view: object, refused: Set[str] = frozenset()) -> list[str]:
    """What Slack would refuse in a view; ``refused`` as for ``problems``."""
    violations = list(by_type({"modal": _MODAL, "home": _HOME})(view, "/view"))
    if not violations and isinstance(view, Mapping):
        violations += problems(view["blocks"], BlockSurface(view["type"]), refused)
        inputs = any(block["type"] == "input" for block in view["blocks"])
        if view["type"] == "modal" and inputs and "submit" not in view:
            violations.append(violation("a modal with an input needs a submit button", "/view"))
    return violations


def text_size(blocks: Sequence[Mapping[str, Any]]) -> int:
    """The characters of all texts in blocks together."""
    return sum(len(words) for words in words_of(blocks))


def _check_together(blocks: Sequence[Mapping[str, Any]], surface: BlockSurface) -> Iterator[str]:
    """The rules about several blocks of one surface."""
    tables = [number for number, block in enumerate(blocks) if block["type"] in _TABLES]
    if len(tables) > 1:
        yield violation("no more than one table allowed", f"/blocks/{tables[1]}")
    for number in tables:
        if sum(len(words) for words in words_of(blocks[number])) > TABLE_TEXT:
            yield violation(f"a table's cells must hold less than {TABLE_TEXT + 1} characters", f"/blocks/{number}")
        if len({len(row) for row in blocks[number]["rows"]}) > 1:
            yield violation("every row must have as many cells", f"/blocks/{number}/rows")
        head = blocks[number]["rows"][0]
        if blocks[number]["type"] == "data_table" and any(cell["type"] == "rich_text" for cell in head):
            yield violation("a head can't have rich text", f"/blocks/{number}/rows/0")
    for number, block in enumerate(blocks):
        if surface not in _SURFACES.get(block["type"], {surface}):
            yield violation(f"unsupported type: {block['type']}", f"/blocks/{number}")
        if block["type"] == "section" and "text" not in block and "fields" not in block:
            yield violation("a section needs text or fields", f"/blocks/{number}")
    yield from _duplicates([str(block["block_id"]) for block in blocks if "block_id" in block], "block_id")
    pairs = [f"{c.block_id} {c.action_id}" for c in controls_of(blocks) if c.action_id]
    if surface is BlockSurface.MESSAGE:
        pairs = [c.action_id for c in controls_of(blocks) if c.action_id]
    yield from _duplicates(pairs, "action_id")


def _duplicates(names: Sequence[str], what: str) -> Iterator[str]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield violation(f"duplicate {what}: {name}", "/blocks")
