"""What a file that CMS publishes was found to hold: the models that every reader of this room hands out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from pydantic import Field

from hcpcs.records.record import CodeRecord, Frozen, Release

Progress = Callable[[int, int], None]
"""Told how far a reader has come: lines or rows read, and how many there are."""


def no_progress(done: int, total: int) -> None:
    """Progress that nobody watches."""


class UnknownValue(Frozen):
    """A coded value without a meaning in our vocabularies: kept in the records as stated, and counted here.

    ``field`` is the record's field (``betos``), ``count`` how often the value stands in it.
    """

    field: str
    value: str
    count: int


class ReadRelease(Frozen):
    """A release as read: every record in the file's order, and the processing notes that came with it.

    ``notes`` maps note numbers (four digits) to their text; it is empty when the file brought none.
    ``partial`` says that the file is not a whole code set (a record page): a code missing in it means nothing.
    ``warnings`` are one sentence each, about what was read but is not as one would expect.
    """

    release: Release
    records: tuple[CodeRecord, ...]
    notes: Mapping[str, str] = Field(default_factory=dict)
    unknown_values: tuple[UnknownValue, ...] = ()
    warnings: tuple[str, ...] = ()
    partial: bool = False


class ProcessingNotes(Frozen):
    """A file of processing notes (appendix A of the HCPCS manual): number (four digits) to text."""

    file: str
    notes: Mapping[str, str]


class NocCode(Frozen):
    """A code on a list of 'not otherwise classified' codes. Some lists cut descriptions at 79 characters."""

    code: str
    description: str
    added_date: date | None = None
    termination_date: date | None = None


class NocList(Frozen):
    """A list of 'not otherwise classified' codes, and the release it belongs to (``YYYY-MM``) where it tells."""

    file: str
    release_id: str | None
    codes: tuple[NocCode, ...]


class Correction(Frozen):
    """One line of a corrections file: what CMS corrected in a release after it was published.

    ``action`` is CMS's wording ("Terminate code"); ``values`` are the corrected fields as stated, by their
    name in ``CodeRecord``; tuples for the fields that hold several values.
    """

    code: str
    action: str
    effective: date | None
    values: Mapping[str, str | tuple[str, ...]]


class Corrections(Frozen):
    """A corrections file, and the release it corrects (``YYYY-MM``) where it tells."""

    file: str
    release_id: str | None
    corrections: tuple[Correction, ...]


class Transactions(Frozen):
    """A transaction report: for each code the action code (``A``, ``N``, ...) of what CMS did in a release."""

    file: str
    release_id: str | None
    actions: Mapping[str, str]


class Crosswalk(Frozen):
    """An ASP NDC-HCPCS crosswalk: for each code the names of its drug products.

    Names are in lower case, with single spaces, sorted, each once.
    """

    file: str
    names: Mapping[str, tuple[str, ...]]


FileContents = ReadRelease | ProcessingNotes | NocList | Corrections | Transactions | Crosswalk
"""Whatever a published file may hold."""
