"""What stands beside a fetched file: where it came from, and what its server calls this issue of it."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from hcpcs.records.record import Frozen


class Issue(Frozen):
    """One issue of a file at an address.

    ``etag`` is kept only where it is strong (a weak one does not promise equal bytes), ``modified`` as the server
    wrote it; both blank where not stated. ``sha256`` (hex) and ``size`` (bytes) are known once the file is whole.
    """

    url: str
    etag: str = ""
    modified: str = ""
    sha256: str = ""
    size: int = 0

    @classmethod
    def of(cls, url: str, headers: Mapping[str, str]) -> Issue:
        """The issue that a server's answer speaks of."""
        etag = headers.get("etag", "")
        return cls(url=url, etag=etag if etag.startswith('"') else "", modified=headers.get("last-modified", ""))

    @property
    def validator(self) -> str:
        """What ``If-Range`` may be asked with; blank if the server gave nothing that tells issues apart."""
        return self.etag or self.modified


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def issue_at(path: Path, url: str) -> Issue | None:
    """What is known of the file at ``path``, if it is there and came from ``url``."""
    try:
        issue = Issue.model_validate_json(_note(path).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
    return issue if issue.url == url and path.is_file() else None


def remember(path: Path, issue: Issue) -> None:
    """Writes down what is known of the file at ``path``."""
    path.touch()
    _note(path).write_text(issue.model_dump_json(), encoding="utf-8")


def forget(path: Path) -> None:
    """Removes a file and what was known of it, as far as they are there."""
    _note(path).unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole_zip(path: Path) -> bool:
    """Whether a file ends as a .zip does; whether its members are sound is for the reader to find."""
    return zipfile.is_zipfile(path)
