"""Payment limits of drugs without a code of their own (NOC), by the name of the drug.

They are billed with a not otherwise classified code, which the MAC names: the file has no codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.forms.payment_limits import unit_of_dosage
from hcpcs.companions.forms.policies.policy_documents import title_key
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition

_NAME: Final = "Drug Generic Name (Trade Name)"
_COLUMNS: Final = (_NAME, "Dosage", "Payment Limit")
_CELLS: Final = ("drug", "dosage", "limit", "notes")
EVERY_DRUG: Final = "*"
"""The key under which every drug of an edition is found."""


def _read(table: FormTable) -> Iterator[PackedEdition]:
    builder = EditionBuilder(table, EditionKind.NOC_LIMITS, _CELLS, identity=2)
    for number, cells in table.rows():
        drug, dosage, notes = (table.cell(cells, name) for name in (_NAME, "Dosage", "Notes"))
        limit = table.amount(table.cell(cells, "Payment Limit"), "Payment Limit", number)
        if not drug or not limit:
            raise table.error("lacks the name of a drug or its limit", number)
        builder.add(title_key(drug), number, (drug, dosage, limit, notes), references=(EVERY_DRUG,))
    yield builder.finish()


FORM: Final = CompanionForm("a list of payment limits of drugs without a code", _COLUMNS, _read)


def unclassified_facts(edition: Edition, row: EditionRow, _: Selection) -> Iterator[Fact]:
    """The limit of a drug, which has no code."""
    drug, dosage, limit, notes = row.cells
    qualifiers = Qualifiers(drug=drug, dosage=dosage, notes=notes)
    fact = fact_of_row(edition, row, FactSubject.AMOUNT, Decimal(limit), qualifiers, unit_of_dosage(dosage))
    yield fact.model_copy(update={"code": ""})
