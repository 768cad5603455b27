"""CMS's page, as it is and as it might be: the newest release is found, or a clear word is said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs.errors import DownloadError
from hcpcs.releases.download.quarterly_page import QUARTERLY_PAGE, newest_release, release_links


def page(*links: str) -> str:
    return "<html><body><ul>" + "".join(f"<li>{link}</li>" for link in links) + "</ul></body></html>"


def newest(*links: str) -> str:
    return newest_release(page(*links), QUARTERLY_PAGE).url


CMS = "https://www.cms.gov"
LINK = '<a href="/files/zip/{lower}-2025-alpha-numeric-hcpcs-file.zip">{name} 2025 Alpha-Numeric HCPCS File (ZIP)</a>'
OCTOBER = LINK.format(lower="october", name="October")
JULY = LINK.format(lower="july", name="July")


@pytest.mark.parametrize("links", [(OCTOBER, JULY), (JULY, OCTOBER)])
def test_the_newest_is_found_wherever_it_stands(links: tuple[str, ...]) -> None:
    assert newest(*links) == f"{CMS}/files/zip/october-2025-alpha-numeric-hcpcs-file.zip"


@pytest.mark.parametrize(
    ("link", "period"),
    [
        ('<a href="../zip/a.zip">January 2026 Alpha-Numeric HCPCS File (ZIP)</a>', "2026-01"),
        ('<a href="https://www.cms.gov/files/zip/october-2024-alpha-numeric-hcpcs-files.zip">here</a>', "2024-10"),
        ('<A HREF="/X.ZIP">JULY 2024 ALPHA-NUMERIC HCPCS FILE (ZIP)</A>', "2024-07"),
        ('<a href="/f.zip"><span>Apr&nbsp;2023</span> Alphanumeric <b>HCPCS</b> file</a>', "2023-04"),
        (
            '<a href="/files/zip/2020-alpha-numeric-hcpcs-file.zip">2020 Alpha-Numeric HCPCS File (ZIP)</a>',
            "2020-01",
        ),
        ('<a href="/f.zip">HCPCS - Alpha Numeric, October 2025</a>', "2025-10"),
        ('<a href="/f/HCPC2025_OCT_ANWEB.zip">the file</a>', "2025-10"),
        ('<a href="/october%202025%20alpha-numeric%20hcpcs%20file.zip">file</a>', "2025-10"),
        ('<a href="/f.zip" title="October 2025 Alpha-Numeric HCPCS File">(ZIP)</a>', "2025-10"),
        (
            '<a href="/october-2025-alpha-numeric-hcpcs">October 2025 Alpha-Numeric HCPCS File (ZIP, 2 MB)</a>',
            "2025-10",
        ),
        ("<a href='/oct.zip'>October 2025 Alpha-Numeric HCPCS File (ZIP) - Updated 09/10/2026</a>", "2025-10"),
    ],
)
def test_links_are_read_in_every_form(link: str, period: str) -> None:
    assert newest_release(page(link), QUARTERLY_PAGE).period.id == period


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/files/zip/2025-hcpcs-noc-codes.zip">October 2025 HCPCS NOC Alpha-Numeric Codes (ZIP)</a>',
        '<a href="/files/zip/2017-HCPCS-Alpha-Numeric-Corrections.zip">2026 Corrections (ZIP)</a>',
        '<a href="/files/document/alpha-numeric-hcpcs-2026.pdf">2026 Alpha-Numeric HCPCS Record Layout (PDF)</a>',
        '<a href="/files/zip/2026-alpha-numeric-index.zip">2026 Alpha-Numeric HCPCS Index (ZIP)</a>',
        '<a href="/files/zip/icd-10-2026.zip">2026 ICD-10 (ZIP)</a>',
        '<a href="mailto:hcpcs@cms.hhs.gov">2026 Alpha-Numeric HCPCS File (ZIP)</a>',
        '<a href="https://[broken/2026-alpha-numeric-hcpcs-file.zip">2026 Alpha-Numeric HCPCS File (ZIP)</a>',
        '<a href="/files/zip/alpha-numeric-hcpcs-file.zip">Alpha-Numeric HCPCS File (ZIP)</a>',
        "<a>2026 Alpha-Numeric HCPCS File (ZIP)</a>",
    ],
)
def test_other_links_are_passed_over(link: str) -> None:
    assert newest(link, JULY).endswith("/july-2025-alpha-numeric-hcpcs-file.zip")


@pytest.mark.parametrize(
    "corrected",
    [
        '<a href="/oct-v2.zip">October 2025 Alpha-Numeric HCPCS File (v2) (ZIP)</a>',
        '<a href="/oct-v2.zip">October 2025 Alpha-Numeric HCPCS File (ZIP)</a> - Updated 09/29/2025',
        '<a href="/oct-v2.zip">October 2025 Alpha-Numeric HCPCS File - CORRECTED (ZIP)</a>',
    ],
)
def test_a_corrected_file_goes_before_the_one_it_corrects(corrected: str) -> None:
    assert newest(OCTOBER, corrected) == f"{CMS}/oct-v2.zip"
    assert newest(corrected, OCTOBER) == f"{CMS}/oct-v2.zip"


def test_the_later_of_two_updates_counts_and_a_remark_belongs_to_the_link_before_it() -> None:
    early = '<a href="/a.zip">October 2025 Alpha-Numeric HCPCS File (ZIP)</a> - Updated 9/1/2025'
    late = '<a href="/b.zip">October 2025 Alpha-Numeric HCPCS File (ZIP)</a> - Updated 10/2/25'
    assert newest(late, early) == f"{CMS}/b.zip"
    assert release_links(page(late, early), QUARTERLY_PAGE)[0].issue.updated == date(2025, 10, 2)


def test_relative_links_follow_the_base_of_the_page() -> None:
    html = '<base href="https://files.cms.gov/zips/"><a href="oct.zip">October 2025 Alpha-Numeric HCPCS File</a>'
    assert newest_release(html, QUARTERLY_PAGE).url == "https://files.cms.gov/zips/oct.zip"


@pytest.mark.parametrize("html", ["", "<html></html>", page('<a href="/x.zip">Download</a>'), "PK\x03\x04", "<![x"])
def test_a_page_of_another_layout_is_named_as_such(html: str) -> None:
    with pytest.raises(DownloadError, match="hcpcs load FILE"):
        newest_release(html, QUARTERLY_PAGE)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    html = f"<a href='{text}'>October 2025 Alpha-Numeric HCPCS {text}</a>{text}"
    try:
        links = release_links(html, QUARTERLY_PAGE)
    except DownloadError:
        return
    assert all(link.url.startswith(("https://", "http://")) for link in links)
