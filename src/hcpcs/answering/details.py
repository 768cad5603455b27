"""Pricing, status and single fields: the answers that read named fields of each record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from hcpcs.answering.inquiry import Inquiry, Looked, day_notices, look_up, procedures_first, views
from hcpcs.answering.phrases import field_evidence, field_sentence, in_sentence
from hcpcs.answering.refusals import refuse, side_notices
from hcpcs.answering.successors import successor_evidence, successors
from hcpcs.answers import Draft, Evidence
from hcpcs.contacts import CONTACTS
from hcpcs.fields import FIELD_BY_NAME, long_date, read_field
from hcpcs.records import RecordKind, Statement, Status

PRICING_FIELDS: Final = (
    *(f"pricing_indicator_{n}" for n in range(1, 5)),
    "multiple_pricing_indicator",
    "anesthesia_base_units",
    "asc_group",
    "mog_group",
)
STATUS_FIELDS: Final = ("added_date", "action_effective_date", "action_code", "termination_date")
NO_AMOUNT: Final = (
    "The record says how a price is set, not how much: amounts are in Medicare's fee schedules and ASP files, "
    "and with the MAC."
)


def _draft(inquiry: Inquiry, looked: Looked, headline: str, evidence: Iterable[Evidence], *extra: str) -> Draft:
    return Draft(
        codes=tuple(statement.record.code for statement in looked.found),
        headline=headline,
        evidence=tuple(evidence),
        notices=(*extra, *day_notices(inquiry, looked.found), *side_notices(inquiry, looked)),
        records=views(inquiry, looked.found),
        contacts=CONTACTS[:3],
    )


def pricing_sentence(statement: Statement) -> str:
    """How part B prices the code, by its first pricing indicator."""
    record = statement.record
    if record.kind is RecordKind.MODIFIER:
        return f"{record.code} is a modifier: it has no price of its own."
    if not record.pricing_indicators:
        return f"The record of {record.code} states no pricing indicator."
    value = read_field(FIELD_BY_NAME["pricing_indicator_1"], statement)
    meaning = in_sentence(value.meaning) if value.meaning else "a value without a published meaning"
    return f"{record.code} is priced under indicator {value.value}: {meaning}."


def answer_pricing(inquiry: Inquiry) -> Draft:
    """How each code is priced."""
    looked = look_up(inquiry)
    refusal = refuse(inquiry, looked)
    if refusal is not None:
        return refusal
    priced = procedures_first(looked.found)
    named = len(priced) > 1
    facts = [fact for s in priced for fact in field_evidence(s, PRICING_FIELDS, named=named)]
    headline = " ".join(pricing_sentence(statement) for statement in priced)
    return _draft(inquiry, looked, headline, facts, NO_AMOUNT)


def status_sentence(inquiry: Inquiry, statement: Statement) -> str:
    """Whether the code is in use on the day asked about, as a whole sentence that starts with yes or no."""
    record = statement.record
    asked = inquiry.question.day
    when = "today" if asked is None else f"on {long_date(asked)}"
    if statement.status is Status.TERMINATED and record.termination_date is not None:
        return f"No. {record.code} ended on {long_date(record.termination_date)}."
    if statement.status is Status.NOT_YET and record.added_date is not None:
        return f"No, not yet. {record.code} came into effect only on {long_date(record.added_date)}."
    tense = "is" if asked is None or asked >= inquiry.today else "was"
    since = f", in the code set since {long_date(record.added_date)}" if record.added_date else ""
    ends = ""
    if record.termination_date is not None:
        ends = f"; its last day is {long_date(record.termination_date)}"
    return f"Yes. {record.code} {tense} valid {when}{since}{ends}."


def answer_status(inquiry: Inquiry) -> Draft:
    """Whether each code is in use on the day asked about, and its dates."""
    looked = look_up(inquiry)
    refusal = refuse(inquiry, looked)
    if refusal is not None:
        return refusal
    named = len(looked.found) > 1
    facts: list[Evidence] = []
    suggested: dict[str, None] = {}
    for statement in looked.found:
        facts += field_evidence(statement, STATUS_FIELDS, named=named)
        facts.append(Evidence(text=f"{statement.release.label} proves it.", code=statement.record.code, field="status"))
        if statement.status is Status.TERMINATED:
            facts += successor_evidence(inquiry, statement)
            suggested.update(dict.fromkeys(successors(inquiry, statement)))
    headline = " ".join(status_sentence(inquiry, statement) for statement in looked.found)
    draft = _draft(inquiry, looked, headline, facts)
    return draft.model_copy(update={"suggestions": tuple(suggested)}) if suggested else draft


def field_headline(statement: Statement, names: tuple[str, ...]) -> str:
    """The fields asked for, each with what the record states: ``S9353: BETOS Z2 (Undefined codes).``"""
    sentences = [field_sentence(statement, name) for name in names]
    return f"{statement.record.code}: {' '.join(sentences)}"


def _named_fields(inquiry: Inquiry, statements: tuple[Statement, ...]) -> tuple[str, ...]:
    """The fields asked for; of a numbered family only those that some statement fills, the first at least."""
    names: list[str] = []
    for name in inquiry.question.fields:
        filled = any(FIELD_BY_NAME[name].read(statement) for statement in statements)
        if filled or name[-1] not in "2345":
            names.append(name)
    return tuple(names)


def _explained(name: str) -> Evidence:
    spec = FIELD_BY_NAME[name]
    return Evidence(text=f"{spec.label}: {spec.definition} Form: {spec.form}.", field=name)


def answer_field(inquiry: Inquiry) -> Draft:
    """The fields asked for of each code, with what each field is."""
    looked = look_up(inquiry)
    refusal = refuse(inquiry, looked)
    if refusal is not None:
        return refusal
    names = _named_fields(inquiry, looked.found)
    headline = " ".join(field_headline(statement, names) for statement in looked.found)
    families = dict.fromkeys(name if name[-1] not in "2345" else name[:-1] + "1" for name in names)
    return _draft(inquiry, looked, headline, (_explained(name) for name in families))
