"""What changed between releases?"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Final

from hcpcs.answers.answer import Draft, Outcome
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.notices.refusals import FULL_SET_NOTICE
from hcpcs.answers.parts.change_lists.compared_releases import (
    Window,
    changes_of_releases,
    dated_list,
    release_in,
    releases_to_compare,
    window_around,
)
from hcpcs.answers.parts.change_lists.dated_changes import (
    DATED_KINDS,
    ONE_DAY,
    Span,
    family_asked,
    family_within,
    later_changes,
    number_ended,
    span_asked,
)
from hcpcs.answers.parts.change_lists.item_family import codes_of_item, latest_of_item, names_item
from hcpcs.answers.parts.noc_answers import answer_noc_family
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.questions.words.common_words import common_words
from hcpcs.records.change_kinds import ChangeKind, change_kinds, count_text, with_same_words
from hcpcs.records.fields import long_date
from hcpcs.records.record import RecordKind

_CODES_NAMED: Final = 3
"""Maximum codes of an item that the first sentence names."""
_DISCONTINUED: Final = "discontinued"
_ENDS: Final = with_same_words({ChangeKind.DISCONTINUED})
_HAPPENED: Final = {
    frozenset({ChangeKind.ADDED}): "added",
    with_same_words({ChangeKind.DISCONTINUED}): _DISCONTINUED,
    frozenset({ChangeKind.REACTIVATED}): "reactivated",
}
"""What happened to codes, by the kinds that are asked for."""

_SEVERAL: Final = re.compile(r"\b(code|modifier)s\b")
"""The codes of a noun in the plural: "drug codes", "codes from J9000 to J9100"."""


def _undated(context: AnswerContext, span: Span) -> str:
    """The sentence that a code may have changed in a time, by the day of CMS's last action on it; blank where not.

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


def _between(context: AnswerContext, window: Window, when: str) -> str:
    """The sentence that the releases around a time differ, on days that no record states; blank where they don't."""
    if not window.undated:
        return ""
    if context.question.codes:
        between = f"between {window.before.label} and {window.after.label}"
        return f"Whether {join_words(window.undated)} changed {when} isn't known, only that it did {between}."
    return f"No {_noun(context)} are known to have changed {when}. {_differing(window, more=False)}"


def _differing(window: Window, *, more: bool) -> str:
    """How many codes differ between the releases around a time, beside those that are counted where ``more``."""
    number = len(window.undated)
    codes, they_are = ("code", "it isn't") if number == 1 else ("codes", "they aren't")
    others = f"more {codes}" if more else codes
    between = f"between {window.before.label} and {window.after.label}"
    return f"{number:,} {others} changed {between}, but CMS's files don't say on which day, so {they_are} counted here."


def _before_the_only_release(context: AnswerContext, span: Span) -> str:
    """The sentence that one release doesn't say what earlier ones changed without a date: "July 2025 descriptions"."""
    kinds, newest = context.question.change_kinds, context.catalog.newest
    alone = len(context.catalog.whole_releases) < 2 and span.first < newest.effective
    if context.question.codes or not kinds or kinds & DATED_KINDS or not alone:
        return ""
    asked = join_words([change_kinds()[kind].phrase for kind in ChangeKind if kind in kinds], "or")
    return f"{newest.label} alone doesn't say whether there were {asked} {span.text}."


def _dated_notices(context: AnswerContext, span: Span, window: Window | None) -> tuple[Notice, ...]:
    """What the loaded releases don't show for the time asked about, and how the list was made."""
    kinds = context.question.change_kinds
    notices: list[str] = []
    if not kinds <= DATED_KINDS and len(context.catalog.whole_releases) < 2:
        notices.append("Only one release is loaded, so earlier values are unknown. Load an older release to compare.")
    elif window is not None and window.undated and not context.question.codes:
        notices.append(_differing(window, more=True))
    elif window is not None and context.question.codes and not window.inside:
        around = f"{window.before.label} and {window.after.label}, the releases before and after that time"
        notices.append(f"{around}, show none.")
    elif not kinds and window is None:
        notices.append("By dates and CMS's action codes. Ask for two releases to compare every field.")
    if ChangeKind.DISCONTINUED in kinds and not context.question.by_last_day and span.first != span.last:
        ended = number_ended(context, span)
        notices.append(f"A code is discontinued on the day after its last day. Counted by their last day: {ended:,}.")
    family = family_asked(context.question)
    if family is not None and not context.question.words:
        notices.append(f"Here {family.word} means the codes that start with {join_words(family.prefixes, 'or')}.")
    said = tuple(Notice(kind=NoticeKind.RELEASES, text=text) for text in notices)
    return (*later_changes(context, span), *said)


def _noun(context: AnswerContext) -> str:
    """The codes asked about, as a plural noun: ``J codes``, ``modifiers``, ``drug codes``; ``codes`` for all."""
    question = context.question
    if question.filters.kind is RecordKind.MODIFIER:
        return f"{question.prefix} modifiers" if question.prefix else "modifiers"
    if question.prefix is not None:
        within = family_within(question)
        return within.noun if within else f"{question.prefix} codes"
    if question.first is not None and question.last is not None:
        return f"codes from {question.first} to {question.last}"
    family = family_asked(question)
    return family.noun if family is not None else "codes"


def _not_considered(context: AnswerContext) -> str:
    """The sentence that words beside a letter don't narrow its codes: "new home health G codes"; else blank."""
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
        if total == 1:
            noun, verb = _SEVERAL.sub(r"\1", nouns, count=1), "was"
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
    question = context.question
    if names_item(question):
        return answer_noc_family(context) or _of_item(context)
    if question.words:
        question = question.model_copy(update={"words": "", "unused": tuple(question.words.split())})
    return _of_codes(replace(context, question=question))


def _of_item(context: AnswerContext) -> Draft:
    """The changes of the codes that the words of an item find; where there are none, the latest of these codes."""
    span = span_asked(context)
    item = codes_of_item(context, span)
    question = context.question.model_copy(update={"family": item.family})
    draft = _of_codes(replace(context, question=question))
    if draft.total:
        notices = (Notice(kind=NoticeKind.SELECTION, text=item.notice), *draft.notices)
        headline = draft.headline
        if draft.total <= _CODES_NAMED and not context.offset and ";" not in headline:
            headline = f"{headline.removesuffix('.')}: {join_words(draft.codes)}."
        return draft.model_copy(update={"headline": headline, "notices": notices})
    kinds, words = question.change_kinds, item.family.word
    happened = f"was {_HAPPENED[kinds]}" if kinds in _HAPPENED else "changed"
    if kinds == _ENDS and question.by_last_day:
        happened = "ended"
    latest = latest_of_item(context)
    if not latest.found:
        headline = f'No code is found by "{words}", so whether any {happened} {span.text} isn\'t known.'
        return draft.model_copy(update={"headline": headline, "outcome": Outcome.NOT_FOUND})
    if not kinds or not kinds <= DATED_KINDS:
        return draft
    later = _after_newest(context) if span.fallback else ""
    headline = f'{later}No code found by "{words}" {happened} {span.text}.'
    evidence = (Evidence(kind=EvidenceKind.PROOF, text=latest.text),) if latest.text else ()
    codes = latest.codes if span.unasked else draft.codes
    return draft.model_copy(update={"headline": headline, "evidence": evidence, "codes": codes})


def _after_newest(context: AnswerContext) -> str:
    return f"The time asked about is after {context.catalog.newest.label}, the newest release loaded. "


def _of_codes(context: AnswerContext) -> Draft:
    """The changes of the codes, the family or the prefix asked about, or of all codes."""
    pair = releases_to_compare(context)
    notices: tuple[Notice, ...] = ()
    later = headline = ""
    yes_or_no = True
    if pair is None:
        span = span_asked(context)
        if span.fallback:
            later = _after_newest(context)
        window = window_around(context, span)
        changes, name = dated_list(context, span, window), span.text
        if not changes.counts:
            headline = _undated(context, span) if window is None else _between(context, window, span.text)
            headline = headline or _before_the_only_release(context, span)
        if not changes.counts.total() and context.question.change_kinds & DATED_KINDS == _ENDS:
            # "modifiers deleted in 2024": those whose last day is the end of that year, where no other is meant;
            # "codes terminated October 2025": those whose last day is September 30.
            by_last_day = context.question.by_last_day
            question = context.question.model_copy(update={"by_last_day": not by_last_day})
            other = replace(context, question=question)
            ended = dated_list(other, span, window)
            if ended.counts.total() and not by_last_day:
                context, changes = other, ended
            elif ended.counts.total() and not span.unasked:
                changes, yes_or_no = ended, False
                name = f"on {long_date(span.first - ONE_DAY)}, the day before; none ended {span.text}"
        notices = tuple(one for one in _dated_notices(context, span, window) if one.text not in headline)
    else:
        name = pair.text
        if not release_in(context):
            span = span_asked(context)
            later = _after_newest(context) if span.fallback else f"No release loaded took effect {span.text}. "
        changes = changes_of_releases(context, pair.before, pair.after)
        if not changes.counts and not context.question.codes:
            # J0570 was ended and reactivated between two releases: the newest one's action code says so.
            span = span_asked(context)
            by_action = dated_list(context, span, None)
            changes, name = (by_action, span.text) if by_action.counts else (changes, name)
    return Draft(
        codes=tuple(dict.fromkeys(change.code for change in changes.page)) or _known_codes(context),
        headline=headline or f"{later}{_headline(context, changes.counts, name, yes_or_no=yes_or_no and not later)}",
        changes=changes.page,
        total=changes.counts.total(),
        offset=context.offset,
        notices=(*_left_out(context), *notices),
    )


def _left_out(context: AnswerContext) -> tuple[Notice, ...]:
    """The notice that further dates are left out: the last of "between 2020 and 2022, also 2024"."""
    days = context.question.days_left_out
    if not days:
        return ()
    verb, them = ("isn't", "it") if len(days) == 1 else ("aren't", "them")
    text = f"{join_words(days)} {verb} considered; ask for {them} separately."
    return (Notice(kind=NoticeKind.DAY, text=text),)
