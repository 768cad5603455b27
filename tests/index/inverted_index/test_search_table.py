"""The table's file: what is saved is loaded, and a table that was saved without negations gets them from its texts."""

from __future__ import annotations

from pathlib import Path

import orjson
from tests.index.conftest import catalog_of, record

from hcpcs_index import build_index
from hcpcs_index.inverted_index.negations import NOTHING_NEGATED
from hcpcs_index.inverted_index.search_table import MAGIC, load
from hcpcs_index.storage import FOLDER, TABLE_FILE

CATALOG = catalog_of(
    record("E0470", "Respiratory assist device, without backup rate feature", "RAD w/o backup"),
    record("E0471", "Respiratory assist device, with backup rate feature", "RAD w/backup"),
)


def without(header_key: str, blob: bytes) -> bytes:
    """The bytes of a table without one key of its header."""
    start = len(MAGIC) + 8
    end = start + int.from_bytes(blob[len(MAGIC) : start])
    header = orjson.loads(blob[start:end])
    del header[header_key]
    shorter = orjson.dumps(header)
    return MAGIC + len(shorter).to_bytes(8) + shorter + blob[end:]


def test_negations_are_stored_and_read_where_they_are_not(tmp_path: Path) -> None:
    build_index(CATALOG, tmp_path)
    blob = (tmp_path / FOLDER / TABLE_FILE).read_bytes()
    stored = load(blob).negations
    assert stored[0].has("backup")
    assert stored[1] is NOTHING_NEGATED
    earlier = load(without("negations", blob)).negations
    assert list(earlier) == list(stored)
    assert earlier[1] is NOTHING_NEGATED
