"""The reader of companion files: recognizes each table of a file by its header, and reads it into editions.

An archive of CMS has the same table as text and as workbook: the text is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from hcpcs.companions.companion_form import CompanionForm, FormTable
from hcpcs.companions.edition import EditionKind
from hcpcs.companions.edition_kinds import edition_kinds
from hcpcs.companions.forms import FORMS
from hcpcs.companions.forms.policies.coverage_export import read_exports
from hcpcs.companions.ndc import ndc_keys
from hcpcs.companions.storage.packed_rows import PackedEdition, pack_references, pack_rows
from hcpcs.companions.unsupported_files import UnsupportedFile, unsupported_files
from hcpcs.errors import ReleaseError
from hcpcs.releases.archive import is_zip, members
from hcpcs.releases.data_table import HEAD_ROWS, DataTable, Header, is_workbook, plain
from hcpcs.releases.open_file import OpenFile, is_gzip, open_contents, unpack_gzip
from hcpcs.releases.source_file import SourceFile, open_source

_COLUMNS: Final = tuple((form, {plain(name) for name in form.columns}) for form in FORMS)
"""Every form with its columns, in the form in which names of columns are compared."""


MAXIMUM_BYTES: Final = 128 * 2**20
"""Maximum size of a companion file. One of the four files of NCCI edits of a setting has about 50 MB."""
MAXIMUM_LINES: Final = 1_500_000
"""Maximum lines of a companion file: CMS divides the NCCI edits so that a workbook holds them (1,048,576 rows)."""


def read_companions(path: Path) -> tuple[PackedEdition, ...]:
    """The editions in a file; none if nothing in it is a companion form.

    Raises ``ReleaseError`` with file and row for a file that can't be read, or that contradicts itself.
    """
    source = open_source(path, MAXIMUM_BYTES)
    digest = source.digest
    if exported := read_exports(source):
        return exported
    editions: dict[tuple[EditionKind, object], PackedEdition] = {}
    for file in _files(source):
        for form, table in _recognize(file, digest, source.name):
            for packed in form.read(table):
                identity = packed.edition.kind, packed.edition.from_day
                known = editions.get(identity)
                editions[identity] = packed if known is None else _joined(known, packed)
    return tuple(editions.values())


def unsupported_file(path: Path) -> UnsupportedFile | None:
    """What a file is that CMS publishes about codes and that can't be loaded; ``None`` for any other file.

    Raises ``ReleaseError`` for a file that can't be read.
    """
    known = [(entry, {plain(name) for name in entry.columns}) for entry in unsupported_files()]
    for file in _files(open_source(path, MAXIMUM_BYTES)):
        for header in (header for table in file.tables for header in _first_rows(table)):
            for entry, columns in known:
                if columns and columns <= header.columns.keys():
                    return entry
        for entry, _ in known:
            if entry.line and file.lines and re.match(entry.line, file.lines[0]):
                return entry
    return None


def _joined(first: PackedEdition, second: PackedEdition) -> PackedEdition:
    """Two tables of one edition in an archive, usually the same as text and as workbook: the first is taken.

    A crosswalk is in several tables (ASP, AWP, OPPS), whose billing units mean the same (those of the code's
    descriptor), so that the products of the second that the first doesn't list are added.
    """
    if first.edition.kind is not EditionKind.NDC:
        return first
    rows = list(first.walk())
    listed = {(row.key, row.cells[0]) for row in rows}
    rows += [row for row in second.walk() if (row.key, row.cells[0]) not in listed]
    if len(rows) == first.edition.rows:
        return first
    references: dict[str, list[str]] = {}
    for row in rows:
        for key in ndc_keys(row.cells[0]):
            references.setdefault(key, []).append(row.key)
    bucket = edition_kinds()[EditionKind.NDC].bucket
    dropped = first.edition.dropped + second.edition.dropped
    edition = first.edition.model_copy(update={"rows": len(rows), "dropped": dropped})
    return PackedEdition(edition, pack_rows(rows, bucket), pack_references(references, bucket))


def _files(source: SourceFile) -> Iterator[OpenFile]:
    """The file, or the members of an archive that can be opened: texts first, then workbooks."""
    if not is_zip(source.data) or is_workbook(source.data):
        yield open_contents(unpack_gzip(source) if is_gzip(source.data) else source, (source.name,), MAXIMUM_LINES)
        return
    for member in sorted(members(source, maximum=MAXIMUM_BYTES), key=lambda one: is_workbook(one.data)):
        name = member.name.removeprefix(source.name)
        try:
            yield open_contents(member, (name, source.name), MAXIMUM_LINES)
        except ReleaseError:
            # A picture or document beside the tables.
            continue


def _recognize(file: OpenFile, digest: str, name: str) -> Iterator[tuple[CompanionForm, FormTable]]:
    for table in file.tables:
        recognized = next(
            (
                (form, header)
                for header in _first_rows(table)
                for form, columns in _COLUMNS
                if columns <= header.columns.keys()
            ),
            None,
        )
        if recognized is not None:
            form, header = recognized
            yield form, FormTable(file, table, header, digest, name)


def _first_rows(table: DataTable) -> Iterator[Header]:
    """The rows near the top, each as if it were the header; none of a text that is not a table."""
    try:
        for number, cells in islice(table.rows(), HEAD_ROWS):
            # Reversed, so that the first of two columns of the same name counts.
            columns = {plain(cell): index for index, cell in reversed(list(enumerate(cells))) if cell.strip()}
            yield Header(number, columns)
    except ReleaseError:
        return
