"""Models of the content of the files that CMS publishes: what the readers return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from pydantic import Field

from hcpcs.records.record import CodeRecord, Frozen, Release

Progress = Callable[[int, int], None]
"""Called with the lines or rows read so far, and the number of them all."""


def no_progress(done: int, total: int) -> None:
    """Progress that is not shown."""


class UnknownValue(Frozen):
    """A coded value that no vocabulary explains. The records keep it as stated.

    ``field`` is the record's field (``betos``), ``count`` the number of records with the value.
    """

    field: str
    value: str
    count: int


class ProcessingNotes(Frozen):
    """A file of processing notes (appendix A of the HCPCS manual): texts by number (four digits)."""

    file: str
    notes: Mapping[str, str]


class NocCode(Frozen):
    """A code on a list of 'not otherwise classified' codes. Some lists cut descriptions at 79 characters."""

    code: str
    description: str
    added_date: date | None = None
    termination_date: date | None = None


class NocList(Frozen):
    """A list of 'not otherwise classified' codes, and its release (``YYYY-MM``; ``None`` if the file doesn't say)."""

    file: str
    release_id: str | None
    codes: tuple[NocCode, ...]


class Correction(Frozen):
    """One row of a corrections file: what CMS corrected in a release after publishing it.

    ``action`` is CMS's wording ("Terminate code"); ``values`` are the corrected fields as stated, by their name in
    ``CodeRecord``, tuples for the fields with several values.
    """

    code: str
    action: str
    effective: date | None
    values: Mapping[str, str | tuple[str, ...]]


class Corrections(Frozen):
    """A corrections file, and the release that it corrects (``YYYY-MM``; ``None`` if the file doesn't say).

    ``warnings`` are sentences about rows that could not be read as they are.
    """

    file: str
    release_id: str | None
    corrections: tuple[Correction, ...]
    warnings: tuple[str, ...] = ()


class ReadRelease(Frozen):
    """A release: every record in the file's order, and the processing notes of the same file.

    ``notes`` maps note numbers (four digits) to their texts. ``partial`` says that the file is not a whole code set
    but a record page, so that a missing code means nothing. ``warnings`` are sentences about what is unusual.
    ``beside`` are the lists and corrections in the same archive.
    """

    release: Release
    records: tuple[CodeRecord, ...]
    notes: Mapping[str, str] = Field(default_factory=dict)
    unknown_values: tuple[UnknownValue, ...] = ()
    warnings: tuple[str, ...] = ()
    partial: bool = False
    beside: tuple[NocList | Corrections, ...] = ()


class Transactions(Frozen):
    """A transaction report: for each code the action code (``A``, ``N``, ...) of what CMS did to it in a release."""

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
"""The content of any file that CMS publishes about HCPCS."""
