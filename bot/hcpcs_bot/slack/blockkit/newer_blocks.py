"""Slack's newer blocks, ``data_table``, ``alert`` and ``context_actions``, which not every workspace takes yet.

Cards are made of blocks that every workspace takes; ``with_newer_blocks`` replaces those that have a newer form, which
``BlockSupport`` allows where Slack has taken it. Source: docs.slack.dev, "Data table block" (in messages: sorting,
pages of ``page_size`` rows, 2 to 101 rows, a head of plain text), "Alert block" (in modals only, 200 characters) and
"Context actions block" (in messages: feedback buttons).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Final

from hcpcs_bot.slack.blockkit.blocks import Block, Element, mrkdwn, section
from hcpcs_bot.slack.blockkit.feedback_buttons import with_feedback_buttons
from hcpcs_bot.slack.blockkit.mrkdwn import clip, escape

PAGE_ROWS: Final = 10
"""Rows per page of a data table."""
ALERT_TEXT: Final = 200
"""Maximum characters of an alert; a longer one stays a section."""
CAPTION: Final = 200
"""Maximum characters of the caption of a data table, which screen readers say."""
"""Maximum characters of an alert, and of the caption of a data table."""
ALERT_ID: Final = "alert-"
"""Start of the block id of a section that becomes an alert where Slack takes alerts; the level follows."""
DAY: Final = 86_400.0
"""Seconds after which a refused block is tried again: Slack gives new blocks to one workspace after another."""


class NewerBlock(StrEnum):
    """The types of the newer blocks."""

    DATA_TABLE = "data_table"
    ALERT = "alert"
    FEEDBACK = "context_actions"


class AlertLevel(StrEnum):
    """How serious an alert is, in Slack's words."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def alert(text: str, level: AlertLevel) -> Block:
    """A prominent line at the top of a modal, as a section that every workspace takes."""
    return {**section(f"*{escape(text)}*"), "block_id": f"{ALERT_ID}{level}"}


def newer_form(block: Block, allowed: frozenset[NewerBlock]) -> Block:
    """A block in its newer form where it has one that is allowed; else the block itself."""
    if block["type"] == "table" and NewerBlock.DATA_TABLE in allowed and len(block["rows"]) > 1:
        return _data_table(block["rows"])
    block_id = str(block.get("block_id", ""))
    if block["type"] == "section" and block_id.startswith(ALERT_ID) and NewerBlock.ALERT in allowed:
        text = block["text"]["text"]
        if len(text) <= ALERT_TEXT:
            return {"type": "alert", "text": mrkdwn(text), "level": block_id.removeprefix(ALERT_ID)}
    return block


def with_newer_blocks(blocks: Iterable[Block], allowed: Iterable[NewerBlock]) -> list[Block]:
    """The blocks, each in its newer form where that is allowed."""
    kinds = frozenset(allowed)
    newer = [newer_form(block, kinds) for block in blocks]
    return with_feedback_buttons(newer) if NewerBlock.FEEDBACK in kinds else newer


def _data_table(rows: Sequence[Sequence[Element]]) -> Block:
    head, *body = rows
    names = [_plain_cell(cell) for cell in head]
    caption = ", ".join(filter(None, (str(name["text"]).strip() for name in names)))
    return {
        "type": "data_table",
        "caption": clip(caption, CAPTION),
        "page_size": PAGE_ROWS,
        "row_header_column_index": 0,
        "rows": [names, *(list(row) for row in body)],
    }


def _plain_cell(cell: Element) -> Element:
    """A cell of the head, which can't be rich text."""
    if cell["type"] != "rich_text":
        return cell
    runs = (run["text"] for part in cell["elements"] for run in part["elements"])
    return {"type": "raw_text", "text": "".join(runs) or " "}


class BlockSupport:
    """Which newer blocks the workspace takes, as Slack's own answers have shown; ``clock`` is in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._taken: set[NewerBlock] = set()
        self._refused_at: dict[NewerBlock, float] = {}

    @property
    def taken(self) -> frozenset[NewerBlock]:
        """The blocks that Slack has taken before: what may be sent where Slack can't answer."""
        return frozenset(self._taken)

    @property
    def worth_trying(self) -> frozenset[NewerBlock]:
        """The blocks that Slack has not refused lately: what may be sent where its answer is seen."""
        now = self._clock()
        return frozenset(kind for kind in NewerBlock if now - self._refused_at.get(kind, -DAY) >= DAY)

    def worth_trying_on(self, blocks: Iterable[Block]) -> frozenset[NewerBlock]:
        """The blocks that may be sent in place of ``blocks``: those taken before, and one at most that is not known.

        So a refusal says which block it is about.
        """
        common = list(blocks)
        unknown = (kind for kind in NewerBlock if kind in self.worth_trying and kind not in self._taken)
        tried = next((kind for kind in unknown if newer_kinds(with_newer_blocks(common, {kind}))), None)
        return self.taken if tried is None else self.taken | {tried}

    def remember(self, blocks: Iterable[Block], *, taken: bool) -> None:
        """Notes what Slack did with the newer ones among ``blocks``."""
        kinds = newer_kinds(blocks)
        for kind in kinds if taken else kinds - self._taken or kinds:
            if taken:
                self._taken.add(kind)
                self._refused_at.pop(kind, None)
            else:
                self._taken.discard(kind)
                self._refused_at[kind] = self._clock()


def newer_kinds(blocks: Iterable[Block]) -> frozenset[NewerBlock]:
    """The newer blocks among ``blocks``."""
    types = {block["type"] for block in blocks}
    return frozenset(kind for kind in NewerBlock if kind in types)
