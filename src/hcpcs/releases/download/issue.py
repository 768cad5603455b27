"""Issues of a file: the address it was fetched from and the server's validators, kept in a note beside the file."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from hcpcs.records.record import Frozen


class Issue(Frozen):
    """One issue of a file at an address.

    ``etag`` is kept only if it is strong, since a weak one doesn't promise equal bytes (RFC 9110, 8.8.1); ``modified``
    is the ``Last-Modified`` header as sent. Both are blank if the server sent none. ``sha256`` (hex) and ``size``
    (bytes) are known once the file is complete.
    """

    url: str
    etag: str = ""
    modified: str = ""
    sha256: str = ""
    size: int = 0

    @classmethod
    def of(cls, url: str, headers: Mapping[str, str]) -> Issue:
        """The issue in a response with these headers."""
        etag = headers.get("etag", "")
        return cls(url=url, etag=etag if etag.startswith('"') else "", modified=headers.get("last-modified", ""))

    @property
    def validator(self) -> str:
        """The value for ``If-Range``; blank if the server sent nothing that distinguishes issues."""
        return self.etag or self.modified


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def issue_at(path: Path, url: str) -> Issue | None:
    """The issue of the file at ``path``, or ``None`` if there is no such file from ``url``."""
    try:
        issue = Issue.model_validate_json(_note(path).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    return issue if issue.url == url and path.is_file() else None


def remember(path: Path, issue: Issue) -> None:
    """Writes the note of the file at ``path``, which is created if it is missing."""
    path.touch()
    _note(path).write_text(issue.model_dump_json(), encoding="utf-8")


def forget(path: Path) -> None:
    """Removes a file and its note if they exist."""
    _note(path).unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole_zip(path: Path) -> bool:
    """Whether a file ends like a .zip. The reader checks its members."""
    return zipfile.is_zipfile(path)
