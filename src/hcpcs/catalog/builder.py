"""Builds one catalog from files in any order: releases, and the notes, lists and corrections that belong to them.

Of two files of the same release (same id) the later one replaces the other as a whole. A file of single codes (a
record page) never replaces a whole code set; two such files complement each other. Any file replaces the built-in
starter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hcpcs.catalog.corrections import (
    UnappliedCorrection,
    correct_record,
    is_addition,
    is_withdrawal,
    kind_of_code,
)
from hcpcs.catalog.file_format import CatalogContents, Note, PageRelease
from hcpcs.catalog.history.versions import History, PackedCode, pack, row_bytes, spans_of, stated_row
from hcpcs.errors import CatalogError
from hcpcs.records.codes import is_modifier
from hcpcs.records.record import CodeRecord, RecordKind, Release
from hcpcs.releases.content import (
    Correction,
    Corrections,
    Crosswalk,
    FileContents,
    NocList,
    ProcessingNotes,
    ReadRelease,
    Transactions,
)
from hcpcs.releases.period import period_of_names


class CatalogBuilder:
    """Collects the contents of files: the rows of each release, and the notes, lists and corrections beside them."""

    def __init__(self) -> None:
        self._rows: dict[RecordKind, dict[str, dict[str, bytes]]] = {kind: {} for kind in RecordKind}
        self._releases: dict[str, Release] = {}
        self._pages: dict[str, tuple[PageRelease, ...]] = {}
        self._notes: dict[str, Note] = {}
        self._noc: set[str] = set()
        self._noc_release = ""
        self._aliases: dict[str, frozenset[str]] = {}
        self._corrections: dict[str, tuple[Correction, ...]] = {}
        self.unapplied: list[UnappliedCorrection] = []

    @classmethod
    def of(cls, contents: CatalogContents, history: History) -> CatalogBuilder:
        """A builder that starts with the contents of a catalog."""
        builder = cls()
        builder._releases = {release.id: release for release in contents.releases}
        builder._pages = dict(contents.pages)
        builder._notes = dict(contents.notes)
        builder._noc = set(contents.not_otherwise_classified)
        builder._noc_release = contents.noc_release
        builder._aliases = {code: frozenset(names) for code, names in contents.aliases.items()}
        builder._corrections = dict(contents.corrections)
        for code, spans in zip(history.codes, history.all_spans(), strict=True):
            kind = history.kind(code)
            covering = contents.releases_covering(kind, code)
            for first, last, row in spans:
                packed = row_bytes(row)
                for position in covering:
                    if first <= position <= last:
                        builder._enter(kind, code, contents.releases[position].id, packed)
        return builder

    def take(self, contents: FileContents) -> None:
        """Adds the contents of one file.

        Raises ``CatalogError`` for a transaction report, and for corrections that don't name their release.
        """
        match contents:
            case ReadRelease():
                self._take_release(contents)
            case ProcessingNotes():
                period = period_of_names([contents.file])
                self._take_notes(period.id if period else "", contents.notes.items())
            case NocList():
                self._take_noc_list(contents)
            case Crosswalk():
                for code, names in contents.names.items():
                    self._aliases[code] = self._aliases.get(code, frozenset()).union(names)
            case Corrections():
                self._take_corrections(contents)
            case Transactions():
                raise CatalogError(
                    f"{contents.file}: is a transaction report, which can't be loaded; load the release file"
                )

    def finish(self) -> tuple[CatalogContents, History]:
        """The contents and history of the catalog. Raises ``CatalogError`` if no release was added.

        Corrections that can't be applied to their release are ``unapplied`` from then on, and not kept.
        """
        releases = tuple(sorted(self._releases.values(), key=lambda release: release.id))
        if not releases:
            raise CatalogError("no release is loaded; load a release file first")
        for release_id, corrections in self._corrections.items():
            if release_id in self._releases:
                applied = tuple(one for one in corrections if self._correct(release_id, one))
                self._corrections[release_id] = applied
        contents = CatalogContents(
            releases=releases,
            pages=self._pages,
            notes=self._notes,
            not_otherwise_classified=tuple(sorted(self._noc)),
            noc_release=self._noc_release,
            aliases={code: tuple(sorted(names)) for code, names in self._aliases.items()},
            corrections=self._corrections,
        )
        return contents, History.of(*(_packed(self._rows[kind], kind, contents) for kind in RecordKind))

    def _take_release(self, read: ReadRelease) -> None:
        if not read.release.starter:
            for starter in [known.id for known in self._releases.values() if known.starter]:
                self._remove_release(starter)
            self._take_notes(read.release.id, read.notes.items())
        elif any(not known.starter for known in self._releases.values()):
            return
        if read.partial:
            self._take_page(read)
            return
        self._remove_release(read.release.id)
        self._releases[read.release.id] = read.release
        self._enter_records(read)
        for contents in read.beside:
            self.take(contents)

    def _take_page(self, read: ReadRelease) -> None:
        release_id = read.release.id
        pages = self._pages.get(release_id, ())
        if release_id in self._releases and not pages:
            return
        codes = frozenset(record.code for record in read.records)
        page = PageRelease(release=read.release, codes=tuple(sorted(codes)))
        kept = [known for known in pages if not codes.issuperset(known.codes)]
        self._pages[release_id] = tuple(sorted([*kept, page], key=lambda one: one.release.digest))
        self._releases[release_id] = _release_of_pages(self._pages[release_id])
        self._enter_records(read)

    def _take_notes(self, release_id: str, notes: Iterable[tuple[str, str]]) -> None:
        for number, text in notes:
            if number not in self._notes or self._notes[number].release <= release_id:
                self._notes[number] = Note(text=text, release=release_id)

    def _take_noc_list(self, contents: NocList) -> None:
        """Takes a NOC list unless there is a newer one; lists of the same release, or of none, add up."""
        release_id = contents.release_id or ""
        if release_id > self._noc_release:
            self._noc, self._noc_release = set(), release_id
        if release_id == self._noc_release:
            self._noc.update(listed.code for listed in contents.codes)

    def _take_corrections(self, contents: Corrections) -> None:
        if contents.release_id is None:
            raise CatalogError(
                f"{contents.file}: doesn't say which release it corrects; rename it like hcpc2017_corrections.txt"
            )
        codes = {correction.code for correction in contents.corrections}
        former = self._corrections.get(contents.release_id, ())
        withdrawn = {correction.code for correction in contents.corrections if is_withdrawal(correction)}
        for correction in former:
            if correction.code in withdrawn and is_addition(correction):
                # Only the former list said that the release has the code.
                self._rows[kind_of_code(correction.code)][correction.code].pop(contents.release_id, None)
        kept = [correction for correction in former if correction.code not in codes]
        corrections = sorted([*kept, *contents.corrections], key=lambda correction: correction.code)
        self._corrections[contents.release_id] = tuple(corrections)

    def _correct(self, release_id: str, correction: Correction) -> bool:
        """Carries out a correction, and returns whether it could be."""
        kind = kind_of_code(correction.code)
        row = self._rows[kind].get(correction.code, {}).get(release_id)
        record = None if row is None else CodeRecord.model_validate_json(row)
        corrected = correct_record(record, correction)
        if corrected is not None:
            self._enter(kind, correction.code, release_id, stated_row(corrected))
        elif record is not None or not is_withdrawal(correction):
            unapplied = UnappliedCorrection(release_id=release_id, code=correction.code, action=correction.action)
            self.unapplied.append(unapplied)
        return corrected is not None

    def _enter_records(self, read: ReadRelease) -> None:
        for record in read.records:
            self._enter(record.kind, record.code, read.release.id, stated_row(record))

    def _enter(self, kind: RecordKind, code: str, release_id: str, row: bytes) -> None:
        stated = self._rows[kind].setdefault(code, {})
        # Most rows equal another release's: sharing the bytes keeps many releases almost as small as one.
        stated[release_id] = next((known for known in stated.values() if known == row), row)

    def _remove_release(self, release_id: str) -> None:
        """Removes what a release states."""
        if self._releases.pop(release_id, None) is None:
            return
        self._pages.pop(release_id, None)
        for codes in self._rows.values():
            for stated in codes.values():
                stated.pop(release_id, None)


def _packed(
    rows: Mapping[str, Mapping[str, bytes]], kind: RecordKind, contents: CatalogContents
) -> Iterator[PackedCode]:
    numbers = {release.id: position for position, release in enumerate(contents.releases)}
    for code, by_release in rows.items():
        if by_release:
            stated = {numbers[release_id]: row for release_id, row in by_release.items()}
            yield PackedCode(code, pack(spans_of(stated, contents.releases_covering(kind, code))))


def _release_of_pages(pages: Sequence[PageRelease]) -> Release:
    """The release of several pages together; its digest is computed from theirs."""
    first = pages[0].release
    if len(pages) == 1:
        return first
    codes = {code for page in pages for code in page.codes}
    digests = "\n".join(page.release.digest for page in pages)
    return first.model_copy(
        update={
            "digest": hashlib.sha256(digests.encode("ascii")).hexdigest(),
            "file": ", ".join(sorted(page.release.file for page in pages)),
            "kinds": frozenset(kind for page in pages for kind in page.release.kinds),
            "procedures": sum(not is_modifier(code) for code in codes),
            "modifiers": sum(map(is_modifier, codes)),
            "terminated": sum(page.release.terminated for page in pages),
        }
    )
