"""The table that lists and filters are made from: made once per catalog and day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from tests.bot.some_releases import JANUARY, OCTOBER

from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs_bot.http.terminology import code_rows
from hcpcs_bot.http.terminology.code_rows import code_table, renew_table

DAY = date(2026, 1, 15)


def test_a_table_is_made_once_and_its_words_serve_later_days(desk: Desk) -> None:
    table = code_table(desk.catalog, DAY)
    assert code_table(desk.catalog, DAY) is table
    later = code_table(desk.catalog, date(2026, 1, 16))
    assert later is not table
    assert later.words is table.words


def test_a_catalog_taken_into_use_gets_its_table_where_tables_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_rows, "_TABLES", code_rows._CachedTables())
    made: list[date] = []
    rows = code_rows._rows

    def noting(catalog: Catalog, day: date) -> Iterator[code_rows.CodeRow]:
        made.append(day)
        return rows(catalog, day)

    monkeypatch.setattr(code_rows, "_rows", noting)
    former, newer = (Catalog.build([release]) for release in (OCTOBER, JANUARY))
    renew_table(newer, DAY)
    assert made == []
    code_table(former, DAY)
    renew_table(newer, DAY)
    code_table(newer, DAY)
    assert made == [DAY, DAY]


def test_tables_of_different_catalogs_are_different() -> None:
    one, other = (code_table(Catalog.build([release]), DAY) for release in (OCTOBER, JANUARY))
    assert ("S9359" in one.positions, "S9359" in other.positions) == (False, True)


@pytest.mark.parametrize(
    ("code", "day", "active"),
    [
        ("S9328", date(2025, 9, 30), True),
        ("S9328", date(2025, 10, 1), False),
        ("E0788", date(2025, 9, 30), False),
        ("E0788", date(2025, 10, 1), True),
        ("J9999", date(2025, 12, 31), True),
        ("J9999", date(2026, 1, 1), False),
    ],
)
def test_a_code_is_active_from_its_first_day_to_its_last_or_until_cms_removed_it(
    desk: Desk, code: str, day: date, active: bool
) -> None:
    table = code_table(desk.catalog, day)
    assert table.rows[table.positions[code]].active is active
