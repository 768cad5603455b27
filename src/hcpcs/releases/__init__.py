"""Readers of the files that CMS publishes, one module a form. Ways in: ``read_release`` and ``read_file``."""

from __future__ import annotations

from hcpcs.releases.contents import FileContents, Progress, ReadRelease, UnknownValue
from hcpcs.releases.reading import read_file, read_release

__all__ = ["FileContents", "Progress", "ReadRelease", "UnknownValue", "read_file", "read_release"]
