"""Running an update of companion files in a test, and what is loaded after it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import httpx2 as httpx
from tests.bot.companion_site import CompanionSite
from tests.cms_server import PAGE_PATH

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs.companions.edition import Edition
from hcpcs.companions.storage.companion_store import open_companions
from hcpcs.releases.download.web import Web
from hcpcs_bot.bootstrap import publish_index
from hcpcs_bot.updates.full_update import update_everything
from hcpcs_bot.updates.update_report import CompanionReport, FullUpdateReport

TODAY: Final = date(2026, 2, 10)
LIMITS: Final = "january-2026-medicare-part-b-payment-limit-files-final.zip"


def without_index(_: Catalog, folder: Path) -> None:
    """Stands for the index, which is about codes and takes most of the time of a publication."""
    (folder / "index").mkdir()


def run(
    shelf: Shelf, site: CompanionSite, *kinds: str, today: date = TODAY, release: bool = False, dry_run: bool = False
) -> FullUpdateReport:
    web = Web(attempts=4, first_pause=0.001, timeout=httpx.Timeout(5.0))
    page = site.cms.url(PAGE_PATH) if release else ""
    build = publish_index if release else without_index
    return update_everything(
        shelf, build, release_page=page, pages=site.of(*kinds), today=today, dry_run=dry_run, web=web
    )


def only(report: FullUpdateReport) -> CompanionReport:
    (one,) = report.companions
    return one


def editions(shelf: Shelf) -> list[Edition]:
    catalog = shelf.open()
    return [] if catalog is None or catalog.folder is None else list(open_companions(catalog.folder).editions)


def days(shelf: Shelf, kind: str) -> list[str]:
    return [str(edition.from_day) for edition in editions(shelf) if edition.kind == kind]
