"""OPPS Addendum B: for each code the status indicator, the APC and, where it is paid, the rate and copayments.

Status indicators may end in a blank (``N ``), rates are written ``$31.090``, and a blank cell may be a blank or a
period.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hcpcs.companions.coded_meanings import meaning_of
from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition
from hcpcs.records.billing.billing_settings import BillingSetting

_COLUMNS: Final = ("HCPCS CODE", "SI", "APC", "PAYMENT RATE")
_AMOUNTS: Final = {
    "relative_weight": "RELATIVE WEIGHT",
    "payment_rate": "PAYMENT RATE",
    "copayment": "NATIONAL UNADJUSTED COPAYMENT",
    "minimum_copayment": "MINIMUM UNADJUSTED COPAYMENT",
    "coinsurance_percent": "IRA COINSURANCE PERCENTAGE",
    "adjusted_copayment": "ADJUSTED BENEFICIARY COPAYMENT",
}
_CELLS: Final = ("status_indicator", "apc", *_AMOUNTS, "note")


def _read(table: FormTable) -> Iterator[PackedEdition]:
    builder = EditionBuilder(table, EditionKind.OPPS, _CELLS)
    for number, cells in table.rows():
        code = table.cell(cells, "HCPCS CODE").upper()
        if not builder.admits(code, number):
            continue
        indicator, apc, note = (table.cell(cells, name) for name in ("SI", "APC", "NOTE"))
        amounts = [table.amount(table.cell(cells, name), name, number) for name in _AMOUNTS.values()]
        builder.add(code, number, (indicator, apc, *amounts, note))
    yield builder.finish()


FORM: Final = CompanionForm("an OPPS Addendum B", _COLUMNS, _read)


def status_facts(edition: Edition, row: EditionRow, _: Selection) -> Iterator[Fact]:
    """The status indicator in words, and the payment rate where there is one."""
    stated: dict[str, str] = dict(zip(edition.columns, row.cells, strict=True))
    indicator, rate = stated.pop("status_indicator"), stated.pop("payment_rate")
    meaning = {"meaning": meaning_of("status_indicator", indicator)}
    qualifiers = Qualifiers.model_validate({**stated, **meaning})
    yield fact_of_row(edition, row, FactSubject.STATUS_INDICATOR, indicator, qualifiers)
    if rate:
        setting = {"setting": BillingSetting.OUTPATIENT_HOSPITAL, "status_indicator": indicator}
        qualifiers = Qualifiers.model_validate({**stated, **setting})
        yield fact_of_row(edition, row, FactSubject.AMOUNT, Decimal(rate), qualifiers, "USD")
