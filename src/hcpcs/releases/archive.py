"""Opens a .zip within bounds: how many members, how large, how tightly packed. Nothing is written to disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from hcpcs.errors import ReleaseError
from hcpcs.releases.source_file import MAX_FILE_BYTES, SourceFile, printable

MAX_MEMBERS: Final = 500
MAX_TOTAL_BYTES: Final = 2 * MAX_FILE_BYTES
MAX_RATIO: Final = 200
"""CMS's fixed-width texts shrink to a fourteenth; what shrinks further than this was made to harm."""
_RATIO_MATTERS_FROM: Final = 2**20
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What the standard library raises for archives that are cut off, damaged or of a kind that it doesn't know."""


def is_zip(data: bytes) -> bool:
    """Whether the bytes start as a .zip (a workbook of the newer form, .xlsx, is one too)."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def member_names(data: bytes) -> frozenset[str]:
    """The names within a .zip; none for bytes that are no readable one."""
    if not is_zip(data):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except _BROKEN:
        return frozenset()


def members(source: SourceFile) -> Iterator[SourceFile]:
    """Every file within, each unpacked whole when it is its turn.

    Raises ``ReleaseError`` for an archive that is damaged, encrypted, empty, or larger inside than any release.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            infos = [info for info in archive.infolist() if info.filename and not info.is_dir()]
            if not infos:
                raise source.error("is an empty archive")
            _check_sizes(source, infos)
            for info in infos:
                yield SourceFile(f"{source.name} ({printable(info.filename)})", _unpack(source, archive, info))
    except _BROKEN as error:
        raise source.error("is a damaged archive; download it again") from error


def _check_sizes(source: SourceFile, infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_MEMBERS:
        raise source.error(f"holds {len(infos)} files; a release is a few")
    if sum(info.file_size for info in infos) > MAX_TOTAL_BYTES:
        raise source.error(f"unpacks to more than {MAX_TOTAL_BYTES // 2**20} MB; no release does")
    for info in infos:
        name = printable(info.filename)
        if info.flag_bits & 0x1:
            raise source.error(f"{name} is encrypted; unpack it and load the files")
        if info.compress_type not in _METHODS:
            raise source.error(f"{name} is packed in an unusual way; unpack it and load the files")
        packed_too_tight = info.file_size > MAX_RATIO * max(info.compress_size, 1)
        if info.file_size > MAX_FILE_BYTES or (packed_too_tight and info.file_size > _RATIO_MATTERS_FROM):
            raise source.error(f"{name} unpacks to {info.file_size // 2**20} MB; no release does")


def _unpack(source: SourceFile, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as member:
        data = member.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise ReleaseError(source.name, f"{printable(info.filename)} is not of the size that the archive states")
    return data
