"""The codes of a pasted message in one table: each with Medicare's verdict, its description and flags.

Codes of other systems and codes in no release have rows too; they are named and not described.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hcpcs.answers.answer import Answer, RecordView, Verdict
from hcpcs.answers.evidence import Evidence, EvidenceKind, NoticeKind
from hcpcs.questions.recognizers.modifiers.modifier_words import is_cpt
from hcpcs.records.codes import CodeMention, CodeSystem, is_modifier
from hcpcs.records.fields import long_date
from hcpcs.records.modifiers.ambulance_points import transport_of
from hcpcs.records.record import RecordKind, Status
from hcpcs_bot.slack.blockkit.blocks import Block, Element, bullets, button, line, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.cards.parts.buttons import ActionId
from hcpcs_bot.slack.cards.parts.code_table import TableRow, code_table
from hcpcs_bot.slack.cards.parts.facts import merge_facts
from hcpcs_bot.slack.cards.parts.frame import Card, frame, headline
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.team_notes import team_notes
from hcpcs_bot.slack.cards.parts.verdict import brief_verdict, verdict_sign
from hcpcs_bot.slack.cards.records.several import description_of, record_select
from hcpcs_bot.slack.ids import AnswerMode, ButtonState

CELL: Final = 80
"""Maximum characters of a description."""
MODIFIER_LINE: Final = "Modifier"
"""The first line of a modifier, which has no verdict of its own."""
PAGES_SHOWN: Final = 20
"""Maximum buttons for further pages; a row of controls takes 25."""
OTHERS_SHOWN: Final = 15
"""Maximum facts below the table."""
OTHER_TEXT: Final = 300
"""Maximum characters of such a fact."""
_ROWS_OF_THEIR_OWN: Final = frozenset({NoticeKind.MISSING, NoticeKind.FOREIGN})
"""Notices about codes that the table has rows for."""
_OURS: Final = frozenset({CodeSystem.HCPCS, CodeSystem.MODIFIER})


def flags(record: RecordView) -> str:
    """What a claim must say of a NOC code; blank for any other."""
    return "📋 NOC: describe it" if record.not_otherwise_classified else ""


def record_row(record: RecordView, *, with_day: bool = False) -> TableRow:
    """The row of a code that the release states; ``with_day`` adds the day that it is judged on."""
    modifier = record.kind is RecordKind.MODIFIER
    verdict = MODIFIER_LINE if modifier else f"{verdict_sign(record)} {brief_verdict(record)}".strip()
    ended = "🛑 terminated" if modifier and record.status is Status.TERMINATED else ""
    day = f"as of {long_date(record.source.day)}" if with_day else ""
    texts = (
        " · ".join(filter(None, (verdict, ended, flags(record)))),
        description_of(record, CELL) or record.value("short_description"),
        day,
    )
    return TableRow(record.code, tuple(filter(None, texts)), verdict=not modifier)


def mention_row(code: str, system: CodeSystem) -> TableRow:
    """The row of a code without a record: of another system, or in no release."""
    if system in _OURS:
        return TableRow(code, ("🔍 Not in this release",))
    kind = " modifier" if is_modifier(code) else ""
    return TableRow(code, (f"↪️ Looks like {system.value}{kind}: not HCPCS",))


def _modifier_row(mention: CodeMention, modifier: str) -> TableRow:
    """The row of a modifier without a record: the route of an ambulance, CPT's, or in no release."""
    route = transport_of(modifier) if modifier == mention.transport else None
    if route is not None:
        return TableRow(modifier, (f"🚑 {route.origin} to {route.destination}",))
    ours = mention.system in _OURS and not is_cpt(modifier)
    return mention_row(modifier, CodeSystem.MODIFIER if ours else CodeSystem.CPT)


def rows_of(answer: Answer) -> list[TableRow]:
    """The rows of a decoded message: records first, then the others, each once."""
    stated = {record.code for record in answer.records}
    several_days = len({record.source.day for record in answer.records}) > 1
    others: dict[str, TableRow] = {}
    for mention in answer.mentions:
        others[mention.code] = mention_row(mention.code, mention.system)
        others |= {modifier: _modifier_row(mention, modifier) for modifier in mention.modifiers}
    records = [record_row(record, with_day=several_days) for record in answer.records]
    return [*records, *(row for code, row in others.items() if code not in stated)]


def draw_decode(answer: Answer, target: CardTarget) -> Card:
    """The table of the codes of ``answer``, below it what to check, and buttons for the codes that it leaves out."""
    body: list[Block] = headline(answer.headline)
    body += code_table(("Code", "Medicare and description"), rows_of(answer), target)
    others = list(merge_facts(fact for fact in answer.evidence if not _in_table(fact, answer.records)))
    if others:
        facts = (line(words(clip(text, OTHER_TEXT))) for text in others[:OTHERS_SHOWN])
        body.append(rich(line(words("Check these", bold=True)), bullets(facts)))
    body += team_notes(target)
    notices = tuple(notice for notice in answer.notices if notice.kind not in _ROWS_OF_THEIR_OWN)
    shown = answer.model_copy(update={"notices": notices})
    return frame(shown, target, body, [*record_select(answer, target), *further_buttons(answer, target)])


def further_buttons(answer: Answer, target: CardTarget) -> list[Element]:
    """A button for each page of codes that the card leaves out; it carries them itself."""
    buttons = []
    for number, text in enumerate(answer.further_pages[:PAGES_SHOWN]):
        value = ButtonState(text, target.today, mode=AnswerMode.DECODE).pack()
        if value is not None:
            name = "Show the other codes" if len(answer.further_pages) == 1 else f"Codes, page {number + 2}"
            buttons.append(button(name, ActionId.MORE.at(number), value))
    return buttons


def _in_table(fact: Evidence, records: Iterable[RecordView]) -> bool:
    """Whether the table already states the fact: a code of another system, or that a code is not payable."""
    if fact.kind is EvidenceKind.FOREIGN:
        return True
    return fact.kind is EvidenceKind.VERDICT and any(
        record.code == fact.code and record.verdict is Verdict.NOT_PAYABLE for record in records
    )
