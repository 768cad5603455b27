"""The card of one code that was only named: name, Medicare's verdict, and what a biller acts on, on one phone screen.

Every other field is in the full record, behind its button.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.answer import Answer, RecordView
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.records.fields import long_date
from hcpcs.records.record import RecordKind, Status
from hcpcs_bot.slack.blockkit.blocks import Block, actions, header, line, note, rich, sentence, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.cards.parts.buttons import ask_button, code_controls
from hcpcs_bot.slack.cards.parts.facts import CardFact, evidence_lines, fact_line
from hcpcs_bot.slack.cards.parts.frame import Card, frame
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.team_notes import team_notes
from hcpcs_bot.slack.cards.parts.titles import is_cut, record_name, record_title, with_acronyms
from hcpcs_bot.slack.cards.parts.verdict import proving_coverage, verdict_label, verdict_sign
from hcpcs_bot.slack.cards.records.code_facts import code_facts
from hcpcs_bot.slack.cards.records.noc import checklist
from hcpcs_bot.slack.ids import code_question

DESCRIPTION_SHOWN: Final = 420
"""Maximum characters of the description below a title that cuts it."""
SUGGESTIONS_SHOWN: Final = 5
"""Maximum replacements of an ended code."""
_SHOWN_BY_THE_CARD: Final = frozenset({EvidenceKind.VERDICT, EvidenceKind.DESCRIPTION, EvidenceKind.NOC})
"""Facts that a card of one code shows in its own blocks."""


def draw_card(answer: Answer, target: CardTarget) -> Card:
    """The card of the one procedure or modifier of ``answer``, with what the modifiers beside it say."""
    record = single_record(answer.records)
    if record is None:
        raise ValueError("a card of one code needs one code")
    body: list[Block] = [header(record_title(record)), *opening(answer), *_verdict(answer, record, target)]
    if is_cut(record):
        body.append(rich(line(words(clip(with_acronyms(record.value("long_description")), DESCRIPTION_SHOWN)))))
    body += _facts(answer, record)
    body += team_notes(target)
    if record.not_otherwise_classified:
        body += checklist()
    body += _replacements(answer, target)
    return frame(answer, target, body, code_controls(record, target))


def single_record(records: Sequence[RecordView]) -> RecordView | None:
    """The one record that gets a card of its own: the only one, or the only procedure among modifiers."""
    procedures = [record for record in records if record.kind is RecordKind.PROCEDURE]
    own = procedures or list(records)
    return own[0] if len(own) == 1 else None


def _verdict(answer: Answer, record: RecordView, target: CardTarget) -> list[Block]:
    """Medicare's verdict in a sentence, with its sign, the day if it isn't today, and the coverage code."""
    stated = next((fact.text for fact in answer.evidence if fact.kind is EvidenceKind.VERDICT), verdict_label(record))
    if not stated:
        return []
    day = f"On {long_date(answer.source.day)}: " if answer.source.day != target.today else ""
    runs = [words(f"{verdict_sign(record)} {day}".lstrip()), *sentence(stated, bold=True)]
    coverage = proving_coverage(record)
    if coverage:
        runs.append(words(f" Coverage code {coverage}."))
    return [rich(line(*runs))]


def _facts(answer: Answer, record: RecordView) -> list[Block]:
    """What the answer states beside the verdict, what a biller acts on in the record, and what is loaded beside it."""
    beside = [
        CardFact(record_name(other), with_acronyms(other.value("long_description")))
        for other in answer.records
        if other is not record
    ]
    stated = facts_about(answer.evidence)
    loaded = [fact for fact in stated if fact.kind is EvidenceKind.FACT]
    lines = evidence_lines(fact for fact in stated if fact not in loaded and fact.kind is not EvidenceKind.CLAIM_LINE)
    lines += map(fact_line, (*beside, *code_facts(record), *(CardFact(one.label, one.text) for one in loaded)))
    return [rich(*lines)] if lines else []


def opening(answer: Answer) -> list[Block]:
    """What the answer says beside the titles of its records, and then of the modifiers of a claim line."""
    on_the_line = [fact.text for fact in answer.evidence if fact.kind is EvidenceKind.CLAIM_LINE]
    lines = [line(*sentence(text, bold=True)) for text in (answer.lead, *on_the_line) if text]
    return [rich(*lines)] if lines else []


def facts_about(facts: Sequence[Evidence]) -> list[Evidence]:
    """The facts that a card of one code does not show in blocks of their own."""
    return [fact for fact in facts if fact.kind not in _SHOWN_BY_THE_CARD]


def _replacements(answer: Answer, target: CardTarget) -> list[Block]:
    """Possible replacements of a terminated code, each with a button; suggestions only."""
    record = single_record(answer.records)
    if record is None or record.status is not Status.TERMINATED or not answer.suggestions or not target.controls:
        return []
    buttons = [
        ask_button(code, code_question(code), target, f"successor-{code}", f"Open the card of {code}")
        for code in answer.suggestions[:SUGGESTIONS_SHOWN]
    ]
    row = actions("successors", [element for element in buttons if element is not None])
    return [note("Possible replacements (suggestions only; compare the descriptions before using one):"), row]
