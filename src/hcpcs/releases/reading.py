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
from hcpcs.releases.composing import compose, compose_page
from hcpcs.releases.contents import (
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
from hcpcs.releases.corrections import is_corrections, read_corrections
from hcpcs.releases.crosswalk import is_crosswalk, read_crosswalk
from hcpcs.releases.fixed_width import is_fixed_width, read_fixed_width
from hcpcs.releases.noc_lists import is_noc_list, read_noc_list
from hcpcs.releases.opened import Opened, is_gzip, open_contents, unpack_gzip
from hcpcs.releases.processing_notes import is_processing_notes, read_processing_notes
from hcpcs.releases.record_page import is_record_page, read_record_page
from hcpcs.releases.sources import Source, open_source, printable
from hcpcs.releases.tables import is_workbook
from hcpcs.releases.transactions import is_transactions, read_transactions
from hcpcs.releases.workbook import is_release_table, read_table


class Form(Enum):
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
RELEASES: Final = (Form.TEXT_RELEASE, Form.TABLE_RELEASE)
_MATCHES: Final[Mapping[Form, Callable[[Opened], bool]]] = {
    Form.TEXT_RELEASE: lambda opened: is_fixed_width(opened.lines),
    Form.TABLE_RELEASE: lambda opened: any(is_release_table(table) for table in opened.tables),
    Form.RECORD_PAGE: lambda opened: is_record_page(opened.lines),
    Form.CORRECTIONS: is_corrections,
    Form.NOC_LIST: is_noc_list,
    Form.CROSSWALK: is_crosswalk,
    Form.PROCESSING_NOTES: lambda opened: is_processing_notes(opened.lines),
    Form.TRANSACTIONS: is_transactions,
}
_OTHER_MODELS: Final[Mapping[Form, type]] = {
    Form.CORRECTIONS: Corrections,
    Form.NOC_LIST: NocList,
    Form.CROSSWALK: Crosswalk,
    Form.PROCESSING_NOTES: ProcessingNotes,
    Form.TRANSACTIONS: Transactions,
}


class Found(NamedTuple):
    """A file or member whose form was recognised."""

    form: Form
    opened: Opened


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
    found = [each for each in _recognise_file(source, everything=True) if each.form is Form.TRANSACTIONS]
    if not found:
        raise source.error("holds no transaction report")
    return read_transactions(_fullest(found).opened)


def _recognise_file(source: Source, *, everything: bool = False) -> list[Found]:
    if is_zip(source.data) and not is_workbook(source.data):
        return _recognise_archive(source, everything=everything)
    if is_gzip(source.data):
        source = unpack_gzip(source)
    return _recognise(open_contents(source, (source.name,)))


def _recognise(opened: Opened) -> list[Found]:
    form = next((form for form, matches in _MATCHES.items() if matches(opened)), None)
    return [] if form is None else [Found(form, opened)]


def _recognise_archive(source: Source, *, everything: bool) -> list[Found]:
    """What an archive holds. Its workbooks are opened only if no text in it is the release, or for everything."""
    texts: list[Source] = []
    workbooks: list[Source] = []
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


def _recognise_members(source: Source, files: Iterable[Source], failures: list[ReleaseError]) -> Iterable[Found]:
    """What can be recognised; what can't be opened at all (a PDF) is noted and passed over."""
    for member in files:
        try:
            opened = open_contents(member, (_member_name(source, member), source.name))
        except ReleaseError as error:
            failures.append(error)
        else:
            yield from _recognise(opened)


def _member_name(source: Source, member: Source) -> str:
    return member.name.removeprefix(source.name)


def _fullest(found: Iterable[Found]) -> Found:
    """The twin that says most: a workbook before print, which cuts off descriptions."""
    return min(found, key=lambda each: len(each.opened.lines) > 0)


def _read(file: Source, found: list[Found], progress: Progress) -> FileContents:
    form = next(form for form in Form if any(each.form is form for each in found))
    same = [each for each in found if each.form is form]
    opened = _fullest(same).opened
    match form:
        case Form.TEXT_RELEASE | Form.TABLE_RELEASE:
            return _read_release(file, same, found, progress)
        case Form.RECORD_PAGE:
            collector, year = read_record_page(opened.source, opened.lines)
            return compose_page(file, opened.names, collector, year)
        case Form.CORRECTIONS:
            return read_corrections(opened)
        case Form.NOC_LIST:
            return read_noc_list(opened)
        case Form.CROSSWALK:
            return read_crosswalk([each.opened for each in same])
        case Form.PROCESSING_NOTES:
            return ProcessingNotes(file=file.name, notes=read_processing_notes(opened.source, opened.lines))
        case Form.TRANSACTIONS:
            return read_transactions(opened)


def _read_release(file: Source, releases: list[Found], found: list[Found], progress: Progress) -> ReadRelease:
    if len(releases) > 1:
        names = ", ".join(_member_name(file, each.opened.source).strip(" ()") for each in releases[:3])
        raise file.error(f"holds several releases ({names}); unpack it and load them one by one")
    opened = releases[0].opened
    if releases[0].form is Form.TEXT_RELEASE:
        collector = read_fixed_width(opened.source, opened.lines, progress)
    else:
        table = next(table for table in opened.tables if is_release_table(table))
        collector = read_table(table, progress)
    notes: dict[str, str] = {}
    for each in found:
        if each.form is Form.PROCESSING_NOTES:
            notes.update(read_processing_notes(each.opened.source, each.opened.lines))
    return compose(file, opened.names, collector, notes=notes)
