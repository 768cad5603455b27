"""The cards of refusals: not found, not HCPCS, not understood, starter only."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import Answer, Outcome
from hcpcs.questions.question import Intent
from hcpcs_bot.slack.blockkit.blocks import Block, Element, bullets, line, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.cards.parts.buttons import ask_button
from hcpcs_bot.slack.cards.parts.frame import Card, frame, headline
from hcpcs_bot.slack.cards.parts.target import CardTarget

SUGGESTIONS_SHOWN: Final = 20
EVIDENCE_SHOWN: Final = 20
EVIDENCE_TEXT: Final = 600


def draw_not_found(answer: Answer, target: CardTarget) -> Card:
    """A code that is not in the release, and similar codes that are, each with a button."""
    return _refusal(answer, target, "🔍")


def draw_not_hcpcs(answer: Answer, target: CardTarget) -> Card:
    """A code of another system, named and not described, and where to look it up."""
    return _refusal(answer, target, "↪️")


def draw_not_understood(answer: Answer, target: CardTarget) -> Card:
    """What can be asked instead."""
    return _refusal(answer, target, "💬")


def draw_starter(answer: Answer, target: CardTarget) -> Card:
    """A code that may exist although it is not in the starter, and how to load the full code set."""
    return _refusal(answer, target, "📦")


def _refusal(answer: Answer, target: CardTarget, sign: str) -> Card:
    body: list[Block] = headline(f"{sign} {answer.headline}")
    if answer.evidence:
        facts = (line(words(clip(fact.sentence, EVIDENCE_TEXT))) for fact in answer.evidence[:EVIDENCE_SHOWN])
        body.append(rich(bullets(facts)))
    understood = answer.outcome is not Outcome.NOT_UNDERSTOOD
    return frame(answer, target, body, _suggestions(answer, target), sharable=understood)


def _suggestions(answer: Answer, target: CardTarget) -> list[Element]:
    buttons = [
        ask_button(label, question, target, f"suggestion-{number}")
        for number, (label, question) in enumerate(_questions(answer)[:SUGGESTIONS_SHOWN])
    ]
    return [element for element in buttons if element is not None]


def _questions(answer: Answer) -> list[tuple[str, str]]:
    """The label and question of each suggestion: a code or family, or a value of the vocabulary asked about."""
    if answer.intent is Intent.DEFINE and answer.definitions:
        values = [f"{answer.definitions[0].label} {value}" for value in answer.suggestions]
        return [(value, value) for value in values]
    families = {f"{family.prefix}*" for family in answer.families}
    return [(f"{'Browse' if text in families else 'Open'} {text}", text) for text in answer.suggestions]
