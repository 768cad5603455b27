"""One code over time: each meaning it had, since when, and what changed."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer, TimelineEntry
from hcpcs_bot.slack.blockkit.blocks import Block, line, note, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.cards.parts.buttons import code_controls
from hcpcs_bot.slack.cards.parts.facts import evidence_lines
from hcpcs_bot.slack.cards.parts.frame import Card, frame, headline
from hcpcs_bot.slack.cards.parts.target import CardTarget

ENTRIES_SHOWN: Final = 20
"""Maximum entries, the newest ones."""
FACTS_SHOWN: Final = 10
"""Maximum facts above the timeline."""
TEXT_SHOWN: Final = 500
"""Maximum characters of an entry or a fact."""
ENTRIES_TEXT: Final = 8_000
"""Characters of all entries after which each further one is cut to ``TEXT_AT_LEAST``."""
TEXT_AT_LEAST: Final = 80
"""Characters that an entry has in any case."""


def draw_history(answer: Answer, target: CardTarget) -> Card:
    """The timeline of ``answer``; the oldest entries are left out where it is very long."""
    body: list[Block] = headline(answer.headline)
    if answer.evidence:
        body.append(rich(*evidence_lines(answer.evidence[:FACTS_SHOWN], limit=TEXT_SHOWN)))
    room = ENTRIES_TEXT
    for entry in answer.timeline[-ENTRIES_SHOWN:]:
        text = clip(entry.text, min(TEXT_SHOWN, max(room, TEXT_AT_LEAST)))
        room -= len(text) + len(entry.short_description)
        body.append(
            rich(
                line(words(_span(entry), bold=True), words(f"  {entry.short_description}", italic=True)),
                line(words(f"{text[:1].upper()}{text[1:]}" or "First record loaded.")),
            )
        )
    if len(answer.timeline) > ENTRIES_SHOWN:
        body.append(note(f"{len(answer.timeline) - ENTRIES_SHOWN} older entries are not shown."))
    controls = code_controls(answer.records[0], target) if answer.records else []
    return frame(answer, target, body, controls)


def _span(entry: TimelineEntry) -> str:
    if entry.first_release == entry.last_release:
        return entry.first_release
    return f"{entry.first_release} to {entry.last_release}"
