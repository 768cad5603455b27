"""The digest of a new release as a message: the changes that match the channel's watches, by kind, each change once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from hcpcs.answers.parts.change_text import change_sentence
from hcpcs.answers.parts.difference_text import row_name, row_text
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition_kinds import edition_kinds
from hcpcs.records.change_kinds import ChangeKind, change_kinds, count_text
from hcpcs_bot.slack.blockkit.blocks import Block, Element, bullets, context, header, line, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip, escape
from hcpcs_bot.slack.cards.parts.change_runs import change_runs
from hcpcs_bot.slack.cards.parts.frame import TEXT_LIMIT, Card
from hcpcs_bot.slack.ids import COMMAND
from hcpcs_bot.watches.digest import Digest, MatchedChange
from hcpcs_bot.watches.editions_digest import ComparedEditions, EditionsDigest, MatchedRow

CHANGE_SHOWN: Final = 260
"""Maximum characters of a change."""
PHRASES_SHOWN: Final = 3
"""Maximum watches named after a change."""
_REMAINDER_TEXT: Final = 100
"""Characters kept free for the line that counts the changes left out."""


def draw_digest(digest: Digest) -> Card:
    """The message of a digest."""
    counts = change_counts(digest)
    blocks: list[Block] = [header(title(digest)), *([context(escape(counts))] if counts else [])]
    for kind, matched in groupby(digest.matched, key=lambda one: one.change.kind):
        blocks.append(_group(kind, digest.counts[kind], list(matched)))
    if digest.editions is not None:
        blocks += _edition_groups(digest.editions)
    blocks += [context(escape(text)) for text in (remainder(digest), footer(digest)) if text]
    return Card(_text(digest), blocks)


def title(digest: Digest) -> str:
    """``HCPCS October 2025: 3 changes to what this channel watches``."""
    noun = "change" if digest.total == 1 else "changes"
    return f"{_subject(digest)}: {digest.total:,} {noun} to what this channel watches"


def _subject(digest: Digest) -> str:
    """What the digest is of: the release, one companion file, or several of them."""
    if digest.matched or digest.editions is None:
        return digest.after.label
    compared = digest.editions.compared
    return compared[0].after.label if len(compared) == 1 else "Companion files"


def change_counts(digest: Digest) -> str:
    """How many changes there are of each kind, and which releases were compared; blank without such a change."""
    if not digest.counts:
        return ""
    counts = join_words([count_text(count, kind) for kind, count in digest.counts.items()])
    if digest.before is None:
        return f"By CMS's action codes (the previous release isn't loaded): {counts}."
    return f"From {digest.before.label} to {digest.after.label}: {counts}."


def remainder(digest: Digest) -> str:
    """How many changes are not shown, and how to see them; blank if all are shown."""
    left = digest.total - len(digest.matched) - (len(digest.editions.rows) if digest.editions else 0)
    return _more(digest, left)


def _more(digest: Digest, left: int) -> str:
    if not left:
        return ""
    return f"And {left:,} more: {COMMAND} changes" if digest.matched else f"And {left:,} more."


def footer(digest: Digest) -> str:
    """The release that states the changes, and how to remove a watch."""
    sources = [f"{digest.after.label} ({digest.after.short_digest})"] if digest.matched else []
    if digest.editions is not None:
        sources += [f"{one.after.label} ({one.after.digest[:12]})" for one in digest.editions.compared]
    return (
        f"Source: {', '.join(sources)} · {COMMAND} watching lists this channel's watches, {COMMAND} unwatch removes one"
    )


def matched_line(matched: MatchedChange) -> str:
    """One change in plain words, and the watches that it matches."""
    return f"{clip(change_sentence(matched.change), CHANGE_SHOWN)} [{watch_names(matched)}]"


def row_line(row: MatchedRow) -> str:
    """What differs in one row of a companion file: old and new values, and the watches that it matches."""
    text = f"{row_name(row.differences[0])}: {row_text(row.differences)}"
    return f"{clip(text, CHANGE_SHOWN)} [{watch_names(row)}]"


def editions_heading(compared: ComparedEditions, count: int) -> str:
    """``Medicare Part B payment limits January 2026, compared with October 2025 (3)``."""
    name = edition_kinds()[compared.after.kind].name
    before = compared.before.label.removeprefix(name).strip()
    return f"{compared.after.label}, compared with {before} ({count:,})"


def _edition_groups(editions: EditionsDigest) -> Iterator[Block]:
    for compared in editions.compared:
        rows = [row for row in editions.rows if row.differences[0].edition_kind is compared.after.kind]
        if rows:
            heading = line(words(editions_heading(compared, len(rows)), bold=True))
            yield rich(heading, bullets(map(_row_bullet, rows)))


def _row_bullet(row: MatchedRow) -> Element:
    text = clip(f": {row_text(row.differences)}", CHANGE_SHOWN)
    name = words(row_name(row.differences[0]), bold=True)
    return line(name, words(f"{text} "), words(f"[{watch_names(row)}]", italic=True))


def watch_names(matched: MatchedChange | MatchedRow) -> str:
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
    runs = change_runs(matched.change, CHANGE_SHOWN)
    return line(words(code, bold=True), *runs, words(f" [{watch_names(matched)}]", italic=True))


def _text(digest: Digest) -> str:
    """The digest in plain text, for notifications and screen readers; changes that don't fit are counted."""
    first, last = [text for text in (title(digest), change_counts(digest)) if text], footer(digest)
    room = TEXT_LIMIT - len(escape("\n".join([*first, last]))) - _REMAINDER_TEXT
    lines: list[str] = []
    shown = 0
    for plain, is_change in _lines(digest):
        text = escape(plain)
        if len(text) + 1 > room:
            break
        room -= len(text) + 1
        lines.append(text)
        shown += is_change
    more = [text for text in (_more(digest, digest.total - shown),) if text]
    return "\n".join([*map(escape, first), *lines, *map(escape, [*more, last])])


def _lines(digest: Digest) -> Iterator[tuple[str, bool]]:
    """The lines of the changes, and the headings between them, each with whether it is a change."""
    for matched in digest.matched:
        yield matched_line(matched), True
    if digest.editions is None:
        return
    for compared in digest.editions.compared:
        rows = [row for row in digest.editions.rows if row.differences[0].edition_kind is compared.after.kind]
        if rows:
            yield editions_heading(compared, len(rows)), False
        for row in rows:
            yield row_line(row), True
