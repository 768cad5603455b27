"""How has a code changed over time? Its episodes, and the dates in its record."""

from __future__ import annotations

from hcpcs.answers.answer import Draft, TimelineEntry
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.lookup import look_up, views
from hcpcs.answers.notices.refusals import refuse, side_notices
from hcpcs.answers.parts.change_text import change_detail
from hcpcs.catalog.history.timeline import Episode, TimelineTurn
from hcpcs.records.fields import long_date
from hcpcs.records.record import Statement
from hcpcs.records.terms.vocabularies import VocabularyName, meaning_of


def episode_text(episode: Episode) -> str:
    """What was new in an episode of a code's history, in plain words."""
    if TimelineTurn.FIRST_SEEN in episode.turns:
        return f"{TimelineTurn.FIRST_SEEN.value}: {episode.record.long_description}"
    parts = [turn.value for turn in episode.turns if turn is not TimelineTurn.CHANGED]
    parts += [detail for change in episode.changes if (detail := change_detail(change))]
    if episode.removed_in is not None:
        parts.append(f"not in {episode.removed_in.label}")
    return "; ".join(parts)


def timeline_of(episodes: tuple[Episode, ...]) -> tuple[TimelineEntry, ...]:
    """The episodes of a code as entries of a timeline, oldest first."""
    ends = [*(episode.first.effective for episode in episodes[1:]), None]
    return tuple(
        TimelineEntry(
            first_release=episode.first.label,
            last_release=episode.last.label,
            from_day=episode.first.effective,
            to_day=end,
            short_description=episode.record.short_description,
            text=episode_text(episode),
        )
        for episode, end in zip(episodes, ends, strict=True)
    )


def _record_dates(statement: Statement) -> tuple[Evidence, ...]:
    record = statement.record
    sentences = {}
    if record.added_date:
        sentences["added_date"] = f"Added {long_date(record.added_date)}."
    if record.action_effective_date and record.action_code:
        action = meaning_of(VocabularyName.ACTION, record.action_code) or "no published meaning"
        sentences["action_code"] = (
            f"Latest action {record.action_code} ({action}), effective {long_date(record.action_effective_date)}."
        )
    if record.termination_date:
        sentences["termination_date"] = f"Terminated {long_date(record.termination_date)}."
    return tuple(
        Evidence(kind=EvidenceKind.PROOF, text=text, code=record.code, field=field) for field, text in sentences.items()
    )


def _history_headline(code: str, episodes: tuple[Episode, ...], *, alone: bool) -> str:
    if alone:
        return f"Only {episodes[0].first.label} is loaded, so {code}'s history is limited to the dates in its record."
    first, last = episodes[0].first.label, episodes[-1].last.label
    span = f"in {first}" if first == last else f"from {first} to {last}"
    times = len(episodes) - 1
    changed = "unchanged" if not times else "changed once" if times == 1 else f"changed {times} times"
    turns = {turn for episode in episodes for turn in episode.turns}
    events = [
        turn.value
        for turn in (TimelineTurn.REUSED, TimelineTurn.NEW_MEANING, TimelineTurn.REACTIVATED, TimelineTurn.RETURNED)
        if turn in turns
    ]
    verb = "is" if not times else "has"
    return f"{code} {verb} {', '.join([f'{changed} {span}', *events])}."


def answer_history(context: AnswerContext) -> Draft:
    """Every episode of each code asked for, and the dates in its record."""
    lookup = look_up(context)
    refusal = refuse(context, lookup)
    if refusal is not None:
        return refusal
    alone = len(context.catalog.releases) == 1
    entries: list[TimelineEntry] = []
    headlines = []
    facts: list[Evidence] = []
    for statement in lookup.statements:
        code = statement.record.code
        episodes = context.catalog.history(code)
        entries += timeline_of(episodes)
        headlines.append(_history_headline(code, episodes, alone=alone))
        facts += _record_dates(statement)
    older = Notice(kind=NoticeKind.RELEASES, text="Load older releases to see what changed over time.")
    return Draft(
        codes=tuple(statement.record.code for statement in lookup.statements),
        headline=" ".join(headlines),
        evidence=tuple(facts),
        notices=(*((older,) if alone else ()), *side_notices(context, lookup)),
        records=views(context, lookup.statements),
        timeline=tuple(entries),
    )
