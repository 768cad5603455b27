"""NCCI procedure-to-procedure edits (PTP): pairs of codes that are not paid together, or only with a modifier.

Only pairs of two Level II codes are kept. A pair may have several rows; those with a deletion date are history. The
file doesn't say which setting it is for; its name does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hcpcs.companions.coded_meanings import meaning_of
from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row, parse_day
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition
from hcpcs.records.billing.billing_settings import BillingSetting

_COLUMNS: Final = ("COLUMN1", "COLUMN2", "DELETION_DATE", "MODIFIER_INDICATOR")
_CELLS: Final = ("column_2", "effective", "deleted", "modifier_indicator", "rationale")
_SETTINGS: Final = {
    "practitioner": EditionKind.PTP_PRACTITIONER,
    "outpatient": EditionKind.PTP_OUTPATIENT_HOSPITAL,
    "hospital": EditionKind.PTP_OUTPATIENT_HOSPITAL,
}
"""Words in the name of a file, or above its header, and the setting that they mean."""


def _read(table: FormTable) -> Iterator[PackedEdition]:
    builder = EditionBuilder(table, _setting(table), _CELLS, identity=None)
    for number, cells in table.rows():
        first, second = (table.cell(cells, name).upper() for name in ("COLUMN1", "COLUMN2"))
        if not (builder.admits(first, number) and builder.admits(second, number)):
            continue
        indicator = table.cell(cells, "MODIFIER_INDICATOR")[:1]
        if not meaning_of("ptp_modifier", indicator):
            raise table.error(f"modifier indicator: {indicator!r} is not 0, 1 or 9", number)
        days = [table.day(table.cell(cells, name), number) for name in ("EFFECTIVE_DATE", "DELETION_DATE")]
        rationale = table.cell(cells, "RATIONALE")
        builder.add(first, number, (second, *days, indicator, rationale), references=(second,))
    yield builder.finish()


def _setting(table: FormTable) -> EditionKind:
    text = f"{table.banner} {' '.join(table.file.names)}".lower()
    kind = next((kind for word, kind in _SETTINGS.items() if word in text), None)
    if kind is None:
        raise table.error("doesn't say if it is for practitioners or outpatient hospitals; add that to its name")
    return kind


FORM: Final = CompanionForm("a table of NCCI PTP edits", _COLUMNS, _read)


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
