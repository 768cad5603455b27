"""The Required Prior Authorization List: the items that need prior authorization, by state and day.

CMS phases items in: first in some states, later in all (``US``). Each phase is a row with the day of its start.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition
from hcpcs.releases.record_layout import parse_date

_COLUMNS: Final = ("HCPCS", "CATEGORY", "EFFECTIVE", "STATES")
NATIONWIDE: Final = "US"
"""What the list has for all states."""


def _read(table: FormTable) -> Iterator[PackedEdition]:
    builder = EditionBuilder(table, EditionKind.PRIOR_AUTHORIZATION, ("effective", "states", "category"), identity=1)
    for number, cells in table.rows():
        code = table.cell(cells, "HCPCS").upper()
        if not builder.admits(code, number):
            continue
        try:
            effective = parse_date(table.cell(cells, "EFFECTIVE"))
        except ValueError as error:
            raise table.error(f"{code}, EFFECTIVE: {error}", number) from error
        states = table.cell(cells, "STATES").upper().replace(",", " ").split()
        if effective is None or not states or any(len(state) != 2 for state in states):
            raise table.error(f"{code} lacks the day or the states of its phase", number)
        builder.add(code, number, (effective.isoformat(), " ".join(states), table.cell(cells, "CATEGORY")))
    yield builder.finish()


FORM: Final = CompanionForm("a Required Prior Authorization List", _COLUMNS, _read)


def authorization_facts(edition: Edition, row: EditionRow, selection: Selection) -> Iterator[Fact]:
    """One phase: required from its day in its states; with an area, only the phases of that area."""
    effective, states, category = row.cells
    if selection.area is not None and not {selection.area, NATIONWIDE} & set(states.split()):
        return
    qualifiers = Qualifiers(states=tuple(states.split()), category=category)
    fact = fact_of_row(edition, row, FactSubject.PRIOR_AUTHORIZATION, "required", qualifiers)
    yield fact.model_copy(update={"first_day": date.fromisoformat(effective), "last_day": None})
