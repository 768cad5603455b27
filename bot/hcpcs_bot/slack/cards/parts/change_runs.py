"""A change as runs of rich text: what a description lost is struck through, what it gained is bold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hcpcs.answers.answer import DiffKind, DiffSpan
from hcpcs.answers.parts.change_text import after_code
from hcpcs.answers.rendering.word_diff import word_diff
from hcpcs.catalog.changes import Change
from hcpcs.records.change_kinds import change_kinds
from hcpcs_bot.slack.blockkit.blocks import Element, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip, clip_middle

SAME_SHOWN: Final = 60
"""Maximum characters of words that a change of a description leaves as they are."""


def change_runs(change: Change, limit: int) -> list[Element]:
    """A change after its code, of at most ``limit`` characters; of a description only the words around what differs."""
    before, after = (stated.get("long_description", "") for stated in (change.before, change.after))
    if not (before and after):
        return [words(clip(after_code(change), limit))]
    title = f" ({change.short_description})" if change.short_description else ""
    opening = f"{title} {change_kinds()[change.kind].label}: "
    return [words(opening), *_diff(word_diff(before, after), limit - len(opening))]


def _diff(spans: tuple[DiffSpan, ...], room: int) -> Iterator[Element]:
    for span in spans:
        if room <= 0:
            yield words("…")
            return
        text = clip_middle(span.text, SAME_SHOWN) if span.kind is DiffKind.SAME else span.text
        text = clip(text, room)
        room -= len(text) + 1
        yield words(text, bold=span.kind is DiffKind.ADDED, strike=span.kind is DiffKind.REMOVED)
        yield words(" ")
