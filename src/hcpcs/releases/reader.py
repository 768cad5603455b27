"""The one way in: any file that CMS publishes, recognised by its content, read into its model.

A zip is read for what it holds. A release stands there twice, as text and as workbook, among transaction reports,
which are no releases: the text is taken, CMS's own record, together with the processing notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from hcpcs.errors import ReleaseError
from hcpcs.releases.archive import is_zip, members
from hcpcs.releases.content import (
    Corrections,
    Crosswalk,
    FileContents,
    NocList,
    ProcessingNotes,
    Progress,
    ReadRelease,
    Transactions,
    no_progress,
)
from hcpcs.releases.data_table import is_workbook
from hcpcs.releases.forms.corrections import is_corrections, read_corrections
from hcpcs.releases.forms.crosswalk import is_crosswalk, read_crosswalk
from hcpcs.releases.forms.fixed_width import is_fixed_width, read_fixed_width
from hcpcs.releases.forms.noc_list import is_noc_list, read_noc_list
from hcpcs.releases.forms.processing_notes import is_processing_notes, read_processing_notes
from hcpcs.releases.forms.record_page import is_record_page, read_record_page
from hcpcs.releases.forms.transactions import is_transactions, read_transactions
from hcpcs.releases.forms.workbook import is_release_table, read_table
from hcpcs.releases.open_file import OpenFile, is_gzip, open_contents, unpack_gzip
from hcpcs.releases.release_builder import compose, compose_page
from hcpcs.releases.source_file import SourceFile, open_source, printable


class FileForm(Enum):
    """The forms of files, in the order in which a zip is read for what it holds."""

    TEXT_RELEASE = "a release"
    TABLE_RELEASE = "a release (table)"
    RECORD_PAGE = "a record page"
    CORRECTIONS = "a corrections file"
    NOC_LIST = "a list of 'not otherwise classified' codes"
    CROSSWALK = "a crosswalk from drug products to codes"
    PROCESSING_NOTES = "a file of processing notes"
    TRANSACTIONS = "a transaction report"


_UNKNOWN: Final = "no HCPCS release that can be read; give one as CMS publishes it (.zip, .txt, .xlsx, .xls, .csv)"
RELEASES: Final = (FileForm.TEXT_RELEASE, FileForm.TABLE_RELEASE)
_MATCHES: Final[Mapping[FileForm, Callable[[OpenFile], bool]]] = {
    FileForm.TEXT_RELEASE: lambda opened: is_fixed_width(opened.lines),
    FileForm.TABLE_RELEASE: lambda opened: any(is_release_table(table) for table in opened.tables),
    FileForm.RECORD_PAGE: lambda opened: is_record_page(opened.lines),
    FileForm.CORRECTIONS: is_corrections,
    FileForm.NOC_LIST: is_noc_list,
    FileForm.CROSSWALK: is_crosswalk,
    FileForm.PROCESSING_NOTES: lambda opened: is_processing_notes(opened.lines),
    FileForm.TRANSACTIONS: is_transactions,
}
_OTHER_MODELS: Final[Mapping[FileForm, type]] = {
    FileForm.CORRECTIONS: Corrections,
    FileForm.NOC_LIST: NocList,
    FileForm.CROSSWALK: Crosswalk,
    FileForm.PROCESSING_NOTES: ProcessingNotes,
    FileForm.TRANSACTIONS: Transactions,
}


class RecognizedFile(NamedTuple):
    """A file or member whose form was recognised."""

    form: FileForm
    opened: OpenFile


def read_release(path: Path, progress: Progress | None = None) -> ReadRelease:
    """Reads a release of any form: CMS text, workbook, record page, or the zip that holds it.

    ``progress`` is told lines or rows read, of how many. Raises ``ReleaseError`` that names file, line (or row)
    and reason, also for a file that is something else than a release.
    """
    contents = read_file(path, progress)
    if isinstance(contents, ReadRelease):
        return contents
    form = next(form for form, kind in _OTHER_MODELS.items() if isinstance(contents, kind))
    raise ReleaseError(printable(path.name), f"is {form.value}, not a release")


def read_file(path: Path, progress: Progress | None = None) -> FileContents:
    """Reads any file that CMS publishes about HCPCS. Raises ``ReleaseError`` like ``read_release``."""
    source = open_source(path)
    found = _recognise_file(source)
    if not found:
        raise source.error(f"is {_UNKNOWN}")
    return _read(source, found, progress or no_progress)


def read_transaction_report(path: Path) -> Transactions:
    """The transaction report that a file is or a release's zip holds. Raises ``ReleaseError`` if there is none."""
    source = open_source(path)
    found = [each for each in _recognise_file(source, everything=True) if each.form is FileForm.TRANSACTIONS]
    if not found:
        raise source.error("holds no transaction report")
    return read_transactions(_fullest(found).opened)


def _recognise_file(source: SourceFile, *, everything: bool = False) -> list[RecognizedFile]:
    if is_zip(source.data) and not is_workbook(source.data):
        return _recognise_archive(source, everything=everything)
    if is_gzip(source.data):
        source = unpack_gzip(source)
    return _recognise(open_contents(source, (source.name,)))


def _recognise(opened: OpenFile) -> list[RecognizedFile]:
    form = next((form for form, matches in _MATCHES.items() if matches(opened)), None)
    return [] if form is None else [RecognizedFile(form, opened)]


def _recognise_archive(source: SourceFile, *, everything: bool) -> list[RecognizedFile]:
    """What an archive holds. Its workbooks are opened only if no text in it is the release, or for everything."""
    texts: list[SourceFile] = []
    workbooks: list[SourceFile] = []
    for member in members(source):
        (workbooks if is_workbook(member.data) else texts).append(member)
    failures: list[ReleaseError] = []
    found = list(_recognise_members(source, texts, failures))
    if everything or not any(each.form in RELEASES for each in found):
        found.extend(_recognise_members(source, workbooks, failures))
    if found:
        return found
    if nested := next((text for text in texts if is_zip(text.data) or is_gzip(text.data)), None):
        raise nested.error("is an archive in an archive; unpack it and load that")
    if failures:
        raise failures[0]
    raise source.error(f"holds {_UNKNOWN}")


def _recognise_members(
    source: SourceFile, files: Iterable[SourceFile], failures: list[ReleaseError]
) -> Iterable[RecognizedFile]:
    """What can be recognised; what can't be opened at all (a PDF) is noted and passed over."""
    for member in files:
        try:
            opened = open_contents(member, (_member_name(source, member), source.name))
        except ReleaseError as error:
            failures.append(error)
        else:
            yield from _recognise(opened)


def _member_name(source: SourceFile, member: SourceFile) -> str:
    return member.name.removeprefix(source.name)


def _fullest(found: Iterable[RecognizedFile]) -> RecognizedFile:
    """The twin that says most: a workbook before print, which cuts off descriptions."""
    return min(found, key=lambda each: len(each.opened.lines) > 0)


def _read(file: SourceFile, found: list[RecognizedFile], progress: Progress) -> FileContents:
    form = next(form for form in FileForm if any(each.form is form for each in found))
    same = [each for each in found if each.form is form]
    opened = _fullest(same).opened
    match form:
        case FileForm.TEXT_RELEASE | FileForm.TABLE_RELEASE:
            return _read_release(file, same, found, progress)
        case FileForm.RECORD_PAGE:
            collector, year = read_record_page(opened.source, opened.lines)
            return compose_page(file, opened.names, collector, year)
        case FileForm.CORRECTIONS:
            return read_corrections(opened)
        case FileForm.NOC_LIST:
            return read_noc_list(opened)
        case FileForm.CROSSWALK:
            return read_crosswalk([each.opened for each in same])
        case FileForm.PROCESSING_NOTES:
            return ProcessingNotes(file=file.name, notes=read_processing_notes(opened.source, opened.lines))
        case FileForm.TRANSACTIONS:
            return read_transactions(opened)


def _read_release(
    file: SourceFile, releases: list[RecognizedFile], found: list[RecognizedFile], progress: Progress
) -> ReadRelease:
    if len(releases) > 1:
        names = ", ".join(_member_name(file, each.opened.source).strip(" ()") for each in releases[:3])
        raise file.error(f"holds several releases ({names}); unpack it and load them one by one")
    opened = releases[0].opened
    if releases[0].form is FileForm.TEXT_RELEASE:
        collector = read_fixed_width(opened.source, opened.lines, progress)
    else:
        table = next(table for table in opened.tables if is_release_table(table))
        collector = read_table(table, progress)
    notes: dict[str, str] = {}
    for each in found:
        if each.form is FileForm.PROCESSING_NOTES:
            notes.update(read_processing_notes(each.opened.source, each.opened.lines))
    return compose(file, opened.names, collector, notes=notes)
