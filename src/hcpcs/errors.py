"""The errors of this package, each one line for a person: what is wrong, where, and what to do.

::

    HcpcsError
    ├── ReleaseError                  a release file that can't be read
    │   └── UnrecognizedFileError     the same, since it is a file of something else
    ├── CatalogError                  a request that the catalog can't fulfill
    ├── ShelfError                    a home folder that can't be used
    ├── FileLockedError               a file that another process has locked
    ├── ClaimTableError               a table of claims that can't be read
    └── DownloadError                 a page or file that can't be downloaded
        ├── LicenseRequiredError      the same, since a person must accept a license
        └── TransientDownloadError    the same, for a reason that may pass

The interfaces derive theirs from ``HcpcsError``, so that one handler turns any of them into one line.
"""

from __future__ import annotations

from pathlib import Path


class HcpcsError(Exception):
    """Base of all errors that are raised on purpose; ``str(error)`` can be shown to a person."""


class ReleaseError(HcpcsError):
    """A release file that can't be read.

    ``file`` is the file's name, ``line`` the line or row (1-based) if it is known, and ``unit`` which of the two it is.
    """

    def __init__(self, file: str, reason: str, line: int | None = None, unit: str = "line") -> None:
        self.file = file
        self.line = line
        self.reason = reason
        where = file if line is None else f"{file}, {unit} {line}"
        super().__init__(f"{where}: {reason}")


class UnrecognizedFileError(ReleaseError):
    """A file that is not one that can be loaded, by its form: a document, a report, a file of something else."""


class CatalogError(HcpcsError):
    """A request that the catalog can't fulfill: an unknown release, or a file that it can't take."""


class ShelfError(HcpcsError):
    """A home folder that can't be used: not writable, damaged, or made by another version."""


class FileLockedError(HcpcsError):
    """A file that another process has locked. ``holder`` is its process id, blank if it is not known."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path}: locked by another process ({holder}); try again when it is done")
        self.holder = holder


class ClaimTableError(HcpcsError):
    """A table of claims that has no header or lacks a column; the message has no cell of it."""


class DownloadError(HcpcsError):
    """A page or file that can't be downloaded."""


class LicenseRequiredError(DownloadError):
    """A file that CMS gives only to people who accept a license at ``url``; nobody else may accept it for them."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url}: asks to accept a license; accept it in a browser and run `hcpcs load FILE`")
        self.url = url


class TransientDownloadError(DownloadError):
    """A download that failed for a reason that may pass.

    ``pause`` is the time in seconds that the server asked to wait, 0 if it didn't.
    """

    def __init__(self, reason: str, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.pause = pause
