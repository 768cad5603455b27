"""DMEPOS fee schedules: for each code and its modifiers, an amount per state, with and without the rural adjustment.

A column per area and kind (``TX (NR)``, ``TX (R)``; ``TXNR``, ``TXR`` in PDAC's form). ``0`` means that there is no
such amount: a rural column has it for all items that are not adjusted, ceiling and floor for items without limits. The
schedule of parenteral and enteral nutrition (PEN, ``DMEPEN26_JAN.csv`` in the same archive) has neither categories nor
limits. The ``.txt`` of the archive isn't read: no document of CMS says which of its rows are rural.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Final, Literal

from hcpcs.companions.coded_meanings import meaning_of
from hcpcs.companions.companion_form import CompanionForm, EditionBuilder, FormTable, fact_of_row
from hcpcs.companions.edition import Edition, EditionKind, Fact, FactSubject, Selection
from hcpcs.companions.edition_days import EditionDays, days_from
from hcpcs.companions.edition_kinds import EditionDate
from hcpcs.companions.qualifiers import Qualifiers
from hcpcs.companions.storage.packed_rows import EditionRow, PackedEdition
from hcpcs.releases.record_layout import parse_date

_COLUMNS: Final = ("HCPCS", "MOD", "MOD2", "CATG", "ALNR", "ALR")
_COLUMNS_OF_NUTRITION: Final = ("HCPCS", "MOD", "MOD2", "ALNR", "ALR", "DESC")
_NUTRITION: Final = "PE"
"""The payment category of parenteral and enteral nutrition, which its schedule doesn't state."""
_AREA: Final = re.compile(r"([A-Z]{2})(NR|R)")
_NOT_RURAL: Final = "NR"
_RURAL: Final = "R"
_NO_AMOUNT: Final = frozenset({"", "0"})
_FIXED: Final = ("modifier_1", "modifier_2", "jurisdiction", "category", "ceiling", "floor")
_RENTED: Final = "RR"
_DAILY: Final = frozenset({"E0935", "E0936"})
"""Rented items that are paid by the day: continuous passive motion devices.

Source: Medicare Claims Processing Manual, chapter 20, section 30.2.1.
"""


def _read(table: FormTable) -> Iterator[PackedEdition]:
    return _read_as(table, EditionKind.DMEPOS)


def _read_nutrition(table: FormTable) -> Iterator[PackedEdition]:
    return _read_as(table, EditionKind.PEN)


def _read_as(table: FormTable, kind: EditionKind) -> Iterator[PackedEdition]:
    areas = [name for name in table.header.columns if _AREA.fullmatch(name)]
    builder = EditionBuilder(table, kind, (*_FIXED, *areas), identity=2)
    periods: set[tuple[str, str]] = set()
    for number, cells in table.rows():
        code = table.cell(cells, "HCPCS").upper()
        if not builder.admits(code, number):
            continue
        modifiers = [table.cell(cells, name).upper() for name in ("MOD", "MOD2")]
        category = table.cell(cells, "CATG") or (_NUTRITION if kind is EditionKind.PEN else "")
        kinds = [table.cell(cells, "JURIS"), category]
        limits = [table.amount(table.cell(cells, name), name, number) for name in ("CEILING", "FLOOR")]
        amounts = table.amounts(cells, areas, number)
        builder.add(code, number, (*modifiers, *kinds, *limits, *amounts))
        periods.add((table.cell(cells, "FROMDATE"), table.cell(cells, "TODATE")))
    yield builder.finish(_days(table, periods))


def _days(table: FormTable, periods: set[tuple[str, str]]) -> EditionDays | None:
    """The days that the rows state, in PDAC's form; ``None`` in CMS's, whose files are named after their quarter."""
    if len(periods) > 1:
        raise table.error("has rows of several quarters; load one quarter per file")
    first = next(iter(periods), ("", ""))[0]
    try:
        day = parse_date(first)
    except ValueError as error:
        raise table.error(f"FROMDATE: {error}") from error
    return None if day is None else days_from(day, EditionDate.QUARTER)


FORM: Final = CompanionForm("a DMEPOS fee schedule", _COLUMNS, _read)
FORM_OF_NUTRITION: Final = CompanionForm(
    "a fee schedule of parenteral and enteral nutrition", _COLUMNS_OF_NUTRITION, _read_nutrition
)


def fee_facts(edition: Edition, row: EditionRow, selection: Selection) -> Iterator[Fact]:
    """The amounts of a row; an amount that the schedule doesn't have is ``None``.

    Without an area, the ceiling and floor come first, then every area that has an amount.
    """
    first, second, jurisdiction, category, ceiling, floor = row.cells[: len(_FIXED)]
    modifiers = tuple(modifier for modifier in (first, second) if modifier)
    if selection.modifiers is not None and sorted(selection.modifiers) != sorted(modifiers):
        return
    unit = unit_of(row.key, modifiers)

    def fact(
        text: str, area: str | None = None, rural: bool | None = None, limit: Literal["ceiling", "floor"] | None = None
    ) -> Fact:
        value = None if text in _NO_AMOUNT else Decimal(text)
        qualifiers = _qualifiers(modifiers, category, jurisdiction, area, rural, limit)
        return fact_of_row(edition, row, FactSubject.AMOUNT, value, qualifiers, unit)

    if selection.area is None and selection.extremes and (wanted := _extremes(edition, row)):
        pass
    elif selection.area is None:
        if selection.rural is None:
            if ceiling not in _NO_AMOUNT:
                yield fact(ceiling, limit="ceiling")
            if floor not in _NO_AMOUNT:
                yield fact(floor, limit="floor")
        wanted = [index for index in range(len(_FIXED), len(row.cells)) if row.cells[index] not in _NO_AMOUNT]
    else:
        kinds = {None: (_NOT_RURAL, _RURAL), True: (_RURAL,), False: (_NOT_RURAL,)}[selection.rural]
        columns = (selection.area + kind for kind in kinds)
        wanted = [edition.columns.index(column) for column in columns if column in edition.columns]
    for index in wanted:
        column = edition.columns[index]
        rural = column[2:] == _RURAL
        if selection.rural in (None, rural):
            yield fact(row.cells[index], area=column[:2], rural=rural)


def _extremes(edition: Edition, row: EditionRow) -> list[int]:
    """The places of the lowest and the highest amount of a row, not rural and rural; of equal ones the first."""
    places: list[int] = []
    columns = edition.columns
    for kind in (_NOT_RURAL, _RURAL):
        amounts = [
            (Decimal(row.cells[place]), place)
            for place in range(len(_FIXED), len(row.cells))
            if columns[place][2:] == kind and row.cells[place] not in _NO_AMOUNT
        ]
        if amounts:
            lowest, highest = (pick(amounts, key=itemgetter(0)) for pick in (min, max))
            places += [lowest[1]] if lowest[0] == highest[0] else [lowest[1], highest[1]]
    return places


@lru_cache(maxsize=2048)
def _qualifiers(
    modifiers: tuple[str, ...],
    category: str,
    jurisdiction: str,
    area: str | None,
    rural: bool | None,
    limit: Literal["ceiling", "floor"] | None,
) -> Qualifiers:
    """What an amount holds for. A row has more than a hundred, which most rows share."""
    return Qualifiers(
        modifiers=modifiers,
        category=category,
        category_meaning=meaning_of("fee_category", category),
        jurisdiction=jurisdiction,
        jurisdiction_meaning=meaning_of("jurisdiction", jurisdiction),
        area=area,
        rural=rural,
        limit=limit,
    )


def unit_of(code: str, modifiers: tuple[str, ...]) -> str:
    """The unit of an amount: a month's (or a day's) rent with RR, else the price."""
    if _RENTED not in modifiers:
        return "USD"
    return "USD per day" if code in _DAILY else "USD per month"
