"""When an edition is in force, as the text above its header or the name of its file says."""

from __future__ import annotations

from datetime import date

import pytest

from hcpcs.companions.edition import Edition, EditionKind
from hcpcs.companions.edition_days import days_of_texts, quarter_days
from hcpcs.companions.edition_kinds import EditionDate, has_newer

QUARTER, DAY, MONTH = EditionDate.QUARTER, EditionDate.DAY, EditionDate.MONTH


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("DMEPOS26_JAN.csv", "2026-01-01"),
        ("DMEPOS25-APR.xlsx", "2025-04-01"),
        ("MCR_MUE_DMESupplierServices_Eff_10-01-2026.csv", "2026-10-01"),
        ("medicare-ncci-2026-q4-dme-supplier-services-mue-table.zip", "2026-10-01"),
        ("ASP_pricing_2025Q4.csv", "2025-10-01"),
        ("DME Rural ZIP Code Quarter 1 2026.csv", "2026-01-01"),
        ("january-2026-asp-pricing-file.zip", "2026-01-01"),
        ("508 version of October 2025 Web Addendum B.10.31.25.csv", "2025-10-01"),
        ("NCCI_MUE_2024-07.csv", "2024-07-01"),
        ("april-2026-medicare-part-b-payment-limit-files-03-30-2026-final-file.zip", "2026-04-01"),
        ("2026 January Web Addendum B.12.29.25.csv", "2026-01-01"),
        ("cy-2026-april-opps-addendum-b.zip", "2026-04-01"),
        ("Practitioner PTP Edits v323r0 effective October 1, 2026", "2026-10-01"),
        ("dme26.zip", "2026-01-01"),
        ("dme26-c.zip", "2026-07-01"),
        ("DME25D", "2025-10-01"),
    ],
)
def test_a_name_states_the_quarter(name: str, first: str) -> None:
    days = days_of_texts("", [name], QUARTER)
    assert days is not None
    assert days.first.isoformat() == first


@pytest.mark.parametrize("name", ["2026.csv", "schedule.csv", "DMEPOS26.csv", "list_2026-13-40.csv", "x" * 1000])
def test_a_year_alone_is_not_a_quarter(name: str) -> None:
    assert days_of_texts("", [name], QUARTER) is None


def test_the_text_above_the_header_comes_before_the_name() -> None:
    days = days_of_texts("Effective April 1, 2026 through June 30, 2026", ["DMEPOS26_JAN.csv"], QUARTER)
    assert days == (date(2026, 4, 1), date(2026, 6, 30))
    broken = days_of_texts("Effective April 41, 2026 through June 30, 2026", ["DMEPOS26_JAN.csv"], QUARTER)
    assert broken is not None
    assert broken.first == date(2026, 1, 1)


def test_the_member_comes_before_its_archive() -> None:
    days = days_of_texts("", ["DMEPOS26_APR.csv", "dme26-jan.zip"], QUARTER)
    assert days is not None
    assert days.first == date(2026, 4, 1)


def test_each_quarter_ends_the_day_before_the_next() -> None:
    days = [quarter_days(2026, quarter) for quarter in (1, 2, 3, 4)]
    assert [(one.first.isoformat()[5:], one.last and one.last.isoformat()[5:]) for one in days] == [
        ("01-01", "03-31"),
        ("04-01", "06-30"),
        ("07-01", "09-30"),
        ("10-01", "12-31"),
    ]


def test_lists_hold_until_the_next_one() -> None:
    assert days_of_texts("", ["list_2026-07-29.csv"], DAY) == (date(2026, 7, 29), None)
    assert days_of_texts("", ["documents_2025-08.csv"], MONTH) == (date(2025, 8, 1), None)


def test_what_is_renewed_weekly_is_outdated_without_a_quarter() -> None:
    def of(kind: EditionKind, first: date) -> Edition:
        return Edition(
            kind=kind, label="", from_day=first, to_day=None, file="", digest="", rows=1, dropped=0, columns=()
        )

    export = of(EditionKind.POLICIES, date(2025, 8, 1))
    assert not has_newer(export, date(2025, 9, 15))
    assert has_newer(export, date(2026, 11, 26))
    assert not has_newer(of(EditionKind.PRIOR_AUTHORIZATION, date(2025, 8, 1)), date(2026, 11, 26))
