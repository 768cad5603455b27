"""Opening an index from a folder: its digests are checked before anything in it is used.

A flipped bit would otherwise give wrong answers unnoticed. Only the search table is read: Whoosh's own files, which
can execute code when they are opened, are not touched.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final

import orjson

from hcpcs.catalog.catalog import Catalog
from hcpcs.errors import ShelfError
from hcpcs_index.inverted_index import search_table as tables
from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.searcher import Searcher

FOLDER: Final = "search"
"""The folder of the index, within that of its version of the catalog."""
TABLE_FILE: Final = "search.table"
DIGESTS_FILE: Final = "digests.json"
FORMAT: Final = 3
"""Version of the files of an index."""
READ_FORMATS: Final = (2, FORMAT)
"""The versions that are opened. The former one's table is read into the present form."""
REMEDY: Final = "load the releases again (hcpcs load FILE...)"
"""What to do about an index that can't be used, as errors say it."""


def open_index(folder: Path, catalog: Catalog, today: Callable[[], date] = date.today) -> Searcher:
    """The searcher of the index that ``build_index`` wrote below ``folder`` for this catalog.

    ``today`` gives the day on which a code counts as active. Raises ``ShelfError`` if the index is damaged, from
    another version, or of another catalog.
    """
    with _no_collections():
        return Searcher(_read_table(folder / FOLDER, catalog), today)


def _read_table(index_folder: Path, catalog: Catalog) -> SearchTable:
    try:
        stated = orjson.loads((index_folder / DIGESTS_FILE).read_bytes())
        if stated["format"] not in READ_FORMATS:
            raise ShelfError(f"{index_folder}: the index was built by another version; {REMEDY}")
        if stated["catalog"] != fingerprint(catalog):
            raise ShelfError(f"{index_folder}: the index belongs to another catalog; {REMEDY}")
        if stated["files"] != digests(index_folder):
            raise ShelfError(f"{index_folder}: the index is damaged; {REMEDY}")
        return tables.load((index_folder / TABLE_FILE).read_bytes())
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ShelfError(f"{index_folder}: the index can't be read; {REMEDY}") from error


@contextmanager
def _no_collections() -> Iterator[None]:
    """No garbage collection in the block: each examines all that was read so far: a quarter of opening."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def fingerprint(catalog: Catalog) -> str:
    """The SHA-256 of a catalog's release ids and digests, its aliases and its NOC list."""
    stated = [
        [[release.id, release.digest] for release in catalog.releases],
        sorted((code, list(names)) for code, names in catalog.aliases.items()),
        list(filter(None, [*sorted(catalog.not_otherwise_classified), catalog.noc_release])),
    ]
    return hashlib.sha256(orjson.dumps(stated)).hexdigest()


def digests(index_folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of an index, except the file of the digests itself."""
    files = sorted(file for file in index_folder.iterdir() if file.name != DIGESTS_FILE)
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
