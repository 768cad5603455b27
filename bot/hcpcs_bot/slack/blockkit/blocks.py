"""Block Kit, one small function per block: plain data in, the JSON that Slack takes out.

Text for rich_text and plain_text goes through ``literal`` here; the caller writes mrkdwn, with ``escape``. The
constants are Slack's maximum characters (docs.slack.dev, "Block Kit blocks reference").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from hcpcs_bot.slack.blockkit.mrkdwn import clip, literal, without_backquotes

Block = dict[str, Any]
Element = dict[str, Any]

SECTION_TEXT: Final = 3000
HEADER_TEXT: Final = 150
BUTTON_TEXT: Final = 75
OPTION_TEXT: Final = 75
OPTION_VALUE: Final = 150
SELECT_OPTIONS: Final = 100
OVERFLOW_OPTIONS: Final = 5


def plain(text: str, limit: int = SECTION_TEXT) -> Element:
    """A plain_text object; Slack shows it as it is."""
    return {"type": "plain_text", "text": clip(literal(without_backquotes(text)), limit) or " ", "emoji": True}


def mrkdwn(text: str) -> Element:
    """A mrkdwn object; ``text`` is escaped already, and has no text of a user in it."""
    return {"type": "mrkdwn", "text": text}


def header(text: str) -> Block:
    """A large line."""
    return {"type": "header", "text": plain(text, HEADER_TEXT)}


def divider() -> Block:
    """A thin rule."""
    return {"type": "divider"}


def section(text: str, accessory: Element | None = None) -> Block:
    """A paragraph of mrkdwn, with a control beside it if ``accessory`` is given."""
    block: Block = {"type": "section", "text": mrkdwn(text), "expand": True}
    return block if accessory is None else {**block, "accessory": accessory}


def plain_section(text: str, accessory: Element | None = None) -> Block:
    """A paragraph of plain text, in which nothing is a mention or a link, with a control beside it."""
    block: Block = {"type": "section", "text": plain(text)}
    return block if accessory is None else {**block, "accessory": accessory}


def context(text: str) -> Block:
    """A small gray line of mrkdwn."""
    return {"type": "context", "elements": [mrkdwn(text)]}


def note(*texts: str) -> Block:
    """A small gray line of plain text, in which nothing is a mention or a link."""
    return {"type": "context", "elements": [plain(text) for text in texts]}


def sentence(text: str, *, bold: bool = False) -> list[Element]:
    """Runs of rich text for a sentence; what it has in backquotes, a command, is shown as code."""
    runs = []
    for number, part in enumerate(text.split("`") if text.count("`") % 2 == 0 else [text]):
        if part:
            runs.append(command(part) if number % 2 else words(part, bold=bold))
    return runs or [words(text)]


def command(text: str) -> Element:
    """A run of rich text for something to type."""
    return {"type": "text", "text": literal(text), "style": {"code": True}}


def link(url: str, text: str) -> Element:
    """A run of rich text that opens a web page. Addresses are from our own tables, never a user's."""
    return {"type": "link", "url": url, "text": literal(text)}


def words(text: str, *, bold: bool = False, italic: bool = False, strike: bool = False) -> Element:
    """A run of rich text."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic), ("strike", strike)) if on}
    run: Element = {"type": "text", "text": literal(text)}
    return {**run, "style": style} if style else run


def person(user: str) -> Element:
    """A mention of a user in rich text."""
    return {"type": "user", "user_id": user}


def line(*runs: Element) -> Element:
    """A line of rich text."""
    return {"type": "rich_text_section", "elements": list(runs)}


def quote(*runs: Element) -> Element:
    """A quotation of rich text, set off by a bar at its side."""
    return {"type": "rich_text_quote", "elements": list(runs)}


def preformatted(text: str) -> Element:
    """Rich text in which every character has the same width, as it is."""
    return {"type": "rich_text_preformatted", "elements": [words(text)]}


def bullets(lines: Iterable[Element]) -> Element:
    """A bulleted list of rich text."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def numbered_list(lines: Iterable[Element], before: int = 0) -> Element:
    """A numbered list of rich text, ``before`` of whose items were on the pages before."""
    offset = {"offset": before} if before else {}
    return {"type": "rich_text_list", "style": "ordered", **offset, "elements": list(lines)}


def rich(*parts: Element) -> Block:
    """A block of rich text: lines and lists. Adjacent lines become one section, as Slack writes it."""
    merged: list[Element] = []
    for part in parts:
        if merged and part["type"] == merged[-1]["type"] == "rich_text_section":
            merged[-1] = line(*merged[-1]["elements"], words("\n"), *part["elements"])
        else:
            merged.append(part)
    return {"type": "rich_text", "elements": merged}


def button(
    text: str, action: str, value: str, *, primary: bool = False, danger: bool = False, label: str | None = None
) -> Element:
    """A button; ``label`` is for screen readers, if the text alone says too little."""
    element: Element = {
        "type": "button",
        "text": plain(text, BUTTON_TEXT),
        "action_id": action,
        "value": value,
    }
    if primary:
        element["style"] = "primary"
    if danger:
        element["style"] = "danger"
    if label is not None:
        element["accessibility_label"] = clip(literal(label), BUTTON_TEXT)
    return element


def text_input(action: str, text: str, limit: int) -> Element:
    """An input of several lines for at most ``limit`` characters, with ``text`` in it."""
    return {
        "type": "plain_text_input",
        "action_id": action,
        "multiline": True,
        "initial_value": text,
        "min_length": 1,
        "max_length": limit,
    }


def confirmed(element: Element, title: str, text: str, confirm: str) -> Element:
    """A control that asks before it acts; what it does can't be undone."""
    texts = {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(confirm, 30)}
    return {**element, "confirm": {**texts, "deny": plain("Cancel", 30), "style": "danger"}}


def option(text: str, value: str, description: str = "") -> Element:
    """One option of a select."""
    choice: Element = {"text": plain(text, OPTION_TEXT), "value": value}
    return {**choice, "description": plain(description, OPTION_TEXT)} if description else choice


def type_ahead(placeholder: str, action: str) -> Element:
    """A select whose options are looked up while a person types, from the first character on."""
    return {
        "type": "external_select",
        "placeholder": plain(placeholder, 150),
        "action_id": action,
        "min_query_length": 1,
    }


def link_option(text: str, value: str, url: str) -> Element:
    """One choice of an overflow menu that opens a web page."""
    return {**option(text, value), "url": url}


def static_select(placeholder: str, action: str, options: Sequence[Element]) -> Element:
    """A select of at most 100 options."""
    return {
        "type": "static_select",
        "placeholder": plain(placeholder, 150),
        "action_id": action,
        "options": list(options[:SELECT_OPTIONS]),
    }


def overflow(action: str, options: Sequence[Element]) -> Element:
    """The menu behind ``⋯``, of at most five choices."""
    return {"type": "overflow", "action_id": action, "options": list(options[:OVERFLOW_OPTIONS])}


def actions(block_id: str, elements: Sequence[Element]) -> Block:
    """A row of controls, at most 25."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def table(rows: Sequence[Sequence[Element]], wrapped: Sequence[bool]) -> Block:
    """A table whose first row is the head: at most 100 rows and 20 columns, one per message."""
    return {
        "type": "table",
        "column_settings": [{"is_wrapped": wrap} for wrap in wrapped],
        "rows": [list(row) for row in rows],
    }


def cell(text: str) -> Element:
    """A table cell of plain text."""
    return {"type": "raw_text", "text": literal(text) or "-"}


def bold_cell(text: str) -> Element:
    """A table cell in bold."""
    return rich(line(words(text or "-", bold=True)))
