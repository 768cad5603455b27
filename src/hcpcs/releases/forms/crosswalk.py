"""Reads an ASP NDC-HCPCS crosswalk: which drug products are billed under which code.

CMS names the code column after the year (``_2026_CODE``) and writes some rows of text above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from hcpcs.releases.content import Crosswalk, Drug
from hcpcs.releases.data_table import DataTable, Header, find_header, rows_below
from hcpcs.releases.open_file import OpenFile
from hcpcs.releases.record_layout import is_licensed, kind_of

_TELLING: Final = ("DRUG NAME", "LABELER NAME")
_CODE_COLUMN: Final = re.compile(r"(?:[0-9]{4}|HCPCS?)CODE|HCPCS?")
_NDC_COLUMNS: Final = ("NDC", "NDC2", "NDC1")


def is_crosswalk(opened: OpenFile) -> bool:
    """Whether a file is a crosswalk from drug products to codes."""
    return any(_header(table) for table in opened.tables)


def read_crosswalk(opened: Sequence[OpenFile]) -> Crosswalk:
    """Reads the crosswalks of a file; a zip holds several, and each twice. Raises ``ReleaseError``."""
    drugs: dict[str, dict[Drug, None]] = {}
    for each in opened:
        for table in each.tables:
            if found := _header(table):
                for code, drug in _of_table(table, *found):
                    drugs.setdefault(code, {})[drug] = None
    if not drugs:
        raise opened[0].source.error("names no drug")
    names = {code: tuple(sorted({drug.name.lower() for drug in products})) for code, products in drugs.items()}
    return Crosswalk(
        file=opened[0].source.name,
        drugs={code: tuple(products) for code, products in sorted(drugs.items())},
        names=dict(sorted(names.items())),
    )


def _header(table: DataTable) -> tuple[Header, str] | None:
    header = find_header(table, _TELLING)
    if header is None:
        return None
    code = next(islice((name for name in header.columns if _CODE_COLUMN.fullmatch(name)), 1), None)
    return None if code is None else (header, code)


def _of_table(table: DataTable, header: Header, code_column: str) -> Iterator[tuple[str, Drug]]:
    ndc_column = next((name for name in _NDC_COLUMNS if header.find(name) is not None), "NDC")
    for number, cells in rows_below(table, header):
        code = header.cell(cells, code_column).upper()
        if kind_of(code) is None:
            raise table.source.error(f"{code[:20]!r} is not a HCPCS code", number)
        name = " ".join(header.cell(cells, "DRUG NAME").split())
        if name and not is_licensed(code):
            labeler = " ".join(header.cell(cells, "LABELER NAME").split())
            yield code, Drug(name=name, labeler=labeler, ndc=header.cell(cells, ndc_column))
