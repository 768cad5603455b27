"""The built-in starter: the two documented records, S9328 and S9353, so that a new installation can answer."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final

from hcpcs.records.record import CodeRecord, RecordKind, Release
from hcpcs.releases.content import ReadRelease

OWN_NOTES: Final = MappingProxyType(
    {
        "0088": (
            "S codes are temporary national codes that were set up for private payers. "
            "Medicare neither recognizes nor pays them."
        ),
    }
)
"""Processing notes in our own words, used where no loaded release has CMS's text."""

_SHARED_TEXT: Final = (
    "administrative services, professional pharmacy services, care coordination, and all necessary supplies and "
    "equipment (drugs and nursing visits coded separately), per diem"
)
_DOCUMENTED_SINCE: Final = date(2002, 1, 1)


def _home_infusion(code: str, therapy: str, short_description: str) -> CodeRecord:
    return CodeRecord(
        code=code,
        kind=RecordKind.PROCEDURE,
        long_description=f"Home infusion therapy, {therapy}; {_SHARED_TEXT}",
        short_description=short_description,
        pricing_indicators=("00",),
        multiple_pricing_indicator="9",
        coverage="I",
        processing_note="0088",
        betos="Z2",
        types_of_service=("9",),
        anesthesia_base_units=0,
        added_date=_DOCUMENTED_SINCE,
        action_effective_date=_DOCUMENTED_SINCE,
        action_code="N",
    )


STARTER_RECORDS: Final = (
    _home_infusion("S9328", "implanted pump pain management infusion", "Hit pain imp pump diem"),
    _home_infusion("S9353", "continuous insulin infusion therapy", "Hit cont insulin diem"),
)


@cache
def starter_release() -> ReadRelease:
    """The starter as a release of 2026, the year of the documents. Its digest is that of its records."""
    stated = "\n".join(record.model_dump_json() for record in STARTER_RECORDS)
    release = Release(
        id="2026-01",
        label="HCPCS starter (2 codes, 2026)",
        effective=date(2026, 1, 1),
        digest=hashlib.sha256(stated.encode()).hexdigest(),
        file="built-in starter",
        kinds=frozenset({RecordKind.PROCEDURE}),
        procedures=len(STARTER_RECORDS),
        modifiers=0,
        terminated=0,
        starter=True,
    )
    return ReadRelease(release=release, records=STARTER_RECORDS, notes=dict(OWN_NOTES), partial=True)
