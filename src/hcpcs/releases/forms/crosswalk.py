"""Reads an ASP NDC-HCPCS crosswalk: the names of the drug products that are billed under each code.

CMS names the code column after the year (``_2026_CODE``) and writes some rows of text above the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hcpcs.releases.content import Crosswalk
from hcpcs.releases.data_table import DataTable, Header, find_header, rows_below
from hcpcs.releases.open_file import OpenFile
from hcpcs.releases.record_layout import is_licensed, kind_of

_COLUMNS: Final = ("DRUG NAME", "LABELER NAME")
_CODE_COLUMN: Final = re.compile(r"(?:[0-9]{4}|HCPCS?)CODE|HCPCS?")


def is_crosswalk(file: OpenFile) -> bool:
    """Whether a file is a crosswalk from drug products to codes."""
    return any(_header(table) for table in file.tables)


def read_crosswalk(files: Sequence[OpenFile]) -> Crosswalk:
    """Reads the crosswalks of an archive, which has several, each of them twice. Raises ``ReleaseError``."""
    names: dict[str, set[str]] = {}
    for file in files:
        for table in file.tables:
            if header := _header(table):
                for code, name in _rows(table, *header):
                    names.setdefault(code, set()).add(name)
    if not names:
        raise files[0].source.error("lists no drug")
    return Crosswalk(
        file=files[0].source.name, names={code: tuple(sorted(drugs)) for code, drugs in sorted(names.items())}
    )


def _header(table: DataTable) -> tuple[Header, str] | None:
    """The header of a crosswalk and the name of its code column; ``None`` if the table is not a crosswalk."""
    header = find_header(table, _COLUMNS)
    if header is None:
        return None
    code_column = next((name for name in header.columns if _CODE_COLUMN.fullmatch(name)), None)
    return None if code_column is None else (header, code_column)


def _rows(table: DataTable, header: Header, code_column: str) -> Iterator[tuple[str, str]]:
    """Each code with the name of a drug, lower case; CPT and CDT codes are skipped."""
    for number, cells in rows_below(table, header):
        code = header.cell(cells, code_column).upper()
        if kind_of(code) is None:
            raise table.source.error(f"{code[:20]!r} is not a HCPCS code", number)
        name = " ".join(header.cell(cells, "DRUG NAME").split()).lower()
        if name and not is_licensed(code):
            yield code, name
