"""What changed between releases?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.answers.notices.refusals import FULL_SET_NOTICE
from hcpcs.answers.parts.dated_changes import (
    DATED_KINDS,
    ONE_DAY,
    Span,
    as_change,
    asks_for_all,
    dated_changes,
    family_asked,
    is_asked_about,
    later_changes,
    number_ended,
    span_asked,
)
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.catalog.changes import Change
from hcpcs.questions.words.common_words import common_words
from hcpcs.records.change_kinds import ChangeKind, change_kinds, count_text, with_same_words
from hcpcs.records.fields import long_date
from hcpcs.records.record import RecordKind

ACTION_KINDS: Final = frozenset({ChangeKind.DESCRIPTION, ChangeKind.PRICING, ChangeKind.REACTIVATED})
"""The kinds that CMS's action codes state, besides those that have a date of their own."""
_DISCONTINUED: Final = "discontinued"
_ENDS: Final = with_same_words({ChangeKind.DISCONTINUED})
_HAPPENED: Final = {
    frozenset({ChangeKind.ADDED}): "added",
    with_same_words({ChangeKind.DISCONTINUED}): _DISCONTINUED,
    frozenset({ChangeKind.REACTIVATED}): "reactivated",
}
"""What happened to codes, by the kinds that are asked for."""


class ChangeList(NamedTuple):
    """A page of changes, and how many there are of each kind on all pages."""

    page: tuple[Change, ...]
    counts: Counter[ChangeKind]


def _releases_to_compare(context: AnswerContext) -> tuple[str, str, str] | None:
    """The ids of the two releases to compare and how to name the span; ``None`` where dates answer the question.

    Releases are compared where two are named, for the changes of one code, and for kinds of change that a record
    doesn't date (descriptions, coverage, prices). For changes in or since a time, the older release is the last one
    before that time; two named releases are compared with each other.
    """
    releases = context.catalog.whole_releases
    kinds = context.question.change_kinds
    # The newest release says what it did to each code: all that is known, unless the quarter before is loaded.
    newest = releases[-1].effective if releases else None
    in_newest = (
        newest is not None
        and context.question.since is not None
        and context.question.since >= newest
        and (len(releases) < 2 or releases[-2].is_outdated(newest))
    )
    undated = bool(kinds) and not kinds & DATED_KINDS and not (in_newest and kinds <= ACTION_KINDS)
    named = context.question.compares_two_releases and not kinds & DATED_KINDS
    if len(releases) < 2 or not (undated or named or context.question.codes):
        return None
    since, until = context.question.since, context.question.last_day
    latest = releases[-1]
    if until is not None:
        latest = max((r for r in releases[1:] if r.effective <= until), key=lambda r: r.id, default=releases[1])
    of_a_time = since is not None and bool(context.question.codes) and not undated
    if of_a_time and not (since or latest.effective) <= latest.effective <= (until or latest.effective):
        return None  # no release took effect in the time asked about
    older = [release for release in releases if release.id < latest.id]
    before = older[-1]
    if since is not None:
        named = context.question.compares_two_releases
        earlier = (r for r in older if r.effective < since or (named and r.effective == since))
        before = max(earlier, key=lambda r: r.id, default=older[0])
    if until is not None and not context.question.codes and not _releases_in(context):
        after = min((r for r in releases if r.effective > until), key=lambda r: r.id, default=None)
        if after is not None and latest.effective < until:
            return latest.id, after.id, f"from {latest.label} to {after.label}, the releases before and after it"
    return before.id, latest.id, f"from {before.label} to {latest.label}"


def _releases_in(context: AnswerContext) -> bool:
    """Whether a release took effect in the time asked about; true where no time is named."""
    since, until = context.question.since, context.question.last_day or date.max
    return since is None or any(since <= one.effective <= until for one in context.catalog.whole_releases)


def _dated(context: AnswerContext, span: Span) -> ChangeList:
    """The changes asked for in a time, by the dates in the records."""
    changes = dated_changes(context, span)
    page = changes[context.offset : context.offset + context.limit]
    return ChangeList(tuple(map(as_change, page)), Counter(change.kind for change in changes))


def _compared(context: AnswerContext, before: str, after: str) -> ChangeList:
    """The changes asked for between two releases; only the records of the codes on the page are read."""
    kinds = context.question.change_kinds
    all_asked = asks_for_all(context.question)
    every = [
        (one.code, kind)
        for one in context.catalog.changed_codes(before, after)
        if all_asked or is_asked_about(context.question, one.code)
        for kind in one.kinds
        if not kinds or kind in kinds
    ]
    page = every[context.offset : context.offset + context.limit]
    codes = dict.fromkeys(code for code, _ in page)
    changes = {(one.code, one.kind): one for one in context.catalog.changes_of(codes, before, after)}
    return ChangeList(tuple(changes[key] for key in page), Counter(kind for _, kind in every))


def _with_later_ends(context: AnswerContext, compared: ChangeList) -> ChangeList:
    """The changes of the codes asked about, with those by the dates of later records: an addition, an end."""
    question = context.question
    if not question.codes or question.since is None:
        return compared
    listed = {(one.code, one.kind) for one in compared.page}
    later = [
        as_change(one)
        for one in dated_changes(context, Span(question.since, question.last_day or date.max))
        if one.kind in DATED_KINDS and (one.code.code, one.kind) not in listed
    ]
    return ChangeList((*compared.page, *later), compared.counts + Counter(one.kind for one in later))


def _undated(context: AnswerContext, span: Span) -> str:
    """That a code asked about may have changed in a time, by the day of CMS's last action on it; blank where not.

    A record states one such day, and not what was changed. Before it anything may have changed, after it nothing did.
    """
    question = context.question
    asked = {mention.code for mention in question.codes}
    acted = [one for one in context.catalog.dated_codes.changed(span.first, date.max) if one.code in asked]
    if not acted or question.change_kinds & DATED_KINDS:
        return ""
    inside = any(one.changed is not None and one.changed <= span.last for one in acted)
    days = [f"on {one.code} took effect on {long_date(one.changed)}" for one in acted if one.changed is not None]
    yes = "Yes. " if inside and question.expects_yes_no and not question.change_kinds else ""
    unknown = "what changed" if inside else f"whether anything changed {span.text}"
    return f"{yes}CMS's last action {join_words(days)}; the data loaded doesn't say {unknown}."


def _before_the_only_release(context: AnswerContext, span: Span) -> str:
    """That one release alone doesn't say what earlier ones changed without a date ("description changes July 2025")."""
    kinds, newest = context.question.change_kinds, context.catalog.newest
    alone = len(context.catalog.whole_releases) < 2 and span.first < newest.effective
    if context.question.codes or not kinds or kinds & DATED_KINDS or not alone:
        return ""
    asked = join_words([change_kinds()[kind].phrase for kind in ChangeKind if kind in kinds], "or")
    return f"{newest.label} alone doesn't say whether there were {asked} {span.text}."


def _dated_notices(context: AnswerContext, span: Span) -> tuple[Notice, ...]:
    """What the loaded releases don't show for the time asked about, and how the list was made."""
    kinds = context.question.change_kinds
    notices: list[str] = []
    if not kinds <= DATED_KINDS and len(context.catalog.whole_releases) < 2:
        notices.append("Only one release is loaded, so earlier values are unknown. Load an older release to compare.")
    elif not kinds:
        notices.append("By dates and CMS's action codes. Ask for two releases to compare every field.")
    if ChangeKind.DISCONTINUED in kinds and not context.question.by_last_day and span.first != span.last:
        ended = number_ended(context, span)
        notices.append(f"A code is discontinued on the day after its last day. Counted by their last day: {ended:,}.")
    family = family_asked(context.question)
    if family is not None:
        notices.append(f"Here {family.word} means the codes that start with {join_words(family.prefixes, 'or')}.")
    said = tuple(Notice(kind=NoticeKind.RELEASES, text=text) for text in notices)
    return (*later_changes(context, span), *said)


def _noun(context: AnswerContext) -> str:
    """The codes asked about, as a plural noun: ``J codes``, ``modifiers``, ``drug codes``; ``codes`` for all."""
    question = context.question
    if question.filters.kind is RecordKind.MODIFIER:
        return f"{question.prefix} modifiers" if question.prefix else "modifiers"
    if question.prefix is not None:
        return f"{question.prefix} codes"
    if question.first is not None and question.last is not None:
        return f"codes from {question.first} to {question.last}"
    family = family_asked(question)
    return family.noun if family is not None else "codes"


def _not_considered(context: AnswerContext) -> str:
    """That codes of a letter are not narrowed to the words beside it ("new home health G codes"); blank where none."""
    question = context.question
    if not (question.prefix or question.first) or question.codes:
        return ""
    family = question.family.word.lower().split() if question.family else []
    words = [word for word in question.unused if word.lower() not in {*family, *common_words("verbs", "others")}]
    if not words:
        return ""
    return f' The list is not narrowed to "{" ".join(words)}", which isn\'t a family of codes known here.'


def _headline(context: AnswerContext, counts: Counter[ChangeKind], when: str, *, yes_or_no: bool) -> str:
    """How many of what were added or discontinued, and when; for several kinds the number of each.

    Where ``yes_or_no`` is set, a question for one is answered by it first.
    """
    kinds, nouns, total = context.question.change_kinds, _noun(context), counts.total()
    # "No J codes were added" is a no by itself.
    yes = "Yes. " if yes_or_no and total and context.question.expects_yes_no else ""
    happened = next((verb for one, verb in _HAPPENED.items() if kinds == one), None)
    left = _not_considered(context)
    if happened and not context.question.codes:
        number, noun, verb = f"{total:,}" if total else "No", nouns, "were"
        if total == 1 and nouns.endswith("s"):
            noun, verb = nouns.removesuffix("s"), "was"
        past = f"{verb} {happened}"
        if happened == _DISCONTINUED and context.question.by_last_day:
            past = "ended"
        return f"{yes}{number} {noun} {past} {when}.{left}"
    asked = tuple(dict.fromkeys(one.code for one in context.question.codes))
    of_what = f" to {join_words(asked)}" if asked else "" if nouns == "codes" else f" of {nouns}"
    if not total:
        wanted = " of that kind" if kinds else ""
        return f"{yes}No changes{wanted}{of_what} {when}."
    summary = join_words([count_text(counts[kind], kind) for kind in ChangeKind if counts[kind]])
    return f"{yes}Changes{of_what} {when}: {summary}.{left}"


def _known_codes(context: AnswerContext) -> tuple[str, ...]:
    """The codes that are asked about and that a release has."""
    codes = dict.fromkeys(one.code for one in context.question.codes)
    return tuple(code for code in codes if code in context.catalog)


def answer_changes(context: AnswerContext) -> Draft:
    """The changes in the time asked about, by date; or between two releases, where dates don't answer the question."""
    if context.catalog.starter:
        return Draft(headline="The starter data has no changes.", notices=(FULL_SET_NOTICE,))
    releases = _releases_to_compare(context)
    notices: tuple[Notice, ...] = ()
    after_newest = f"The time asked about is after {context.catalog.newest.label}, the newest release loaded. "
    later = headline = ""
    yes_or_no = True
    if releases is None:
        span = span_asked(context)
        if span.fallback:
            later = after_newest
        changes, name = _dated(context, span), span.text
        headline = "" if changes.counts else _undated(context, span) or _before_the_only_release(context, span)
        if not changes.counts.total() and context.question.change_kinds & DATED_KINDS == _ENDS:
            # "modifiers deleted in 2024": those whose last day is the end of that year, where no other is meant;
            # "codes terminated October 2025": those whose last day is September 30.
            by_last_day = context.question.by_last_day
            question = context.question.model_copy(update={"by_last_day": not by_last_day})
            other = replace(context, question=question)
            ended = _dated(other, span)
            if ended.counts.total() and not by_last_day:
                context, changes = other, ended
            elif ended.counts.total() and not span.unasked:
                changes, yes_or_no = ended, False
                name = f"on {long_date(span.first - ONE_DAY)}, the day before; none ended {span.text}"
        notices = _dated_notices(context, span)
    else:
        older, newer, name = releases
        if not context.question.codes and not _releases_in(context):
            span = span_asked(context)
            later = after_newest if span.fallback else f"No release loaded took effect {span.text}. "
        changes = _with_later_ends(context, _compared(context, older, newer))
        if not changes.counts and not context.question.codes:
            # J0570 was ended and reactivated between two releases: the newest one's action code says so.
            span = span_asked(context)
            by_action = _dated(context, span)
            changes, name = (by_action, span.text) if by_action.counts else (changes, name)
    return Draft(
        codes=tuple(dict.fromkeys(change.code for change in changes.page)) or _known_codes(context),
        headline=headline or f"{later}{_headline(context, changes.counts, name, yes_or_no=yes_or_no and not later)}",
        changes=changes.page,
        total=changes.counts.total(),
        offset=context.offset,
        notices=notices,
    )
