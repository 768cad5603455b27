"""A ``ReadRelease`` composed of records: its period, label and counts, and what is to be said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hcpcs.records.record import RecordKind, Release
from hcpcs.releases.content import ReadRelease
from hcpcs.releases.period import Period, period_of_names, period_of_records
from hcpcs.releases.record_collector import RecordCollector, unknown_values
from hcpcs.releases.source_file import SourceFile

_WHOLE_SET: Final = 1000
"""From so many records on, a file is the whole code set, and its newest dates are those of its release."""


def compose(
    file: SourceFile,
    names: Sequence[str],
    collector: RecordCollector,
    *,
    notes: Mapping[str, str] | None = None,
    warnings: Sequence[str] = (),
) -> ReadRelease:
    """The release of a file: ``names`` are those that may tell its quarter, the most telling first.

    Where no name tells it, the quarter is that of the newest date in the records, and a warning says so.
    ``terminated`` counts the records with a last day before the release takes effect.
    Raises ``ReleaseError`` if neither names nor records tell the quarter.
    """
    records = collector.records()
    said = [*collector.warnings(), *warnings]
    dated = period_of_records(records)
    period = period_of_names(names) or dated
    if period is None:
        raise file.error("tells no release; name it like HCPC2025_OCT_ANWEB.txt")
    if dated is not None and dated != period and len(records) >= _WHOLE_SET:
        said.append(f"The file's name says {period.label}, but its newest dates are of {dated.label}.")
    elif period_of_names(names) is None:
        said.append(f"The file's name tells no release; its newest dates are of {period.label}.")
    return ReadRelease(
        release=release_of(file, period, period.label, collector),
        records=records,
        notes=notes or {},
        unknown_values=unknown_values(records),
        warnings=tuple(said),
    )


def compose_page(file: SourceFile, names: Sequence[str], collector: RecordCollector, year: int | None) -> ReadRelease:
    """The release that a record page states: ``year`` is that of its last update, else as for any release."""
    if year is None:
        return compose(file, names, collector).model_copy(update={"partial": True})
    records = collector.records()
    period = Period(year, 1)
    release = release_of(file, period, f"HCPCS record page, {year}", collector)
    return ReadRelease(
        release=release,
        records=records,
        unknown_values=unknown_values(records),
        warnings=collector.warnings(),
        partial=True,
    )


def release_of(file: SourceFile, period: Period, label: str, collector: RecordCollector) -> Release:
    """The release that a file states, with its counts and the digest of the file given."""
    records = collector.records()
    procedures = sum(record.kind is RecordKind.PROCEDURE for record in records)
    ended = (record.termination_date for record in records)
    return Release(
        id=period.id,
        label=label,
        effective=period.effective,
        digest=file.digest,
        file=file.name,
        kinds=frozenset(record.kind for record in records),
        procedures=procedures,
        modifiers=len(records) - procedures,
        terminated=sum(last_day is not None and last_day < period.effective for last_day in ended),
    )
