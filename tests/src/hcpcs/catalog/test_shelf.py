"""The shelf: what was published is opened again, whole; whatever goes wrong, the one in use stays in use."""

from __future__ import annotations

import errno
import fcntl
import gc
import os
import pwd
import stat
import tempfile
import threading
from datetime import date
from pathlib import Path

import pytest
from tests.strategies import release_of

import hcpcs.file_lock
from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs.errors import ShelfError
from hcpcs.records.record import CodeRecord, RecordKind

TODAY = date(2025, 11, 1)


def edition(description: str) -> Catalog:
    record = CodeRecord(code="S9353", kind=RecordKind.PROCEDURE, long_description=description)
    return Catalog.build([release_of("2025-10", [record], {"0088": "S codes"})])


def write_index(catalog: Catalog, folder: Path) -> None:
    (folder / "index").mkdir()
    (folder / "index" / "words").write_text(described(catalog), encoding="utf-8")


def described(catalog: Catalog | None) -> str:
    assert catalog is not None
    statement = catalog.current("S9353", TODAY)
    assert statement is not None
    return statement.record.long_description


def versions(shelf: Shelf) -> list[str]:
    return sorted(path.name for path in (shelf.home / "versions").iterdir())


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "home")


def test_an_empty_home_has_no_catalogue(shelf: Shelf) -> None:
    assert shelf.open() is None
    assert shelf.current_version() is None
    assert not shelf.home.exists()


def test_a_published_catalogue_opens_with_its_index(shelf: Shelf) -> None:
    folder = shelf.publish(edition("First"), write_index)
    opened = shelf.open()
    assert opened is not None
    assert opened.folder == folder
    assert (folder / "index" / "words").read_text(encoding="utf-8") == described(opened) == "First"
    assert opened.releases == edition("First").releases
    assert opened.notes == edition("First").notes


def test_the_next_one_takes_its_place_and_readers_can_tell(shelf: Shelf) -> None:
    shelf.publish(edition("First"), write_index)
    former = shelf.open()
    assert shelf.current_version() == "000001-2025-10"
    shelf.publish(edition("Second"), write_index)
    assert shelf.current_version() == "000002-2025-10"
    assert described(shelf.open()) == "Second"
    assert described(former) == "First"


def test_versions_that_nobody_needs_are_cleared_away(shelf: Shelf) -> None:
    for number in range(4):
        shelf.publish(edition(str(number)), write_index)
    assert versions(shelf) == ["000003-2025-10", "000004-2025-10"]


def test_a_version_in_use_stays_on_disk_until_it_is_let_go(shelf: Shelf) -> None:
    shelf.publish(edition("First"), write_index)
    reader = shelf.open()
    assert reader is not None
    assert reader.folder is not None
    for number in range(3):
        shelf.publish(edition(str(number)), write_index)
    assert (reader.folder / "index" / "words").read_text(encoding="utf-8") == described(reader) == "First"
    del reader
    gc.collect()
    shelf.publish(edition("Last"), write_index)
    assert versions(shelf) == ["000004-2025-10", "000005-2025-10"]


def test_an_index_that_fails_leaves_everything_as_it_was(shelf: Shelf) -> None:
    shelf.publish(edition("First"), write_index)

    def fail(catalog: Catalog, folder: Path) -> None:
        write_index(catalog, folder)
        raise RuntimeError("no words")

    with pytest.raises(RuntimeError, match="no words"):
        shelf.publish(edition("Second"), fail)
    assert described(shelf.open()) == "First"
    assert versions(shelf) == ["000001-2025-10"]


def test_only_one_may_publish_at_a_time(shelf: Shelf) -> None:
    begun, finished = threading.Event(), threading.Event()

    def take_time(catalog: Catalog, folder: Path) -> None:
        write_index(catalog, folder)
        begun.set()
        assert finished.wait(10)

    publisher = threading.Thread(target=shelf.publish, args=(edition("First"), take_time))
    publisher.start()
    assert begun.wait(10)
    try:
        with pytest.raises(ShelfError, match=rf"process \({os.getpid()}\) is loading into it; try again when"):
            Shelf(shelf.home).publish(edition("Second"), write_index)
    finally:
        finished.set()
        publisher.join(10)
    assert described(shelf.open()) == "First"


def test_the_lock_of_a_dead_process_holds_nobody_up(shelf: Shelf) -> None:
    shelf.home.mkdir()
    (shelf.home / "LOCK").write_text("4194304\n", encoding="ascii")
    shelf.publish(edition("First"), write_index)
    assert described(shelf.open()) == "First"


def test_what_a_dead_publisher_left_behind_is_cleared_away(shelf: Shelf) -> None:
    half = shelf.home / "versions" / "000001-2025-10"
    half.mkdir(parents=True)
    (half / "catalogue").write_bytes(b"HCPCS")
    shelf.publish(edition("First"), write_index)
    assert versions(shelf) == ["000002-2025-10"]


@pytest.mark.parametrize("name", ["catalogue", "index/words", "MANIFEST.json"])
@pytest.mark.parametrize("harm", ["change", "cut", "remove"])
def test_a_damaged_version_is_refused_with_what_to_do(shelf: Shelf, name: str, harm: str) -> None:
    path = shelf.publish(edition("First"), write_index) / name
    content = path.read_bytes()
    if harm == "change":
        path.write_bytes(content[:-1] + b"!")
    elif harm == "cut":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.unlink()
    with pytest.raises(ShelfError) as raised:
        shelf.open()
    told = str(raised.value)
    assert "\n" not in told
    assert path.name in told or path.parent.name in told
    assert f"delete {shelf.home / 'CURRENT'} and load the releases again" in told
    (shelf.home / "CURRENT").unlink()
    shelf.publish(edition("Second"), write_index)
    assert described(shelf.open()) == "Second"


@pytest.mark.parametrize("manifest", ["{}", '{"files": {}}'])
def test_a_manifest_without_files_proves_nothing(shelf: Shelf, manifest: str) -> None:
    folder = shelf.publish(edition("First"), write_index)
    (folder / "MANIFEST.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(ShelfError, match=r"can't be read \(MANIFEST.json is damaged\); delete"):
        shelf.open()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("name", ["catalogue", "MANIFEST.json"])
def test_a_file_of_another_user_asks_for_rights_and_not_for_another_load(name: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)
        folder = Shelf(Path(home)).publish(edition("First"), write_index)
        for path in Path(home).rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        (folder / name).chmod(0o600)
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
        try:
            with pytest.raises(ShelfError, match="by this user|Permission denied") as raised:
                Shelf(Path(home)).open()
        finally:
            os.seteuid(0)
        assert "delete" not in str(raised.value)
        assert "check the rights" in str(raised.value)


def test_versions_that_an_older_program_left_open_are_private_again(shelf: Shelf) -> None:
    shelf.publish(edition("First"), write_index)
    (shelf.home / "versions").chmod(0o755)
    shelf.publish(edition("Second"), write_index)
    assert stat.S_IMODE((shelf.home / "versions").stat().st_mode) == 0o700


def test_a_version_is_locked_as_network_file_systems_allow_it(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """NFS refuses an exclusive lock on a file that is open for reading only."""

    def lock(descriptor: int, operation: int) -> None:
        writable = fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY
        if operation & fcntl.LOCK_EX and not writable:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    monkeypatch.setattr(hcpcs.file_lock.fcntl, "flock", lock)
    for name in ("First", "Second", "Third"):
        shelf.publish(edition(name), write_index)
    assert len(versions(shelf)) == 2


def test_a_version_of_another_form_is_refused(shelf: Shelf) -> None:
    def write_older_form(catalog: Catalog, folder: Path) -> None:
        (folder / "catalogue").write_bytes(b"HCPCS catalogue 0\n")

    with pytest.raises(ShelfError, match="catalogue: can't be read; delete"):
        shelf.publish(edition("First"), write_older_form)
    assert shelf.open() is None


@pytest.mark.parametrize("content", [b"", b"../elsewhere\n", b"\xff\xfe", b"000001-2025-10/..\n"])
def test_a_foreign_pointer_is_neither_followed_nor_overwritten(shelf: Shelf, content: bytes) -> None:
    shelf.home.mkdir()
    (shelf.home / "CURRENT").write_bytes(content)
    with pytest.raises(ShelfError, match="doesn't name a version of the catalog; delete"):
        shelf.open()
    with pytest.raises(ShelfError, match="doesn't name a version of the catalog; delete"):
        shelf.publish(edition("First"), write_index)
    assert (shelf.home / "CURRENT").read_bytes() == content


def test_a_pointer_to_nothing_is_told(shelf: Shelf) -> None:
    shelf.home.mkdir()
    (shelf.home / "CURRENT").write_text("000001-2025-10\n", encoding="ascii")
    with pytest.raises(ShelfError, match="can't be opened"):
        shelf.open()


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder", encoding="ascii")
    with pytest.raises(ShelfError, match="can't be read"):
        Shelf(home).open()
    with pytest.raises(ShelfError, match="can't be written"):
        Shelf(home).publish(edition("First"), write_index)


def test_a_reader_that_finds_its_version_gone_takes_the_newer_one(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        shelf.publish(edition(str(number)), write_index)
    stale = iter(["000001-2025-10"])
    current = shelf.current_version
    monkeypatch.setattr(shelf, "current_version", lambda: next(stale, None) or current())
    assert described(shelf.open()) == "3"


class Flushes:
    """What was flushed to disk (path and size in bytes at that time) and replaced, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.events: list[tuple[str, Path, int]] = []
        fsync, replace = os.fsync, os.replace

        def spy_fsync(descriptor: int) -> None:
            path = Path(f"/proc/self/fd/{descriptor}").readlink()
            self.events.append(("fsync", path, path.stat().st_size if path.is_file() else 0))
            fsync(descriptor)

        def spy_replace(source: Path, target: Path) -> None:
            self.events.append(("replace", Path(target), 0))
            replace(source, target)

        monkeypatch.setattr(os, "fsync", spy_fsync)
        monkeypatch.setattr(os, "replace", spy_replace)


def test_a_version_is_on_disk_before_it_is_in_use_and_its_use_afterwards(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    spy = Flushes(monkeypatch)
    folder = shelf.publish(edition("First"), write_index)
    current = shelf.home / "CURRENT"
    at = spy.events.index(("replace", current, 0))
    before, after = spy.events[:at], spy.events[at + 1 :]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.name for path in files} == {"catalogue", "words", "MANIFEST.json"}
    whole = {("fsync", path, path.stat().st_size) for path in files}
    assert whole <= set(before)
    assert {("fsync", path, 0) for path in (folder, folder / "index", shelf.home / "versions")} <= set(before)
    assert ("fsync", shelf.home / "CURRENT.new", current.stat().st_size) in before
    assert after == [("fsync", shelf.home, 0)]
