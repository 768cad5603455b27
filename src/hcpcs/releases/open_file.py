"""A file or archive member, opened: the lines of its text, or the tables of its workbook."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Final, NamedTuple

from hcpcs.errors import ReleaseError
from hcpcs.releases.data_table import DataTable, is_workbook, tables_of_text, tables_of_workbook
from hcpcs.releases.source_file import MAX_FILE_BYTES, SourceFile

_GZIP: Final = b"\x1f\x8b"


class OpenFile(NamedTuple):
    """What readers look at. ``names`` may tell the release, the most telling first: member, then archive.

    ``lines`` is empty for a workbook. A text has its lines, and the tables that it may be.
    """

    source: SourceFile
    names: tuple[str, ...]
    lines: Sequence[str]
    tables: Sequence[DataTable]

    @property
    def title(self) -> str:
        """What the text says at its head, in which the release may be told; blank for a workbook."""
        return " ".join(line.strip()[:200] for line in self.lines[:3])


def open_contents(source: SourceFile, names: tuple[str, ...]) -> OpenFile:
    """Opens a text or workbook. Raises ``ReleaseError`` for what is neither."""
    if is_workbook(source.data):
        return OpenFile(source, names, (), tables_of_workbook(source))
    lines = source.lines()
    return OpenFile(source, names, lines, tables_of_text(source, lines))


def is_gzip(data: bytes) -> bool:
    """Whether the bytes are packed by gzip."""
    return data.startswith(_GZIP)


def unpack_gzip(source: SourceFile) -> SourceFile:
    """The one file within a .gz. Raises ``ReleaseError`` for a damaged one, or one that unpacks beyond bounds."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(source.data, MAX_FILE_BYTES + 1)
    except zlib.error as error:
        raise source.error("is a damaged .gz; download it again") from error
    if len(data) > MAX_FILE_BYTES:
        raise ReleaseError(source.name, f"unpacks to more than {MAX_FILE_BYTES // 2**20} MB; no release does")
    if not unpacker.eof:
        raise source.error("is cut off; download it again")
    return SourceFile(source.name, data)
