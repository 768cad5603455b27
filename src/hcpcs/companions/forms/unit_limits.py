"""Medically unlikely edits (MUE): the units of a code that one patient gets on one day, by setting.

CMS publishes one file per setting, whose name is in the header (``DME Supplier Services MUE Values``). A table of all
settings has a column of them. The value 0 is not "no limit": the code is not billed in that setting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hcpcs.companions.coded_meanings import meaning_of
from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition
from hcpcs.records.billing.billing_settings import BillingSetting

SETTINGS: Final = {
    EditionKind.MUE_PRACTITIONER: BillingSetting.PRACTITIONER,
    EditionKind.MUE_OUTPATIENT_HOSPITAL: BillingSetting.OUTPATIENT_HOSPITAL,
    EditionKind.MUE_DME: BillingSetting.DME_SUPPLIER,
}
"""The settings, as their facts name them."""
_SETTING_WORDS: Final = {
    "PRACTITIONER": EditionKind.MUE_PRACTITIONER,
    "OUTPATIENTHOSPITAL": EditionKind.MUE_OUTPATIENT_HOSPITAL,
    "DMESUPPLIER": EditionKind.MUE_DME,
}
_VALUES: Final = re.compile(r"(PRACTITIONER|OUTPATIENTHOSPITAL|DMESUPPLIER)(?:SERVICES)?MUEVALUES?")
"""The column of values in CMS's form, in the form in which columns are compared."""
_CELLS: Final = ("value", "adjudication", "rationale")
_POLICY: Final = "CMS Policy"


def _read_settings(table: FormTable) -> Iterator[PackedEdition]:
    builders: dict[EditionKind, EditionBuilder] = {}
    for number, cells in table.rows():
        setting = re.sub(r"[^A-Z]", "", table.cell(cells, "SETTING").upper())
        kind = _SETTING_WORDS.get(setting)
        if kind is None:
            raise table.error(f"{table.cell(cells, 'SETTING')[:20]!r} is not a setting of MUE", number)
        builder = builders.setdefault(kind, EditionBuilder(table, kind, _CELLS))
        code = table.cell(cells, "HCPCS").upper()
        if builder.admits(code, number):
            rationale = table.cell(cells, "RATIONALE")
            builder.add(code, number, (*_check_values(table, cells, "MUE", "MAI", number), rationale))
    yield from (builder.finish() for builder in builders.values())


def _read_one_setting(table: FormTable) -> Iterator[PackedEdition]:
    column, match = next(
        ((name, match) for name in table.header.columns if (match := _VALUES.fullmatch(name))), (None, None)
    )
    if column is None or match is None:
        raise table.error("lacks the column of MUE values of a setting", table.header.row)
    code_column = next(name for name in table.header.columns if name.startswith("HCPCS"))
    builder = EditionBuilder(table, _SETTING_WORDS[match[1]], _CELLS)
    for number, cells in table.rows():
        code = table.cell(cells, code_column).upper()
        if builder.admits(code, number):
            rationale = table.cell(cells, "MUE RATIONALE")
            values = _check_values(table, cells, column, "MUE ADJUDICATION INDICATOR", number)
            builder.add(code, number, (*values, rationale))
    yield builder.finish()


def _check_values(table: FormTable, cells: Sequence[str], value: str, indicator: str, row: int) -> tuple[str, str]:
    """The value and the adjudication indicator (``2 Date of Service Edit: Policy`` is 2) of a row.

    Raises ``ReleaseError`` for a value that is not a whole number, or an unknown indicator.
    """
    units, mai = table.cell(cells, value), table.cell(cells, indicator)[:1]
    if not (units.isascii() and units.isdigit()):
        raise table.error(f"MUE value: {units[:20]!r} is not a number of units", row)
    if not meaning_of("mue_adjudication", mai):
        raise table.error(f"MUE adjudication indicator: {mai!r} is not 1, 2 or 3", row)
    return units, mai


FORM: Final = CompanionForm("an MUE table", ("MUE ADJUDICATION INDICATOR", "MUE RATIONALE"), _read_one_setting)
FORM_OF_SETTINGS: Final = CompanionForm(
    "an MUE table of several settings", ("HCPCS", "MUE", "MAI", "RATIONALE", "SETTING"), _read_settings
)


def unit_facts(edition: Edition, row: EditionRow, _: Selection) -> Iterator[Fact]:
    """The maximum units in one setting, with the adjudication indicator in words."""
    value, mai, rationale = row.cells
    none_paid = "not billed in this setting" if rationale == _POLICY else "no unit is paid in this setting"
    qualifiers = Qualifiers(
        setting=SETTINGS[edition.kind],
        adjudication=mai,
        adjudication_meaning=meaning_of("mue_adjudication", mai),
        rationale=rationale,
        meaning=none_paid if int(value) == 0 else "",
    )
    yield fact_of_row(edition, row, FactSubject.LIMIT, int(value), qualifiers, "units of service")
