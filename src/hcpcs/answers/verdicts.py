"""Medicare's coverage of a code: from coverage code and dates to a verdict and the sentence that says it.

Source of the rule: the coverage codes of the CMS record layout. C and D may be paid, on a condition that the
sentence names; I, M and S are not. No verdict ever says a plain yes, since no record proves one.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from hcpcs.answers.answer import Verdict
from hcpcs.catalog.history.as_of import CodeOnDay
from hcpcs.records.fields import long_date
from hcpcs.records.record import RecordKind, Release, Statement, Status


class VerdictRule(NamedTuple):
    """What one coverage code means: the verdict, its first word, the claim about ``{code}``, and a short label.

    ``several`` is the claim about two codes or more, where it is otherwise.
    """

    verdict: Verdict
    word: str
    claim: str
    label: str
    several: str = ""

    def claim_of(self, named: str, count: int) -> str:
        """The claim about ``count`` codes, which are named ``named``."""
        return (self.several if count > 1 and self.several else self.claim).format(code=named)


COVERAGE_RULES: Final[dict[str, VerdictRule]] = {
    "I": VerdictRule(
        Verdict.NOT_PAYABLE,
        "No.",
        "{code} is not payable by Medicare.",
        "Not payable by Medicare",
        "{code} are not payable by Medicare.",
    ),
    "M": VerdictRule(
        Verdict.NOT_PAYABLE,
        "No.",
        "{code} is not covered by Medicare.",
        "Not covered by Medicare",
        "{code} are not covered by Medicare.",
    ),
    "S": VerdictRule(
        Verdict.NOT_PAYABLE,
        "No.",
        "{code} is not covered by Medicare: it is excluded by statute.",
        "Not covered by Medicare (excluded by statute)",
        "{code} are not covered by Medicare: they are excluded by statute.",
    ),
    "D": VerdictRule(
        Verdict.CONDITIONAL,
        "Maybe.",
        "Medicare covers {code} only if special coverage instructions are met.",
        "Maybe: special coverage instructions apply",
    ),
    "C": VerdictRule(
        Verdict.CARRIER_JUDGMENT,
        "Maybe.",
        "Coverage of {code} is at the MAC's discretion.",
        "Maybe: at the MAC's discretion",
    ),
}

UNKNOWN_RULE: Final = VerdictRule(
    Verdict.UNKNOWN,
    "Unknown.",
    "The record of {code} doesn't say whether Medicare covers it.",
    "Unknown: the record doesn't say",
    "The records of {code} don't say whether Medicare covers them.",
)

LENGTH_OF_A_MODIFIER: Final = 120
"""Maximum characters of a modifier's long description in the first sentence; a longer one gives way to the short."""

VERDICT_LABELS: Final[dict[Verdict, str]] = {
    Verdict.NOT_PAYABLE: "Not payable by Medicare",
    Verdict.CONDITIONAL: COVERAGE_RULES["D"].label,
    Verdict.CARRIER_JUDGMENT: COVERAGE_RULES["C"].label,
    Verdict.TERMINATED: "Terminated: no longer billable",
    Verdict.NOT_YET: "Not yet in effect",
    Verdict.UNKNOWN: UNKNOWN_RULE.label,
}
"""A short label for each verdict, for codes whose rules differ in wording only."""
BRIEF_VERDICTS: Final[dict[Verdict, str]] = {
    Verdict.NOT_PAYABLE: "No: not payable",
    Verdict.CONDITIONAL: "Maybe: conditions",
    Verdict.CARRIER_JUDGMENT: "Maybe: MAC decides",
    Verdict.TERMINATED: "No: ended",
    Verdict.NOT_YET: "No: not yet",
    Verdict.UNKNOWN: "Unknown",
}
"""Verdicts in a table cell or a list, where a sentence is too long."""


class Ruling(NamedTuple):
    """The verdict on one statement: the ``word`` that opens it ("No."; blank for modifiers) and the ``claim``."""

    verdict: Verdict
    word: str
    claim: str
    label: str

    @property
    def sentence(self) -> str:
        """The whole verdict."""
        return f"{self.word} {self.claim}".lstrip()


def rule_on(statement: Statement) -> Ruling:
    """Medicare's coverage of the statement's code on its day. Dates come before the coverage code."""
    record = statement.record
    if statement.status is Status.TERMINATED and record.termination_date is not None:
        ended = long_date(record.termination_date)
        claim = f"{record.code} ended on {ended} and is not payable for later dates of service."
        return Ruling(Verdict.TERMINATED, "No.", claim, f"Terminated {record.termination_date}")
    if statement.status is Status.NOT_YET and record.added_date is not None:
        claim = f"{record.code} is not in effect before {long_date(record.added_date)}."
        return Ruling(Verdict.NOT_YET, "No.", claim, f"Not in effect before {record.added_date}")
    rule = COVERAGE_RULES.get(record.coverage, UNKNOWN_RULE)
    if record.kind is RecordKind.MODIFIER:
        brief = len(record.long_description) <= LENGTH_OF_A_MODIFIER
        says = record.long_description if brief else record.short_description
        claim = f"Modifier {record.code} isn't paid on its own; it says: {says.strip().rstrip('.')}."
        return Ruling(rule.verdict, "", claim, rule.label)
    claim = rule.claim.format(code=record.code)
    return Ruling(rule.verdict, rule.word, claim, rule.label)


def ruling_if_removed(statement: Statement, removed_in: Release) -> Ruling:
    """The verdict on a code that CMS took out of its file without stating an end."""
    code = statement.record.code
    claim = f"{code} is no longer in the code set: {removed_in.label} doesn't include it."
    return Ruling(Verdict.TERMINATED, "No.", claim, f"Not in {removed_in.label}")


def ruling_by_later_record(statement: Statement, ruling: Ruling) -> Ruling:
    """A verdict for a day before the oldest release, on a record that was changed after that day."""
    claim = (
        f"{ruling.claim} That is from the {statement.release.label} record, which CMS changed after that day; no "
        "loaded release covers it."
    )
    word = f"{ruling.word.removesuffix('.')}, by a later record." if ruling.word else ""
    return ruling._replace(word=word, claim=claim)


def ruling_before_added(statement: Statement) -> Ruling:
    """The verdict for a day before a code was added, according to its record, and before the oldest release.

    The code may have stood for something else then: codes are reused (J9380 was vincristine once).
    """
    code = statement.record.code
    added = statement.record.added_date or statement.release.effective
    claim = (
        f"{code} was added on {long_date(added)}. No loaded release says whether it had another meaning on "
        f"{long_date(statement.day)}, or whether that was covered."
    )
    return Ruling(Verdict.UNKNOWN, UNKNOWN_RULE.word, claim, UNKNOWN_RULE.label)


def judge(statement: Statement, on_day: CodeOnDay | None, *, day_asked: bool) -> Ruling:
    """Medicare's coverage of a statement's code on its day, as far as it can be known.

    ``on_day`` is what is known about the code on that day, ``day_asked`` whether the question named the day (else it
    is today).

    For a day before the oldest release only the record is known. It decides without a caution if its last change had
    taken effect by then: CMS dates every change, and in the releases of 2017 to 2025 a record without a later date had
    the same coverage. Else the ruling says whose record it goes by.
    """
    ruling = rule_on(statement)
    removed_in = removed_by(on_day)
    if removed_in is not None and ruling.verdict is not Verdict.TERMINATED:
        return ruling_if_removed(statement, removed_in)
    if not day_asked:
        return ruling
    if on_day is None or on_day.in_effect is not None or ruling.verdict is Verdict.TERMINATED:
        return ruling
    changed = statement.record.action_effective_date
    if changed is not None and changed <= statement.day:
        return ruling
    return (
        ruling_before_added(statement)
        if ruling.verdict is Verdict.NOT_YET
        else ruling_by_later_record(statement, ruling)
    )


def removed_by(on_day: CodeOnDay | None) -> Release | None:
    """The release that had dropped a code by the day it is read on, ``None`` if none had."""
    return on_day.removed_in if on_day is not None and on_day.removed else None
