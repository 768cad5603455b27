"""The table's file: what is saved is loaded, and so is what the former version saved, with and without negations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from tests.index.conftest import catalog_of, record

from hcpcs_index import build_index
from hcpcs_index.inverted_index.former_table import FORMER_MAGIC
from hcpcs_index.inverted_index.negations import NOTHING_NEGATED
from hcpcs_index.inverted_index.search_table import MAGIC, load
from hcpcs_index.storage import DIGESTS_FILE, FOLDER, TABLE_FILE, digests, open_index
from hcpcs_index.synonyms.synonym import read_targets

CATALOG = catalog_of(
    record("E0470", "Respiratory assist device, without backup rate feature", "RAD w/o backup"),
    record("E0471", "Respiratory assist device, with backup rate feature", "RAD w/backup"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build_index(CATALOG, folder)
    return folder


def as_former(blob: bytes, *without: str) -> bytes:
    """The bytes of a table as the former version wrote them: rows in place of columns, and some keys not there."""
    start = len(MAGIC) + 8
    end = start + int.from_bytes(blob[len(MAGIC) : start])
    header: dict[str, Any] = orjson.loads(blob[start:end])
    words, stems, frequencies = header["surfaces"]
    header["surfaces"] = {word: (stem, n) for word, stem, n in zip(words, stems, frequencies, strict=True)}
    for name in ("synonyms", "items"):
        rows = zip(*header[name], strict=True)
        header[name] = [(*row, [tuple(one) for one in read_targets(targets)]) for *row, targets in rows]
    header["terms"] = list(zip(*header["terms"], strict=True))
    for key in ("by_stems", *without):
        del header[key]
    rewritten = orjson.dumps(header)
    return FORMER_MAGIC + len(rewritten).to_bytes(8) + rewritten + blob[end:]


def test_negations_are_stored(folder: Path) -> None:
    negations = load((folder / FOLDER / TABLE_FILE).read_bytes()).negations
    assert negations[0].has("backup")
    assert negations[1] is NOTHING_NEGATED


@pytest.mark.parametrize("without", [(), ("negations",)], ids=["as it was last", "before negations"])
def test_a_table_of_the_former_version_is_read_as_the_same(folder: Path, without: tuple[str, ...]) -> None:
    blob = (folder / FOLDER / TABLE_FILE).read_bytes()
    table, former = load(blob)._asdict(), load(as_former(blob, *without))._asdict()
    postings, former_postings = table.pop("postings"), former.pop("postings")
    assert former_postings.to_bytes() == postings.to_bytes()
    for name, value in table.items():
        assert dict(former[name]) == dict(value) if isinstance(value, dict) else list(former[name]) == list(value), name
    assert dict(former["items"]) == dict(table["items"])


def test_an_index_of_the_former_version_is_opened(folder: Path, tmp_path: Path) -> None:
    for file in (folder / FOLDER).iterdir():
        (tmp_path / FOLDER).mkdir(exist_ok=True)
        (tmp_path / FOLDER / file.name).write_bytes(file.read_bytes())
    table = tmp_path / FOLDER / TABLE_FILE
    table.write_bytes(as_former(table.read_bytes()))
    stated = tmp_path / FOLDER / DIGESTS_FILE
    files = digests(tmp_path / FOLDER)
    stated.write_bytes(orjson.dumps({**orjson.loads(stated.read_bytes()), "format": 2, "files": files}))
    hits = [open_index(at, CATALOG).search("backup rate").hits for at in (folder, tmp_path)]
    assert hits[0] == hits[1] != ()
