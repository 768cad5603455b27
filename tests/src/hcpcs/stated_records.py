"""Records of our own, as one release states them."""

from __future__ import annotations

from datetime import date
from typing import Final

from hcpcs.records.record import CodeRecord, RecordKind, Release, Statement

RELEASE: Final = Release(
    id="2025-10",
    label="HCPCS October 2025",
    effective=date(2025, 10, 1),
    digest="0" * 64,
    file="HCPC2025_OCT_ANWEB.txt",
    kinds=frozenset(RecordKind),
    procedures=1,
    modifiers=0,
    terminated=0,
)
READ_ON: Final = date(2026, 1, 1)


def stated(code: str = "E0601", *, note: str | None = None, **values: object) -> Statement:
    """What the release states about a code, read on the first day of 2026; ``values`` are fields of its record."""
    kind = RecordKind.PROCEDURE if len(code) == 5 else RecordKind.MODIFIER
    record = CodeRecord.model_validate({"code": code, "kind": kind, "long_description": "A device", **values})
    return Statement(record=record, release=RELEASE, day=READ_ON, note=note)
