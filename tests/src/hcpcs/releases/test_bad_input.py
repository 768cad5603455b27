"""Files that are not a release: one error in one line, for any bytes."""

from __future__ import annotations

import gzip
import io
import os
import socket
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.src.hcpcs.releases.writing import a_record, csv_text, fixed_text, put, row, zip_of

from hcpcs.errors import ReleaseError
from hcpcs.releases import read_file, read_release
from hcpcs.releases.source_file import MAX_FILE_BYTES, open_without_waiting

RELEASE = fixed_text(a_record(), a_record("RR"), a_record("G0503", long_description="a b " * 100))


def refusal(path: Path) -> str:
    with pytest.raises(ReleaseError) as caught:
        read_release(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "missing.zip") == "missing.zip: this file doesn't exist"
    (tmp_path / "folder").mkdir()
    assert "is a folder, not a file" in refusal(tmp_path / "folder")
    assert refusal(tmp_path / "a\0b").startswith("a?b: ")
    assert len(refusal(tmp_path / ("x" * 5000))) < 200


def test_a_pipe_a_socket_or_a_device_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.csv"))
    assert refusal(tmp_path / "pipe.csv") == "pipe.csv: is a pipe, not a file; give the file itself"
    assert "is a socket, not a file" in refusal(tmp_path / "socket.csv")
    assert "is a device, not a file" in refusal(Path("/dev/zero"))
    # As the log of the kernel, /proc/kmsg, which is a file that gives nothing until there is a message.
    with open_without_waiting(tmp_path / "pipe.csv") as nothing:
        assert not nothing.read(1)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\x7fELF\0\0\0\1\2\3", "is binary"),
        (b"%PDF-1.7\r\n%\xe2\xe3\xcf\xd3\r\n\0", "is a PDF document, not data"),
        (b"Dear all,\r\nplease find the release attached.\r\n", "is not a HCPCS release"),
        (b"\r\n\r\n", "is not a HCPCS release"),
        (b"<html><body>404 Not Found</body></html>", "is not a HCPCS release"),
        (b"a,b,c\r\n1,2,3\r\n", "is not a HCPCS release"),
        (RELEASE.replace(b"device", b"de\x81ice", 1), "line 1: has a byte (0x81) that isn't text"),
        (b"\xff\xfea", "UTF-16"),
        (b"\n" * 600_000, "has more than 500,000 lines"),
        (b"x" * 300_000, "line 1: is longer than 200,000 characters"),
        (gzip.compress(RELEASE, mtime=0)[:-20], "is cut off"),
        (b"\x1f\x8b" + b"x" * 50, "is a damaged .gz"),
        (gzip.compress(bytes(MAX_FILE_BYTES + 1), mtime=0), "unpacks to more than"),
        (bytes(MAX_FILE_BYTES + 1), "is larger than"),
    ],
)
def test_what_is_no_release_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    said = refusal(put(tmp_path, "file.txt", data))
    assert said.startswith("file.txt")
    assert reason in said


def test_the_form_is_known_by_content_not_by_name(tmp_path: Path) -> None:
    for name in ("HCPC2025_OCT.xlsx", "HCPC2025_OCT", "HCPC2025_OCT.zip"):
        assert len(read_release(put(tmp_path, name, RELEASE)).records) == 3
    table = csv_text(row(a_record()))
    assert len(read_release(put(tmp_path, "HCPC2025_OCT.txt", table)).records) == 1
    assert len(read_release(put(tmp_path, "HCPC2025_OCT.txt.gz", gzip.compress(RELEASE))).records) == 3


def tried(folder: Path, data: bytes) -> None:
    """Reads bytes; nothing but ``ReleaseError`` may come of it."""
    with suppress(ReleaseError):
        read_file(put(folder, "HCPC2025_OCT.bin", data))


ONCE_A_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
HEADS = st.sampled_from([b"", b"PK\3\4", b"\x1f\x8b", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"HCPC,"])


@ONCE_A_FOLDER
@given(HEADS, st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused(tmp_path: Path, head: bytes, data: bytes) -> None:
    tried(tmp_path, head + data)


@ONCE_A_FOLDER
@given(st.text(st.characters(codec="utf-8"), max_size=500), st.integers(0, len(RELEASE)))
def test_any_text_within_a_release_is_read_or_refused(tmp_path: Path, text: str, at: int) -> None:
    tried(tmp_path, RELEASE[:at] + text.encode() + RELEASE[at:])


MUTATION = st.tuples(st.integers(0, 10_000), st.integers(0, 255))


@ONCE_A_FOLDER
@example([(3516, 0)], 0)  # a member without a name
@given(st.lists(MUTATION, min_size=1, max_size=8), st.integers(0, 60))
def test_damage_anywhere_is_read_or_refused(tmp_path: Path, damage: list[tuple[int, int]], cut: int) -> None:
    whole = zip_of({"HCPC2025_OCT_ANWEB.txt": RELEASE, "HCPC2025_OCT_ANWEB.csv": csv_text(row(a_record()))})
    for data in (RELEASE, csv_text(row(a_record()), row(a_record("RR"))), whole):
        broken = bytearray(data)
        for at, byte in damage:
            broken[at % len(broken)] = byte
        tried(tmp_path, bytes(broken[: len(broken) - cut]))


@pytest.mark.parametrize("name", ["2018-HCPCS-NOC-Codes.zip", "2017-HCPCS-Alpha-Numeric-Corrections.zip"])
def test_a_damaged_sheet_is_read_or_refused(shared_data: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(shared_data / "releases" / name) as archive:
        book = next(archive.read(member) for member in archive.namelist() if member.endswith(".xlsx"))
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {member: archive.read(member) for member in archive.namelist()}
    for part, data in parts.items():
        for keep in (0, len(data) // 3, len(data) - 5):
            tried(tmp_path, zip_of({**parts, part: data[:keep]}))
            tried(tmp_path, zip_of({**parts, part: data[:keep] + b"99999999\xff" + data[keep:]}))
