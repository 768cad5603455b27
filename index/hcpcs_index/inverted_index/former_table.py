"""The search table's file as the former version wrote it, so that its releases need not be loaded again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from hcpcs_index.inverted_index.negations import NOTHING_NEGATED, read_negations
from hcpcs_index.inverted_index.short_descriptions import order_by_stems
from hcpcs_index.synonyms.synonym import SynonymColumns, Target, write_targets

FORMER_MAGIC: Final = b"HCPCS search table 1\n"
"""The first bytes of such a file."""


def columns_of_former(header: Mapping[str, Any]) -> dict[str, Any]:
    """The header of such a file as the present version writes it: with columns in place of rows."""
    negations = header.get("negations")
    if negations is None:
        read = enumerate(map(read_negations, header["long"]))
        negations = [(number, *words) for number, words in read if words is not NOTHING_NEGATED]
    return {
        **header,
        "negations": negations,
        "by_stems": order_by_stems(header["stems"]),
        "surfaces": (
            list(header["surfaces"]),
            [stem for stem, _ in header["surfaces"].values()],
            [frequency for _, frequency in header["surfaces"].values()],
        ),
        "synonyms": _columns(header["synonyms"]),
        "items": _columns(header["items"]),
        "terms": ([term for term, _ in header["terms"]], [frequency for _, frequency in header["terms"]]),
    }


def _columns(rows: Iterable[Sequence[Any]]) -> SynonymColumns:
    surfaces, stems, kinds, targets = zip(*rows, strict=True)
    written = [write_targets([Target(*one) for one in several]) for several in targets]
    return SynonymColumns(surfaces, stems, kinds, written)
