"""Medicare's verdict as a card shows it: a sign and words, so that neither emoji nor color carries it alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hcpcs.answers.answer import HitVerdict, RecordView, Verdict
from hcpcs.answers.verdicts import BRIEF_VERDICTS, COVERAGE_RULES, VERDICT_LABELS
from hcpcs.records.fields import long_date
from hcpcs.records.record import RecordKind, Status
from hcpcs.search_port import Hit

SIGNS: Final[dict[Verdict, str]] = {
    Verdict.NOT_PAYABLE: "⛔",
    Verdict.CONDITIONAL: "⚠️",
    Verdict.CARRIER_JUDGMENT: "⚖️",
    Verdict.TERMINATED: "🛑",
    Verdict.NOT_YET: "🕒",
    Verdict.UNKNOWN: "❔",
}
"""The sign that goes before each verdict."""
SHARED: Final[dict[Verdict, str]] = {
    Verdict.NOT_PAYABLE: "No. {none} is payable by Medicare.",
    Verdict.CONDITIONAL: "Maybe. Medicare covers {all} only if special coverage instructions are met.",
    Verdict.CARRIER_JUDGMENT: "Maybe. Coverage of {all} is at the MAC's discretion.",
    Verdict.TERMINATED: "No. {none} is in use any longer.",
    Verdict.UNKNOWN: "Unknown. The records don't say whether Medicare covers {all}.",
}
"""Verdicts that several codes share, each in one sentence."""
NUMBER_WORDS: Final = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
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
    """The verdict, sign and words; blank for none."""
    return f"{verdict_sign(record)} {verdict_label(record)}".strip()


def brief_verdict(record: RecordView) -> str:
    """The verdict for a table cell, with the coverage code that proves it: ``No: not payable (I)``."""
    if record.verdict is None or _silent(record):
        return "depends on the code"
    proof = proving_coverage(record)
    label = BRIEF_VERDICTS[record.verdict]
    return f"{label} ({proof})" if proof else label


def proving_coverage(record: RecordView) -> str:
    """The coverage code, where it is what proves the verdict; blank where dates do."""
    return record.value("coverage") if record.verdict in _BY_COVERAGE else ""


def hit_verdict(hit: Hit, verdict: HitVerdict | None) -> str:
    """The verdict on a hit of a list: sign and words, and when an ended code ended; blank for a modifier in use."""
    if hit.ended is not None:
        return f"{SIGNS[Verdict.TERMINATED]} Ended {long_date(hit.ended)}"
    if verdict is None:
        return "" if hit.active else f"{SIGNS[Verdict.NOT_YET]} {BRIEF_VERDICTS[Verdict.NOT_YET]}"
    return f"{SIGNS[verdict.verdict]} {BRIEF_VERDICTS[verdict.verdict]}"


def shared_verdict(records: Sequence[RecordView]) -> str:
    """Medicare's verdict on several codes in one sentence, with its sign; blank where it isn't the same for all."""
    codes = [record for record in records if not _silent(record)]
    verdicts = {record.verdict for record in codes}
    if len(codes) < 2 or len(verdicts) > 1 or codes[0].verdict is None:
        return ""
    verdict = codes[0].verdict
    both = len(codes) == 2
    template = SHARED.get(verdict)
    if template is None:
        return ""
    text = template.format(
        all="both" if both else f"all {number_word(len(codes))}", none="Neither" if both else "None of these"
    )
    return f"{SIGNS[verdict]} {text}"


def number_word(number: int) -> str:
    """A small number as a word: ``three``."""
    return NUMBER_WORDS[number] if number < len(NUMBER_WORDS) else str(number)


def _silent(record: RecordView) -> bool:
    """Whether a record is a modifier in use, which has no verdict of its own: it qualifies another code."""
    return record.kind is RecordKind.MODIFIER and record.status is Status.ACTUAL
