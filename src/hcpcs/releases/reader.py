"""The reader of files: recognizes by its content any file that CMS publishes about HCPCS, and reads it into its model.

An archive of CMS has a release twice, as text and as workbook, together with processing notes and transaction reports.
The text is read, which is CMS's own record, and the notes with it; lists of 'not otherwise classified' codes and
corrections in the same archive are read, too. Of two revisions the higher one is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from hcpcs.releases.period import period_of_names, revision_of
from hcpcs.releases.release_builder import build_page, build_release
from hcpcs.releases.source_file import ENDINGS_LISTED, SourceFile, open_source, printable


class FileForm(Enum):
    """The forms of files, in the order in which one of them is chosen from an archive."""

    TEXT_RELEASE = "a release"
    TABLE_RELEASE = "a release (table)"
    RECORD_PAGE = "a record page"
    CORRECTIONS = "a corrections file"
    NOC_LIST = "a list of 'not otherwise classified' codes"
    CROSSWALK = "a crosswalk from drug products to codes"
    PROCESSING_NOTES = "a file of processing notes"
    TRANSACTIONS = "a transaction report"


_EXPECTED: Final = f"HCPCS release this tool can read; give one as CMS publishes it ({ENDINGS_LISTED})"
RELEASES: Final = (FileForm.TEXT_RELEASE, FileForm.TABLE_RELEASE)
LIST_BYTES: Final = 2**18
"""Maximum bytes of a workbook that is opened beside a text of the release. CMS's lists and corrections have 65 kB; the
workbook of the release, which says the same as the text, has over 700 kB."""
_MATCHES: Final[Mapping[FileForm, Callable[[OpenFile], bool]]] = {
    FileForm.TEXT_RELEASE: lambda file: is_fixed_width(file.lines),
    FileForm.TABLE_RELEASE: lambda file: any(is_release_table(table) for table in file.tables),
    FileForm.RECORD_PAGE: lambda file: is_record_page(file.lines),
    FileForm.CORRECTIONS: is_corrections,
    FileForm.NOC_LIST: is_noc_list,
    FileForm.CROSSWALK: is_crosswalk,
    FileForm.PROCESSING_NOTES: lambda file: is_processing_notes(file.lines),
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
    """A file or archive member, and its form."""

    form: FileForm
    file: OpenFile


def read_release(path: Path, progress: Progress | None = None) -> ReadRelease:
    """Reads a release in any form: CMS's text, a workbook, a record page, or an archive of them.

    ``progress`` is called with the lines or rows read so far and their number. Raises ``ReleaseError`` with file, line
    (or row) and reason, also for a file that is not a release.
    """
    contents = read_file(path, progress)
    if isinstance(contents, ReadRelease):
        return contents
    form = next(form for form, model in _OTHER_MODELS.items() if isinstance(contents, model))
    raise ReleaseError(printable(path.name), f"is {form.value}, not a release")


def read_file(path: Path, progress: Progress | None = None) -> FileContents:
    """Reads any file that CMS publishes about HCPCS. Raises ``ReleaseError`` as ``read_release`` does."""
    source = open_source(path)
    recognized = _recognize_source(source)
    if not recognized:
        raise source.unrecognized(f"is not a {_EXPECTED}")
    return _read(source, recognized, progress or no_progress)


def read_transaction_report(path: Path) -> Transactions:
    """Reads a transaction report, alone or in the archive of a release. Raises ``ReleaseError`` if there is none."""
    source = open_source(path)
    reports = [one for one in _recognize_source(source, everything=True) if one.form is FileForm.TRANSACTIONS]
    if not reports:
        raise source.error("contains no transaction report")
    return read_transactions(_fullest(reports).file)


def _recognize_source(source: SourceFile, *, everything: bool = False) -> list[RecognizedFile]:
    if is_zip(source.data) and not is_workbook(source.data):
        return _recognize_archive(source, everything=everything)
    if is_gzip(source.data):
        source = unpack_gzip(source)
    return _recognize(open_contents(source, (source.name,)))


def _recognize(file: OpenFile) -> list[RecognizedFile]:
    form = next((form for form, matches in _MATCHES.items() if matches(file)), None)
    return [] if form is None else [RecognizedFile(form, file)]


def _recognize_archive(source: SourceFile, *, everything: bool) -> list[RecognizedFile]:
    """The recognized members.

    If a text is a release, only workbooks that may be a list or a higher revision are opened, unless ``everything`` is
    wanted.
    """
    texts: list[SourceFile] = []
    workbooks: list[SourceFile] = []
    for member in members(source):
        (workbooks if is_workbook(member.data) else texts).append(member)
    failures: list[ReleaseError] = []
    recognized = list(_recognize_members(source, texts, failures))
    revision = max((_revision(one) for one in recognized if one.form in RELEASES), default=None)
    if revision is not None and not everything:
        workbooks = [
            one for one in workbooks if len(one.data) <= LIST_BYTES or revision_of(_member_name(source, one)) > revision
        ]
    recognized.extend(_recognize_members(source, workbooks, failures))
    if recognized:
        return recognized
    if nested := next((text for text in texts if is_zip(text.data) or is_gzip(text.data)), None):
        raise nested.error("is an archive in an archive; unpack it and load that")
    if failures:
        raise failures[0]
    raise source.unrecognized(f"contains no {_EXPECTED}")


def _recognize_members(
    source: SourceFile, archived: Iterable[SourceFile], failures: list[ReleaseError]
) -> Iterator[RecognizedFile]:
    """The recognized ones of some members. Those that can't be opened at all (a PDF) are added to ``failures``."""
    for member in archived:
        try:
            file = open_contents(member, (_member_name(source, member), source.name))
        except ReleaseError as error:
            failures.append(error)
        else:
            yield from _recognize(file)


def _member_name(source: SourceFile, member: SourceFile) -> str:
    return member.name.removeprefix(source.name)


def _revision(recognized: RecognizedFile) -> tuple[int, str]:
    return revision_of(recognized.file.names[0])


def _fullest(recognized: Sequence[RecognizedFile]) -> RecognizedFile:
    """The newest and most complete of several files of one form.

    The highest revision comes first, then a workbook before a printed table, which cuts off text.
    """
    return max(recognized, key=lambda one: (_revision(one), not one.file.lines))


def _newest_list(recognized: Sequence[RecognizedFile]) -> NocList:
    return read_noc_list(_fullest(recognized).file)


def _all_corrections(recognized: Sequence[RecognizedFile]) -> Corrections:
    """The corrections of one file or of several revisions: of a code, those of the newest that names it.

    A revision replaces the one before if it repeats most of its codes, as in 2018, where two corrections were withdrawn
    so. Otherwise it goes on with it: the second file of 2019 repeats one code of eleven.
    """
    revisions = sorted({_revision(one) for one in recognized}, reverse=True)
    newest = read_corrections(_fullest([one for one in recognized if _revision(one) == revisions[0]]).file)
    corrections, warnings = list(newest.corrections), list(newest.warnings)
    for revision in revisions[1:]:
        older = read_corrections(_fullest([one for one in recognized if _revision(one) == revision]).file)
        known = {one.code for one in corrections}
        further = [one for one in older.corrections if one.code not in known]
        if 2 * len(further) < len(older.corrections):
            break
        corrections[:0] = further
        warnings[:0] = older.warnings
    return newest.model_copy(update={"corrections": tuple(corrections), "warnings": tuple(warnings)})


def _read(source: SourceFile, recognized: list[RecognizedFile], progress: Progress) -> FileContents:
    form = next(form for form in FileForm if any(one.form is form for one in recognized))
    same_form = [one for one in recognized if one.form is form]
    file = _fullest(same_form).file
    match form:
        case FileForm.TEXT_RELEASE | FileForm.TABLE_RELEASE:
            return _read_release(source, recognized, progress)
        case FileForm.RECORD_PAGE:
            collector, year = read_record_page(file.source, file.lines)
            return build_page(source, file.names, collector, year)
        case FileForm.CORRECTIONS:
            return _all_corrections(same_form)
        case FileForm.NOC_LIST:
            return read_noc_list(file)
        case FileForm.CROSSWALK:
            return read_crosswalk([one.file for one in same_form])
        case FileForm.PROCESSING_NOTES:
            return ProcessingNotes(file=source.name, notes=read_processing_notes(file.source, file.lines))
        case FileForm.TRANSACTIONS:
            return read_transactions(file)


def _read_release(source: SourceFile, recognized: list[RecognizedFile], progress: Progress) -> ReadRelease:
    """The release of a source, with what is beside it. Raises ``ReleaseError`` if it has several."""
    form, file = _newest_revision(source, [one for one in recognized if one.form in RELEASES])
    if form is FileForm.TEXT_RELEASE:
        collector = read_fixed_width(file.source, file.lines, progress)
    else:
        table = next(table for table in file.tables if is_release_table(table))
        collector = read_table(table, progress)
    notes: dict[str, str] = {}
    for one in recognized:
        if one.form is FileForm.PROCESSING_NOTES:
            notes.update(read_processing_notes(one.file.source, one.file.lines))
    release = build_release(source, file.names, collector, notes)
    return _with_lists(release, recognized)


def _newest_revision(source: SourceFile, releases: list[RecognizedFile]) -> RecognizedFile:
    """The highest revision of the only release, as text if there is one."""
    newest = max(map(_revision, releases))
    candidates = [one for one in releases if _revision(one) == newest]
    texts = [one for one in candidates if one.form is FileForm.TEXT_RELEASE] or candidates
    periods = {period_of_names(one.file.names) for one in releases}
    if len(texts) > 1 or len(periods) > 1:
        names = ", ".join(_member_name(source, one.file.source).strip(" ()") for one in releases[:3])
        raise source.error(f"contains several releases ({names}); unpack it and load them one at a time")
    return texts[0]


def _with_lists(release: ReadRelease, recognized: Sequence[RecognizedFile]) -> ReadRelease:
    """Adds the list and the corrections of an archive, of each the newest; one that can't be read is a warning."""
    beside: list[NocList | Corrections] = []
    warnings: list[str] = []
    for form, read in ((FileForm.NOC_LIST, _newest_list), (FileForm.CORRECTIONS, _all_corrections)):
        files = [one for one in recognized if one.form is form]
        if files:
            try:
                beside.append(read(files))
            except ReleaseError as error:
                warnings.append(f"Passed over {error}.")
    beside = [one if one.release_id else one.model_copy(update={"release_id": release.release.id}) for one in beside]
    return release.model_copy(update={"beside": tuple(beside), "warnings": (*release.warnings, *warnings)})
