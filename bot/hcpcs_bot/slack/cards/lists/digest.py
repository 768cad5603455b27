"""The digest of a new release as a message: the changes that match the channel's watches, by kind, each change once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from hcpcs.answers.parts.change_text import after_code, change_sentence
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.records.change_kinds import ChangeKind, change_kinds, count_text
from hcpcs_bot.slack.blockkit.blocks import Block, Element, bullets, context, header, line, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip, escape
from hcpcs_bot.slack.cards.parts.frame import TEXT_LIMIT, Card
from hcpcs_bot.slack.ids import COMMAND
from hcpcs_bot.watches.digest import Digest, MatchedChange

CHANGE_SHOWN: Final = 260
"""Maximum characters of a change."""
PHRASES_SHOWN: Final = 3
"""Maximum watches named after a change."""
_REMAINDER_TEXT: Final = 100
"""Characters kept free for the line that counts the changes left out."""


def draw_digest(digest: Digest) -> Card:
    """The message of a digest."""
    blocks: list[Block] = [header(title(digest)), context(escape(change_counts(digest)))]
    for kind, matched in groupby(digest.matched, key=lambda one: one.change.kind):
        blocks.append(_group(kind, digest.counts[kind], list(matched)))
    blocks += [context(escape(text)) for text in (remainder(digest), footer(digest)) if text]
    return Card(_text(digest), blocks)


def title(digest: Digest) -> str:
    """``HCPCS October 2025: 3 changes to what this channel watches``."""
    noun = "change" if digest.total == 1 else "changes"
    return f"{digest.after.label}: {digest.total:,} {noun} to what this channel watches"


def change_counts(digest: Digest) -> str:
    """How many changes there are of each kind, and which releases were compared."""
    counts = join_words([count_text(count, kind) for kind, count in digest.counts.items()])
    if digest.before is None:
        return f"By CMS's action codes (the previous release isn't loaded): {counts}."
    return f"From {digest.before.label} to {digest.after.label}: {counts}."


def remainder(digest: Digest) -> str:
    """How many changes are not shown, and how to see them; blank if all are shown."""
    left = digest.total - len(digest.matched)
    return f"And {left:,} more: {COMMAND} changes" if left else ""


def footer(digest: Digest) -> str:
    """The release that states the changes, and how to remove a watch."""
    source = f"Source: {digest.after.label} ({digest.after.short_digest})"
    return f"{source} · {COMMAND} watching lists this channel's watches, {COMMAND} unwatch removes one"


def matched_line(matched: MatchedChange) -> str:
    """One change in plain words, and the watches that it matches."""
    return f"{clip(change_sentence(matched.change), CHANGE_SHOWN)} [{watch_names(matched)}]"


def watch_names(matched: MatchedChange) -> str:
    """``watch: S93*, insulin pump``."""
    shown = ", ".join(matched.phrases[:PHRASES_SHOWN])
    more = len(matched.phrases) - PHRASES_SHOWN
    return f"watch: {shown}, and {more} more" if more > 0 else f"watch: {shown}"


def _group(kind: ChangeKind, count: int, matched: Iterable[MatchedChange]) -> Block:
    spec = change_kinds()[kind]
    heading = f"{spec.sign} {spec.label.capitalize()} ({count:,})"
    return rich(line(words(heading, bold=True)), bullets(_bullet(one) for one in matched))


def _bullet(matched: MatchedChange) -> Element:
    code = matched.change.code
    rest = clip(after_code(matched.change), CHANGE_SHOWN)
    return line(words(code, bold=True), words(f"{rest} "), words(f"[{watch_names(matched)}]", italic=True))


def _text(digest: Digest) -> str:
    """The digest in plain text, for notifications and screen readers; changes that don't fit are counted."""
    first, last = [title(digest), change_counts(digest)], footer(digest)
    room = TEXT_LIMIT - len(escape("\n".join([*first, last]))) - _REMAINDER_TEXT
    lines: list[str] = []
    for matched in digest.matched:
        text = escape(matched_line(matched))
        if len(text) + 1 > room:
            break
        room -= len(text) + 1
        lines.append(text)
    left = digest.total - len(lines)
    more = [f"And {left:,} more: {COMMAND} changes"] if left else []
    return "\n".join([*map(escape, first), *lines, *map(escape, [*more, last])])
