"""The typed errors of the desk: each is one line to a person, saying what is wrong, where, and what to do."""

from __future__ import annotations


class HcpcsError(Exception):
    """Base of every error that the desk raises on purpose; ``str(error)`` is fit to show to a person."""


class ReleaseError(HcpcsError):
    """A release file that can't be read.

    ``file`` is the file's name, ``line`` its line or row (1-based) where one is known.
    """

    def __init__(self, file: str, reason: str, line: int | None = None) -> None:
        self.file = file
        self.line = line
        self.reason = reason
        where = file if line is None else f"{file}, line {line}"
        super().__init__(f"{where}: {reason}")


class CatalogError(HcpcsError):
    """A question to a catalogue that it can't answer: an unknown release, an empty catalogue."""


class ShelfError(HcpcsError):
    """A home folder that can't be used: not writable, damaged, or made by another version."""


class DownloadError(HcpcsError):
    """A file or page that can't be fetched from the web: what was wanted, why not, and what to do instead."""
