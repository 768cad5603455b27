"""The one way in: any file that CMS publishes, recognised by its content, read into its model."""

from __future__ import annotations

from pathlib import Path

from hcpcs.releases.archive import is_zip, members
from hcpcs.releases.composing import compose
from hcpcs.releases.contents import FileContents, Progress, ReadRelease, no_progress
from hcpcs.releases.fixed_width import is_fixed_width, read_fixed_width
from hcpcs.releases.sources import Source, open_source


def read_release(path: Path, progress: Progress | None = None) -> ReadRelease:
    """Reads a release of any form. Raises ``ReleaseError`` naming file, line and reason."""
    source = open_source(path)
    contents = _read(source, progress or no_progress)
    if not isinstance(contents, ReadRelease):
        raise source.error("is not a release")
    return contents


def read_file(path: Path, progress: Progress | None = None) -> FileContents:
    """Reads any file that CMS publishes. Raises ``ReleaseError`` naming file, line and reason."""
    return _read(open_source(path), progress or no_progress)


def _read(source: Source, progress: Progress) -> FileContents:
    if is_zip(source.data):
        for member in members(source):
            if member.name.endswith(".txt)") and is_fixed_width(lines := member.lines()):
                return compose(source, [member.name], read_fixed_width(member, lines, progress))
        raise source.error("holds no release")
    lines = source.lines()
    if is_fixed_width(lines):
        return compose(source, [source.name], read_fixed_width(source, lines, progress))
    raise source.error("is no release of a known form")
