"""What changed between releases?"""

from __future__ import annotations

from collections import Counter

from hcpcs.answers.answer import Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Notice, NoticeKind
from hcpcs.answers.refusals import FULL_SET_NOTICE
from hcpcs.answers.sentences import listed
from hcpcs.catalog.changes import Change
from hcpcs.records.change_kinds import ChangeKind, counted
from hcpcs.records.fields import long_date


def _since(context: AnswerContext) -> tuple[str, str, str] | None:
    """The ids of the two releases to compare and how to name the span; ``None`` for a single release.

    Changes in or since a time are seen against the release before that time; two named releases against each other.
    """
    releases = context.catalog.whole_releases
    if len(releases) < 2:
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
    if question.prefix is not None:
        return change.code.startswith(question.prefix)
    if question.first is not None and question.last is not None:
        return question.first <= change.code <= question.last
    if question.codes:
        return any(change.code == mention.code for mention in question.codes)
    return True


def _since_newest(context: AnswerContext) -> bool:
    """Whether changes are asked for since a day that no loaded release reaches."""
    since = context.question.since
    return since is not None and since > context.catalog.newest.effective


def answer_changes(context: AnswerContext) -> Draft:
    """The changes between the newest release and the one before (or the one in use on the day asked about)."""
    if context.catalog.starter:
        return Draft(headline="The starter data has no changes.", notices=(FULL_SET_NOTICE,))
    span = _since(context)
    if span is None:
        name = f"in {context.catalog.newest.label}, by CMS's action codes"
        since = None if _since_newest(context) else context.question.since
        every = context.catalog.changes_by_action(context.catalog.newest.id, since)
        text = "Only one release is loaded, so earlier values are unknown. Load an older release to compare."
        notices: tuple[Notice, ...] = (Notice(kind=NoticeKind.RELEASES, text=text),)
    else:
        before, after, name = span
        every = context.catalog.changes(before, after)
        notices = ()
    if _since_newest(context):
        newest = context.catalog.newest
        text = (
            f"The newest release loaded took effect on {long_date(newest.effective)}, so later changes are unknown. An "
            "administrator can load newer releases with `hcpcs update`."
        )
        notices = (Notice(kind=NoticeKind.RELEASES, text=text), *notices)
    kinds = context.question.change_kinds
    changes = tuple(change for change in every if (not kinds or change.kind in kinds) and _wanted(context, change))
    page = changes[context.offset : context.offset + context.limit]
    counts = Counter(change.kind for change in changes)
    summary = listed([counted(counts[kind], kind) for kind in ChangeKind if counts[kind]])
    wanted = " of that kind" if kinds else ""
    headline = f"Changes {name}: {summary}." if changes else f"No changes{wanted} {name}."
    return Draft(
        codes=tuple(dict.fromkeys(change.code for change in page)),
        headline=headline,
        changes=page,
        total=len(changes),
        offset=context.offset,
        notices=notices,
    )
