"""The documented record page, with markup or without."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.releases.writing import put

from hcpcs.errors import ReleaseError
from hcpcs.releases import read_release

PAGE = """

S9353

**HOME INFUSION THERAPY**

<i>HCPCS Code</i>\tS9353\t<p>The Healthcare Common Procedure Coding System.</p>
<p><i>Code Description</i></p>\t<p>Home infusion therapy &amp; more</p>\t<p>All text.</p>
<i>Short Description</i>\tHit cont insulin diem\tShort text.
<i>Pricing Indicator Code #1</i>\t00\tMethod.
<i>Pricing Indicator Code #1 Description</i>\tService not separately priced\tDescription
<i>Pricing Indicator Code #2</i>\t57\tMethod.
<i>Coverage Code</i>\tI\tA code denoting Medicare coverage status.
<i>Type Of Service Code #1</i>\t9\tThe type.
<i>Anesthesia Base Unit Quantity</i>\t0\tUnits.
<i>Code Added Date</i>\t20020101\tThe year.
<i>Action Code</i>\tN\tA code.
<i>Last Update Date</i>\t2026\t
"""


def test_a_page_is_a_record(tmp_path: Path) -> None:
    result = read_release(put(tmp_path, "000_57b22.txt", PAGE.encode()))
    (record,) = result.records
    assert record.code == "S9353"
    assert record.long_description == "Home infusion therapy & more"
    assert record.pricing_indicators == ("00", "57")
    assert (record.coverage, record.types_of_service, record.anesthesia_base_units) == ("I", ("9",), 0)
    assert record.added_date == date(2002, 1, 1)
    assert result.partial
    assert (result.release.id, result.release.label) == ("2026-01", "HCPCS record page, 2026")
    assert result.warnings == ()


def test_a_page_without_tags_or_with_several_codes_reads_too(tmp_path: Path) -> None:
    bare = PAGE.replace("<i>", "").replace("</i>", "")
    both = bare + bare.replace("S9353", "S9328").replace("2026", "2025")
    result = read_release(put(tmp_path, "pages.txt", both.encode()))
    assert [record.code for record in result.records] == ["S9353", "S9328"]
    assert result.release.procedures == 2
    assert result.release.id == "2026-01"


def test_a_page_without_its_year_is_dated_by_its_record(tmp_path: Path) -> None:
    result = read_release(put(tmp_path, "page.txt", PAGE.replace("Last Update Date", "x").encode()))
    assert result.partial
    assert result.release.id == "2002-01"
    assert result.warnings == (
        "The file name doesn't say which release it is; its newest dates are from HCPCS January 2002.",
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("\tS9353\t", "\tS93\t", "line 7: 'S93' is not a HCPCS code"),
        ("Code Description", "x", "line 7: S9353 has no long description"),
        ("20020101", "2002", "line 7: S9353, ADD DT: '2002' is not a date (YYYYMMDD)"),
    ],
)
def test_a_broken_page_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    with pytest.raises(ReleaseError) as caught:
        read_release(put(tmp_path, "page.txt", PAGE.replace(old, new).encode()))
    assert str(caught.value) == f"page.txt, {reason}"
