"""The history of one code as episodes: what a run of releases stated, and what was new in it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from hcpcs.catalog.changes import Change, compare
from hcpcs.catalog.history.reuse import is_reused, same_meaning
from hcpcs.catalog.history.versions import Version, missing_after
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.record import CodeRecord, Frozen, Release, Statement


class TimelineTurn(StrEnum):
    """What is new in an episode."""

    FIRST_SEEN = "first seen"
    CHANGED = "changed"
    DISCONTINUED = "discontinued"
    REACTIVATED = "reactivated"
    REUSED = "reused with another meaning"
    NEW_MEANING = "other meaning under the same code"
    RETURNED = "back after it was missing"


class Episode(Frozen):
    """One part of a code's history: the record as ``last`` states it, the same since ``first`` but for bookkeeping.

    ``turns`` and ``changes`` say what is new compared with the episode before. ``removed_in`` is the first release that
    lacks the code afterwards, ``None`` if there is none.
    """

    record: CodeRecord
    first: Release
    last: Release
    turns: tuple[TimelineTurn, ...]
    changes: tuple[Change, ...]
    removed_in: Release | None


def episodes(versions: Sequence[Version], releases: Sequence[Release]) -> tuple[Episode, ...]:
    """The episodes of a code, oldest first. ``releases`` are those that cover it, oldest first."""
    parts: list[Episode] = []
    for version in versions:
        removed_in = missing_after(version, versions, releases)
        before = parts[-1] if parts else None
        changes = () if before is None else _changes(before, version)
        if before is not None and not changes and before.removed_in is None:
            parts[-1] = before.model_copy(
                update={"record": version.record, "last": version.last, "removed_in": removed_in}
            )
            continue
        parts.append(
            Episode(
                record=version.record,
                first=version.first,
                last=version.last,
                turns=_turns(before, version.record, changes),
                changes=changes,
                removed_in=removed_in,
            )
        )
    return tuple(parts)


def _changes(before: Episode, version: Version) -> tuple[Change, ...]:
    old = Statement(record=before.record, release=before.last, day=before.last.effective)
    return compare(old, Statement(record=version.record, release=version.first, day=version.first.effective))


def _turns(before: Episode | None, record: CodeRecord, changes: Sequence[Change]) -> tuple[TimelineTurn, ...]:
    if before is None:
        return (TimelineTurn.FIRST_SEEN,)
    kinds = {change.kind for change in changes}
    reuse = is_reused(before.record, record)
    turns = {
        TimelineTurn.RETURNED: before.removed_in is not None,
        TimelineTurn.REUSED: reuse,
        TimelineTurn.NEW_MEANING: not reuse
        and not same_meaning(before.record.long_description, record.long_description),
        TimelineTurn.DISCONTINUED: ChangeKind.DISCONTINUED in kinds,
        TimelineTurn.REACTIVATED: ChangeKind.REACTIVATED in kinds and not reuse,
    }
    return tuple(turn for turn, holds in turns.items() if holds) or (TimelineTurn.CHANGED,)
