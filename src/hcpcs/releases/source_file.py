"""The bytes of a file given by a person, read once within bounds, with their digest and their text."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from hcpcs.errors import ReleaseError

MAX_FILE_BYTES: Final = 48 * 2**20
"""No CMS release comes near it (the largest is 4 MB, its sheet unpacked 13 MB); a file above it is not read."""
MAX_LINES: Final = 500_000
MAX_LINE: Final = 200_000
"""In characters. CMS's longest line is a row of .csv with some 5,000."""

_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_CONTROL: Final = frozenset(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1A} | {0x7F}
_END_OF_FILE: Final = "\x1a"
"""Control-Z, with which old DOS programs end a text."""


class SourceFile(NamedTuple):
    """Bytes with the name that errors give them (``file.zip (member.txt)`` inside an archive)."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, hex."""
        return hashlib.sha256(self.data).hexdigest()

    def error(self, reason: str, line: int | None = None) -> ReleaseError:
        """The error that names this file, and the line or row where one is known."""
        return ReleaseError(self.name, reason, line)

    def lines(self) -> list[str]:
        """The lines of the text without their ends.

        UTF-16 or UTF-8 where the bytes are that, else cp1252, in which CMS writes. Raises ``ReleaseError`` for
        bytes that are no text.
        """
        text = self._decode().replace(_END_OF_FILE, "")
        if "\n" not in text:
            text = text.replace("\r", "\n")
        if text.count("\n") > MAX_LINES:
            raise self.error(f"has more than {MAX_LINES:,} lines; no release does")
        lines = [line.rstrip("\r") for line in text.split("\n")]
        if long := next((at for at, line in enumerate(lines, start=1) if len(line) > MAX_LINE), None):
            raise self.error(f"is longer than {MAX_LINE:,} characters; no release has such a line", long)
        return lines

    def _decode(self) -> str:
        data = self.data
        if data[:2] in _UTF16_MARKS:
            try:
                return data.decode("utf-16")
            except UnicodeDecodeError as error:
                raise self.error("starts as UTF-16 text, but is not; save it as plain text") from error
        control = next((at for at, byte in enumerate(data[:65536]) if byte in _CONTROL), -1)
        if control >= 0 or b"\0" in data:
            raise self.error("is binary, not a text; give the release as CMS publishes it (.zip, .txt, .xlsx)")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise self.error(f"has a byte (0x{data[error.start]:02X}) that is no text", line) from error


def printable(name: str) -> str:
    """A file or member name fit for one line of an error: its last part, without control characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(char if char.isprintable() else "?" for char in last)[:100] or "?"


def open_source(path: Path) -> SourceFile:
    """Reads a file whole. Raises ``ReleaseError`` if it is missing, unreadable, empty or too large."""
    name = printable(path.name)
    try:
        if not path.exists():
            raise ReleaseError(name, "there is no such file")
        if not path.is_file():
            raise ReleaseError(name, "is not a file; give the release file itself")
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not valid"
        raise ReleaseError(name, f"can't be read: {reason}") from error
    if not data:
        raise ReleaseError(name, "is empty; download it again")
    if len(data) > MAX_FILE_BYTES:
        raise ReleaseError(name, f"is larger than {MAX_FILE_BYTES // 2**20} MB; a release is a few MB")
    return SourceFile(name, data)
