"""Is a code in use? Its status on the day asked about, its dates, and what took its place."""

from __future__ import annotations

from typing import Final

from hcpcs.answering.inquiry import Inquiry, day_notices, judge, look_up, removed_by, views
from hcpcs.answering.phrases import field_evidence
from hcpcs.answering.refusals import refuse, side_notices, suggested
from hcpcs.answering.successors import succession
from hcpcs.answers import Draft, Evidence
from hcpcs.contacts import CONTACTS
from hcpcs.fields import long_date
from hcpcs.questions import Question
from hcpcs.records import RecordKind, Statement, Status
from hcpcs.verdicts import dropped

STATUS_FIELDS: Final = ("added_date", "action_effective_date", "action_code", "termination_date")
ASKS_VALID: Final = frozenset({"valid", "still"})
ASKS_OTHERWISE: Final = frozenset({"status", "new", "replaces", "out_of_force"})
"""Facts of a question that a plain yes or no would answer wrongly: ended? since when? what instead?"""


def _asks_yes_or_no(question: Question) -> bool:
    """Whether the question is plainly "is it valid": only then does a yes or no say what it seems to say."""
    plainly = bool(question.facts & ASKS_VALID) and not question.facts & ASKS_OTHERWISE
    return plainly and not question.negated and "longer" not in question.text.lower()


def status_sentence(inquiry: Inquiry, statement: Statement) -> str:
    """Where the code stands on the day asked about."""
    record = statement.record
    question = inquiry.question
    yes_or_no = _asks_yes_or_no(question)
    removed_in = removed_by(inquiry.catalog.reading(record.code, inquiry.day))
    if removed_in is not None and statement.status is not Status.TERMINATED:
        return f"{'No. ' if yes_or_no else ''}{dropped(statement, removed_in).claim}"
    when = "today" if question.day is None else f"on {long_date(question.day)}"
    if statement.status is Status.TERMINATED and record.termination_date is not None:
        return f"{'No. ' if yes_or_no else ''}{record.code} ended on {long_date(record.termination_date)}."
    if statement.status is Status.NOT_YET and record.added_date is not None:
        added = long_date(record.added_date)
        if inquiry.day < inquiry.catalog.releases[0].effective:
            return (
                f"{'No, not yet, by its record. ' if yes_or_no else ''}{record.code} was added on {added}; whether it "
                f"stood for something else {when} is in none of the releases loaded."
            )
        return f"{'No, not yet. ' if yes_or_no else ''}{record.code} came into effect only on {added}."
    tense = "is" if question.day is None or question.day >= inquiry.today else "was"
    since = f", in the code set since {long_date(record.added_date)}" if record.added_date else ""
    last = record.termination_date
    ends = f"; its last day is {long_date(last)}" if last is not None else ""
    return f"{'Yes. ' if yes_or_no else ''}{record.code} {tense} valid {when}{since}{ends}."


def status_evidence(inquiry: Inquiry, statement: Statement, *, named: bool) -> tuple[Evidence, ...]:
    """The dates of a code; that valid is not payable."""
    facts = list(field_evidence(statement, STATUS_FIELDS, named=named))
    if statement.active and statement.record.kind is RecordKind.PROCEDURE:
        ruling = judge(inquiry, statement)
        text = f"Valid does not mean payable. {ruling.claim}"
        facts.append(Evidence(text=text, code=statement.record.code, field="coverage"))
    return tuple(facts)


def answer_status(inquiry: Inquiry) -> Draft:
    """Whether each code is in use on the day asked about, and its dates."""
    looked = look_up(inquiry)
    refusal = refuse(inquiry, looked)
    if refusal is not None:
        return refusal
    named = len(looked.found) > 1
    after = [succession(inquiry, statement) for statement in looked.found]
    facts = [
        fact
        for statement, then in zip(looked.found, after, strict=True)
        for fact in (*status_evidence(inquiry, statement, named=named), *then.evidence)
    ]
    ended = [code for then in after for code in then.codes]
    return Draft(
        codes=tuple(statement.record.code for statement in looked.found),
        headline=" ".join(status_sentence(inquiry, statement) for statement in looked.found),
        evidence=tuple(facts),
        notices=(*side_notices(inquiry, looked), *day_notices(inquiry, looked.found)),
        records=views(inquiry, looked.found),
        contacts=CONTACTS[:3],
        suggestions=tuple(dict.fromkeys((*suggested(inquiry, looked), *ended))),
    )
