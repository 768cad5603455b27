"""Open files: the lines and tables of a text, or the tables of a workbook, ready for the readers of forms."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Final, NamedTuple

from hcpcs.errors import ReleaseError
from hcpcs.releases.data_table import DataTable, is_workbook, tables_of_text, tables_of_workbook
from hcpcs.releases.source_file import MAX_FILE_BYTES, MAX_LINES, SourceFile

_GZIP: Final = b"\x1f\x8b"


class OpenFile(NamedTuple):
    """A file or archive member as the readers see it.

    ``names`` are the file names that may contain the release, the most specific first: member, then archive.
    ``lines`` is empty for a workbook; ``tables`` of a text are what it is if it is delimited.
    """

    source: SourceFile
    names: tuple[str, ...]
    lines: Sequence[str]
    tables: Sequence[DataTable]

    @property
    def title(self) -> str:
        """The first three lines of a text, which may name the release; blank for a workbook."""
        return " ".join(line.strip()[:200] for line in self.lines[:3])


def open_contents(source: SourceFile, names: tuple[str, ...], maximum_lines: int = MAX_LINES) -> OpenFile:
    """Opens a workbook, or a text of at most ``maximum_lines``. Raises ``ReleaseError`` for any other file."""
    if is_workbook(source.data):
        return OpenFile(source, names, (), tables_of_workbook(source))
    lines = source.lines(maximum_lines)
    return OpenFile(source, names, lines, tables_of_text(source, lines))


def is_gzip(data: bytes) -> bool:
    """Whether the bytes start like a .gz."""
    return data.startswith(_GZIP)


def unpack_gzip(source: SourceFile) -> SourceFile:
    """Unpacks a .gz. Raises ``ReleaseError`` if it is damaged, or unpacks to more than any release."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(source.data, MAX_FILE_BYTES + 1)
    except zlib.error as error:
        raise source.error("is a damaged .gz; download it again") from error
    if len(data) > MAX_FILE_BYTES:
        raise ReleaseError(source.name, f"unpacks to more than {MAX_FILE_BYTES // 2**20} MB, more than any release")
    if not unpacker.eof:
        raise source.error("is cut off; download it again")
    return SourceFile(source.name, data)
