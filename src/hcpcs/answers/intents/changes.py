"""What changed between releases?"""

from __future__ import annotations

from collections import Counter

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.answers.notices.refusals import FULL_SET_NOTICE
from hcpcs.answers.parts.dated_changes import DATED_KINDS, Span, dated_changes, family_asked, span_asked
from hcpcs.answers.sentences import listed
from hcpcs.catalog.changes import Change
from hcpcs.records.change_kinds import ChangeKind, counted
from hcpcs.records.fields import long_date
from hcpcs.records.record import RecordKind


def _since(context: AnswerContext) -> tuple[str, str, str] | None:
    """The ids of the two releases to compare and how to name the span; ``None`` where dates answer the question.

    Releases are compared where two are named, for the changes of one code, and for kinds of change that a record
    doesn't date (descriptions, coverage, prices). Changes in or since a time are seen against the release before that
    time; two named releases against each other.
    """
    releases = context.catalog.whole_releases
    kinds = context.question.change_kinds
    undated = bool(kinds) and not kinds & DATED_KINDS
    named = context.question.compares_two_releases and not kinds & DATED_KINDS
    if len(releases) < 2 or not (undated or named or context.question.codes):
        return None
    since, until = context.question.since, context.question.last_day
    newest = releases[-1]
    if until is not None:
        newest = max((r for r in releases[1:] if r.effective <= until), key=lambda r: r.id, default=releases[1])
    older = [release for release in releases if release.id < newest.id]
    before = older[-1]
    if since is not None:
        named = context.question.compares_two_releases
        earlier = (r for r in older if r.effective < since or (named and r.effective == since))
        before = max(earlier, key=lambda r: r.id, default=older[0])
    return before.id, newest.id, f"from {before.label} to {newest.label}"


def _wanted(context: AnswerContext, change: Change) -> bool:
    question = context.question
    if question.filters.kind is not None and (question.filters.kind is RecordKind.MODIFIER) != (len(change.code) == 2):
        return False
    if question.prefix is not None:
        return change.code.startswith(question.prefix)
    if question.first is not None and question.last is not None:
        return question.first <= change.code <= question.last
    if question.codes:
        return any(change.code == mention.code for mention in question.codes)
    family = family_asked(context)
    return family is None or change.code.startswith(family[1])


def _compared(context: AnswerContext, before: str, after: str) -> tuple[Change, ...]:
    """The changes asked for between two releases."""
    question = context.question
    if question.codes:
        every = context.catalog.changes_of((mention.code for mention in question.codes), before, after)
    else:
        every = context.catalog.changes(before, after)
    kinds = question.change_kinds
    return tuple(change for change in every if (not kinds or change.kind in kinds) and _wanted(context, change))


def _dated_notices(context: AnswerContext, span: Span) -> tuple[Notice, ...]:
    """What the releases loaded can't say of the time asked about, and what the list leaves out."""
    newest, kinds = context.catalog.newest, context.question.change_kinds
    notices = []
    if span.instead:
        notices.append(
            f"The newest release loaded took effect on {long_date(newest.effective)}, so later changes are unknown. "
            "This is its quarter. An administrator can load newer releases with `hcpcs update`."
        )
    if not kinds <= DATED_KINDS and len(context.catalog.whole_releases) < 2:
        notices.append("Only one release is loaded, so earlier values are unknown. Load an older release to compare.")
    elif not kinds:
        notices.append("By dates and CMS's action codes. Ask for two releases to compare every field.")
    family = family_asked(context)
    if family is not None:
        notices.append(f"Here {family[0]} means the codes that start with {listed(family[1], 'or')}.")
    return tuple(Notice(kind=NoticeKind.RELEASES, text=text) for text in notices)


def _of_what(context: AnswerContext) -> str:
    """What the changes are of, for the headline: `` of J codes``; blank for all."""
    question = context.question
    if question.filters.kind is RecordKind.MODIFIER:
        return " of modifiers"
    if question.prefix is not None:
        return f" of {question.prefix} codes"
    family = family_asked(context)
    return f" of {family[0]} codes" if family is not None else ""


def answer_changes(context: AnswerContext) -> Draft:
    """The changes in the time asked about, by date; or between two releases, where dates don't answer the question."""
    if context.catalog.starter:
        return Draft(headline="The starter data has no changes.", notices=(FULL_SET_NOTICE,))
    releases = _since(context)
    notices: tuple[Notice, ...] = ()
    if releases is None:
        span = span_asked(context)
        changes, name, notices = dated_changes(context, span), span.text, _dated_notices(context, span)
    else:
        before, after, name = releases
        changes = _compared(context, before, after)
    page = changes[context.offset : context.offset + context.limit]
    counts = Counter(change.kind for change in changes)
    summary = listed([counted(counts[kind], kind) for kind in ChangeKind if counts[kind]])
    wanted = " of that kind" if context.question.change_kinds else ""
    of_what = _of_what(context)
    headline = f"Changes{of_what} {name}: {summary}." if changes else f"No changes{wanted}{of_what} {name}."
    return Draft(
        codes=tuple(dict.fromkeys(change.code for change in page)),
        headline=headline,
        changes=page,
        total=len(changes),
        offset=context.offset,
        notices=notices,
    )
