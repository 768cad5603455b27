"""Releases as people name them ("2025-10", "October 2025", "2019"), and what changed between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.changes import Change
from hcpcs.errors import CatalogError
from hcpcs.records.change_kinds import ChangeKind

ChangeKey = tuple[str, ChangeKind]
"""A code and the kind of its change: a code has at most one change of a kind."""


class ReleasePair(NamedTuple):
    """The ids of two releases that are compared; ``before`` is ``None`` where CMS's action codes tell what changed."""

    before: str | None
    after: str


def named_pair(catalog: Catalog, before: str | None, after: str | None) -> ReleasePair:
    """The two releases that are named, by default the newest two.

    Only the newest if only one is loaded and none is named. Raises ``CatalogError`` for an unknown release.
    """
    ids = [release.id for release in catalog.whole_releases]
    if len(ids) < 2 and before is None:
        return ReleasePair(None, catalog.newest.id)
    if not ids:
        raise CatalogError("no whole release is loaded. Load CMS's file with hcpcs load or hcpcs update")
    last = release_id(catalog, after) if after else ids[-1]
    earlier = [release for release in ids if release < last]
    return ReleasePair(release_id(catalog, before) if before else (earlier[-1] if earlier else last), last)


def changed_between(catalog: Catalog, pair: ReleasePair) -> list[ChangeKey]:
    """The changes between two releases without what was stated: a few milliseconds. Raises ``CatalogError``."""
    if pair.before is None:
        return [(one.code, one.kind) for one in catalog.changes_by_action(pair.after)]
    return [(one.code, kind) for one in catalog.changed_codes(pair.before, pair.after) for kind in one.kinds]


def read_changes(catalog: Catalog, pair: ReleasePair, wanted: Sequence[ChangeKey]) -> list[Change]:
    """Some of the changes between two releases, with what each of them states; only these codes are read."""
    if pair.before is None:
        stated = catalog.changes_by_action(pair.after)
    else:
        stated = catalog.changes_of(dict.fromkeys(code for code, _ in wanted), pair.before, pair.after)
    by_key = {(one.code, one.kind): one for one in stated}
    return [by_key[key] for key in wanted]


def changes_between(catalog: Catalog, before: str | None, after: str | None) -> tuple[Change, ...]:
    """The changes between two releases as they are named, by default the newest two.

    By CMS's action codes if only one is loaded and none is named. Raises ``CatalogError`` for an unknown release.
    """
    pair = named_pair(catalog, before, after)
    return catalog.changes_by_action(pair.after) if pair.before is None else catalog.changes(pair.before, pair.after)


def release_id(catalog: Catalog, written: str) -> str:
    """The id of a release named by id, by label ("October 2025") or by a year with only one; else as written."""
    plain = written.strip().casefold()
    named = [
        release.id
        for release in catalog.whole_releases
        if plain in (release.id, release.label.casefold(), release.label.casefold().removeprefix("hcpcs "))
    ]
    in_year = [release.id for release in catalog.whole_releases if plain == release.id[:4]]
    return (named or (in_year if len(in_year) == 1 else []) or [written])[0]
