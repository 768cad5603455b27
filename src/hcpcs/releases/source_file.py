"""Source files: the bytes of a file that a person gave, read once and within limits, their digest and their text."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, NamedTuple

from hcpcs.errors import ReleaseError, UnrecognizedFileError

FILE_ENDINGS: Final = (".zip", ".txt", ".xlsx", ".xls", ".csv")
"""The endings of the files that CMS publishes releases in, the most common first."""
ENDINGS_LISTED: Final = ", ".join(FILE_ENDINGS)
"""The same as text, for messages and help."""

MAX_FILE_BYTES: Final = 48 * 2**20
"""Maximum size of a file that is read. CMS's largest release is 4 MB, its sheet 13 MB when unpacked."""
MAX_LINES: Final = 500_000
"""Maximum lines per file. The release of October 2025 has 16,006."""
MAX_LINE: Final = 200_000
"""Maximum characters per line. CMS's longest line, a row of a .csv, has about 5,000."""

_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_CONTROL: Final = re.compile(rb"[\x01-\x08\x0b\x0e-\x19\x1b-\x1f\x7f]")
# C0 and C1 controls but tab, line ends and form feed, and the marks that reverse the direction of a text on a screen.
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_DOCUMENTS: Final = {b"%PDF": "a PDF document", b"PAR1": "a Parquet file", b"\x89PNG": "a picture"}
"""How files of other kinds begin, and what they are."""
_WORKBOOKS: Final = (b"PK", b"\xd0\xcf\x11\xe0")
"""How an .xlsx and an .xls begin: they have rows, and a text has lines."""
_END_OF_FILE: Final = "\x1a"
"""Control-Z, which old DOS programs put at the end of a text."""


class SourceFile(NamedTuple):
    """Bytes, and their name in errors (``file.zip (member.txt)`` for an archive member)."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, hex."""
        return hashlib.sha256(self.data).hexdigest()

    def error(self, reason: str, line: int | None = None) -> ReleaseError:
        """An error about this file, at ``line`` (or row, 1-based) where that is known."""
        return ReleaseError(self.name, reason, line, self._unit)

    def unrecognized(self, reason: str, line: int | None = None) -> UnrecognizedFileError:
        """An error that says that this file is not one that can be loaded, at ``line`` (or row) where it shows."""
        return UnrecognizedFileError(self.name, reason, line, self._unit)

    @property
    def _unit(self) -> str:
        return "row" if self.data.startswith(_WORKBOOKS) else "line"

    def lines(self, maximum: int = MAX_LINES) -> list[str]:
        """The lines of the text without their line ends, at most ``maximum`` of them.

        Decodes UTF-16 and UTF-8, else cp1252, the encoding of CMS's texts. Raises ``ReleaseError`` for bytes that are
        not a text.
        """
        text = printable_text(self._decode().replace(_END_OF_FILE, ""))
        if "\n" not in text:
            text = text.replace("\r", "\n")
        if text.count("\n") > maximum:
            raise self.error(f"has more than {maximum:,} lines, more than any release")
        lines = [line.rstrip("\r") for line in text.split("\n")]
        if too_long := next((number for number, line in enumerate(lines, start=1) if len(line) > MAX_LINE), None):
            raise self.error(f"is longer than {MAX_LINE:,} characters, more than any line of a release", too_long)
        return lines

    def _decode(self) -> str:
        data = self.data
        if data[:2] in _UTF16_MARKS:
            try:
                return data.decode("utf-16")
            except UnicodeDecodeError as error:
                raise self.error("starts like UTF-16 text, but isn't; save it as plain text") from error
        if kind := next((kind for start, kind in _DOCUMENTS.items() if data.startswith(start)), None):
            raise self.unrecognized(f"is {kind}, not data; give the release as CMS publishes it ({ENDINGS_LISTED})")
        if b"\0" in data or _CONTROL.search(data):
            raise self.unrecognized(f"is binary, not text; give the release as CMS publishes it ({ENDINGS_LISTED})")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise self.error(f"has a byte (0x{data[error.start]:02X}) that isn't text", line) from error


def printable_text(text: str) -> str:
    """A text with spaces for its control characters and direction marks, which would act on a terminal or a card."""
    return text if text.isprintable() else _UNPRINTABLE.sub(" ", text)


def printable(name: str) -> str:
    """The last part of a file or member name, without control characters, at most 100 characters: fit for an error."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(char if char.isprintable() else "?" for char in last)[:100] or "?"


def special_kind(path: Path) -> str:
    """What a path is that is not a file on disk: ``a folder``, ``a pipe``, ``a socket`` or ``a device``; else blank.

    Raises ``OSError`` if there is nothing at the path, or it can't be read.
    """
    kinds = {stat.S_IFREG: "", stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(path.stat().st_mode), "a device")


def open_without_waiting(path: Path) -> BinaryIO:
    """Opens a file for reading. One of the kernel's, which may have nothing to say (/proc/kmsg), reads as empty.

    Raises ``OSError`` if it can't be opened.
    """
    return open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK))


def open_source(path: Path, maximum: int = MAX_FILE_BYTES) -> SourceFile:
    """Reads a whole file of at most ``maximum`` bytes.

    Raises ``ReleaseError`` if it is missing, unreadable, empty or too large.
    """
    name = printable(path.name)
    try:
        if not path.exists():
            raise ReleaseError(name, "this file doesn't exist")
        if kind := special_kind(path):
            raise ReleaseError(name, f"is {kind}, not a file; give the file itself")
        with open_without_waiting(path) as file:
            data = file.read(maximum + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name isn't valid"
        raise ReleaseError(name, f"can't be read: {reason}") from error
    if not data:
        raise ReleaseError(name, "is empty; download it again")
    if len(data) > maximum:
        raise ReleaseError(name, f"is larger than {maximum // 2**20} MB; a release has a few MB")
    return SourceFile(name, data)
