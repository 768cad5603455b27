"""The record of updates under the home: how the last update of each kind ended, for ``hcpcs status``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from hcpcs.errors import ShelfError
from hcpcs.records.record import Frozen
from hcpcs_bot.updates.update_report import CompanionOutcome, FullUpdateReport, UpdateOutcome

RECORDS_FILE: Final = "updates.json"
"""The file under the home folder."""
RELEASES: Final = "codes"
"""The name of the releases of the code set, beside the kinds of companion files."""


class UpdateRecord(Frozen):
    """How the last update of a kind ended: ``outcome`` is one of ``CompanionOutcome``, ``detail`` as in its report.

    ``kind`` is a kind of companion files, or ``codes``.
    """

    kind: str
    name: str
    outcome: CompanionOutcome
    detail: str = ""
    url: str = ""
    checked_on: date


_RECORDS: Final = TypeAdapter(tuple[UpdateRecord, ...])


def read_records(home: Path) -> tuple[UpdateRecord, ...]:
    """The records of a home; none if there was no update, or if they can't be read."""
    try:
        return _RECORDS.validate_json((home / RECORDS_FILE).read_bytes())
    except (OSError, ValidationError):
        return ()


def failed_updates(home: Path) -> tuple[str, ...]:
    """A sentence for each kind whose last update failed: ``Update of 2026-11-26 failed: OPPS Addendum B: ...``."""
    return tuple(
        f"Update of {record.checked_on} failed: {record.name}: {record.detail}"
        for record in read_records(home)
        if record.outcome is CompanionOutcome.FAILED
    )


def write_records(home: Path, report: FullUpdateReport, today: date) -> None:
    """Adds the outcomes of an update; those of kinds that it was not about stay.

    Raises ``ShelfError`` if the home can't be written.
    """
    records = {record.kind: record for record in read_records(home)}
    outcomes: dict[str, UpdateRecord] = {}
    for record in _records_of(report, today):
        # Of two editions of a kind, a failure counts.
        if outcomes.get(record.kind, record).outcome is not CompanionOutcome.FAILED or record.kind not in outcomes:
            outcomes[record.kind] = record
    text = _RECORDS.dump_json(tuple((records | outcomes).values()), indent=1)
    path = home / RECORDS_FILE
    try:
        replacement = path.with_name(f"{RECORDS_FILE}.new")
        replacement.write_bytes(text)
        replacement.replace(path)
    except OSError as error:
        raise ShelfError(f"{path}: can't be written ({error.strerror}); check its permissions and the disk") from error


def _records_of(report: FullUpdateReport, today: date) -> Iterator[UpdateRecord]:
    release = report.release
    if report.failure or release is not None:
        outcome = CompanionOutcome.FAILED
        if not report.failure and release is not None:
            loaded = release.outcome is UpdateOutcome.LOADED
            outcome = CompanionOutcome.LOADED if loaded else CompanionOutcome.ALREADY_NEWEST
        yield UpdateRecord(
            kind=RELEASES,
            name="HCPCS releases",
            outcome=outcome,
            detail=report.failure,
            url=release.url if release else "",
            checked_on=today,
        )
    for one in report.companions:
        yield UpdateRecord(
            kind=one.kind.value, name=one.name, outcome=one.outcome, detail=one.detail, url=one.url, checked_on=today
        )
