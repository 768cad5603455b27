"""Is a code in use? Its status on the day asked about, its dates, and its successors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, NoticeKind
from hcpcs.answers.lookup import LookupResult, look_up, procedures_or_all, views
from hcpcs.answers.notices.day_notices import end_in_period
from hcpcs.answers.notices.modifier_choices import on_a_cpt_line
from hcpcs.answers.notices.modifier_sentences import line_evidence
from hcpcs.answers.notices.record_notices import record_notices
from hcpcs.answers.notices.refusals import refuse, side_notices, suggest_codes
from hcpcs.answers.parts.intent_contacts import contacts_for
from hcpcs.answers.parts.successors import Succession, points_to, predecessors, successions
from hcpcs.answers.parts.transports import transport_sentence
from hcpcs.answers.rendering.sentences import OpenedSentence, capitalized, join_words, reference_names
from hcpcs.answers.verdicts import removed_by, ruling_if_removed
from hcpcs.questions.question import AskedDetail
from hcpcs.questions.subject import Subject
from hcpcs.records.families.cpt_services import service_after
from hcpcs.records.fields import long_date
from hcpcs.records.record import STATUS_WORDS, CodeRecord, RecordKind, Statement, Status
from hcpcs.records.terms.vocabularies import NOT_COVERED

_LABEL: Final = "HCPCS "
"""What the label of a release begins with."""


def _whether_new(context: AnswerContext, statement: Statement) -> OpenedSentence | None:
    """Whether a code was added in the time asked about, else in the year of the newest release.

    ``None`` where its record has no such day, or it is still to come.
    """
    record, question = statement.record, context.question
    added, ended = record.added_date, record.termination_date
    if added is None or added > context.today:
        return None
    year = context.catalog.newest.effective.year
    first, last = question.since, question.last_day
    if first is None:
        first = date(year, 1, 1) if last is None else date.min
    is_new = first <= added <= (last or date.max)
    of_the_year = (
        f"{record.code} is new in {year}, the year of the newest release loaded: it" if is_new else record.code
    )
    code = record.code if question.since or question.last_day or ended else of_the_year
    until = f" and {'ended' if ended < context.today else 'ends'} on {long_date(ended)}" if ended else ""
    return OpenedSentence("Yes." if is_new else "No.", f"{code} was added on {long_date(added)}{until}.")


def status_sentence(context: AnswerContext, statement: Statement) -> OpenedSentence:
    """Whether the code is valid on the day asked about."""
    record = statement.record
    question = context.question
    asks_if_new = AskedDetail.NEW in question.details and not question.expects_an_end and not question.fields
    if asks_if_new and (newness := _whether_new(context, statement)) is not None:
        return newness
    yes_or_no = question.expects_yes_no
    if_ended = "Yes." if question.expects_an_end else "No." if yes_or_no else ""
    removed_in = removed_by(context.code_on_day(record.code))
    if removed_in is not None and record.status(statement.day) is not Status.TERMINATED:
        return OpenedSentence(if_ended, ruling_if_removed(statement, removed_in).claim)
    when = "today" if question.day is None else f"on {long_date(question.day)}"
    if statement.status is Status.TERMINATED and record.termination_date is not None:
        began = record.added_date if "added_date" in question.fields and question.day is None else None
        added = f"was added on {long_date(began)} and " if began is not None else ""
        if yes_or_no and AskedDetail.EVER in question.details and record.added_date is not None:
            ended = long_date(record.termination_date)
            valid = f"{record.code} was valid from {long_date(record.added_date)} to {ended}."
            return OpenedSentence("Yes, once.", valid)
        if question.last_day is not None and question.day is not None and record.termination_date < question.day:
            if_ended = "" if question.expects_an_end else if_ended  # "Did it end in 2026?" It had ended before.
        return OpenedSentence(if_ended, f"{record.code} {added}ended on {long_date(record.termination_date)}.")
    if statement.status is Status.NOT_YET and record.added_date is not None:
        added = long_date(record.added_date)
        if context.day < context.catalog.releases[0].effective:
            return OpenedSentence(
                "No, not yet, according to its record." if yes_or_no else "",
                f"{record.code} was added on {added}. No loaded release says whether it had another meaning {when}.",
            )
        takes = "takes effect on" if record.added_date > context.today else "did not take effect until"
        return OpenedSentence("No, not yet." if yes_or_no else "", f"{record.code} {takes} {added}.")
    ends = _last_day(context, record) if question.expects_an_end else record.termination_date
    until = end_in_period(context, statement)
    if question.expects_an_end and ends is not None and _ended_by(context, record):
        end = "ended" if ends < context.today else "ends"
        return OpenedSentence("Yes.", f"{record.code} {end} on {long_date(ends)}.")
    tense = "is" if question.day is None or question.day >= context.today else "was"
    dates = [f"added {long_date(record.added_date)}"] if record.added_date is not None else []
    if (ends := until or ends) is not None:
        dates.append(f"last day {long_date(ends)}")
    stated = f" ({'; '.join(dates)})" if dates else ""
    if "termination_date" in question.fields and record.termination_date is None and question.day is None:
        return OpenedSentence("", f"No end date is recorded for {record.code}: it {tense} valid {when}{stated}.")
    asks_dates = question.asks_dates or "added_date" in question.fields
    if asks_dates and record.added_date is not None and question.day is None:
        end = f"its last day is {long_date(record.termination_date)}" if record.termination_date else "is valid today"
        return OpenedSentence("", f"{record.code} was added on {long_date(record.added_date)} and {end}.")
    if question.expects_an_end and record.termination_date is None and (none := _no_end_yet(context, statement)):
        return none
    if_valid = "No." if question.expects_an_end else "Yes." if yes_or_no else ""
    if if_valid and until is not None:
        if_valid = f"Yes, until {long_date(until)}."
    return OpenedSentence(by_the_newest(context, if_valid), f"{record.code} {tense} valid {when}{stated}.")


def _no_end_yet(context: AnswerContext, statement: Statement) -> OpenedSentence | None:
    """That no release loaded ends a code, where it is asked whether it will end; ``None`` where a day past is asked."""
    day, code, newest = context.question.day, statement.record.code, context.catalog.newest.label
    if day is None or day <= context.today:
        return None
    return OpenedSentence("Not known:", f"{newest} has no end date for {code}, and a later release may.")


def _last_day(context: AnswerContext, record: CodeRecord) -> date | None:
    """The last day of a code by its newest record: that of a day before it ended doesn't say when it will."""
    newest = context.catalog.current(record.code, context.today)
    return record.termination_date if newest is None else newest.record.termination_date


def _ended_by(context: AnswerContext, record: CodeRecord) -> bool:
    """Whether a code ends in the period that is asked about."""
    ends, last = _last_day(context, record), context.question.last_day
    return ends is not None and last is not None and ends <= last


def all_valid(context: AnswerContext, statements: Sequence[Statement]) -> OpenedSentence | None:
    """The sentence that several codes are all valid on a day, with when they were added; else ``None``."""
    question = context.question
    removed = any(removed_by(context.code_on_day(statement.record.code)) for statement in statements)
    asks_more = question.fields or question.expects_an_end or AskedDetail.NEW in question.details
    if len(statements) < 2 or removed or asks_more:
        return None
    if not all(statement.active and statement.record.termination_date is None for statement in statements):
        return None
    codes = join_words([_with_added(statement.record) for statement in statements])
    when = "today" if question.day is None else f"on {long_date(question.day)}"
    are = "are" if question.day is None or question.day >= context.today else "were"
    opening = by_the_newest(context, "Yes." if question.expects_yes_no else "")
    return OpenedSentence(opening, f"{codes} {are} valid {when}.")


def by_the_newest(context: AnswerContext, yes_or_no: str) -> str:
    """``Yes, by the October 2025 release:`` before a day that the newest release loaded doesn't reach."""
    newest, day = context.catalog.newest, context.question.day
    if day is None or not context.catalog.is_outdated(day) or not newest.label.startswith(_LABEL):
        return yes_or_no
    by_release = f"by the {newest.label.removeprefix(_LABEL)} release"
    return f"{yes_or_no.rstrip('.')}, {by_release}:" if yes_or_no else f"{capitalized(by_release)},"


def _with_added(record: CodeRecord) -> str:
    return f"{record.code} (added {long_date(record.added_date)})" if record.added_date is not None else record.code


def replacement_sentence(statement: Statement, then: Succession, *, crosswalk: bool = False) -> str:
    """What took the code's place, if it ended and anything did; ``crosswalk`` says that any other code is asked for."""
    code = statement.record.code
    named = join_words(reference_names(statement.record), "or")
    if statement.status is not Status.TERMINATED:
        unpaid = statement.record.coverage in NOT_COVERED and statement.active
        instead = f"points to {named}" if named else "names no code to bill instead"
        payable = f" It is not payable by Medicare, and its record {instead}." if unpaid else ""
        if crosswalk:
            other = f"The HCPCS record doesn't say which CPT or other codes correspond to {code}"
            return f"{other}; it is {STATUS_WORDS[statement.status]}, so no code replaced it.{payable}"
        return f"No code replaces {code}: it is {STATUS_WORDS[statement.status]}.{payable}"
    last_day = statement.record.termination_date
    ended = "ended" if last_day is None else f"ended on {long_date(last_day)}"
    if then.ended:
        last = then.ended[-1]
        until = f" on {long_date(last.termination_date)}" if last.termination_date is not None else ""
        took = f"{then.ended[0].code} was added the day after"
        later = f", then {join_words([one.code for one in then.ended[1:]])}" if then.ended[1:] else ""
        end = f"{last.code} ended{until}, too{points_to(last)}"
        return f"Most likely {then.ended[0].code}: {code} {ended}, and {took}{later}; {end}."
    if not then.replaced_by and named:
        return f"The record points to {named}: {code} {ended}."
    if not then.replaced_by and (service := service_after(code)):
        return f"Most likely {service.codes} ({service.system}): {code} {ended}, and its service has that code now."
    if not then.replaced_by:
        return f"CMS's file names no replacement for {code}, which {ended}."
    verb = "was" if len(then.replaced_by) == 1 else "were"
    added = f"{join_words(then.replaced_by)} {verb} added {'before that' if then.overlaps else 'the day after'}"
    if then.by_way_of:
        added = f"{join_words(then.by_way_of)} took its place and ended, too; {join_words(then.replaced_by)} came next"
    return f"Most likely {join_words(then.replaced_by, 'or')}: {code} {ended}, and {added}."


def status_evidence(context: AnswerContext, statement: Statement) -> tuple[Evidence, ...]:
    """The dates of a code, and that valid doesn't mean payable."""
    facts: list[Evidence] = []
    ended = context.question.expects_an_end and _ended_by(context, statement.record)
    if statement.active and statement.record.kind is RecordKind.PROCEDURE and not ended:
        ruling = context.judge(statement)
        text = f"Valid doesn't mean payable. {ruling.claim}"
        facts.append(Evidence(kind=EvidenceKind.CAUTION, text=text, code=statement.record.code, field="coverage"))
    return tuple(facts)


def predecessor_sentence(context: AnswerContext, statement: Statement) -> str:
    """Which codes ended the day before a code was added and describe the same."""
    record = statement.record
    former = predecessors(context, record, lambda _: True)
    if record.added_date is None:
        return f"The record of {record.code} doesn't say when it was added, so the code before it is unknown."
    added = f"{record.code} was added on {long_date(record.added_date)}"
    if not former:
        return (
            f"CMS's file names no code that {record.code} replaced: {added}, and no similar code ended the day before."
        )
    codes = join_words([one.code for one in former])
    ended = former[0].termination_date
    they = "it" if len(former) == 1 else "they"
    return f"Most likely {codes}: {they} ended on {long_date(ended)}, and {added}." if ended else f"{codes}: {added}."


def _of_the_line(context: AnswerContext, lookup: LookupResult, sentences: Sequence[OpenedSentence]) -> list[str]:
    """The sentences on codes with those on their line: its trip, what can't be on it, what of it is CPT's."""
    if cpt_line := on_a_cpt_line(lookup):
        return [cpt_line]
    trips = [*map(transport_sentence, lookup.transports)]
    wrong = [one.text for one in line_evidence(context)]
    if not wrong or not context.question.expects_yes_no:
        whole = [one.whole for one in sentences]
        return [*whole, *trips, *(one for one in wrong if one not in whole)]
    return ["No.", *wrong, *(one.sentence for one in sentences), *trips]


def answer_status(context: AnswerContext) -> Draft:
    """Whether each code is in use on the day asked about, and its dates."""
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        route = context.question.expects_yes_no and lookup.transports  # "is RN a valid ambulance modifier"
        return refusal.model_copy(update={"headline": f"Yes. {refusal.headline}"}) if route else refusal
    after = successions(context, lookup.statements)
    facts = [
        fact
        for statement, then in zip(lookup.statements, after, strict=True)
        for fact in (*then.evidence, *status_evidence(context, statement))
    ]
    ended = [code for then in after for code in then.codes]
    if context.question.subject is Subject.REPLACEMENT:
        crosswalk = AskedDetail.CROSSWALK in context.question.details
        pairs = zip(lookup.statements, after, strict=True)
        sentences = [replacement_sentence(*pair, crosswalk=crosswalk) for pair in pairs]
    elif context.question.subject is Subject.PREDECESSOR:
        sentences = [predecessor_sentence(context, statement) for statement in lookup.statements]
    else:
        # Of a line that can't be, its modifiers' dates say nothing more.
        wrong = context.question.expects_yes_no and any(line_evidence(context))
        asked = procedures_or_all(lookup.statements) if wrong else lookup.statements
        together = all_valid(context, asked)
        each = (status_sentence(context, statement) for statement in asked)
        sentences = _of_the_line(context, lookup, [together] if together else [*each])
    headline = " ".join(sentences)
    notices = (*side_notices(context, lookup.without_missing_modifiers()), *record_notices(context, lookup.statements))
    stated = NoticeKind.FOREIGN if on_a_cpt_line(lookup) else None
    return Draft(
        codes=tuple(statement.record.code for statement in lookup.statements),
        headline=headline,
        evidence=tuple(facts),
        notices=tuple(one for one in notices if one.text not in headline and one.kind is not stated),
        records=views(context, lookup.statements),
        contacts=contacts_for(context, lookup.statements),
        suggestions=tuple(dict.fromkeys((*suggest_codes(context, lookup), *ended))),
    )
