"""Small consecutive releases, and catalogs of them, for tests of changes and digests."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import NamedTuple

from hcpcs.catalog.catalog import Catalog
from hcpcs.companions.storage.companion_store import NO_COMPANIONS, Companions
from hcpcs.records.record import CodeRecord, RecordKind, Release
from hcpcs.releases import ReadRelease
from hcpcs.search_port import SearchIndex
from hcpcs_index import memory_index


def record(code: str, text: str = "Home infusion therapy", **changes: object) -> CodeRecord:
    """A record of a code, with a description."""
    values: dict[str, object] = {
        "kind": RecordKind.PROCEDURE if len(code) == 5 else RecordKind.MODIFIER,
        "long_description": text,
        "short_description": text[:28],
        "coverage": "C",
        "pricing_indicators": ("00",),
        "added_date": date(2002, 1, 1),
        "action_effective_date": date(2002, 1, 1),
        "action_code": "N",
        **changes,
    }
    return CodeRecord.model_validate({"code": code, **values})


def release(release_id: str, *records: CodeRecord) -> ReadRelease:
    """A release of these records; its id is like ``2025-10``."""
    year, month = map(int, release_id.split("-"))
    effective = date(year, month, 1)
    return ReadRelease(
        release=Release(
            id=release_id,
            label=f"HCPCS {effective:%B %Y}",
            effective=effective,
            digest=hashlib.sha256(repr((release_id, records)).encode()).hexdigest(),
            file=f"{release_id}.txt",
            kinds=frozenset(one.kind for one in records),
            procedures=sum(one.kind is RecordKind.PROCEDURE for one in records),
            modifiers=sum(one.kind is RecordKind.MODIFIER for one in records),
            terminated=0,
        ),
        records=records,
    )


JULY = release(
    "2025-07",
    record("S9353", "Home infusion therapy, continuous insulin infusion therapy", coverage="I"),
    record("S9328", "Home infusion therapy, implanted pump pain management"),
    record("E0601", "Continuous positive airway pressure (cpap) device"),
    record("E0784", "External ambulatory infusion pump, insulin"),
    record("J9999", "Not otherwise classified, antineoplastic drugs"),
    record("RR", "Rental (use the 'rr' modifier when dme is to be rented)"),
)
OCTOBER = release(
    "2025-10",
    record("S9353", "Home infusion therapy, continuous insulin infusion therapy", coverage="C"),
    record("S9328", "Home infusion therapy, implanted pump pain management", termination_date=date(2025, 9, 30)),
    record("E0601", "Continuous positive airway pressure (cpap) device, any type"),
    record("E0784", "External ambulatory infusion pump, insulin", pricing_indicators=("36",)),
    record("J9999", "Not otherwise classified, antineoplastic drugs"),
    record("E0788", "External infusion pump for insulin, disposable", added_date=date(2025, 10, 1)),
    record("RR", "Rental (use the 'rr' modifier when dme is to be rented)"),
)
"""Against July: S9353 coverage, S9328 discontinued, E0601 description, E0784 pricing, E0788 added."""
JANUARY = release(
    "2026-01",
    *(one for one in OCTOBER.records if one.code != "J9999"),
    record("S9359", "Home infusion therapy, anti-tnf"),
)
"""Against October: J9999 removed, S9359 added."""


class SmallDesk(NamedTuple):
    """The catalog, index and companion files of a desk."""

    catalog: Catalog
    index: SearchIndex
    companions: Companions = NO_COMPANIONS


def desk_of(*releases: ReadRelease) -> SmallDesk:
    """The desk of these releases."""
    catalog = Catalog.build(releases)
    return SmallDesk(catalog, memory_index(catalog))
