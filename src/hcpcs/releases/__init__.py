"""Readers of the files that CMS publishes, one module per form. Entry points: ``read_release`` and ``read_file``."""

from __future__ import annotations

from hcpcs.releases.content import (
    Correction,
    Corrections,
    Crosswalk,
    FileContents,
    NocCode,
    NocList,
    ProcessingNotes,
    Progress,
    ReadRelease,
    Transactions,
    UnknownValue,
)
from hcpcs.releases.reader import read_file, read_release, read_transaction_report

__all__ = [
    "Correction",
    "Corrections",
    "Crosswalk",
    "FileContents",
    "NocCode",
    "NocList",
    "ProcessingNotes",
    "Progress",
    "ReadRelease",
    "Transactions",
    "UnknownValue",
    "read_file",
    "read_release",
    "read_transaction_report",
]
