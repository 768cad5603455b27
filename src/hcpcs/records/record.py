"""Records: the code record as CMS publishes it, its release, and a record as a release states it on one day.

Field widths and meanings follow the CMS contractor record layout ("ANWEB", 320 characters).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Base of the immutable models that pass between packages."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RecordKind(StrEnum):
    """Whether a record is a procedure (five characters) or a modifier (two)."""

    PROCEDURE = "procedure"
    MODIFIER = "modifier"


class Status(StrEnum):
    """The status of a code on a day. ``ACTUAL`` is the word of CMS's record page for a code in use."""

    ACTUAL = "Actual"
    NOT_YET = "Not yet in effect"
    TERMINATED = "Terminated"


STATUS_WORDS: Final[Mapping[Status, str]] = MappingProxyType(
    {Status.ACTUAL: "active", Status.NOT_YET: "not yet in effect", Status.TERMINATED: "terminated"}
)
"""The word for each status within a sentence."""


class CodeRecord(Frozen):
    """One HCPCS Level II code or modifier, with every field of the CMS record.

    Coded values are kept exactly as CMS states them, unknown ones included; blanks are ``""``, ``None`` or an empty
    tuple. Tuples have only the values that are not blank, in record order.
    """

    code: str
    kind: RecordKind
    long_description: str
    short_description: str = ""
    pricing_indicators: tuple[str, ...] = ()
    multiple_pricing_indicator: str = ""
    cim_references: tuple[str, ...] = ()
    mcm_references: tuple[str, ...] = ()
    statute: str = ""
    lab_certifications: tuple[str, ...] = ()
    cross_references: tuple[str, ...] = ()
    coverage: str = ""
    asc_group: str = ""
    asc_effective_date: date | None = None
    mog_group: str = ""
    mog_policy_indicator: str = ""
    mog_effective_date: date | None = None
    processing_note: str = ""
    betos: str = ""
    types_of_service: tuple[str, ...] = ()
    anesthesia_base_units: int | None = None
    added_date: date | None = None
    action_effective_date: date | None = None
    termination_date: date | None = None
    action_code: str = ""

    def status(self, day: date) -> Status:
        """The code's status on ``day`` by this record's own dates.

        The termination date is the last day of use, as CMS uses it (Q5102: valid through 2018-03-31).
        """
        if self.termination_date is not None and day > self.termination_date:
            return Status.TERMINATED
        if self.added_date is not None and day < self.added_date:
            return Status.NOT_YET
        return Status.ACTUAL

    def active(self, day: date) -> bool:
        """Whether the code may be used on ``day`` by this record's own dates."""
        return self.status(day) is Status.ACTUAL


QUARTER: Final = timedelta(days=92)
"""Longest time between a release and the next one: CMS publishes quarterly."""


class Release(Frozen):
    """One published state of the code set.

    ``id`` is the month in which it takes effect (``2025-10``), and sorts by time; ``label`` is its name for people;
    ``effective`` its first day; ``digest`` the SHA-256 (hex) of its file; ``kinds`` the record kinds in it (the file of
    2024-07 has no modifiers). ``terminated`` counts the codes that ended before it takes effect.
    """

    id: str
    label: str
    effective: date
    digest: str
    file: str
    kinds: frozenset[RecordKind]
    procedures: int
    modifiers: int
    terminated: int
    starter: bool = False

    def is_outdated(self, day: date) -> bool:
        """Whether ``day`` is so late that CMS, which publishes quarterly, has published a newer release."""
        return day - self.effective > QUARTER

    @property
    def short_digest(self) -> str:
        """The first twelve hex digits of the digest, for people to compare."""
        return self.digest[:12]


class Statement(Frozen):
    """The record of a code in one release, as of one day: what every answer is made from.

    ``note`` is the text of the record's processing note where one is known. ``removed_on`` is the first day of the
    release that no longer has the code, where CMS removed it.
    """

    record: CodeRecord
    release: Release
    day: date
    note: str | None = None
    removed_on: date | None = None

    @property
    def status(self) -> Status:
        """The code's status on the statement's day: terminated, too, if CMS had removed it by then."""
        if self.removed_on is not None and self.removed_on <= self.day:
            return Status.TERMINATED
        return self.record.status(self.day)

    @property
    def active(self) -> bool:
        """Whether the code may be used on the statement's day."""
        return self.status is Status.ACTUAL
