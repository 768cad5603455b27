"""Codes side by side: the difference in a sentence, the fields that differ, and which are the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from hcpcs.answers.answer import Answer, ComparedField, Comparison, DiffKind, DiffSpan, RecordView
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.records.fields import FIELD_BY_NAME
from hcpcs_bot.slack.blockkit.blocks import Block, Element, header, line, note, rich, words
from hcpcs_bot.slack.blockkit.mrkdwn import clip
from hcpcs_bot.slack.cards.parts.buttons import ask_button, question_for
from hcpcs_bot.slack.cards.parts.code_table import TableRow, code_table
from hcpcs_bot.slack.cards.parts.frame import Card, frame
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.team_notes import team_notes
from hcpcs_bot.slack.cards.parts.titles import with_acronyms
from hcpcs_bot.slack.cards.parts.verdict import brief_verdict, verdict_sign
from hcpcs_bot.slack.cards.records.field_text import brief_value, stated_value, uninformative_names

CELL: Final = 160
"""Maximum characters of a cell; ``TABLE_CELLS`` keeps the table under Slack's 10,000."""
DESCRIPTION_CELL: Final = 420
"""Maximum characters of a description in a cell."""
TABLE_CELLS: Final = 8_000
"""Maximum characters of all cells; rows beyond it are left out."""
HEADLINE: Final = 700
"""Maximum characters of the difference in a sentence."""
SPAN: Final = 700
"""Maximum characters of one run of words in the combined description."""
DIFF: Final = 2_600
"""Maximum characters of the combined description."""
SAME: Final = 900
"""Maximum characters of the note of equal fields."""
_DESCRIPTIONS: Final = frozenset({"long_description", "short_description"})
_NAMES: Final = frozenset({"code", "kind"})


def draw_comparison(answer: Answer, target: CardTarget) -> Card:
    """The comparison of ``answer``."""
    comparison = answer.comparison
    if comparison is None:
        raise ValueError("a comparison card needs a comparison")
    codes = comparison.codes
    body: list[Block] = [header(" vs. ".join(codes))]
    body += [rich(line(words(clip(answer.headline, HEADLINE), bold=True)))]
    two = len(comparison.codes) == 2
    if two:
        body += word_diff(comparison)
    rows = _differing_rows(answer.records, comparison, described_above=two)
    if rows:
        body += code_table(
            ("Field", " vs. ".join(codes)),
            [TableRow(name, tuple(texts), codes) for name, *texts in rows],
            target,
            wrap_names=True,
        )
    others = [
        FIELD_BY_NAME[row.name].phrase
        for row in comparison.rows
        if row.differs and not row.decides and row.name not in _DESCRIPTIONS
    ]
    if others:
        body.append(note(clip(f"Also different: {join_words(others)}.", SAME)))
    same = [row for row in comparison.rows if not row.differs and row.name not in _NAMES and any(row.values)]
    if same:
        body.append(note(clip(f"Also the same: {'; '.join(_same(same))}.", SAME)))
    body += team_notes(target)
    controls = [
        ask_button(f"Open {record.code}", question_for(record.code, record.source, target), target, f"compared-{n}")
        for n, record in enumerate(answer.records)
    ]
    return frame(answer, target, body, [element for element in controls if element is not None])


def _differing_rows(
    records: Sequence[RecordView], comparison: Comparison, *, described_above: bool
) -> list[tuple[str, ...]]:
    """The rows in which the codes differ, of those that decide: Medicare's verdict, the description, the others."""
    rows: list[tuple[str, ...]] = []
    verdicts = tuple(f"{verdict_sign(record)} {brief_verdict(record)}".strip() for record in records)
    aside = _NAMES | _DESCRIPTIONS
    if len(set(verdicts)) > 1:
        rows.append(("Medicare", *verdicts))
        aside |= {"coverage"}
    if not described_above:
        texts = (record.value("long_description") for record in records)
        rows.append(("Description", *(clip(with_acronyms(text), DESCRIPTION_CELL) for text in texts)))
    room = TABLE_CELLS - sum(len(text) for row in rows for text in row)
    for row in comparison.rows:
        if not row.differs or not row.decides or row.name in aside:
            continue
        cells = (row.label, *(clip(brief_value(value), CELL) or "blank" for value in row.stated[: len(records)]))
        room -= sum(map(len, cells))
        if room < 0:
            break
        rows.append(cells)
    return rows


def _same(rows: Iterable[ComparedField]) -> Iterable[str]:
    """``Pricing indicator 1 32``: each field with its value; the name alone where the value says nothing."""
    listed = list(rows)
    aside = uninformative_names({row.name: row.stated[0].value or "" for row in listed})
    for row in listed:
        value = "" if row.name in aside or row.name in _DESCRIPTIONS else stated_value(row.stated[0])
        yield f"{row.label} {value}".strip()


def word_diff(comparison: Comparison) -> list[Block]:
    """Both descriptions as one text; words in one of them only are in brackets, with the code, and styled."""
    spans = comparison.description_diff
    if not spans:
        return []
    first, second = comparison.codes[0], comparison.codes[1]
    runs: list[Element] = []
    room = DIFF
    for span in spans:
        text = clip(span.text, min(SPAN, max(room, 1)))
        room -= len(text)
        runs.append(_run(span, text, first, second))
        if room <= 0:
            runs.append(words("…"))
            break
    return [note("Combined description; [bracketed] text is in one code only."), rich(line(*runs))]


def _run(span: DiffSpan, text: str, first: str, second: str) -> Element:
    match span.kind:
        case DiffKind.REMOVED:
            return words(f"[{first}: {text.strip()}] ", italic=True)
        case DiffKind.ADDED:
            return words(f"[{second}: {text.strip()}] ", bold=True)
        case DiffKind.SAME:
            return words(text if text.endswith(" ") else f"{text} ")
