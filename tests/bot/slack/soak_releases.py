"""Small releases whose records name their edition, so that an answer from two of them shows itself."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

from tests.bot.some_releases import record, release

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.shelf import Shelf
from hcpcs_bot.bootstrap import publish_index

CODES: Final = 30
_EDITION: Final = re.compile(r"Edition (\d+)")


def quarter_of(edition: int) -> date:
    """The first day of the quarter of an edition; the first is of January 2025."""
    return date(2025 + edition // 4, 1 + edition % 4 * 3, 1)


def label_of(edition: int) -> str:
    """What an answer names as its source."""
    return f"HCPCS {quarter_of(edition):%B %Y}"


def publish(home: Path, edition: int) -> None:
    """Publishes all editions up to one."""
    releases = []
    for number in range(edition + 1):
        records = [record(f"S93{code:02}", f"Therapy, Edition {number}") for code in range(CODES)]
        releases.append(release(f"{quarter_of(number):%Y-%m}", *records))
    Shelf(home).publish(Catalog.build(releases), publish_index)


def is_mixed(answer: str) -> bool:
    """Whether an answer quotes records of two releases, or of another release than it names as its source."""
    editions = set(_EDITION.findall(answer))
    return len(editions) > 1 or any(label_of(int(edition)) not in answer for edition in editions)
