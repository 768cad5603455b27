"""CMS's pages of companion files, as they are in 2026, with small files behind them."""

from __future__ import annotations

from collections.abc import Sequence

from tests.cms_server import CmsServer, Served
from tests.src.hcpcs.companions.companion_files import (
    FEE_HEADER,
    FEE_ROWS,
    LIMIT_HEADER,
    LIMIT_ROWS,
    NDC_HEADER,
    NDC_ROWS,
    ZIP_HEADER,
    csv_of,
    zip_of_files,
)

from hcpcs_bot.updates.companion_pages import CMS_SITE, CompanionPage, companion_pages

QUARTERS = {"January": "March 31", "April": "June 30", "July": "September 30", "October": "December 31"}
MUE_HEADER = ("HCPCS/CPT Code", "{} MUE Values", "MUE Adjudication Indicator", "MUE Rationale")
MUE_ROWS = (
    ("J1745", "150", "3 Date of Service Edit: Clinical", "Prescribing Information"),
    ("E0601", "1", "2", "Policy"),
)
SETTINGS = {
    "practitioner-services": "Practitioner Services",
    "facility-outpatient-hospital-services": "Outpatient Hospital Services",
    "dme-supplier-services": "DME Supplier Services",
}

Rows = Sequence[Sequence[str]]


def limits_zip(month: str, year: int, rows: Rows = LIMIT_ROWS) -> bytes:
    """An archive of payment limits, whose table says from when to when it is in force."""
    banner = (("Payment Allowance Limits",), (f"Effective {month} 1, {year} through {QUARTERS[month]}, {year}",))
    return zip_of_files({"508 version of limits.csv": csv_of([*banner, LIMIT_HEADER, *rows])})


def fees_zip(month: str, year: int, rows: Rows = FEE_ROWS) -> bytes:
    """An archive of a fee schedule, whose tables are named after their month only, with the rural ZIP codes."""
    quarter = f"{year}0{list(QUARTERS).index(month) + 1}"
    fees = csv_of([("DMEPOS Fee Schedule",), (f"{month} {year}",), FEE_HEADER, *rows])
    zips = csv_of([ZIP_HEADER, ("TX", "79936", quarter, "RURAL")])
    return zip_of_files({f"DMEPOS_{month[:3].upper()}.csv": fees, "DME Rural ZIP Code.csv": zips, "READ.pdf": b"%PDF"})


def crosswalk_zip(month: str, year: int) -> bytes:
    """An archive of the NDC crosswalk."""
    banner = (
        (f"{month} {year} ASP NDC - HCPCS Crosswalk",),
        (f"Effective {month} 1, {year} through {QUARTERS[month]}, {year}",),
    )
    return zip_of_files({"508 version of crosswalk.csv": csv_of([*banner, NDC_HEADER, *NDC_ROWS])})


def units_zip(setting: str) -> bytes:
    """An archive of an MUE table, whose date is only in the archive's name."""
    header = [name.format(SETTINGS[setting]) for name in MUE_HEADER]
    return zip_of_files({"MCR_MUE.csv": csv_of([("A notice.",), header, *MUE_ROWS])})


class CompanionSite:
    """The pages and files of a server, and the table of pages at its address."""

    def __init__(self, cms: CmsServer) -> None:
        self.cms = cms
        self.pages = {page.kind.value: page.at_site(cms.address) for page in companion_pages()}
        limits, crosswalk = "medicare-part-b-payment-limit-files", "january-2026-ndc-hcpcs-crosswalk-final.zip"
        self.put(
            "asp",
            self.link(f"january-2026-{limits}-final.zip", "January 2026 Medicare Part B Payment Limit Files - Final"),
            self.link(f"october-2025-{limits}.zip", "October 2025 Medicare Part B Payment Limit Files"),
            self.link("january-2026-noc-pricing-file.zip", "January 2026 NOC Payment Limit File"),
            self.link(crosswalk, "January 2026 NDC-HCPCS Crosswalk - Final"),
        )
        self.file(f"january-2026-{limits}-final.zip", limits_zip("January", 2026))
        self.file(f"october-2025-{limits}.zip", limits_zip("October", 2025))
        self.file(crosswalk, crosswalk_zip("January", 2026))
        fees = self.path("dmepos")
        self.put("dmepos", f'<a href="{fees}/dme26">DME26-A</a>', f'<a href="{fees}/dme25-d">DME25-D</a>')
        self.page_at(
            f"{fees}/dme26", self.link("dme26.zip", "DME26-A (ZIP)"), self.link("dmepen26.zip", "DME PEN26 (ZIP)")
        )
        self.file("dme26.zip", fees_zip("January", 2026))
        tables = [f"medicare-ncci-2026-q1-{setting}-mue-table.zip" for setting in SETTINGS]
        self.put("mue_dme", *(self.link(name, name.removesuffix(".zip").replace("-", " ")) for name in tables))
        for name, setting in zip(tables, SETTINGS, strict=True):
            self.file(name, units_zip(setting))
        addenda = self.path("opps")
        self.put("opps", f'<a href="{addenda}/january-2026-addendum-b">January 2026 Addendum B</a>')
        self.page_at(
            f"{addenda}/january-2026-addendum-b",
            self.licensed("january-2026-opps-addendum-b.zip", "January 2026 Addendum B (ZIP)"),
        )
        edits = [
            f"medicare-ncci-2026q1-{setting}-ptp-edits-v320r0-f{part}.zip"
            for setting in ("practitioner", "hospital")
            for part in (1, 4, 2)
        ]
        self.put("ptp_practitioner", *(self.licensed(name, name) for name in edits))

    def path(self, kind: str) -> str:
        """The path of the page of a kind."""
        return next(page.url for page in companion_pages() if page.kind.value == kind).removeprefix(CMS_SITE)

    def put(self, kind: str, *links: str) -> None:
        """Puts a page of a kind in place."""
        self.page_at(self.path(kind), *links)

    def page_at(self, path: str, *links: str) -> None:
        """Puts a page with these links at a path."""
        html = "".join(f"<li>{link}</li>" for link in links)
        self.cms.things[path] = Served(f"<html><ul>{html}</ul></html>".encode(), content_type="text/html", etag="")

    def file(self, name: str, body: bytes) -> Served:
        """Puts a file in place."""
        served = Served(body, etag=f'"{name}-{len(body)}"')
        self.cms.things[f"/files/zip/{name}"] = served
        return served

    def link(self, name: str, text: str) -> str:
        """A link to a file."""
        return f'<a href="/files/zip/{name}">{text}</a>'

    def licensed(self, name: str, text: str) -> str:
        """A link to the license page before a file."""
        return f'<a href="/license/ama?file=/files/zip/{name}">{text}</a>'

    def of(self, *kinds: str) -> list[CompanionPage]:
        """The pages of some kinds, all if none is named."""
        return [page for kind, page in self.pages.items() if not kinds or kind in kinds]

    def asked(self, name: str) -> int:
        """How often a file was asked for."""
        return sum(path.endswith(f"/{name}") for path, _ in self.cms.asked)
