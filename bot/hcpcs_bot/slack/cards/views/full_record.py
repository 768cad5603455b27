"""The full record of one code, for a modal: the whole description, and every field with its value and definition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hcpcs.answers.answer import Answer, RecordView, Source, Verdict
from hcpcs.records.contacts import contact_summary
from hcpcs.records.fields import FIELDS, FieldGroup, FieldSpec, long_date
from hcpcs_bot.slack.blockkit.blocks import Block, Element, divider, header, line, note, quote, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.blockkit.newer_blocks import AlertLevel, alert
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.team_notes import NOT_AVAILABLE, note_runs
from hcpcs_bot.slack.cards.parts.titles import is_cut, record_title, with_acronyms
from hcpcs_bot.slack.cards.parts.verdict import verdict_line
from hcpcs_bot.slack.cards.records.field_text import value_and_meaning
from hcpcs_bot.slack.ids import COMMAND
from hcpcs_bot.team.note import NOTE_LENGTH

VALUE: Final = 900
"""Maximum characters of a value with its meaning."""
PARAGRAPH: Final = 2_500
"""Maximum characters of a paragraph of the description; Slack takes 3,000."""
LEVELS: Final[dict[Verdict, AlertLevel]] = {
    Verdict.NOT_PAYABLE: AlertLevel.ERROR,
    Verdict.TERMINATED: AlertLevel.ERROR,
    Verdict.NOT_YET: AlertLevel.WARNING,
    Verdict.CONDITIONAL: AlertLevel.WARNING,
    Verdict.CARRIER_JUDGMENT: AlertLevel.WARNING,
    Verdict.UNKNOWN: AlertLevel.INFO,
}
"""How serious each verdict is for a claim."""
NOTES_SHOWN: Final = 30
"""Maximum notes; a list of all is behind its own command."""
_IN_THE_TITLE: Final = frozenset({"code", "long_description"})


def draw_full_record(answer: Answer, target: CardTarget | None = None) -> list[Block]:
    """The first record of ``answer``: the team's notes, filled fields by group, blank ones, contacts, source."""
    record = answer.records[0]
    blocks: list[Block] = [header(record_title(record))]
    verdict = verdict_line(record)
    if record.verdict is not None and verdict:
        blocks.append(alert(f"Medicare: {verdict}", LEVELS[record.verdict]))
    if is_cut(record) or not record.value("long_description"):
        blocks += [rich(line(words(part))) for part in paragraphs(with_acronyms(record.value("long_description")))]
    blocks += _notes(target) if target is not None else []
    for group in FieldGroup:
        filled = [spec for spec in _specs(group) if record.field(spec.name).value]
        if filled:
            blocks += [divider(), rich(line(words(group.value.upper(), bold=True)), *_explained(record, filled))]
    blank = [spec for spec in FIELDS if spec.name not in _IN_THE_TITLE and not record.field(spec.name).value]
    if blank:
        blocks += [divider(), rich(line(words("BLANK IN THIS RECORD", bold=True)), *_explained(record, blank))]
    contacts = contact_summary(answer.contacts)
    if contacts:
        blocks.append(note("\n".join(contacts)))
    blocks.append(note(f"Source: {source_name(record.source)}, answer {answer.answer_id}"))
    return blocks


def _notes(target: CardTarget) -> list[Block]:
    """Every note of the team on the code, whole."""
    if target.notes_missing:
        return [note(NOT_AVAILABLE)]
    if not target.notes:
        return []
    shown = target.notes[:NOTES_SHOWN]
    blocks = [divider(), rich(line(words("TEAM NOTES, NOT FROM CMS", bold=True)))]
    blocks += [rich(quote(*note_runs(one, target, limit=NOTE_LENGTH))) for one in shown]
    left = len(target.notes) - len(shown)
    return [*blocks, note(f"{left} more: {COMMAND} notes {target.codes[0]}")] if left else blocks


def _specs(group: FieldGroup) -> Iterable[FieldSpec]:
    return (spec for spec in FIELDS if spec.group is group and spec.name not in _IN_THE_TITLE)


def _explained(record: RecordView, specs: Iterable[FieldSpec]) -> Iterable[Element]:
    """Each field in two lines: its value with the meaning, and the definition of the field."""
    for spec in specs:
        value = clip(value_and_meaning(record.field(spec.name)), VALUE)
        yield line(words(f"\n{spec.label}", bold=True), *([words(f": {value}")] if value else []))
        yield line(words(f"{spec.definition} Format: {spec.form}.", italic=True))


def source_name(source: Source) -> str:
    """``HCPCS October 2025 (digest 0123456789ab), as of November 26, 2026``."""
    digest = f" (digest {source.digest[:12]})" if source.digest else ""
    return f"{source.release}{digest}, as of {long_date(source.day)}"


def paragraphs(text: str) -> list[str]:
    """A text in pieces of at most ``PARAGRAPH`` characters, cut between words where there are any."""
    parts: list[str] = []
    rest = text
    while len(rest) > PARAGRAPH:
        cut = rest.rfind(" ", 1, PARAGRAPH)
        cut = cut if cut > 0 else PARAGRAPH
        parts.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [*parts, rest or "(no description)"]
