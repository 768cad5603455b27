"""Updating: CMS's newest release found on its page, fetched, loaded as ``hcpcs load`` would, and its changes told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import BuildIndex, Shelf
from hcpcs.errors import DownloadError
from hcpcs.file_lock import FileLockedError, file_lock
from hcpcs.records.change_kinds import ChangeKind
from hcpcs.records.record import CodeRecord, Frozen, Release
from hcpcs.releases.content import Progress, no_progress
from hcpcs.releases.download.download import Download, fetch_file, fetch_page
from hcpcs.releases.download.quarterly_page import QUARTERLY_PAGE, newest_release
from hcpcs.releases.download.web import Web, check_address
from hcpcs.releases.period import Period
from hcpcs_bot.updates.load import LoadedFile, load_files

DOWNLOADS: Final = "downloads"
LOCK: Final = "LOCK"
_FILE_ENDINGS: Final = (".zip", ".txt", ".xlsx", ".xls", ".csv")


class UpdateOutcome(StrEnum):
    """How an update ended."""

    LOADED = "loaded"
    ALREADY_NEWEST = "already_newest"
    WOULD_LOAD = "would_load"


class UpdateReport(Frozen):
    """What an update did.

    ``url`` is the file's address, ``offered`` what the page says it is (blank if no page was read); ``sha256`` and
    ``size`` (bytes) are those of the file, where it was fetched. ``former`` and ``newest`` are the newest release
    before and after, ``changes`` how many there are of each kind between the two; ``reissued`` counts the codes
    that differ where CMS published the same release again. ``files`` says what was read.
    """

    outcome: UpdateOutcome
    url: str
    offered: str = ""
    sha256: str = ""
    size: int = 0
    files: tuple[LoadedFile, ...] = ()
    former: Release | None = None
    newest: Release | None = None
    changes: dict[ChangeKind, int] = {}
    reissued: int = 0


class Offered(NamedTuple):
    """A file to fetch: its address, and the release that the page says it is."""

    url: str
    period: Period | None = None


def update(
    shelf: Shelf,
    build_index: BuildIndex,
    *,
    url: str = QUARTERLY_PAGE,
    dry_run: bool = False,
    fetching: Progress = no_progress,
    reading: Progress = no_progress,
    web: Web | None = None,
) -> UpdateReport:
    """Brings the shelf up to date from a page of links, or from one file, at ``url``.

    ``fetching`` is told bytes, ``reading`` lines. With ``dry_run`` nothing is fetched but the page, and nothing
    written. Raises ``DownloadError``, ``ReleaseError`` or ``ShelfError``; the catalogue in use is then as it was.
    """
    with web or Web() as asking:
        offered = _offered(asking, check_address(url))
        former = _whole(shelf.open())
        said = UpdateReport(
            outcome=UpdateOutcome.ALREADY_NEWEST,
            url=offered.url,
            offered=offered.period.label if offered.period else "",
            former=former.newest if former else None,
            newest=former.newest if former else None,
        )
        if _is_past(offered, former, same_is_past=dry_run):
            return said
        if dry_run:
            return said.model_copy(update={"outcome": UpdateOutcome.WOULD_LOAD})
        with _locked(shelf.home / DOWNLOADS) as folder:
            got = fetch_file(asking, offered.url, folder, fetching)
            said = said.model_copy(update={"sha256": got.sha256, "size": got.size})
            if former is not None and any(release.digest == got.sha256 for release in former.releases):
                return said
            return _load(shelf, build_index, got, said, former, reading)


def _offered(web: Web, url: str) -> Offered:
    if url.lower().partition("?")[0].endswith(_FILE_ENDINGS):
        return Offered(url)
    page = fetch_page(web, url)
    if page is None:
        return Offered(url)
    link = newest_release(page.text, page.url)
    return Offered(link.url, link.period)


def _whole(catalog: Catalog | None) -> Catalog | None:
    return None if catalog is None or catalog.starter else catalog


def _is_past(offered: Offered, former: Catalog | None, *, same_is_past: bool) -> bool:
    """Whether what is offered is older than the newest release loaded. The same release may have been corrected."""
    if former is None or offered.period is None:
        return False
    newest = former.newest.id
    return offered.period.id < newest or (same_is_past and offered.period.id == newest)


def _load(
    shelf: Shelf, build_index: BuildIndex, got: Download, said: UpdateReport, former: Catalog | None, reading: Progress
) -> UpdateReport:
    report = load_files(shelf, [got.path], build_index, lambda _: reading)
    _tidy(got.path)
    catalog = _whole(shelf.open())
    newest = catalog.newest if catalog is not None else None
    changes: Counter[ChangeKind] = Counter()
    reissued = 0
    if former is not None and catalog is not None:
        if former.newest.id in {release.id for release in catalog.whole_releases}:
            changes.update(change.kind for change in catalog.changes(former.newest.id, catalog.newest.id))
        reissued = _reissued(former, catalog)
    return said.model_copy(
        update={
            "outcome": UpdateOutcome.LOADED,
            "files": report.files,
            "newest": newest,
            "changes": {kind: changes[kind] for kind in ChangeKind if changes[kind]},
            "reissued": reissued,
        }
    )


def _reissued(former: Catalog, catalog: Catalog) -> int:
    """How many codes a release states otherwise than before, over all releases that were loaded anew."""
    before = {release.id: release.digest for release in former.whole_releases}
    renewed = [one.id for one in catalog.whole_releases if before.get(one.id, one.digest) != one.digest]
    return sum(_differing(_records(former, release), _records(catalog, release)) for release in renewed)


def _records(catalog: Catalog, release_id: str) -> dict[str, CodeRecord]:
    return {statement.record.code: statement.record for statement in catalog.stated_by(release_id)}


def _differing(old: dict[str, CodeRecord], new: dict[str, CodeRecord]) -> int:
    return sum(old.get(code) != new.get(code) for code in old.keys() | new.keys())


def _tidy(kept: Path) -> None:
    """Removes what was fetched in former times; the file just loaded stays, to be asked about the next time."""
    for path in kept.parent.iterdir():
        if path.name != LOCK and not path.name.startswith(kept.name):
            path.unlink(missing_ok=True)


@contextmanager
def _locked(folder: Path) -> Iterator[Path]:
    """The folder of downloads, for this process alone. Raises ``DownloadError`` if another one is updating."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(folder, error) from error
    with ExitStack() as lock:
        try:
            lock.enter_context(file_lock(folder / LOCK))
        except FileLockedError as error:
            raise DownloadError(
                f"{folder}: another process ({error.holder}) is updating; try again when it is done"
            ) from error
        except OSError as error:
            raise _not_writable(folder, error) from error
        yield folder


def _not_writable(folder: Path, error: OSError) -> DownloadError:
    return DownloadError(f"{folder}: can't be written ({error.strerror}); check the folder's permissions")
