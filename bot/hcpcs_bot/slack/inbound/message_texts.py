"""The lines of text that a person sees in a message: of its blocks, its attachments and their fields.

Slack shows the blocks of a message in place of its text (docs.slack.dev, "chat.postMessage"); messages of apps and
workflows often have nothing but blocks or attachments. A forwarded message is an attachment with its blocks in
``message_blocks``. Titles of files are not read. Nothing here trusts the shape of a message.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from hcpcs_bot.slack.inbound.request import mapping

DEPTH_LIMIT: Final = 8
"""Maximum blocks within one another; text in a cell of a table in an attachment is seven deep."""
_ONE_LINE: Final = frozenset({"rich_text_section", "rich_text_preformatted", "rich_text_quote"})
"""Elements of a rich text whose own elements are one after the other in a line."""
_NOT_READ: Final = frozenset({"actions", "input", "button", "user", "usergroup", "channel", "broadcast", "emoji"})
"""Blocks and elements that are controls, people or pictures."""
_PARTS: Final = ("title", "text", "label", "value", "subtext", "fields", "elements", "body", "footer")
"""Where a block has text or further blocks, in the order in which they are shown."""
_ATTACHMENT_PARTS: Final = ("pretext", "author_name", "title", "text")


def texts_of(message: Mapping[str, Any]) -> Iterator[str]:
    """The lines of text in a message, from top to bottom."""
    yield from list(_lines(message.get("blocks"), 0)) or _string(message.get("text"))
    for attachment in _objects(message.get("attachments")):
        yield from list(_attachment_lines(attachment)) or _string(attachment.get("fallback"))


def _attachment_lines(attachment: Mapping[str, Any]) -> Iterator[str]:
    forwarded = [line for one in _objects(attachment.get("message_blocks")) for line in _message_lines(one)]
    for name in _ATTACHMENT_PARTS:
        if not (forwarded and name == "text"):
            yield from _string(attachment.get(name))
    yield from forwarded
    for field in _objects(attachment.get("fields")):
        yield " ".join([*_string(field.get("title")), *_string(field.get("value"))])
    yield from _lines(attachment.get("blocks"), 0)
    yield from _string(attachment.get("footer"))


def _message_lines(shared: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a message that was forwarded in another one."""
    yield from _lines(mapping(shared.get("message")).get("blocks"), 0)


def _lines(part: object, depth: int) -> Iterator[str]:
    """The lines of a block, of several, or of a text; a row of a table is one line."""
    if depth > DEPTH_LIMIT:
        return
    if isinstance(part, str):
        yield from _string(part)
    elif isinstance(part, list):
        for one in part:
            yield from _lines(one, depth + 1)
    elif isinstance(part, dict) and str(part.get("type")) not in _NOT_READ:
        if str(part.get("type")) in _ONE_LINE:
            yield from _string("".join(_inline(one) for one in _objects(part.get("elements"))))
            return
        for name in _PARTS:
            yield from _lines(part.get(name), depth + 1)
        rows = part.get("rows")
        for row in rows if isinstance(rows, list) else ():
            yield from _string(" ".join(_lines(row, depth + 1)))


def _inline(element: Mapping[str, Any]) -> str:
    """An element within a line of rich text: a text, or the label or address of a link."""
    if str(element.get("type")) in _NOT_READ:
        return " "
    texts = (element.get(name) for name in ("text", "fallback", "url"))
    return next((one for one in texts if isinstance(one, str) and one), "")


def _objects(value: object) -> list[dict[str, Any]]:
    return [mapping(one) for one in value] if isinstance(value, list) else []


def _string(value: object) -> list[str]:
    """A text as a list; none for a blank, and for anything else."""
    return [value] if isinstance(value, str) and value.strip() else []
