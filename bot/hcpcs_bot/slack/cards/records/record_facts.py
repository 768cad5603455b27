"""One fact about a code (coverage, pricing, status, a field, units): the answer and its proof."""

from __future__ import annotations

from hcpcs.answers.answer import Answer
from hcpcs_bot.slack.blockkit.blocks import Block, Element, bullets, line, rich, words
from hcpcs_bot.slack.cards.parts.buttons import ask_button, code_controls, question_for
from hcpcs_bot.slack.cards.parts.frame import Card, frame, headline
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.verdict import verdict_sign
from hcpcs_bot.slack.cards.records.card import description, facts_about
from hcpcs_bot.slack.cards.records.noc import checklist
from hcpcs_bot.slack.cards.records.several import brief_records


def draw_facts(answer: Answer, target: CardTarget) -> Card:
    """The headline, then the evidence that proves it; for one code also its description and controls."""
    single = answer.records[0] if len(answer.records) == 1 else None
    sign = verdict_sign(single) if single is not None and answer.verdict is not None else ""
    body: list[Block] = headline(f"{sign} {answer.headline}".strip())
    # Of one code the description stands below anyway.
    facts = answer.evidence if single is None else facts_about(answer)
    if facts:
        body.append(rich(bullets(line(words(fact.sentence)) for fact in facts)))
    controls: list[Element] = []
    if single is not None:
        body += description(single)
        if single.not_otherwise_classified:
            body += checklist()
        whole = ask_button("Full record", question_for(single.code, single.source, target), target, "whole")
        controls = [element for element in (whole, *code_controls(single, target)) if element is not None]
    elif answer.records:
        body += brief_records(answer.records, target)
    return frame(answer, target, body, controls)
