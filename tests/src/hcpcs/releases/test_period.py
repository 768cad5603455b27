"""Which release a file is, by its name and by its dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.releases.writing import a_record, fixed_text, put

from hcpcs.releases import read_release
from hcpcs.releases.period import Period, period_of_names, period_of_records


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("HCPC2025_OCT_ANWEB.txt", (2025, 10)),
        ("october-2025-alpha-numeric-hcpcs-file.reconstructed.zip", (2025, 10)),
        ("HCPC17_CONTR_ANWEB.txt", (2017, 1)),
        ("HCPC2018_CONTR_ANWEB_disc.txt", (2018, 1)),
        ("HCPC2020_ANWEB_w_disclaimer.xls", (2020, 1)),
        ("2020-Alpha-Numeric-HCPCS-File.zip", (2020, 1)),
        ("HCPC2020_APR_ANWEB.xlsx", (2020, 4)),
        ("HCPC2023_JAN_ANWEB_v3.xlsx", (2023, 1)),
        ("HCPC2024_JUL_ANWEB.rebuilt.csv", (2024, 7)),
        ("2024-07-procedures.rebuilt.csv.zip", (2024, 7)),
        ("NOC_codes_JUL2024.csv", (2024, 7)),
        ("HCPC2026_JAN_ANWEB_01122026.txt", (2026, 1)),
        ("april-2024-alpha-numeric-hcpcs-file-1.zip", (2024, 4)),
        ("march.txt", None),
        ("hcpcs.zip", None),
        ("Changes_by_ActionCode.prn", None),
        ("000_57b22dc929ab4c3e.txt", None),
        ("HCPC9999999.txt", None),
    ],
)
def test_names_tell_the_release(name: str, period: tuple[int, int] | None) -> None:
    assert period_of_names([name]) == period


def test_the_first_telling_name_counts() -> None:
    assert period_of_names(["release.txt", "HCPC2020_APR.zip"]) == Period(2020, 4)
    assert period_of_names(["HCPC2020_OCT.txt", "HCPC2020_APR.zip"]) == Period(2020, 10)


def test_labels_are_what_people_say() -> None:
    assert Period(2017, 1).label == "HCPCS January 2017"
    assert (Period(2025, 10).id, Period(2025, 10).effective) == ("2025-10", date(2025, 10, 1))


def test_dates_tell_the_quarter_and_a_few_dated_ahead_do_not() -> None:
    records = [a_record(f"E{n:04}", action_effective_date=date(2018, 1, 15)) for n in range(20)]
    ahead = [a_record("G9890", added_date=date(2018, 4, 1), action_effective_date=date(2018, 4, 1))]
    assert period_of_records([*records, *ahead]) == Period(2018, 1)
    assert period_of_records(ahead) == Period(2018, 4)
    assert period_of_records([a_record(added_date=None, action_effective_date=None)]) is None


def test_a_name_that_tells_nothing_is_said(tmp_path: Path) -> None:
    record = a_record(action_effective_date=date(2025, 11, 15))
    result = read_release(put(tmp_path, "download.txt", fixed_text(record)))
    assert result.release.id == "2025-10"
    assert result.warnings == (
        "The file name doesn't say which release it is; its newest dates are from HCPCS October 2025.",
    )


def test_a_name_that_the_dates_gainsay_is_said(tmp_path: Path) -> None:
    records = [a_record(f"E{n:04}", action_effective_date=date(2025, 10, 1)) for n in range(1000)]
    result = read_release(put(tmp_path, "HCPC2017.txt", fixed_text(*records)))
    assert result.release.id == "2017-01"
    assert result.warnings == (
        "The file name says HCPCS January 2017, but the newest dates in it are from HCPCS October 2025.",
    )
