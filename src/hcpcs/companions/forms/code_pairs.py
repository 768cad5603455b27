"""NCCI procedure-to-procedure edits (PTP): pairs of codes that are not paid together, or only with a modifier.

Only pairs of two Level II codes are kept. A pair may have several rows; those with a deletion date are history. The
file doesn't say which setting it is for; its name does. CMS publishes a setting in four files (``ccipra-v322r0-f1`` to
``f4``), sorted by the first code, so that all pairs of Level II codes are in the last. Its texts have a header of three
rows, its workbooks one of three lines per cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hcpcs.companions.coded_meanings import meaning_of
from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row, parse_day
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition
from hcpcs.records.billing.billing_settings import BillingSetting

_COLUMNS: Final = ("COLUMN1", "COLUMN2", "DELETION_DATE", "MODIFIER_INDICATOR")
_COLUMNS_OF_TEXT: Final = ("COLUMN1", "COLUMN2", "EFFECTIVE", "DELETION", "MODIFIER")
_COLUMNS_OF_WORKBOOK: Final = ("COLUMN1", "COLUMN2", "EFFECTIVE DATE")
_WORDS: Final = ("EFFECTIVE", "DELETION", "MODIFIER", "RATIONALE")
"""The words in the names of the other columns, whatever else is in them."""
_EARLIER_PART: Final = re.compile(r"-f[123]\b")
_CELLS: Final = ("column_2", "effective", "deleted", "modifier_indicator", "rationale")
_SETTINGS: Final = {
    "practitioner": EditionKind.PTP_PRACTITIONER,
    "ccipra": EditionKind.PTP_PRACTITIONER,
    "ccioph": EditionKind.PTP_OUTPATIENT_HOSPITAL,
    "outpatient": EditionKind.PTP_OUTPATIENT_HOSPITAL,
    "hospital": EditionKind.PTP_OUTPATIENT_HOSPITAL,
}
"""Words in the name of a file, or above its header, and the setting that they mean."""


def _read(table: FormTable) -> Iterator[PackedEdition]:
    builder = EditionBuilder(table, _setting(table), _CELLS, identity=None)
    effective, deletion, modifier, rationale_column = (_column(table, word) for word in _WORDS)
    kept = False
    for number, cells in table.rows():
        first, second = (table.cell(cells, name).upper() for name in ("COLUMN1", "COLUMN2"))
        if not first and not second:
            # The second and third row of the header.
            continue
        if not (builder.admits(first, number) and builder.admits(second, number)):
            continue
        kept = True
        indicator = table.cell(cells, modifier)[:1]
        if not meaning_of("ptp_modifier", indicator):
            raise table.error(f"modifier indicator: {indicator!r} is not 0, 1 or 9", number)
        days = [table.day(table.cell(cells, name), number) if name else "" for name in (effective, deletion)]
        rationale = table.cell(cells, rationale_column)
        builder.add(first, number, (second, *days, indicator, rationale), references=(second,))
    if not kept and _EARLIER_PART.search(" ".join(table.file.names).lower()):
        raise table.error(
            "has no pair of two Level II codes; they are in the last of CMS's four files (f4): load that one"
        )
    yield builder.finish()


def _column(table: FormTable, word: str) -> str:
    """The column with a word in its name; blank if there is none."""
    return next((name for name in table.header.columns if word in name), "")


def _setting(table: FormTable) -> EditionKind:
    text = f"{table.banner} {' '.join(table.file.names)}".lower()
    kind = next((kind for word, kind in _SETTINGS.items() if word in text), None)
    if kind is None:
        raise table.error("doesn't say if it is for practitioners or outpatient hospitals; add that to its name")
    return kind


_WHAT: Final = "a table of NCCI PTP edits"
FORM: Final = CompanionForm(_WHAT, _COLUMNS, _read)
FORM_OF_TEXT: Final = CompanionForm(_WHAT, _COLUMNS_OF_TEXT, _read)
FORM_OF_WORKBOOK: Final = CompanionForm(_WHAT, _COLUMNS_OF_WORKBOOK, _read)


def pair_facts(edition: Edition, row: EditionRow, selection: Selection) -> Iterator[Fact]:
    """The edit of a pair: ``value`` is the modifier indicator. It holds until its deletion date."""
    second, effective, deleted, indicator, rationale = row.cells
    if selection.other_code is not None and selection.other_code not in (row.key, second):
        return
    practitioner = edition.kind is EditionKind.PTP_PRACTITIONER
    qualifiers = Qualifiers(
        column_2=second,
        meaning=meaning_of("ptp_modifier", indicator),
        rationale=rationale,
        setting=BillingSetting.PRACTITIONER if practitioner else BillingSetting.OUTPATIENT_HOSPITAL,
    )
    fact = fact_of_row(edition, row, FactSubject.BILLED_TOGETHER, indicator, qualifiers)
    yield fact.model_copy(update={"first_day": parse_day(effective), "last_day": parse_day(deleted)})
