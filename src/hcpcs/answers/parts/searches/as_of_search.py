"""Which code was used for some words on a past day ("Mirena in 2015")?

The index has every code of the newest release with today's words. A code that was added later is
followed back to the code that it replaced, which ended the day before: J7298 (Mirena) was added the day after J7302
ended.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.parts.successors import predecessors
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.records.fields import long_date
from hcpcs.records.record import CodeRecord
from hcpcs.search_port import Confidence, Hit, SearchResult

_HITS_READ: Final = 3
"""Maximum hits whose predecessors are looked for."""
_CODES_NAMED: Final = 3
"""Maximum codes that the first sentence names."""


class UsedCode(NamedTuple):
    """A code in use at a time, its hit, and the code that took its place later and was found by the words."""

    record: CodeRecord
    hit: Hit
    later: CodeRecord | None = None


def answer_as_of_search(context: AnswerContext, result: SearchResult) -> Draft | None:
    """The codes for the words that were in use on the past day or in the past period asked about, best first.

    ``None`` where no past day is asked about, or none of the codes was in use then.
    """
    question = context.question
    first = question.day
    if first is None or (question.last_day or first) >= context.today or result.confidence is not Confidence.HIGH:
        return None
    last = question.last_day or first
    used = _used(context, result, first, last)
    if not used:
        return None
    named = [f"{one.record.code} ({one.record.short_description})" for one in used[:_CODES_NAMED]]
    when = f"in {question.day_written}" if question.last_day and question.day_written else f"on {long_date(first)}"
    return Draft(
        codes=tuple(one.record.code for one in used),
        headline=f"In use {when}: {join_words(named)}.",
        evidence=tuple(_dates(one) for one in used[:_CODES_NAMED]),
        hits=tuple(one.hit for one in used),
        total=len(used),
        confidence=Confidence.HIGH,
        repairs=result.repairs,
    )


def _used(context: AnswerContext, result: SearchResult, first: date, last: date) -> tuple[UsedCode, ...]:
    used: dict[str, UsedCode] = {}
    words = {why.word for why in result.hits[0].why} if result.hits else set()
    for rank, hit in enumerate(result.hits):
        statement = context.catalog.current(hit.code, context.today)
        # "Depo-Provera" is not Depo-Estradiol: a hit with fewer of the words is left out.
        if statement is None or not words <= {why.word for why in hit.why}:
            continue
        record = statement.record
        if _in_use(record, first, last):
            used.setdefault(record.code, UsedCode(record, hit))
        elif rank < _HITS_READ and record.added_date is not None and record.added_date > last:
            for former in predecessors(context, record, lambda one: _in_use(one, first, last)):
                used.setdefault(former.code, UsedCode(former, _hit_of(former, hit), record))
    return tuple(used.values())


def _in_use(record: CodeRecord, first: date, last: date) -> bool:
    """Whether a code was in use on any day of a period."""
    added, ended = record.added_date, record.termination_date
    return (added is None or added <= last) and (ended is None or ended >= first)


def _hit_of(record: CodeRecord, later: Hit) -> Hit:
    """The hit of a code, made from the hit of the later code that replaced it."""
    return Hit(
        code=record.code,
        score=later.score,
        short_description=record.short_description,
        long_description=record.long_description,
        active=record.termination_date is None,
        ended=record.termination_date,
    )


def _dates(one: UsedCode) -> Evidence:
    """When a code was in use, and which code took its place."""
    record = one.record
    parts = [f"added {long_date(record.added_date)}"] if record.added_date is not None else []
    if record.termination_date is not None:
        parts.append(f"last day {long_date(record.termination_date)}")
    text = "; ".join(parts)
    if one.later is not None and one.later.added_date is not None:
        text = f"{text}; likely replaced by {one.later.code}, added {long_date(one.later.added_date)}"
    return Evidence(kind=EvidenceKind.PROOF, text=f"{text}.", code=record.code, field="added_date", label=record.code)
