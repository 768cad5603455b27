"""The search table: everything that a search reads, in one immutable value, and its form on disk.

It is built from the Whoosh index (scores, filter sets) and the documents, and is stored beside that index as
``search.table``: a JSON header, then the packed numbers and scores. Nothing in it can execute code. What there is
thousands of, such as words and synonyms, is in columns: reading a list for each takes ten times as long.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from sys import intern
from typing import Any, Final, NamedTuple

import orjson

from hcpcs_index.inverted_index.former_table import FORMER_MAGIC, columns_of_former
from hcpcs_index.inverted_index.negations import NOTHING_NEGATED, NegatedWords
from hcpcs_index.inverted_index.postings import PostingLists
from hcpcs_index.inverted_index.short_descriptions import order_by_stems
from hcpcs_index.synonyms.synonym import SynonymColumns
from hcpcs_index.synonyms.synonym_map import SynonymMap
from hcpcs_index.text.packed_texts import PackedTexts
from hcpcs_index.text.stemming import stem_of

MAGIC: Final = b"HCPCS search table 2\n"
"""The first bytes of the file: its format and version."""


class SearchTable(NamedTuple):
    """What a search reads. Documents are numbered in code order, and the sequences go by that number.

    ``stems`` has the stems of both descriptions, " stem stem | stem stem " with spaces at both ends, and ``by_stems``
    the documents in the order of these texts; ``added`` and ``terminated`` are day ordinals (0 for none);
    ``catch_alls`` has the codes for whatever has no code of its own;
    ``roles`` has the ``Role`` of each document, ``heads`` the stems of each description's head,
    ``negations`` the words that each long description negates;
    ``sets`` has the documents of each filter field and value; ``surfaces`` has every word of the records with its stem,
    ``frequencies`` their document frequencies in the same order; ``items`` has the names that count only as a whole
    query.
    """

    codes: Sequence[str]
    short: Sequence[str]
    long: Sequence[str]
    stems: Sequence[str]
    by_stems: Sequence[int]
    added: Sequence[int]
    terminated: Sequence[int]
    catch_alls: frozenset[int]
    roles: Sequence[int]
    heads: Sequence[str]
    negations: Sequence[NegatedWords]
    sets: Mapping[str, Mapping[str, Sequence[int]]]
    surfaces: Mapping[str, str]
    frequencies: Sequence[int]
    aliases: Mapping[int, Sequence[str]]
    synonyms: SynonymMap
    items: SynonymMap
    postings: PostingLists

    def stem(self, surface: str) -> str:
        """The stem of a word: looked up for words of records and synonyms, computed for others, which are not kept."""
        return self.surfaces.get(surface) or self.synonyms.key_stems.get(surface) or stem_of(surface)


def save(table: SearchTable, path: Path) -> None:
    """Write the table to a file. Raises ``OSError``."""
    terms, numbers, scores = table.postings.to_bytes()
    header = orjson.dumps(
        {
            "codes": table.codes,
            "short": list(table.short),
            "long": list(table.long),
            "stems": table.stems,
            "by_stems": list(table.by_stems),
            "added": list(table.added),
            "terminated": list(table.terminated),
            "unclassified": sorted(table.catch_alls),
            "roles": list(table.roles),
            "head_nouns": table.heads,
            "negations": [(n, *words) for n, words in enumerate(table.negations) if words is not NOTHING_NEGATED],
            "sets": {field: {v: list(n) for v, n in values.items()} for field, values in table.sets.items()},
            "surfaces": (list(table.surfaces), list(table.surfaces.values()), list(table.frequencies)),
            "aliases": {str(number): names for number, names in table.aliases.items()},
            "synonyms": list(map(list, table.synonyms.columns)),
            "items": list(map(list, table.items.columns)),
            "terms": ([term for term, _ in terms], [frequency for _, frequency in terms]),
            "parts": [len(numbers), len(scores)],
        }
    )
    path.write_bytes(b"".join((MAGIC, len(header).to_bytes(8), header, numbers, scores)))


def load(blob: bytes) -> SearchTable:
    """The table in the bytes of a file that ``save`` wrote, or a former version. Raises ``ValueError`` for any others.

    Texts that occur in many places, such as stems, are interned: a text of its own for each takes 2 MB.
    """
    view = memoryview(blob)
    start = len(MAGIC) + 8
    if not blob.startswith((MAGIC, FORMER_MAGIC)):
        raise ValueError("not a search table of this version")
    size = int.from_bytes(view[len(MAGIC) : start])
    header: dict[str, Any] = orjson.loads(view[start : start + size])
    if not blob.startswith(MAGIC):
        header = columns_of_former(header)
    offset = start + size
    parts: list[bytes] = []
    for length in header["parts"]:
        parts.append(view[offset : offset + length].tobytes())
        offset += length
    surfaces, stems, frequencies = header["surfaces"]
    return SearchTable(
        codes=header["codes"],
        short=PackedTexts(header["short"]),
        long=PackedTexts(header["long"]),
        stems=header["stems"],
        by_stems=_numbers(header["by_stems"] if "by_stems" in header else order_by_stems(header["stems"])),
        added=_numbers(header["added"]),
        terminated=_numbers(header["terminated"]),
        catch_alls=frozenset(header["unclassified"]),
        roles=_numbers(header["roles"]),
        heads=list(map(intern, header["head_nouns"])),
        negations=_load_negations(header),
        sets={field: {v: _numbers(n) for v, n in values.items()} for field, values in header["sets"].items()},
        surfaces=dict(zip(map(intern, surfaces), map(intern, stems), strict=True)),
        frequencies=_numbers(frequencies),
        aliases={int(number): names for number, names in header["aliases"].items()},
        synonyms=_load_synonyms(header["synonyms"]),
        items=_load_synonyms(header["items"]),
        postings=PostingLists.from_bytes(zip(map(intern, header["terms"][0]), header["terms"][1], strict=True), *parts),
    )


def _numbers(stated: Sequence[int]) -> Sequence[int]:
    """Four bytes for each, and not an object."""
    return array("I", stated)


def _load_synonyms(columns: Sequence[Sequence[str]]) -> SynonymMap:
    surfaces, stems, kinds, targets = columns
    shared_kinds = list(map(intern, kinds))
    return SynonymMap(
        SynonymColumns(list(map(intern, surfaces)), PackedTexts(stems), shared_kinds, PackedTexts(targets))
    )


def _load_negations(header: Mapping[str, Any]) -> list[NegatedWords]:
    negations = [NOTHING_NEGATED] * len(header["long"])
    for number, negated, others in header["negations"]:
        negations[number] = NegatedWords(negated, others)
    return negations
