"""The catalogue: an immutable snapshot of one or more releases, asked by code, family, day and change.

Every code is kept as its versions: a version is a record and the releases that state it unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from hcpcs.changes import Change
from hcpcs.records import CodeRecord, Frozen, Release, Statement


class Version(Frozen):
    """One record as stated, unchanged, by the releases from ``first`` to ``last`` (both included)."""

    record: CodeRecord
    first: Release
    last: Release


class Catalog:
    """Releases oldest first, with every version of every code. Immutable, and safe to share by threads."""

    releases: tuple[Release, ...]
    notes: Mapping[str, str]
    """Processing notes: number (four digits) to text, of the newest release that brought them."""
    not_otherwise_classified: frozenset[str]
    """Codes on the loaded NOC lists."""

    @property
    def newest(self) -> Release:
        """The newest release."""
        raise NotImplementedError

    @property
    def starter(self) -> bool:
        """Whether this is the built-in starter, which holds two codes only."""
        raise NotImplementedError

    def __contains__(self, code: str) -> bool:
        """Whether any release states the code (upper case)."""
        raise NotImplementedError

    def current(self, code: str, today: date) -> Statement | None:
        """The newest statement of a code, read on ``today``; of an older release if CMS removed the code."""
        raise NotImplementedError

    def as_of(self, code: str, day: date) -> Statement | None:
        """What is known of a code on a day of service.

        The newest release in effect on ``day`` (else the oldest) whose record was already added then; so that a
        reused code has the meaning it had (G9890 on 2018-01-01). ``None`` if no release states the code.
        """
        raise NotImplementedError

    def codes(self) -> Sequence[str]:
        """Every code of the newest release (and of those that CMS removed), procedures sorted, then modifiers."""
        raise NotImplementedError

    def between(self, first: str, last: str) -> Sequence[str]:
        """The procedure codes from ``first`` to ``last``, both included, sorted."""
        raise NotImplementedError

    def starting(self, prefix: str) -> Sequence[str]:
        """The procedure codes that start with ``prefix``, sorted."""
        raise NotImplementedError

    def timeline(self, code: str) -> tuple[Version, ...]:
        """Every version of a code, oldest first."""
        raise NotImplementedError

    def changes(self, before: str, after: str) -> tuple[Change, ...]:
        """What changed between two releases, by code. Raises ``CatalogError`` for an unknown release id."""
        raise NotImplementedError
