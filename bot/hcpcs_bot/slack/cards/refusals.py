"""The cards that say no: not found, not HCPCS, not understood, starter only. None of them guesses."""

from __future__ import annotations

from typing import Final

from hcpcs.answers import Answer, Outcome
from hcpcs_bot.slack.blocks import Block, Element, bullets, line, rich, words
from hcpcs_bot.slack.cards.facts import headline
from hcpcs_bot.slack.cards.frame import Card, Stage, ask_button, frame
from hcpcs_bot.slack.mrkdwn import clip

SUGGESTIONS_SHOWN: Final = 20
EVIDENCE_SHOWN: Final = 20
EVIDENCE_TEXT: Final = 600


def draw_not_found(answer: Answer, stage: Stage) -> Card:
    """What is not in the release, and existing codes one confusion away, each with a button."""
    return _refusal(answer, stage, "🔍")


def draw_not_hcpcs(answer: Answer, stage: Stage) -> Card:
    """A code of another system: named, never described, with where to look instead."""
    return _refusal(answer, stage, "↪️")


def draw_not_understood(answer: Answer, stage: Stage) -> Card:
    """What can be asked instead."""
    return _refusal(answer, stage, "💬")


def draw_starter(answer: Answer, stage: Stage) -> Card:
    """Only the starter is loaded: a code beyond it may well exist, and this is how to load the full set."""
    return _refusal(answer, stage, "📦")


def _refusal(answer: Answer, stage: Stage, sign: str) -> Card:
    body: list[Block] = headline(f"{sign} {answer.headline}")
    if answer.evidence:
        told = (line(words(clip(fact.text, EVIDENCE_TEXT))) for fact in answer.evidence[:EVIDENCE_SHOWN])
        body.append(rich(bullets(told)))
    understood = answer.outcome is not Outcome.NOT_UNDERSTOOD
    return frame(answer, stage, body, _suggestions(answer, stage), sharable=understood)


def _suggestions(answer: Answer, stage: Stage) -> list[Element]:
    buttons = [
        ask_button(f"{'Browse' if text.endswith('*') else 'Open'} {text}", text, stage, f"suggestion-{number}")
        for number, text in enumerate(answer.suggestions[:SUGGESTIONS_SHOWN])
    ]
    return [element for element in buttons if element is not None]
