"""From a catalogue to an index in a folder: Whoosh's own files, the search table drawn from them, the digests."""

from __future__ import annotations

from pathlib import Path

import orjson

from hcpcs.catalog.catalog import Catalog
from hcpcs_index.documents import documents
from hcpcs_index.scoring import search_table as tables
from hcpcs_index.scoring.postings import PostingLists
from hcpcs_index.scoring.table_builder import assemble, findable_text
from hcpcs_index.storage import DIGESTS_FILE, FOLDER, FORMAT, TABLE_FILE, digests, fingerprint
from hcpcs_index.synonyms.phrasebook import all_synonyms


def build_index(catalog: Catalog, folder: Path) -> None:
    """Writes the index of a catalogue below an existing folder, its digests last."""
    # Whoosh takes longer to import than an index to open, and only building needs it.
    from hcpcs_index import whoosh_index

    place = folder / FOLDER
    place.mkdir()
    found = documents(catalog)
    synonyms = all_synonyms()
    whoosh_index.write(place, ((document, findable_text(document, synonyms)) for document in found))
    table = assemble(
        found,
        PostingLists.pack(whoosh_index.read_scores(place)),
        sets=whoosh_index.read_sets(place),
        synonyms=synonyms,
    )
    tables.save(table, place / TABLE_FILE)
    stated = {"format": FORMAT, "catalog": fingerprint(catalog), "files": digests(place)}
    (place / DIGESTS_FILE).write_bytes(orjson.dumps(stated, option=orjson.OPT_INDENT_2))
