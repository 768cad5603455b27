"""What happened to a code between two releases."""

from __future__ import annotations

from enum import StrEnum

from hcpcs.records import Frozen


class ChangeKind(StrEnum):
    """What happened to a code between two releases."""

    ADDED = "added"
    DISCONTINUED = "discontinued"
    REACTIVATED = "reactivated"
    DESCRIPTION = "description"
    COVERAGE = "coverage"
    PRICING = "pricing"
    OTHER = "other"
    REMOVED = "removed"


class Change(Frozen):
    """One change of one code: ``before`` and ``after`` are what the two releases state, field by field.

    Both map field names to values as stated (``FIELDS``), only the fields that the change concerns.
    """

    code: str
    kind: ChangeKind
    before: dict[str, str]
    after: dict[str, str]
    short_description: str = ""
