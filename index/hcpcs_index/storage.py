"""From an index in a folder to a searcher; nothing is read before its digests are checked.

A flipped bit would give wrong answers in silence. Opening reads the search table alone: Whoosh's own files, which
can execute code when they are opened, are not touched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

import orjson

from hcpcs.catalog.catalog import Catalog
from hcpcs.errors import ShelfError
from hcpcs_index.inverted_index import search_table as tables
from hcpcs_index.searcher import Searcher

FOLDER: Final = "search"
TABLE_FILE: Final = "search.table"
DIGESTS_FILE: Final = "digests.json"
FORMAT: Final = 1
REMEDY: Final = "load the releases again (hcpcs load FILE...)"


def open_index(folder: Path, catalog: Catalog, today: Callable[[], date] = date.today) -> Searcher:
    """The searcher of a folder below which ``build_index`` wrote the index of this catalogue.

    ``today`` says on which day a code counts as active. Raises ``ShelfError`` if the index is damaged, of another
    version, or of another catalogue.
    """
    place = folder / FOLDER
    try:
        stated = orjson.loads((place / DIGESTS_FILE).read_bytes())
        if stated["format"] != FORMAT:
            raise ShelfError(f"{place}: the index was made by another version; {REMEDY}")
        if stated["catalog"] != fingerprint(catalog):
            raise ShelfError(f"{place}: the index belongs to another catalogue; {REMEDY}")
        if stated["files"] != digests(place):
            raise ShelfError(f"{place}: the index is damaged; {REMEDY}")
        table = tables.load((place / TABLE_FILE).read_bytes())
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ShelfError(f"{place}: the index can't be read; {REMEDY}") from error
    return Searcher(table, today)


def fingerprint(catalog: Catalog) -> str:
    """What tells one catalogue from another: SHA-256 of its releases' ids and digests, its names and NOC lists."""
    stated = [
        [[release.id, release.digest] for release in catalog.releases],
        sorted((code, list(names)) for code, names in catalog.aliases.items()),
        list(filter(None, [*sorted(catalog.not_otherwise_classified), catalog.noc_release])),
    ]
    return hashlib.sha256(orjson.dumps(stated)).hexdigest()


def digests(place: Path) -> dict[str, str]:
    """The SHA-256 of every file of an index but the digests' own."""
    files = sorted(file for file in place.iterdir() if file.name != DIGESTS_FILE)
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
