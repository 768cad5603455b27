"""Changes between two releases, and which of them took effect in a time that they don't bound."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.parts.change_lists.dated_changes import (
    DATED_KINDS,
    Span,
    as_change,
    asks_for_all,
    dated_changes,
    is_asked_about,
)
from hcpcs.catalog.changes import Change
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.record import Release

ACTION_KINDS: Final = frozenset({ChangeKind.DESCRIPTION, ChangeKind.PRICING, ChangeKind.REACTIVATED})
"""The kinds that CMS's action codes state, besides those that have a date of their own."""
_ONE_DAY: Final = timedelta(days=1)
_ONE_YEAR: Final = timedelta(days=366)


class ChangeList(NamedTuple):
    """A page of changes, and how many there are of each kind on all pages."""

    page: tuple[Change, ...]
    counts: Counter[ChangeKind]


class ComparedReleases(NamedTuple):
    """Two releases to compare, and how to name what is between them."""

    before: Release
    after: Release
    text: str


class Window(NamedTuple):
    """The releases around a time, and the changes between them that no record dates as added or ended.

    ``inside`` took effect in the time by CMS's dates of its actions on the code. The ``undated`` codes changed on days
    that no record states, or that CMS's last action on them hides.
    """

    before: Release
    after: Release
    inside: tuple[tuple[str, ChangeKind], ...]
    undated: tuple[str, ...]


def releases_to_compare(context: AnswerContext) -> ComparedReleases | None:
    """The releases to compare; ``None`` where dates answer the question.

    Releases are compared where two are named, and for kinds of change that a record doesn't date (descriptions,
    coverage, prices) where no time is named, or no release is older than it. Two named releases are compared with each
    other.
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
    since, until = context.question.since, context.question.last_day
    named = context.question.compares_two_releases and not kinds & DATED_KINDS
    if named and until is not None and not any(until - _ONE_YEAR < r.effective <= until for r in releases):
        named = False  # "between 2020 and 2022" without a release of 2022
    before_it = since is not None and any(release.effective < since for release in releases)
    if len(releases) < 2 or not (named or (undated and not before_it)):
        return None
    latest = releases[-1]
    if until is not None:
        latest = max((r for r in releases[1:] if r.effective <= until), key=lambda r: r.id, default=releases[1])
    older = [release for release in releases if release.id < latest.id]
    before = older[-1]
    if since is not None:
        earlier = (r for r in older if r.effective < since or (named and r.effective == since))
        before = max(earlier, key=lambda r: r.id, default=older[0])
    if until is not None and not release_in(context):
        after = min((r for r in releases if r.effective > until), key=lambda r: r.id, default=None)
        if after is not None and latest.effective < until:
            text = f"from {latest.label} to {after.label}, the releases before and after it"
            return ComparedReleases(latest, after, text)
    return ComparedReleases(before, latest, f"from {before.label} to {latest.label}")


def release_in(context: AnswerContext) -> bool:
    """Whether a release took effect in the time asked about; true where no time is named."""
    since, until = context.question.since, context.question.last_day or date.max
    return since is None or any(since <= one.effective <= until for one in context.catalog.whole_releases)


def changes_of_releases(context: AnswerContext, before: Release, after: Release) -> ChangeList:
    """The changes asked for between two releases; only the records of the codes on the page are read."""
    kinds = context.question.change_kinds
    all_asked = asks_for_all(context.question)
    every = [
        (one.code, kind)
        for one in context.catalog.changed_codes(before.id, after.id)
        if all_asked or is_asked_about(context.question, one.code)
        for kind in one.kinds
        if not kinds or kind in kinds
    ]
    page = every[context.offset : context.offset + context.limit]
    codes = dict.fromkeys(code for code, _ in page)
    changes = {(one.code, one.kind): one for one in context.catalog.changes_of(codes, before.id, after.id)}
    return ChangeList(tuple(changes[key] for key in page), Counter(kind for _, kind in every))


def window_around(context: AnswerContext, span: Span) -> Window | None:
    """What the releases before and after a time state differently; ``None`` without a release before it."""
    releases, kinds = context.catalog.whole_releases, context.question.change_kinds
    before = max((r for r in releases if r.effective < span.first), key=lambda r: r.id, default=None)
    after = min((r for r in releases if r.effective > span.last), key=lambda r: r.id, default=releases[-1])
    if before is None or before.id >= after.id or (kinds and kinds <= DATED_KINDS):
        return None
    all_asked, dated = asks_for_all(context.question), context.catalog.dated_codes.by_code
    # The releases of the quarter before and of the time itself: what differs between them changed in that time.
    bound_it = not before.is_outdated(span.first - _ONE_DAY) and span.first <= after.effective <= span.last
    inside: list[tuple[str, ChangeKind]] = []
    undated: list[str] = []
    for one in context.catalog.changed_codes(before.id, after.id):
        left = [kind for kind in one.kinds if kind not in DATED_KINDS and (not kinds or kind in kinds)]
        if not left or not (all_asked or is_asked_about(context.question, one.code)):
            continue
        days = sorted(day for day in dated[one.code].acted if before.effective < day <= after.effective)
        if bound_it or any(span.first <= day <= span.last for day in days):
            inside += [(one.code, kind) for kind in left]
        elif not days or days[-1] > span.last:  # the day of an earlier action may be overwritten
            undated.append(one.code)
    return Window(before, after, tuple(inside), tuple(undated))


def dated_list(context: AnswerContext, span: Span, window: Window | None) -> ChangeList:
    """The changes asked for in a time by the dates in the records, with those inside of a window of releases."""
    inside = frozenset(window.inside) if window is not None else frozenset()
    changes = dated_changes(context, span, inside)
    page = changes[context.offset : context.offset + context.limit]
    stated: dict[tuple[str, ChangeKind], Change] = {}
    if window is not None:
        codes = dict.fromkeys(one.code.code for one in page if (one.code.code, one.kind) in inside)
        of_page = context.catalog.changes_of(codes, window.before.id, window.after.id)
        stated = {(one.code, one.kind): one for one in of_page if one.kind not in DATED_KINDS}
    listed = tuple(stated.get((one.code.code, one.kind)) or as_change(one) for one in page)
    return ChangeList(listed, Counter(change.kind for change in changes))
