"""The search table: everything that searching reads, in one immutable piece, and its form on disk.

It is made at build from the Whoosh index (scores, filter sets) and the documents, and lies beside that index as
``search.table``: a JSON head, then the packed numbers and scores. Nothing in it can execute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from hcpcs_index.inverted_index.postings import PostingLists
from hcpcs_index.synonyms.phrasebook import Phrasebook, Synonym, Target

MAGIC: Final = b"HCPCS search table 1\n"


class SearchTable(NamedTuple):
    """What searching reads. Documents are numbered in code order; lists go by that number.

    ``stems`` holds the stems of both descriptions, " stem stem | stem stem " with spaces at both ends; ``added`` and
    ``terminated`` are day ordinals (0 for none); ``sets`` are the documents of each filter field and value;
    ``unclassified`` are the codes for whatever has no code of its own, which come after others;
    ``surfaces`` has every word of the records with its stem and how many records hold it.
    """

    codes: Sequence[str]
    short: Sequence[str]
    long: Sequence[str]
    stems: Sequence[str]
    added: Sequence[int]
    terminated: Sequence[int]
    unclassified: frozenset[int]
    sets: Mapping[str, Mapping[str, frozenset[int]]]
    surfaces: Mapping[str, tuple[str, int]]
    aliases: Mapping[int, Sequence[str]]
    synonyms: Phrasebook
    postings: PostingLists


def save(table: SearchTable, path: Path) -> None:
    """Writes the table into a file."""
    terms, numbers, scores = table.postings.to_bytes()
    head = orjson.dumps(
        {
            "codes": table.codes,
            "short": table.short,
            "long": table.long,
            "stems": table.stems,
            "added": table.added,
            "terminated": table.terminated,
            "unclassified": sorted(table.unclassified),
            "sets": {field: {v: sorted(n) for v, n in values.items()} for field, values in table.sets.items()},
            "surfaces": table.surfaces,
            "aliases": {str(number): names for number, names in table.aliases.items()},
            "synonyms": [
                (entry.surface, entry.stems, entry.kind, [tuple(goal) for goal in entry.targets])
                for entry in table.synonyms.entries.values()
            ],
            "terms": terms,
            "parts": [len(numbers), len(scores)],
        }
    )
    path.write_bytes(b"".join((MAGIC, len(head).to_bytes(8), head, numbers, scores)))


def load(blob: bytes) -> SearchTable:
    """The table in the bytes of a file that ``save`` wrote. Raises ``ValueError`` if it isn't one."""
    view = memoryview(blob)
    start = len(MAGIC) + 8
    if not blob.startswith(MAGIC):
        raise ValueError("not a search table of this version")
    size = int.from_bytes(view[len(MAGIC) : start])
    head: dict[str, Any] = orjson.loads(view[start : start + size])
    at = start + size
    parts: list[bytes] = []
    for length in head["parts"]:
        parts.append(view[at : at + length].tobytes())
        at += length
    return SearchTable(
        codes=head["codes"],
        short=head["short"],
        long=head["long"],
        stems=head["stems"],
        added=head["added"],
        terminated=head["terminated"],
        unclassified=frozenset(head["unclassified"]),
        sets={field: {v: frozenset(n) for v, n in values.items()} for field, values in head["sets"].items()},
        surfaces={surface: (stem, count) for surface, (stem, count) in head["surfaces"].items()},
        aliases={int(number): names for number, names in head["aliases"].items()},
        synonyms=Phrasebook(
            Synonym(surface, stems, kind, tuple(Target(text, tuple(goal), code) for text, goal, code in targets))
            for surface, stems, kind, targets in head["synonyms"]
        ),
        postings=PostingLists.from_bytes(head["terms"], *parts),
    )
