"""A list of the documents of the Medicare Coverage Database: number, title, contractors, days and link.

The list has no codes. Of one document there may be several versions (in force, future, retired).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row, parse_day
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition

_NUMBER: Final = "DOCUMENT_DISPLAY_ID"
_COLUMNS: Final = (_NUMBER, "DOCUMENT_TYPE", "TITLE", "CONTRACTOR_NAME_TYPE", "URL")
DISPLAYED: Final = re.compile(r"[AL]\d{4,6}|\d{1,3}(?:\.\d{1,3}){1,2}")
"""``L33718`` of an LCD, ``A52467`` of an article, ``240.4`` of an NCD."""
_CELLS: Final = ("type", "version", "title", "contractors", "effective", "retired", "note", "link")


def title_key(title: str) -> str:
    """The key under which documents are found by their title: lower case, single spaces."""
    return " ".join(title.lower().split())


def _read(table: FormTable) -> Iterator[PackedEdition]:
    builder = EditionBuilder(table, EditionKind.POLICIES, _CELLS, identity=None)
    for number, cells in table.rows():
        document = table.cell(cells, _NUMBER).upper()
        if not DISPLAYED.fullmatch(document):
            raise table.error(f"{document[:20]!r} is not the number of an LCD, article or NCD", number)
        title = table.cell(cells, "TITLE")
        stated = (
            table.cell(cells, "DOCUMENT_TYPE"),
            table.cell(cells, "DOCUMENT_VERSION"),
            title,
            _contractors(table.header.cell(cells, "CONTRACTOR_NAME_TYPE")),
            table.day(table.cell(cells, "EFFECTIVE_DATE"), number),
            table.day(table.cell(cells, "RETIREMENT_DATE"), number),
            table.cell(cells, "NOTE"),
            table.cell(cells, "URL"),
        )
        builder.add(document, number, stated, references=(title_key(title),))
    yield builder.finish()


def _contractors(cell: str) -> str:
    """The contractors of a cell of several lines: ``CGS Administrators, LLC (DME MAC); Noridian ... (DME MAC)``."""
    blocks = re.split(r"\n\s*\n", cell.replace("\r", ""))
    return "; ".join(" ".join(block.split()) for block in blocks if block.strip())


FORM: Final = CompanionForm("a list of Medicare coverage documents", _COLUMNS, _read)


def document_facts(edition: Edition, row: EditionRow, _: Selection) -> Iterator[Fact]:
    """One version of a document; ``value`` is its number. It holds from its effective day until it is retired."""
    stated = dict(zip(_CELLS, row.cells, strict=True))
    effective, retired = stated.pop("effective"), stated.pop("retired")
    fact = fact_of_row(edition, row, FactSubject.POLICY, row.key, Qualifiers.model_validate(stated))
    days = {"first_day": parse_day(effective), "last_day": parse_day(retired)}
    yield fact.model_copy(update={"code": "", **days})
