"""The answer to a question about codes (coverage, pricing, status, a field, units): the answer, then its proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.answer import Answer, RecordView
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.questions.question import Intent
from hcpcs.records.families.noc import NOC_RULE
from hcpcs_bot.slack.blockkit.blocks import Block, Element, bullets, line, note, rich, words
from hcpcs_bot.slack.cards.lists.hits import hit_list, hit_select
from hcpcs_bot.slack.cards.parts.buttons import code_controls
from hcpcs_bot.slack.cards.parts.facts import evidence_lines
from hcpcs_bot.slack.cards.parts.frame import Card, frame, headline
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.team_notes import team_notes
from hcpcs_bot.slack.cards.parts.titles import record_title
from hcpcs_bot.slack.cards.parts.verdict import shared_verdict, verdict_sign
from hcpcs_bot.slack.cards.records.card import facts_about
from hcpcs_bot.slack.cards.records.several import coverage_table, record_select

FACTS_SHOWN: Final = 30
"""Maximum facts below the answer."""
FACT_SHOWN: Final = 700
"""Maximum characters of a fact."""


def draw_facts(answer: Answer, target: CardTarget) -> Card:
    """The headline and what proves it; one code is named below the headline, several are in a table."""
    if answer.intent is Intent.COVERAGE and len(answer.records) > 1:
        return _draw_coverage(answer, target)
    single = answer.records[0] if len(answer.records) == 1 else None
    sign = verdict_sign(single) if single is not None and answer.verdict is not None else ""
    body: list[Block] = team_notes(target) if target.notes_first else []
    body += headline(f"{sign} {answer.headline}".strip())
    if single is not None:
        body.append(note(record_title(single)))
    body += _proof(answer.evidence if single is None else _of_one_code(facts_about(answer.evidence), single.code))
    if single is not None and single.not_otherwise_classified:
        body.append(rich(line(words(NOC_RULE))))
    body += [] if target.notes_first else team_notes(target)
    body += hit_list(answer)
    return frame(answer, target, body, _controls(answer, single, target))


def _of_one_code(facts: Sequence[Evidence], code: str) -> list[Evidence]:
    """The facts of a card that names its one code; none has it as its label again."""
    plain = [fact.model_copy(update={"label": "", "text": f"{fact.text[:1].upper()}{fact.text[1:]}"}) for fact in facts]
    return [bare if fact.label == code else fact for fact, bare in zip(facts, plain, strict=True)]


def _proof(facts: list[Evidence] | tuple[Evidence, ...]) -> list[Block]:
    lines = evidence_lines(facts[:FACTS_SHOWN], limit=FACT_SHOWN)
    return [rich(bullets(lines))] if lines else []


def _controls(answer: Answer, single: RecordView | None, target: CardTarget) -> list[Element]:
    if single is not None:
        return code_controls(single, target)
    if answer.hits:
        return hit_select(answer, target)
    return record_select(answer, target)


def _draw_coverage(answer: Answer, target: CardTarget) -> Card:
    """Medicare's coverage of several codes: the verdict that they share in one sentence, and a row for each code."""
    shared = shared_verdict(answer.records) if answer.verdict is not None else ""
    body = headline(f"{shared} {answer.lead}".rstrip() if shared else answer.headline)
    body += coverage_table(answer, target)
    conditions = dict.fromkeys(fact.text for fact in answer.evidence if fact.kind is EvidenceKind.CONDITION)
    if conditions:
        body.append(rich(*(line(words(text)) for text in conditions)))
    others = [fact for fact in answer.evidence if fact.kind not in {EvidenceKind.CONDITION, EvidenceKind.PROOF}]
    body += _proof(facts_about(others))
    body += team_notes(target)
    return frame(answer, target, body, record_select(answer, target))
