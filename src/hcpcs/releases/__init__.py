"""Readers of the files that CMS publishes, one module per form. Entry points: ``read_release`` and ``read_file``.

The readers are imported when one of these is asked for: whoever only answers needs the types of what they read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

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

if TYPE_CHECKING:
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

_READERS: Final = frozenset({"read_file", "read_release", "read_transaction_report"})


def __getattr__(name: str) -> Any:
    if name in _READERS:
        from hcpcs.releases import reader

        return getattr(reader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
