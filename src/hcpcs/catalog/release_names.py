"""Releases as people name them ("2025-10", "October 2025", "2019"), and what changed between two of them."""

from __future__ import annotations

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.changes import Change
from hcpcs.errors import CatalogError


def changes_between(catalog: Catalog, before: str | None, after: str | None) -> tuple[Change, ...]:
    """The changes between two releases as they are named, by default the newest two.

    By CMS's action codes if only one is loaded and none is named. Raises ``CatalogError`` for an unknown release.
    """
    ids = [release.id for release in catalog.whole_releases]
    if len(ids) < 2 and before is None:
        return catalog.changes_by_action(catalog.newest.id)
    if not ids:
        raise CatalogError("no whole release is loaded. Load CMS's file with hcpcs load or hcpcs update")
    last = release_id(catalog, after) if after else ids[-1]
    earlier = [release for release in ids if release < last]
    return catalog.changes(release_id(catalog, before) if before else (earlier[-1] if earlier else last), last)


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
