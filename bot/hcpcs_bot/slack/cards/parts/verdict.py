"""Medicare's verdict as a card shows it: a sign and words, so that neither emoji nor color carries it alone."""

from __future__ import annotations

from typing import Final

from hcpcs.answers.answer import RecordView, Verdict
from hcpcs.answers.verdicts import COVERAGE_RULES, VERDICT_LABELS
from hcpcs.records.record import RecordKind, Status

SIGNS: Final[dict[Verdict, str]] = {
    Verdict.NOT_PAYABLE: "⛔",
    Verdict.CONDITIONAL: "⚠️",
    Verdict.CARRIER_JUDGMENT: "⚖️",
    Verdict.TERMINATED: "🛑",
    Verdict.NOT_YET: "🕒",
    Verdict.UNKNOWN: "❔",
}
BRIEF: Final[dict[Verdict, str]] = {
    Verdict.NOT_PAYABLE: "No: not payable",
    Verdict.CONDITIONAL: "Maybe: conditions",
    Verdict.CARRIER_JUDGMENT: "Maybe: MAC decides",
    Verdict.TERMINATED: "No: ended",
    Verdict.NOT_YET: "No: not yet",
    Verdict.UNKNOWN: "Unknown",
}
_BY_COVERAGE: Final = frozenset({Verdict.NOT_PAYABLE, Verdict.CONDITIONAL, Verdict.CARRIER_JUDGMENT})


def verdict_label(record: RecordView) -> str:
    """The verdict in words: ``Not payable by Medicare``, ``Terminated December 31, 2019``; blank for none."""
    verdict = record.verdict
    if verdict is None or _silent(record):
        return ""
    if verdict is Verdict.TERMINATED:
        return f"Terminated {record.field('termination_date').meaning or ''}".rstrip()
    if verdict is Verdict.NOT_YET:
        return f"Not in effect before {record.field('added_date').meaning or ''}".rstrip()
    rule = COVERAGE_RULES.get(record.value("coverage"))
    return rule.label if rule is not None else VERDICT_LABELS[verdict]


def verdict_sign(record: RecordView) -> str:
    """The sign that goes before the words; blank for none."""
    return "" if record.verdict is None or _silent(record) else SIGNS[record.verdict]


def verdict_line(record: RecordView) -> str:
    """Sign and words."""
    return f"{verdict_sign(record)} {verdict_label(record)}".strip()


def brief_verdict(record: RecordView) -> str:
    """The verdict for a table cell, with the coverage code that proves it: ``No: not payable (I)``."""
    if record.verdict is None or _silent(record):
        return "depends on the code"
    proof = record.value("coverage")
    label = BRIEF[record.verdict]
    return f"{label} ({proof})" if proof and record.verdict in _BY_COVERAGE else label


def _silent(record: RecordView) -> bool:
    """A modifier in use has no verdict of its own: it qualifies another code."""
    return record.kind is RecordKind.MODIFIER and record.status is Status.ACTUAL
