"""A page of links as on cms.gov, and the small releases that it links to."""

from __future__ import annotations

from tests.bot.some_releases import JANUARY, JULY, OCTOBER
from tests.src.hcpcs.releases.writing import fixed_text, zip_of

ZIPS = {
    "october": zip_of({"HCPC2025_OCT_ANWEB.txt": fixed_text(*OCTOBER.records), "README.txt": b"read me"}),
    "july": zip_of({"HCPC2025_JUL_ANWEB.txt": fixed_text(*JULY.records)}),
    "january": zip_of({"HCPC2026_JAN_ANWEB.txt": fixed_text(*JANUARY.records)}),
    "october-v2": zip_of({"HCPC2025_OCT_ANWEB.txt": fixed_text(*JULY.records)}),
}


def link(name: str, year: int = 2025, note: str = "") -> str:
    month = name.partition("-")[0]
    return (
        f'<a href="/files/zip/{name}-{year}-alpha-numeric-hcpcs-file.zip">{month.title()} {year} Alpha-Numeric HCPCS '
        f"File{note} (ZIP)</a>"
    )


def path_of(name: str, year: int = 2025) -> str:
    return f"/files/zip/{name}-{year}-alpha-numeric-hcpcs-file.zip"
