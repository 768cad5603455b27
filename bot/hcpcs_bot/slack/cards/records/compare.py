"""Codes side by side: a table that marks what differs, and a word diff of the two descriptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.answer import Answer, ComparedField, Comparison, DiffSpan
from hcpcs.records.fields import FIELD_BY_NAME, FieldType, FieldValue
from hcpcs_bot.slack.blockkit.blocks import (
    Block,
    Element,
    bold_cell,
    cell,
    fields,
    header,
    line,
    note,
    rich,
    section,
    table,
    words,
)
from hcpcs_bot.slack.blockkit.mrkdwn import clip, escape
from hcpcs_bot.slack.cards.parts.buttons import ask_button, question_for
from hcpcs_bot.slack.cards.parts.frame import Card, frame, short
from hcpcs_bot.slack.cards.parts.target import CardTarget
from hcpcs_bot.slack.cards.parts.verdict import verdict_line
from hcpcs_bot.slack.cards.records.card import stated_value, uninformative_names

CELL: Final = 160
"""Maximum characters of a cell in which the codes differ; ``TABLE_CELLS`` keeps the table under Slack's 10,000."""
SAME: Final = 80
"""Maximum characters of a cell in which the codes agree."""
TABLE_CELLS: Final = 8_000
CODES_SHOWN: Final = 4
SPAN: Final = 700
DIFF: Final = 2_600
_TEXTS: Final = frozenset({"code", "kind", "long_description"})


def draw_comparison(answer: Answer, target: CardTarget) -> Card:
    """The comparison of ``answer``."""
    comparison = answer.comparison
    if comparison is None:
        raise ValueError("a comparison card needs a comparison")
    codes = comparison.codes[:CODES_SHOWN]
    body: list[Block] = [header(" and ".join(codes) if len(codes) == 2 else f"Comparison: {', '.join(codes)}")]
    body += [rich(line(words(clip(answer.headline, SPAN), bold=True)))]
    body += _verdicts(answer)
    if len(comparison.codes) == 2:
        body += word_diff(comparison)
    differing = [row for row in comparison.rows if row.differs and row.name not in _TEXTS]
    same = [row for row in comparison.rows if not row.differs and row.name not in _TEXTS and any(row.values)]
    if target.tables:
        aside = uninformative_names({row.name: row.stated[0].value or "" for row in same})
        body.append(_table(codes, differing, [row for row in same if row.name not in aside]))
        labels = [row.label for row in same if row.name in aside]
        if labels:
            body.append(note(f"Also the same: {', '.join(labels)}"))
    else:
        body += _columns(codes, differing)
        if same:
            body.append(note(clip("The same in all: " + ", ".join(row.label for row in same), 900)))
    controls = [
        ask_button(f"Open {record.code}", question_for(record.code, record.source, target), target, f"compared-{n}")
        for n, record in enumerate(answer.records[:CODES_SHOWN])
    ]
    return frame(answer, target, body, [element for element in controls if element is not None], contact=False)


def _verdicts(answer: Answer) -> list[Block]:
    texts = [
        f"*{escape(record.code)}*  {escape(verdict_line(record))}\n{short(record.value('short_description'), 120)}"
        for record in answer.records[:CODES_SHOWN]
    ]
    return fields(texts) if texts else []


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
    return [
        note(f"Combined description. Text in [brackets] is in {first} only or in {second} only."),
        rich(line(*runs)),
    ]


def _run(span: DiffSpan, text: str, first: str, second: str) -> Element:
    match span.kind:
        case "removed":
            return words(f"[{first}: {text.strip()}] ", italic=True)
        case "added":
            return words(f"[{second}: {text.strip()}] ", bold=True)
        case _:
            return words(text if text.endswith(" ") else f"{text} ")


def _table(codes: Sequence[str], differing: Sequence[ComparedField], same: Sequence[ComparedField]) -> Block:
    rows: list[list[Element]] = [[bold_cell("Field"), *(bold_cell(code) for code in codes), bold_cell("Differs?")]]
    room = TABLE_CELLS
    for row in [*differing, *same]:
        room_of_cell = CELL if row.differs else SAME
        values = [clip(_shown(value), room_of_cell) or "blank" for value in row.stated[: len(codes)]]
        size = len(row.label) + sum(len(value) for value in values) + 8
        if size > room:
            break
        room -= size
        draw = bold_cell if row.differs else cell
        mark = bold_cell("≠ differs") if row.differs else cell("same")
        rows.append([draw(row.label), *(draw(value) for value in values), mark])
    return table(rows, [True] * (len(codes) + 1) + [False])


def _shown(value: FieldValue) -> str:
    """What a code states in a field, as people write it, with the meaning of a coded value."""
    explained = value.meaning and FIELD_BY_NAME[value.name].type is not FieldType.DATE
    return value.text if explained else stated_value(value)


def _columns(codes: Sequence[str], differing: Sequence[ComparedField]) -> list[Block]:
    blocks: list[Block] = [section("*What differs*")] if differing else [note("No other field differs.")]
    for row in differing:
        stated = "\n".join(
            f"{escape(code)}: {short(_shown(value), CELL) or 'blank'}"
            for code, value in zip(codes, row.stated, strict=False)
        )
        blocks.append(section(f"*{escape(row.label)}*\n{stated}"))
    return blocks
