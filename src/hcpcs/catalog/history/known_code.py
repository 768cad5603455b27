"""All that the loaded releases know about one code, and what one of them states about it."""

from __future__ import annotations

from typing import NamedTuple

from hcpcs.catalog.file_format import CatalogContents
from hcpcs.catalog.history.reuse import meanings
from hcpcs.catalog.history.versions import History, Version
from hcpcs.records.record import CodeRecord, Release


class KnownCode(NamedTuple):
    """All that is known about one code, oldest first.

    ``meanings`` are its ``versions`` split where the code was reused, ``releases`` those that cover the code.
    """

    versions: tuple[Version, ...]
    meanings: tuple[tuple[Version, ...], ...]
    releases: tuple[Release, ...]

    def covering_release(self, release: Release) -> Release | None:
        """The newest release that covers the code and is not after ``release``."""
        return max((one for one in self.releases if one.id <= release.id), key=lambda one: one.id, default=None)

    def version_of(self, release: Release) -> Version | None:
        """The version that ``release`` states; ``None`` if it lacks the code."""
        return next((one for one in self.versions if one.first.id <= release.id <= one.last.id), None)


def know_code(contents: CatalogContents, history: History, code: str) -> KnownCode:
    """All that is known about a code of the history. Raises ``KeyError`` for another code."""
    releases = contents.releases
    versions = tuple(
        Version(record=CodeRecord.model_validate(row), first=releases[first], last=releases[last])
        for first, last, row in history.spans(code)
    )
    positions = contents.releases_covering(history.kind(code), code)
    return KnownCode(versions, meanings(versions), tuple(releases[position] for position in positions))
