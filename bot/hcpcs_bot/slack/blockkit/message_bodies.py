"""The bodies of messages that answer a request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hcpcs_bot.slack.blockkit.blocks import Block, line, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import escape


def ephemeral(text: str, blocks: Sequence[Block]) -> dict[str, Any]:
    """A message that only the person who asked sees; ``text`` is escaped already."""
    return {"response_type": "ephemeral", "replace_original": False, "text": text, "blocks": list(blocks)}


def public(text: str, blocks: Sequence[Block]) -> dict[str, Any]:
    """A message for the whole channel; ``text`` is escaped already."""
    return {"response_type": "in_channel", "replace_original": False, "text": text, "blocks": list(blocks)}


def replacement(text: str, blocks: Sequence[Block]) -> dict[str, Any]:
    """New content for the message whose control was used; ``text`` is escaped already."""
    return {"replace_original": True, "text": text, "blocks": list(blocks)}


def plain_blocks(text: str) -> list[Block]:
    """Plain text as blocks, in which nothing is a mention or a link."""
    return [rich(line(words(text)))]


def plain_message(text: str) -> dict[str, Any]:
    """A message of plain text that only the person who asked sees."""
    return ephemeral(escape(text), plain_blocks(text))
