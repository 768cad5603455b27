"""The cards of refusals: not found, not HCPCS, starter only; each with what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hcpcs.answers.answer import Answer
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.rendering.plain_text import TRY
from hcpcs.questions.question import Intent
from hcpcs_bot.slack.blockkit.blocks import Block, Element, bullets, note, rich, section
from hcpcs_bot.slack.blockkit.mrkdwn import clip, escape
from hcpcs_bot.slack.cards.parts.buttons import ask_button, family_select
from hcpcs_bot.slack.cards.parts.facts import evidence_lines
from hcpcs_bot.slack.cards.parts.frame import Card, frame, headline
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.ids import code_question

SUGGESTIONS_SHOWN: Final = 20
"""Maximum buttons for suggestions; Slack takes 25 elements in a row."""
EVIDENCE_SHOWN: Final = 20
"""Maximum facts, suggested codes included."""
EVIDENCE_TEXT: Final = 600
"""Maximum characters of a fact."""


def draw_not_found(answer: Answer, target: CardTarget) -> Card:
    """A code that is not in the release, and similar codes that are, each with a button; or words without a match."""
    return (_draw_no_match if answer.families else _refusal)(answer, target, "🔍")


def _draw_no_match(answer: Answer, target: CardTarget, sign: str) -> Card:
    """Words that no code has: three lines, with examples, and families to browse in a select, which has their names."""
    body = [*headline(f"{sign} {answer.headline}"), note(TRY)]
    short = answer.model_copy(update={"text": f"{answer.headline}\n{TRY}", "notices": (), "contacts": ()})
    return frame(short, target, body, family_select(answer.families, target), sharable=False, sources=False)


def draw_not_hcpcs(answer: Answer, target: CardTarget) -> Card:
    """A code of another system, named and not described, and where to look it up."""
    return _refusal(answer, target, "↪️")


def draw_starter(answer: Answer, target: CardTarget) -> Card:
    """A code that may exist although it is not in the starter, and how to load the full code set."""
    return _refusal(answer, target, "📦")


def _refusal(answer: Answer, target: CardTarget, sign: str) -> Card:
    body: list[Block] = headline(f"{sign} {answer.headline}")
    facts = [*answer.evidence][:EVIDENCE_SHOWN]
    plain = [fact for fact in facts if not _opens(fact, answer)]
    if plain:
        lines = evidence_lines(plain, limit=EVIDENCE_TEXT)
        body.append(rich(*lines) if len(lines) == 1 else rich(bullets(lines)))
    body += [_suggested_code(fact, target) for fact in facts if _opens(fact, answer)]
    opened = {fact.code for fact in facts}
    return frame(answer, target, body, _suggestions(answer, target, opened), sharable=False)


def _opens(fact: Evidence, answer: Answer) -> bool:
    """Whether a fact describes a code that is suggested."""
    return fact.kind is EvidenceKind.SUGGESTION and fact.code in answer.suggestions


def _suggested_code(fact: Evidence, target: CardTarget) -> Block:
    """A code that may have been meant, with a button that opens it."""
    code = fact.code or ""
    opener = ask_button("Open", code_question(code), target, f"suggestion-{code}", f"Open the card of {code}")
    return section(escape(clip(fact.text, EVIDENCE_TEXT)), opener if target.controls else None)


def _suggestions(answer: Answer, target: CardTarget, opened: Iterable[str | None]) -> list[Element]:
    shown = set(opened)
    buttons = [
        ask_button(label, question, target, f"suggestion-{number}")
        for number, (label, question) in enumerate(_questions(answer)[:SUGGESTIONS_SHOWN])
        if question not in shown
    ]
    return [element for element in buttons if element is not None]


def _questions(answer: Answer) -> list[tuple[str, str]]:
    """The label and question of each suggestion: a code, or a value of the vocabulary asked about."""
    if answer.intent is Intent.DEFINE and answer.definitions:
        values = [f"{answer.definitions[0].label} {value}" for value in answer.suggestions]
        return [(value, value) for value in values]
    return [(f"Open {text}", text) for text in answer.suggestions]
