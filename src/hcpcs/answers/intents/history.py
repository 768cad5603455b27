"""How has a code changed over time? Its episodes, and the dates in its record."""

from __future__ import annotations

from collections.abc import Sequence

from hcpcs.answers.answer import Draft, TimelineEntry
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind, Notice, NoticeKind
from hcpcs.answers.lookup import look_up, views
from hcpcs.answers.notices.refusals import refuse, side_notices
from hcpcs.answers.parts.change_text import change_detail
from hcpcs.answers.rendering.sentences import join_words, value_text
from hcpcs.catalog.history.timeline import Episode, TimelineTurn
from hcpcs.records.fields import FIELD_BY_NAME, FieldSpec, family_members, long_date, read_field
from hcpcs.records.record import RecordKind, Statement
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


def _asked_fields(names: Sequence[str]) -> list[FieldSpec]:
    """The coded fields among those asked about, the first of each family."""
    families = dict.fromkeys(FIELD_BY_NAME[name].family_name for name in names)
    specs = (FIELD_BY_NAME[family_members(family)[0]] for family in families)
    return [spec for spec in specs if spec.vocabulary is not None]


def _field_headline(statement: Statement, episodes: tuple[Episode, ...], spec: FieldSpec, *, alone: bool) -> str:
    """Whether one field of a code changed in the loaded releases, and from what to what."""
    named = f"{spec.family_phrase} of {statement.record.code}"
    if alone:
        return f"Whether the {named} changed isn't known: only {episodes[0].first.label} is loaded."
    values: list[tuple[str, str]] = []
    for episode in episodes:
        value = value_text(read_field(spec, statement.model_copy(update={"record": episode.record})))
        if not values or values[-1][0] != value:
            values.append((value, episode.first.label))
    if len(values) == 1:
        first, last = episodes[0].first.label, episodes[-1].last.label
        return f"The {named} is {values[0][0]} in all releases loaded, from {first} to {last}."
    return f"The {named} changed: {join_words([f'{value} in {release}' for value, release in values], 'then')}."


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
        specs = _asked_fields(context.question.fields) if statement.record.kind is RecordKind.PROCEDURE else []
        headlines += [_field_headline(statement, episodes, spec, alone=alone) for spec in specs] or [
            _history_headline(code, episodes, alone=alone)
        ]
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
