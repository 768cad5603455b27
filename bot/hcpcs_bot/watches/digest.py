"""The digest of a new release for one channel: which changes touch its watches, each once, named by watch. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Final, NamedTuple

from hcpcs.answers.intents.changes import ACTION_KINDS
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.changes import Change, ChangeKind
from hcpcs.records.fields import cms_date
from hcpcs.records.record import Frozen, Release
from hcpcs_bot.watches.watch import About, Finds, Watch, ordered, stems, touches

MOST_CHANGES: Final = 30
"""So many changes are shown, of every kind as many as can be; all are counted, and ``/hcpcs changes`` has them."""


class MatchedChange(Frozen):
    """A change, and the phrases of the watches that it touches."""

    change: Change
    phrases: tuple[str, ...]


class Digest(Frozen):
    """What a channel is told of a release: up to ``MOST_CHANGES`` by kind and code, and how many there are of each.

    ``before`` names the release compared with, ``None`` if it is no longer loaded: then CMS's action codes tell
    what was done since.
    """

    before: Release | None
    after: Release
    caught: tuple[MatchedChange, ...]
    counts: Mapping[ChangeKind, int]

    @property
    def total(self) -> int:
        """How many changes touch the channel's watches."""
        return sum(self.counts.values())


class DigestPeriod(NamedTuple):
    """The releases that a digest compares: the one that the channel was told of last, if loaded, and the new one."""

    told: str
    before: Release | None
    after: Release


def span_since(catalog: Catalog, told: str, after: str) -> DigestPeriod | None:
    """The releases to compare for a channel that was told of ``told`` last; ``None`` if ``after`` is not loaded.

    Where ``told`` itself is not loaded, the nearest release before it stands in.
    """
    whole = {release.id: release for release in catalog.whole_releases}
    if after not in whole:
        return None
    older = [release for release in catalog.whole_releases if release.id <= told]
    return DigestPeriod(told, older[-1] if older else None, whole[after])


def changes_in(catalog: Catalog, span: DigestPeriod) -> tuple[Change, ...]:
    """What changed in a span, by code."""
    if span.before is not None:
        return catalog.changes(span.before.id, span.after.id)
    return tuple(_changes_by_action(catalog, span))


def _changes_by_action(catalog: Catalog, span: DigestPeriod) -> Iterable[Change]:
    """What the new release itself says was done after ``told``, by CMS's action codes."""
    for code in catalog.codes():
        statement = catalog.current(code, span.after.effective)
        record = statement.record if statement is not None else None
        if record is None or record.action_effective_date is None:
            continue
        kind = ACTION_KINDS.get(record.action_code)
        if kind is not None and f"{record.action_effective_date:%Y-%m}" > span.told:
            after = {"action_code": record.action_code, "action_effective_date": cms_date(record.action_effective_date)}
            yield Change(code=code, kind=kind, before={}, after=after, short_description=record.short_description)


def build_digest(catalog: Catalog, span: DigestPeriod, watches: Iterable[Watch], finds: Finds) -> Digest | None:
    """The digest of a span for these watches; ``None`` if nothing touches them."""
    listed = ordered(watches)
    found = {watch.pattern: finds(watch.pattern) for watch in listed if watch.about is About.WORDS}
    caught = []
    for change in changes_in(catalog, span):
        said = _words_of(catalog, change.code, span) if found else frozenset()
        phrases = tuple(
            watch.phrase
            for watch in listed
            if touches(watch, change.code, change.kind, said, change.code in found.get(watch.pattern, ()))
        )
        if phrases:
            caught.append(MatchedChange(change=change, phrases=phrases))
    if not caught:
        return None
    counts = Counter(one.change.kind for one in caught)
    in_order = {kind: counts[kind] for kind in ChangeKind if counts[kind]}
    return Digest(before=span.before, after=span.after, caught=_shown(caught), counts=in_order)


def _shown(caught: Iterable[MatchedChange]) -> tuple[MatchedChange, ...]:
    """The changes that are shown: each kind gives its next one in turn, so that no kind crowds out another."""
    by_kind: dict[ChangeKind, list[MatchedChange]] = {kind: [] for kind in ChangeKind}
    for one in sorted(caught, key=lambda one: one.change.code):
        by_kind[one.change.kind].append(one)
    turns = [one for turn in zip_longest(*by_kind.values()) for one in turn if one is not None]
    kept = {(one.change.code, one.change.kind) for one in turns[:MOST_CHANGES]}
    return tuple(one for kind in by_kind.values() for one in kind if (one.change.code, one.change.kind) in kept)


def _words_of(catalog: Catalog, code: str, span: DigestPeriod) -> frozenset[str]:
    """The stems of a code's descriptions and other names, as the releases of a span state them."""
    first = span.before.id if span.before is not None else span.told
    stated = [v.record for v in catalog.timeline(code) if v.last.id >= first and v.first.id <= span.after.id]
    texts = [f"{record.short_description} ; {record.long_description}" for record in stated]
    return stems(" ; ".join([*texts, *catalog.aliases.get(code, ())]))
