"""The links of a page: their addresses, the names behind license pages, and which of two issues is the later one."""

from __future__ import annotations

import pytest

from hcpcs.releases.download.page_links import PageLink, page_links

PAGE = "https://www.cms.gov/medicare/page"


def only(html: str) -> PageLink:
    (link,) = page_links(html, PAGE)
    return link


@pytest.mark.parametrize(
    ("href", "name", "licensed", "is_file"),
    [
        ("/files/zip/a.zip", "a.zip", False, True),
        ("/license/ama?file=/files/zip/a-f4.zip", "a-f4.zip", True, True),
        ("/apps/ama/license.asp?file=/files/zip/a%20b.zip", "a b.zip", True, True),
        ("page/dme26-c", "dme26-c", False, False),
        ("/licenses-of-suppliers/a.zip", "a.zip", False, True),
    ],
)
def test_a_link_is_named_after_the_file_behind_it(href: str, name: str, licensed: bool, is_file: bool) -> None:
    link = only(f'<a href="{href}">the file</a>')
    assert (link.name, link.is_licensed, link.is_file) == (name, licensed, is_file)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Limits - Preliminary", "Limits"),
        ("Limits", "Limits - Final"),
        ("Limits - Final", "Limits - Final (Updated 01/20/2026)"),
        ("Limits - Final (Updated 01/20/2026)", "Limits - Final (v2)"),
    ],
)
def test_the_later_issue_is_greater(earlier: str, later: str) -> None:
    first, second = (only(f'<a href="/files/zip/a.zip">{text}</a>') for text in (earlier, later))
    assert first.rank < second.rank


def test_a_date_of_a_correction_is_not_stated_of_the_edition() -> None:
    assert only('<a href="/a.zip">Addendum B - Updated July 2026</a>').stated == "Addendum B - "


@pytest.mark.parametrize("href", ["mailto:a@b", "javascript:x()", "http://[", "#top"])
def test_what_is_not_a_web_address_is_left_out_or_harmless(href: str) -> None:
    assert all(link.url.startswith("https://www.cms.gov/") for link in page_links(f'<a href="{href}">a</a>', PAGE))
