"""ASP NDC-HCPCS crosswalks: for each drug product its code, and the billing units per vial and per package.

The archive has a crosswalk per list of prices: ASP, AWP and OPPS, all in this form. A billing unit is in each of them
that of the code's descriptor, so that their products are one edition; a product of another list than ASP says so.

CMS names the code column after the year (``_2026_CODE``). Some products have another identifier than an NDC: a UPC or
a catalog number. The form that is typed from a page may call the NDC column ``NDC``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row, trusted
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.ndc import is_ndc, ndc_keys
from hcpcs.companions.qualifiers import ProductIdentifier, Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition

_COLUMNS: Final = ("DRUG NAME", "LABELER NAME", "HCPCS DOSAGE", "BILLUNITS", "BILLUNITSPKG")
_CODE_COLUMN: Final = re.compile(r"(?:[0-9]{4}|HCPCS?)CODE|HCPCS?")
_NDC_COLUMN: Final = re.compile(r"NDC2?")
_CELLS: Final = {
    "labeler": "LABELER NAME",
    "drug": "DRUG NAME",
    "dosage": "HCPCS DOSAGE",
    "package_size": "PKG SIZE",
    "package_quantity": "PKG QTY",
    "billing_units": "BILLUNITS",
    "billing_units_per_package": "BILLUNITSPKG",
}
_OTHER_LIST: Final = re.compile(r"\b(AWP|OPPS)[ _-]+NDC")
_NUMBERS: Final = ("PKG SIZE", "PKG QTY", "BILLUNITS", "BILLUNITSPKG")


def _read(table: FormTable) -> Iterator[PackedEdition]:
    code_column = _column(table, _CODE_COLUMN, "code")
    ndc_column = _column(table, _NDC_COLUMN, "NDC")
    builder = EditionBuilder(table, EditionKind.NDC, ("ndc", *_CELLS, "notes"), identity=None)
    other = _OTHER_LIST.search(f"{table.file.names[0]} {table.banner}".upper())
    notes = f"{other[1]} crosswalk" if other else ""
    for number, cells in table.rows():
        code = table.cell(cells, code_column).upper()
        if not builder.admits(code, number):
            continue
        for column in _NUMBERS:
            table.amount(table.cell(cells, column), column, number)
        ndc = table.cell(cells, ndc_column)
        if not ndc:
            raise table.error(f"{code} has no NDC", number)
        stated = [table.cell(cells, column) for column in _CELLS.values()]
        builder.add(code, number, (ndc, *stated, notes), references=ndc_keys(ndc))
    yield builder.finish()


def _column(table: FormTable, pattern: re.Pattern[str], what: str) -> str:
    name = next((name for name in table.header.columns if pattern.fullmatch(name)), None)
    if name is None:
        raise table.error(f"lacks the {what} column of a crosswalk", table.header.row)
    return name


FORM: Final = CompanionForm("an ASP NDC-HCPCS crosswalk", _COLUMNS, _read)


def product_facts(edition: Edition, row: EditionRow, selection: Selection) -> Iterator[Fact]:
    """The product of a row: ``value`` is its NDC as CMS writes it, ``code`` the code that it is billed with."""
    ndc, *stated = row.cells
    if selection.other_code is not None and not set(ndc_keys(ndc)) & set(ndc_keys(selection.other_code)):
        return
    identifier = ProductIdentifier.NDC if is_ndc(ndc) else ProductIdentifier.OTHER
    qualifiers = Qualifiers.defaults()
    qualifiers.update(zip(edition.columns[1:], stated, strict=True))
    qualifiers["identifier"] = identifier
    yield fact_of_row(edition, row, FactSubject.NDC, ndc, trusted(Qualifiers, qualifiers))
