"""The index on disk: a built index opens again; one that is damaged, absent or of another catalog is refused."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path

import orjson
import pytest
from tests.index.conftest import TODAY, catalog_of, codes, record

from hcpcs.catalog.catalog import Catalog
from hcpcs.errors import ShelfError
from hcpcs_index import build_index, memory_index, open_index
from hcpcs_index.storage import DIGESTS_FILE, FOLDER, TABLE_FILE

CATALOG = catalog_of(
    record("E0100", "Cane, includes canes of all materials, adjustable or fixed, with tip", "Cane adjust/fixed"),
    record("E0601", "Continuous positive airway pressure (cpap) device", "Cont airway pressure device"),
    record("J9271", "Injection, pembrolizumab, 1 mg", "Inj pembrolizumab"),
    record("RR", "Rental (use the 'rr' modifier when dme is to be rented)", "Rental (dme)"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build_index(CATALOG, tmp_path)
    return tmp_path


def test_what_is_built_opens_and_finds_the_same_as_in_memory(folder: Path) -> None:
    opened, in_memory = open_index(folder, CATALOG, lambda: TODAY), memory_index(CATALOG, lambda: TODAY)
    for text in ("cane", "cpap", "pembrolizumab", "modifier rr", "e0601", "injection"):
        assert codes(opened.search(text)) == codes(in_memory.search(text)) != []


def test_nothing_is_collected_while_an_index_opens(folder: Path) -> None:
    collections: list[str] = []
    threshold = gc.get_threshold()
    gc.callbacks.append(lambda phase, _: collections.append(phase))
    gc.set_threshold(1)
    try:
        open_index(folder, CATALOG)
    finally:
        gc.callbacks.pop()
        gc.set_threshold(*threshold)
    assert len(collections) < 100
    assert gc.isenabled()


def test_opening_writes_nothing(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    open_index(folder, CATALOG)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


@pytest.mark.parametrize("name", [TABLE_FILE, "*.seg", "*.toc", DIGESTS_FILE])
def test_a_flipped_bit_is_found(folder: Path, name: str) -> None:
    damaged = next((folder / FOLDER).glob(name))
    blob = bytearray(damaged.read_bytes())
    blob[len(blob) // 2] ^= 1
    damaged.write_bytes(blob)
    with pytest.raises(ShelfError, match="load the releases again"):
        open_index(folder, CATALOG)


@pytest.mark.parametrize("name", [TABLE_FILE, "*.seg", DIGESTS_FILE])
def test_a_missing_file_is_found(folder: Path, name: str) -> None:
    next((folder / FOLDER).glob(name)).unlink()
    with pytest.raises(ShelfError, match="load the releases again"):
        open_index(folder, CATALOG)


def test_an_added_file_is_found(folder: Path) -> None:
    (folder / FOLDER / "extra.seg").write_bytes(b"not ours")
    with pytest.raises(ShelfError, match="damaged"):
        open_index(folder, CATALOG)


def test_the_index_of_another_catalog_is_refused(folder: Path) -> None:
    with pytest.raises(ShelfError, match="another catalog"):
        open_index(folder, catalog_of(record("E0100", "Cane")))


def test_the_index_of_another_version_is_refused(folder: Path) -> None:
    digests = folder / FOLDER / DIGESTS_FILE
    digests.write_bytes(orjson.dumps({**orjson.loads(digests.read_bytes()), "format": 0}))
    with pytest.raises(ShelfError, match="another version"):
        open_index(folder, CATALOG)


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShelfError, match="can't be read"):
        open_index(tmp_path, CATALOG)


def test_a_moved_folder_opens(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    moved = tmp_path_factory.mktemp("moved") / "elsewhere"
    shutil.copytree(folder, moved)
    assert codes(open_index(moved, CATALOG).search("cane")) == ["E0100"]


def test_aliases_of_a_crosswalk_find_their_code(release_catalog: Catalog, tmp_path: Path) -> None:
    named = catalog_of(record("A9585", "Injection, gadobutrol, 0.1 ml", "Gadobutrol injection"))
    named.aliases = {"A9585": ("Vueway Test Name",)}
    build_index(named, tmp_path)
    (hit,) = open_index(tmp_path, named).search("vueway").hits
    assert hit.code == "A9585"
    assert hit.why[0].field == "aliases"
