"""The trace of a question in a terminal: what each stage recognized, and the rule that decided."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hcpcs.questions.explanation.trace import ParseTrace


def draw_trace(trace: ParseTrace) -> RenderableType:
    """The spans in the order of the stages, then features, rule, beaten rules and unused words."""
    spans = _table()
    for span in trace.spans:
        spans.add_row(Text(span.stage), Text(f'"{span.text}"', style="bold"), Text(span.recognized))
    summary = _table()
    for label, names, none in (
        ("features", trace.features, "none"),
        ("rule", (_decision(trace),), ""),
        ("rules that it beat", trace.beaten, "none"),
        ("unused words", trace.unused, "none"),
    ):
        summary.add_row(Text(label), Text(", ".join(names) or none))
    return Group(Text.assemble(("Read as: ", "dim"), trace.text), spans, Text(), summary, Text())


def _decision(trace: ParseTrace) -> str:
    return f"{trace.rule} -> {trace.intent.value if trace.intent else 'not understood'}"


def _table() -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2), pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    return table
