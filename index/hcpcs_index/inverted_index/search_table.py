"""The search table: everything that a search reads, in one immutable value, and its form on disk.

It is built from the Whoosh index (scores, filter sets) and the documents, and is stored beside that index as
``search.table``: a JSON header, then the packed numbers and scores. Nothing in it can execute code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from sys import intern
from typing import Any, Final, NamedTuple

import orjson

from hcpcs_index.inverted_index.negations import NOTHING_NEGATED, NegatedWords, read_negations
from hcpcs_index.inverted_index.postings import PostingLists
from hcpcs_index.synonyms.synonym_map import Synonym, SynonymMap, Target
from hcpcs_index.text.stemming import stem_of

MAGIC: Final = b"HCPCS search table 1\n"
"""The first bytes of the file: its format and version."""


class SearchTable(NamedTuple):
    """What a search reads. Documents are numbered in code order, and the sequences go by that number.

    ``stems`` has the stems of both descriptions, " stem stem | stem stem " with spaces at both ends; ``added`` and
    ``terminated`` are day ordinals (0 for none); ``catch_alls`` has the codes for whatever has no code of its own;
    ``roles`` has the ``Role`` of each document, ``heads`` the stems of each description's head,
    ``negations`` the words that each long description negates;
    ``sets`` has the documents of each filter field and value; ``surfaces`` has every word of the records with its stem
    and its document frequency; ``items`` has the names that count only as a whole query.
    """

    codes: Sequence[str]
    short: Sequence[str]
    long: Sequence[str]
    stems: Sequence[str]
    added: Sequence[int]
    terminated: Sequence[int]
    catch_alls: frozenset[int]
    roles: Sequence[int]
    heads: Sequence[str]
    negations: Sequence[NegatedWords]
    sets: Mapping[str, Mapping[str, frozenset[int]]]
    surfaces: Mapping[str, tuple[str, int]]
    aliases: Mapping[int, Sequence[str]]
    synonyms: SynonymMap
    items: SynonymMap
    postings: PostingLists

    def stem(self, surface: str) -> str:
        """The stem of a word: looked up for words of records and synonyms, computed for others, which are not kept."""
        known = self.surfaces.get(surface)
        return known[0] if known is not None else self.synonyms.key_stems.get(surface) or stem_of(surface)


def save(table: SearchTable, path: Path) -> None:
    """Write the table to a file. Raises ``OSError``."""
    terms, numbers, scores = table.postings.to_bytes()
    header = orjson.dumps(
        {
            "codes": table.codes,
            "short": table.short,
            "long": table.long,
            "stems": table.stems,
            "added": table.added,
            "terminated": table.terminated,
            "unclassified": sorted(table.catch_alls),
            "roles": table.roles,
            "head_nouns": table.heads,
            "negations": [(n, *words) for n, words in enumerate(table.negations) if words is not NOTHING_NEGATED],
            "sets": {field: {v: sorted(n) for v, n in values.items()} for field, values in table.sets.items()},
            "surfaces": table.surfaces,
            "aliases": {str(number): names for number, names in table.aliases.items()},
            "synonyms": _dump_synonyms(table.synonyms),
            "items": _dump_synonyms(table.items),
            "terms": terms,
            "parts": [len(numbers), len(scores)],
        }
    )
    path.write_bytes(b"".join((MAGIC, len(header).to_bytes(8), header, numbers, scores)))


def _dump_synonyms(synonyms: SynonymMap) -> list[tuple[Any, ...]]:
    return [
        (synonym.surface, synonym.stems, synonym.kind, [tuple(target) for target in synonym.targets])
        for synonym in synonyms.entries.values()
    ]


def _load_synonyms(dumped: Iterable[Sequence[Any]]) -> SynonymMap:
    return SynonymMap(
        Synonym(
            surface,
            stems,
            intern(kind),
            tuple(
                Target(intern(text), tuple(map(intern, target_stems)), intern(code))
                for text, target_stems, code in targets
            ),
        )
        for surface, stems, kind, targets in dumped
    )


def _load_negations(header: Mapping[str, Any]) -> list[NegatedWords]:
    """The negated words of each document; read from the descriptions of an index that was built without them."""
    if "negations" not in header:
        return list(map(read_negations, header["long"]))
    negations = [NOTHING_NEGATED] * len(header["long"])
    for number, negated, others in header["negations"]:
        negations[number] = NegatedWords(negated, others)
    return negations


def load(blob: bytes) -> SearchTable:
    """The table in the bytes of a file that ``save`` wrote. Raises ``ValueError`` for any other bytes.

    Texts that occur in many places, such as stems, are interned: a text of its own for each takes 2 MB.
    """
    view = memoryview(blob)
    start = len(MAGIC) + 8
    if not blob.startswith(MAGIC):
        raise ValueError("not a search table of this version")
    size = int.from_bytes(view[len(MAGIC) : start])
    header: dict[str, Any] = orjson.loads(view[start : start + size])
    offset = start + size
    parts: list[bytes] = []
    for length in header["parts"]:
        parts.append(view[offset : offset + length].tobytes())
        offset += length
    return SearchTable(
        codes=header["codes"],
        short=header["short"],
        long=header["long"],
        stems=header["stems"],
        added=header["added"],
        terminated=header["terminated"],
        catch_alls=frozenset(header["unclassified"]),
        roles=header["roles"],
        heads=header["head_nouns"],
        negations=_load_negations(header),
        sets={field: {v: frozenset(n) for v, n in values.items()} for field, values in header["sets"].items()},
        surfaces={intern(surface): (intern(stem), count) for surface, (stem, count) in header.pop("surfaces").items()},
        aliases={int(number): names for number, names in header["aliases"].items()},
        synonyms=_load_synonyms(header.pop("synonyms")),
        items=_load_synonyms(header.pop("items")),
        postings=PostingLists.from_bytes(((intern(term), count) for term, count in header.pop("terms")), *parts),
    )
