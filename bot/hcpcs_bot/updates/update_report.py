"""The report of an update: what was offered, what was loaded, and how it differs from what was loaded before."""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum

from hcpcs.catalog.catalog import Catalog
from hcpcs.companions.edition import EditionGroup, EditionKind
from hcpcs.companions.edition_kinds import edition_kinds
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.record import CodeRecord, Frozen, Release
from hcpcs_bot.updates.load import LoadedFile


class UpdateOutcome(StrEnum):
    """How an update ended."""

    LOADED = "loaded"
    ALREADY_NEWEST = "already_newest"
    WOULD_LOAD = "would_load"


class UpdateWay(StrEnum):
    """How an update learned of the file."""

    PAGE = "page"
    NAME = "name"
    """The page could not be read, and there is a file under a name that CMS has used for the quarter."""
    ADDRESS = "address"
    """Its address was given."""


class UpdateReport(Frozen):
    """What an update did.

    ``url`` is the file's address, ``offered`` the release that the page, or its name, says it is (blank if neither was
    read); ``way`` is how the file was found, and ``page_failure`` says why the page was not read.
    ``sha256`` (hex) and ``size`` (bytes) are those of the file, if it was fetched. ``former`` and ``newest`` are the
    newest release before and after, ``changes`` the number of changes of each kind between the two. ``reissued``
    counts the codes that differ where CMS published the same release again. ``files`` are the files loaded.
    """

    outcome: UpdateOutcome
    url: str
    offered: str = ""
    way: UpdateWay = UpdateWay.PAGE
    page_failure: str = ""
    sha256: str = ""
    size: int = 0
    files: tuple[LoadedFile, ...] = ()
    former: Release | None = None
    newest: Release | None = None
    changes: dict[ChangeKind, int] = {}
    reissued: int = 0


class CompanionOutcome(StrEnum):
    """How the update of one kind of companion files ended."""

    LOADED = "loaded"
    ALREADY_NEWEST = "already_newest"
    WOULD_LOAD = "would_load"
    BY_HAND = "by_hand"
    """Only a person can fetch it: a license must be accepted, or it is not published as a file."""
    FAILED = "failed"


class CompanionReport(Frozen):
    """What an update did about one edition of companion files.

    ``offered`` is the edition that the page states (blank if it states none), ``loaded`` the newest one that was loaded
    before; ``url`` the address of the file, or of the page if it offers none. ``sha256`` (hex) and ``size`` (bytes) are
    those of the file, if it was fetched. ``detail`` says why it failed, or what a person has to do. ``due`` is the last
    day of the newest edition loaded where that is over and the page has no newer one. ``files`` are the files loaded.
    """

    kind: EditionKind
    name: str
    outcome: CompanionOutcome
    offered: str = ""
    loaded: str = ""
    url: str = ""
    detail: str = ""
    sha256: str = ""
    size: int = 0
    due: date | None = None
    files: tuple[LoadedFile, ...] = ()

    @property
    def group(self) -> EditionGroup:
        """What ``--only`` calls it."""
        return edition_kinds()[self.kind].part_of


class FullUpdateReport(Frozen):
    """What an update of everything did: the release, if it was asked for, and each kind of companion files.

    ``failure`` says why the release could not be updated; blank if it was.
    """

    release: UpdateReport | None = None
    failure: str = ""
    companions: tuple[CompanionReport, ...] = ()

    @property
    def failures(self) -> tuple[str, ...]:
        """What failed, one line each."""
        of_several = "HCPCS release: " if self.companions else ""
        lines = [f"{of_several}{self.failure}"] if self.failure else []
        failed = [one for one in self.companions if one.outcome is CompanionOutcome.FAILED]
        return (*lines, *(f"{one.name} (--only {one.group.value}): {one.detail}" for one in failed))


def count_changes(former: Catalog, catalog: Catalog) -> dict[ChangeKind, int]:
    """The number of changes of each kind from the newest release of ``former`` to that of ``catalog``.

    Empty if ``catalog`` no longer has the release that was the newest.
    """
    if former.newest.id not in {release.id for release in catalog.whole_releases}:
        return {}
    counts = Counter(change.kind for change in catalog.changes(former.newest.id, catalog.newest.id))
    return {kind: counts[kind] for kind in ChangeKind if counts[kind]}


def count_reissued(former: Catalog, catalog: Catalog) -> int:
    """The number of codes that differ in the releases that CMS published again, of those that both catalogs have."""
    digests = {release.id: release.digest for release in former.whole_releases}
    reissued = [one.id for one in catalog.whole_releases if digests.get(one.id, one.digest) != one.digest]
    return sum(_count_differing(_records(former, release), _records(catalog, release)) for release in reissued)


def _records(catalog: Catalog, release_id: str) -> dict[str, CodeRecord]:
    return {statement.record.code: statement.record for statement in catalog.stated_by(release_id)}


def _count_differing(old: dict[str, CodeRecord], new: dict[str, CodeRecord]) -> int:
    return sum(old.get(code) != new.get(code) for code in old.keys() | new.keys())
