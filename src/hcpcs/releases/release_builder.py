"""Release builder: a ``ReadRelease`` from the records of a file, with its period, label, counts and warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hcpcs.records.record import RecordKind, Release
from hcpcs.releases.content import ReadRelease
from hcpcs.releases.period import Period, period_of_names, period_of_records
from hcpcs.releases.record_collector import RecordCollector, unknown_values
from hcpcs.releases.source_file import SourceFile

_WHOLE_SET: Final = 1000
"""Minimum records of a whole code set, whose newest dates are those of its release."""


def build_release(
    file: SourceFile, names: Sequence[str], collector: RecordCollector, notes: Mapping[str, str] | None = None
) -> ReadRelease:
    """The release of a file. ``names`` are the file names that may contain its quarter, the most specific first.

    If no name does, the quarter is that of the newest dates in the records, and a warning says so. Raises
    ``ReleaseError`` if the records have no dates either.
    """
    records = collector.records()
    warnings = list(collector.warnings())
    named, dated = period_of_names(names), period_of_records(records)
    period = named or dated
    if period is None:
        raise file.error("doesn't say which release it is; rename it like HCPC2025_OCT_ANWEB.txt")
    if dated is not None and dated != period and len(records) >= _WHOLE_SET:
        warnings.append(f"The file name says {period.label}, but the newest dates in it are from {dated.label}.")
    elif named is None:
        warnings.append(f"The file name doesn't say which release it is; its newest dates are from {period.label}.")
    return ReadRelease(
        release=_release(file, period, period.label, collector),
        records=records,
        notes=notes or {},
        unknown_values=unknown_values(records),
        warnings=tuple(warnings),
    )


def build_page(file: SourceFile, names: Sequence[str], collector: RecordCollector, year: int | None) -> ReadRelease:
    """The partial release of a record page. ``year`` is that of its last update.

    Without a year, the period is found as in ``build_release``, and so are its errors.
    """
    if year is None:
        return build_release(file, names, collector).model_copy(update={"partial": True})
    records = collector.records()
    return ReadRelease(
        release=_release(file, Period(year, 1), f"HCPCS record page, {year}", collector),
        records=records,
        unknown_values=unknown_values(records),
        warnings=collector.warnings(),
        partial=True,
    )


def _release(file: SourceFile, period: Period, label: str, collector: RecordCollector) -> Release:
    """The release with its counts; ``terminated`` counts the codes that ended before it takes effect."""
    records = collector.records()
    procedures = sum(record.kind is RecordKind.PROCEDURE for record in records)
    last_days = (record.termination_date for record in records)
    return Release(
        id=period.id,
        label=label,
        effective=period.effective,
        digest=file.digest,
        file=file.name,
        kinds=frozenset(record.kind for record in records),
        procedures=procedures,
        modifiers=len(records) - procedures,
        terminated=sum(last_day is not None and last_day < period.effective for last_day in last_days),
    )
