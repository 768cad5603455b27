"""PDAC's list of items whose coding must be verified before a product is billed, each with the name of its policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition

_COLUMNS: Final = ("HCPCS", "LCD", "DESCRIPTION")


def _read(table: FormTable) -> Iterator[PackedEdition]:
    builder = EditionBuilder(table, EditionKind.CODING_VERIFICATION, ("policy",), identity=1)
    for number, cells in table.rows():
        code = table.cell(cells, "HCPCS").upper()
        if builder.admits(code, number):
            builder.add(code, number, (table.cell(cells, "LCD"),))
    yield builder.finish()


FORM: Final = CompanionForm("a list of items that require coding verification", _COLUMNS, _read)


def verification_facts(edition: Edition, row: EditionRow, _: Selection) -> Iterator[Fact]:
    """The fact that PDAC must verify the coding of a product, and the name of the policy that says so."""
    yield fact_of_row(edition, row, FactSubject.PRODUCT_VERIFICATION, "required", Qualifiers(policy=row.cells[0]))
