"""The digest of a new release for one channel: the changes that match its watches, each once. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import zip_longest
from typing import Final, NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.changes import Change
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.record import Frozen, Release
from hcpcs_bot.watches.editions_digest import EditionsDigest
from hcpcs_bot.watches.watch import About, Watch, WordSearch, matches, order_watches, stems

CHANGE_LIMIT: Final = 30
"""Maximum changes listed per digest, spread evenly over the kinds; all are counted."""


class MatchedChange(Frozen):
    """A change, and the phrases of the watches that it matches."""

    change: Change
    phrases: tuple[str, ...]


class Digest(Frozen):
    """The summary of a release for a channel: up to ``CHANGE_LIMIT`` changes by kind and code, and the count per kind.

    ``before`` is the release compared with; ``None`` if it is no longer loaded, and the changes then come from
    CMS's action codes. ``editions`` is what changed in companion files. A digest of these alone has no ``matched``.
    """

    before: Release | None
    after: Release
    matched: tuple[MatchedChange, ...]
    counts: Mapping[ChangeKind, int]
    editions: EditionsDigest | None = None

    @property
    def total(self) -> int:
        """The number of changes that match the channel's watches."""
        return sum(self.counts.values()) + (self.editions.total if self.editions else 0)


class DigestPeriod(NamedTuple):
    """The releases that a digest compares.

    ``since`` is the id of the release of the channel's last digest; ``before`` that release, or the newest loaded one
    that is older; ``after`` the new one.
    """

    since: str
    before: Release | None
    after: Release


def period_since(catalog: Catalog, since: str, after: str) -> DigestPeriod | None:
    """The releases to compare after a digest of the release ``since``; ``None`` if ``after`` isn't loaded."""
    full = {release.id: release for release in catalog.whole_releases}
    if after not in full:
        return None
    older = [release for release in catalog.whole_releases if release.id <= since]
    return DigestPeriod(since, older[-1] if older else None, full[after])


def build_digest(catalog: Catalog, period: DigestPeriod, watches: Iterable[Watch], search: WordSearch) -> Digest | None:
    """The digest of a period for these watches; ``None`` if nothing matches them."""
    listed = order_watches(watches)
    by_search = {watch.pattern: search(watch.pattern) for watch in listed if watch.about is About.WORDS}
    matched = []
    for change in changes_in(catalog, period):
        description = _description_stems(catalog, change.code, period) if by_search else frozenset()
        phrases = tuple(
            watch.phrase
            for watch in listed
            if matches(watch, change.code, change.kind, description, change.code in by_search.get(watch.pattern, ()))
        )
        if phrases:
            matched.append(MatchedChange(change=change, phrases=phrases))
    if not matched:
        return None
    counts = Counter(one.change.kind for one in matched)
    in_order = {kind: counts[kind] for kind in ChangeKind if counts[kind]}
    return Digest(before=period.before, after=period.after, matched=_spread(matched), counts=in_order)


def changes_in(catalog: Catalog, period: DigestPeriod) -> tuple[Change, ...]:
    """Every change of a period, by code."""
    if period.before is not None:
        return catalog.changes(period.before.id, period.after.id)
    return catalog.changes_by_action(period.after.id, _first_day_after(period.since))


def _first_day_after(release_id: str) -> date | None:
    """The first day after the month of a release id: ``2025-10`` -> November 1, 2025; ``None`` for a blank id."""
    if not release_id:
        return None
    year, month = map(int, release_id.split("-"))
    return date(year + month // 12, month % 12 + 1, 1)


def _spread(matched: Iterable[MatchedChange]) -> tuple[MatchedChange, ...]:
    """The changes that are listed: the kinds take turns, so that none crowds out another."""
    by_kind: dict[ChangeKind, list[MatchedChange]] = {kind: [] for kind in ChangeKind}
    for one in sorted(matched, key=lambda one: one.change.code):
        by_kind[one.change.kind].append(one)
    turns = [one for turn in zip_longest(*by_kind.values()) for one in turn if one is not None]
    kept = {(one.change.code, one.change.kind) for one in turns[:CHANGE_LIMIT]}
    return tuple(one for kind in by_kind.values() for one in kind if (one.change.code, one.change.kind) in kept)


def _description_stems(catalog: Catalog, code: str, period: DigestPeriod) -> frozenset[str]:
    """The stems of a code's descriptions and other names, as the releases of a period state them."""
    first = period.before.id if period.before is not None else period.since
    stated = [v.record for v in catalog.timeline(code) if v.last.id >= first and v.first.id <= period.after.id]
    texts = [f"{record.short_description} ; {record.long_description}" for record in stated]
    return stems(" ; ".join([*texts, *catalog.aliases.get(code, ())]))
