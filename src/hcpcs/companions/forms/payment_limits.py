"""Medicare Part B payment limits (ASP): the limit of one unit of a drug's code, and the patient's coinsurance.

A limit may be ``N/A``, with the amounts in a note of two lines; a coinsurance may be below 20 percent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition

_COLUMNS: Final = ("HCPCS CODE", "HCPCS CODE DOSAGE", "PAYMENT LIMIT", "CO-INSURANCE PERCENTAGE")
_NO_LIMIT: Final = "N/A"
_PER: Final = re.compile(r"^per\s+", re.IGNORECASE)
_OTHER_AMOUNTS: Final = {
    "vaccine_awp_percent": "VACCINE AWP%",
    "vaccine_limit": "VACCINE LIMIT",
    "blood_awp_percent": "BLOOD AWP%",
    "blood_limit": "BLOOD LIMIT",
}
"""Columns that only few rows have, by their names in the edition."""


def _read(table: FormTable) -> Iterator[PackedEdition]:
    columns = ("dosage", "limit", "coinsurance", *_OTHER_AMOUNTS, "clotting_factor", "notes")
    builder = EditionBuilder(table, EditionKind.ASP, columns)
    for number, cells in table.rows():
        code = table.cell(cells, "HCPCS CODE").upper()
        if not builder.admits(code, number):
            continue
        limit = table.cell(cells, "PAYMENT LIMIT")
        if limit.upper() != _NO_LIMIT:
            limit = table.amount(limit, "Payment Limit", number)
        coinsurance = table.amount(table.cell(cells, "CO-INSURANCE PERCENTAGE"), "Co-insurance Percentage", number)
        others = [table.amount(table.cell(cells, name), name, number) for name in _OTHER_AMOUNTS.values()]
        notes = "; ".join(line.strip() for line in table.header.cell(cells, "NOTES").splitlines() if line.strip())
        texts = (table.cell(cells, "CLOTTING FACTOR"), notes)
        builder.add(code, number, (table.cell(cells, "HCPCS CODE DOSAGE"), limit, coinsurance, *others, *texts))
    yield builder.finish()


FORM: Final = CompanionForm("a file of Medicare Part B payment limits", _COLUMNS, _read)


def unit_of_dosage(dosage: str) -> str:
    """The unit of a limit: ``USD per 10 MG``. A dosage may begin with the word: "Per infusion (minimum ...)"."""
    return f"USD per {_PER.sub('', dosage)}"


def limit_facts(edition: Edition, row: EditionRow, _: Selection) -> Iterator[Fact]:
    """The limit of one unit, ``None`` where the file has N/A, and the coinsurance in percent."""
    stated = {name: text for name, text in zip(edition.columns, row.cells, strict=True) if name != "limit"}
    dosage, limit, coinsurance = row.cells[:3]
    qualifiers = Qualifiers.model_validate(stated)
    value = None if limit in ("", _NO_LIMIT) else Decimal(limit)
    yield fact_of_row(edition, row, FactSubject.AMOUNT, value, qualifiers, unit_of_dosage(dosage))
    if coinsurance:
        yield fact_of_row(edition, row, FactSubject.COINSURANCE, Decimal(coinsurance), qualifiers, "%")
