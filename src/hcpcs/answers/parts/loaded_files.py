"""What is loaded: the releases of the code file, and the companion files beside it, each with its age."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from hcpcs.answers.answer import Definition, Draft
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.notices.refusals import FULL_SET_NOTICE
from hcpcs.answers.rendering.sentences import join_words
from hcpcs.companions.edition import Edition, EditionGroup
from hcpcs.companions.edition_kinds import group_name, has_newer, kinds_of
from hcpcs.questions.question import AskedDetail
from hcpcs.records.fields import long_date
from hcpcs.records.terms.glossary import term

RELEASE_TOPIC: Final = "release"
"""The glossary term whose answer names the loaded releases."""
COUNTS_TOPIC: Final = "code_counts"
"""The glossary term whose answer says how many codes the newest release has."""
FILES_TOPIC: Final = "files"
"""The glossary term whose answer names the loaded companion files."""
GROUP_TOPICS: Final[Mapping[str, EditionGroup]] = MappingProxyType(
    {f"{FILES_TOPIC}_{group.value}": group for group in EditionGroup}
)
"""The glossary terms whose answers say whether a companion file is loaded."""
LOADED_TOPICS: Final = frozenset({RELEASE_TOPIC, COUNTS_TOPIC, FILES_TOPIC, *GROUP_TOPICS})
"""The glossary terms that this module answers."""


def answer_loaded(context: AnswerContext, topic: str) -> Draft:
    """What of the files that ``topic`` names is loaded; one of ``LOADED_TOPICS``."""
    if topic == FILES_TOPIC:
        return define_files(context)
    if topic in GROUP_TOPICS:
        return define_group(context, GROUP_TOPICS[topic])
    return define_release(context, counting=topic == COUNTS_TOPIC)


def define_files(context: AnswerContext) -> Draft:
    """The newest edition of each companion file that is loaded."""
    groups = [(group, _newest(context, group)) for group in EditionGroup]
    loaded = [_labels(editions) for _, editions in groups if editions]
    missing = [group_name(group) for group, editions in groups if not editions]
    headline = f"Loaded beside the code file: {'; '.join(loaded)}." if loaded else "No companion files are loaded."
    lacking = f"Not loaded: {join_words(missing)}." if missing else ""
    return Draft(headline=f"{headline} {lacking}".rstrip(), definitions=_definitions(FILES_TOPIC))


def define_group(context: AnswerContext, group: EditionGroup) -> Draft:
    """Whether the companion files of one group are loaded, and whether CMS has published newer ones."""
    editions = _newest(context, group)
    if editions:
        newer = any(has_newer(one, context.today) for one in editions)
        later = " CMS has published a newer one since." if newer else ""
        headline = f"The newest loaded: {_labels(editions)}.{later}"
    else:
        newer, headline = True, f"Not loaded: {group_name(group)}."
    if AskedDetail.YES_NO in context.question.details:
        as_asked = not newer if AskedDetail.UP_TO_DATE in context.question.details else _has_asked(context, group)
        headline = f"{'Yes' if as_asked else 'No'}. {headline}"
    return Draft(headline=headline, definitions=_definitions(FILES_TOPIC))


def define_release(context: AnswerContext, *, counting: bool = False) -> Draft:
    """The releases that are loaded, and when the newest took effect; ``counting`` says first how many codes it has."""
    asked = context.release_asked if counting else None
    newest = asked or context.catalog.newest
    counted = f"{newest.procedures:,} procedure codes and {newest.modifiers:,} modifiers"
    if newest.terminated and counting:
        counted = f"{counted}, of which {newest.terminated:,} have ended"
    headline = (
        f"{_is_loaded(context)}Answers come from {newest.label}: {counted}, effective {long_date(newest.effective)}."
    )
    if counting:
        written = context.question.day_written if asked is None and context.day != context.today else None
        headline = f"{f'No release of {written} is loaded; ' if written else ''}{newest.label} has {counted}."
    if newest.is_outdated(context.today) and not context.catalog.starter and not asked:
        headline = f"{headline} CMS publishes quarterly and has published newer releases since."
    if AskedDetail.NEXT in context.question.details and not counting:
        following = long_date(_next_quarter(context.today))
        headline = f"CMS publishes quarterly; the next release takes effect on {following}. {headline}"
    return Draft(
        headline=headline,
        evidence=(
            *(_loaded(f"{one.label} (digest {one.short_digest}).") for one in reversed(context.catalog.releases)),
            *(_loaded(f"{_labels(editions)}.") for group in EditionGroup if (editions := _newest(context, group))),
        ),
        definitions=_definitions(RELEASE_TOPIC),
        notices=(FULL_SET_NOTICE,) if context.catalog.starter else (),
    )


def _next_quarter(day: date) -> date:
    """The first day of the quarter after the one of ``day``."""
    month = (day.month - 1) // 3 * 3 + 4
    return date(day.year + month // 12, month % 12, 1) if month > 12 else date(day.year, month, 1)


def _is_loaded(context: AnswerContext) -> str:
    """Yes or no where a question asks whether the release of some time or the latest is loaded; blank else."""
    first, last, newest = context.question.day, context.question.last_day, context.catalog.newest
    asked = context.question.details & {AskedDetail.YES_NO, AskedDetail.UP_TO_DATE, AskedDetail.OLD}
    if AskedDetail.YES_NO not in asked or context.catalog.starter or (first is None and len(asked) == 1):
        return ""
    if first is None:
        as_asked = newest.is_outdated(context.today) == (AskedDetail.OLD in asked)
        return "Yes. " if as_asked else "No. "
    loaded = [one.label for one in context.catalog.releases if first <= one.effective <= (last or first)]
    if loaded and newest.label not in loaded:
        return f"Yes, {join_words(loaded)} {'is' if len(loaded) == 1 else 'are'} loaded. "
    return "Yes. " if loaded else "No. "


def _newest(context: AnswerContext, group: EditionGroup) -> list[Edition]:
    """The newest edition of each kind of a group."""
    newest = {one.kind: one for one in context.companions.editions}
    return [newest[kind] for kind in kinds_of(group) if kind in newest]


def _has_asked(context: AnswerContext, group: EditionGroup) -> bool:
    """Whether an edition of a group is loaded, of the time asked about if there is one."""
    first, last = context.question.day, context.question.last_day
    days = [one.from_day for one in context.companions.editions if one.kind in kinds_of(group)]
    if first is None:
        return bool(days)
    # The year that has today is asked about as today.
    return any(day is not None and (first <= day <= last if last else day.year == first.year) for day in days)


def _loaded(text: str) -> Evidence:
    return Evidence(kind=EvidenceKind.RELEASE, text=text, label="Loaded")


def _labels(editions: list[Edition]) -> str:
    return ", ".join(one.label for one in editions)


def _definitions(topic: str) -> tuple[Definition, ...]:
    explained = term(topic)
    return (Definition.of(explained),) if explained is not None else ()
