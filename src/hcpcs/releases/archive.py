"""Archives: the members of a .zip, unpacked in memory within limits of number, size and compression ratio."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from hcpcs.errors import ReleaseError
from hcpcs.releases.source_file import MAX_FILE_BYTES, SourceFile, printable

MAX_MEMBERS: Final = 500
"""Maximum files per archive. CMS's archives have up to 9."""
MAX_TOTAL_FILES: Final = 2
"""Maximum unpacked bytes per archive, in files of the maximum size."""
MAX_RATIO: Final = 200
"""Maximum compression ratio. CMS's fixed-width texts reach 14; a higher ratio than this is a zip bomb."""
_RATIO_MATTERS_FROM: Final = 2**20
"""Unpacked bytes from which on the ratio is checked: a small file of blanks is harmless."""
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
"""The exceptions of the standard library for archives that are cut off, damaged or of an unknown kind."""


def is_zip(data: bytes) -> bool:
    """Whether the bytes start like a .zip. An .xlsx workbook is one too."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def member_names(data: bytes) -> frozenset[str]:
    """The names of the members of a .zip; none for bytes that are not a readable .zip."""
    if not is_zip(data):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except _BROKEN:
        return frozenset()


def members(
    source: SourceFile, *, wanted: Callable[[str], bool] = bool, maximum: int = MAX_FILE_BYTES
) -> Iterator[SourceFile]:
    """Unpacks the files of an archive one after the other: those whose names are ``wanted``, of ``maximum`` bytes each.

    Raises ``ReleaseError`` for an archive that is damaged, encrypted or empty, or unpacks to more than any release.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            infos = [info for info in archive.infolist() if info.filename and not info.is_dir()]
            if not infos:
                raise source.error("is an empty archive")
            infos = [info for info in infos if wanted(info.filename)]
            _check_sizes(source, infos, maximum)
            for info in infos:
                yield SourceFile(f"{source.name} ({printable(info.filename)})", _unpack(source, archive, info))
    except _BROKEN as error:
        raise source.error("is a damaged archive; download it again") from error


def _check_sizes(source: SourceFile, infos: list[zipfile.ZipInfo], maximum: int) -> None:
    if len(infos) > MAX_MEMBERS:
        raise source.error(f"contains {len(infos)} files, more than any release (maximum {MAX_MEMBERS})")
    if sum(info.file_size for info in infos) > MAX_TOTAL_FILES * maximum:
        megabytes = MAX_TOTAL_FILES * maximum // 2**20
        raise source.error(f"unpacks to more than {megabytes} MB, which is the limit")
    for info in infos:
        name = printable(info.filename)
        if info.flag_bits & 0x1:
            raise source.error(f"{name} is encrypted; unpack it and load the files")
        if info.compress_type not in _METHODS:
            raise source.error(f"{name} uses an unsupported compression; unpack it and load the files")
        if info.file_size > maximum:
            unpacked, limit = info.file_size // 2**20, maximum // 2**20
            raise source.error(f"{name} unpacks to {unpacked:,} MB; the limit is {limit} MB")
        if info.file_size > max(MAX_RATIO * info.compress_size, _RATIO_MATTERS_FROM):
            raise source.error(f"{name} is compressed over {MAX_RATIO} times, as no data file is")


def _unpack(source: SourceFile, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as member:
        data = member.read(info.file_size + 1)
    if len(data) != info.file_size:
        raise ReleaseError(source.name, f"{printable(info.filename)} has another size than the archive states")
    return data
