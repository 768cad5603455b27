"""What a term or a coded value means."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer
from hcpcs_bot.slack.blockkit.blocks import Block, line, note, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.cards.parts.facts import evidence_lines
from hcpcs_bot.slack.cards.parts.frame import Card, frame, headline
from hcpcs_bot.slack.cards.parts.target import CardTarget

TERMS_SHOWN: Final = 12
"""Maximum definitions, and maximum facts above them."""
TEXT_SHOWN: Final = 1_500
"""Maximum characters of one definition or fact."""
DEFINITIONS_TEXT: Final = 8_000
"""Characters of all definitions after which each further one is cut to ``TEXT_AT_LEAST``."""
TEXT_AT_LEAST: Final = 80
"""Characters that a definition has in any case."""


def draw_definitions(answer: Answer, target: CardTarget) -> Card:
    """Each definition of ``answer``: its name, meaning and format."""
    body: list[Block] = headline(answer.headline)
    if answer.evidence:
        body.append(rich(*evidence_lines(answer.evidence[:TERMS_SHOWN], limit=TEXT_SHOWN)))
    room = DEFINITIONS_TEXT
    for definition in answer.definitions[:TERMS_SHOWN]:
        text = clip(definition.text, min(TEXT_SHOWN, max(room, TEXT_AT_LEAST)))
        room -= len(text)
        if not definition.in_headline:
            body.append(rich(line(words(f"{definition.label}: ", bold=True), words(text))))
        details = [f"Format: {definition.form}" if definition.form else "", definition.source or ""]
        if any(details):
            body.append(note(" · ".join(part for part in details if part)))
    return frame(answer, target, body)
