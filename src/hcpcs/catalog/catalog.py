"""The catalog: an immutable snapshot of one or more releases, queried by code, prefix, day and change.

Every code is stored as its versions: a version is a record and the releases that state it unchanged.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from hcpcs.catalog.builder import CatalogBuilder
from hcpcs.catalog.change_index import ChangedCode, ChangeIndex
from hcpcs.catalog.changes import Change, change_by_action, compare
from hcpcs.catalog.corrections import UnappliedCorrection
from hcpcs.catalog.description_words import DescriptionWords
from hcpcs.catalog.file_format import CatalogContents, read_catalog, write_catalog
from hcpcs.catalog.history.as_of import CodeOnDay, read_newest, read_on, removal_days
from hcpcs.catalog.history.dated_codes import DatedCodes, read_dated_codes
from hcpcs.catalog.history.known_code import KnownCode, know_code
from hcpcs.catalog.history.timeline import Episode, episodes
from hcpcs.catalog.history.versions import History, Version
from hcpcs.catalog.starter import OWN_NOTES
from hcpcs.errors import CatalogError
from hcpcs.method_cache import cached_method
from hcpcs.records.families.noc import is_noc
from hcpcs.records.fields import cms_date
from hcpcs.records.record import CodeRecord, Release, Statement
from hcpcs.releases.content import Correction, FileContents, ReadRelease

__all__ = ["Catalog", "Version"]

CACHED_CODES: Final = 128
"""Maximum codes whose versions (7 kB each) and state on a day are kept, per catalog: an answer asks four times."""
CACHED_COMPARISONS: Final = 12
"""Maximum pairs of releases whose changes are kept, per catalog."""


class Catalog:
    """Releases oldest first, with every version of every code. Immutable, and safe to share between threads.

    A release without records of a kind (2024-07 has no modifiers) says nothing about that kind: the last release that
    has them still applies. A file of single codes (a record page) says nothing about other codes.
    """

    releases: tuple[Release, ...]
    notes: Mapping[str, str]
    """Processing notes: number (four digits) to text, from the newest release that has it, else our own."""
    not_otherwise_classified: frozenset[str]
    """Codes on the newest loaded NOC list."""
    noc_release: str
    """The id of the release of that list; ``""`` if it names none, or no list is loaded."""
    aliases: Mapping[str, tuple[str, ...]]
    """Other names of codes, sorted: the drug names of the loaded crosswalks."""
    folder: Path | None
    """The folder on the shelf that it was opened from, with its index; ``None`` if it was built."""

    def __init__(self, contents: CatalogContents, history: History, folder: Path | None = None) -> None:
        self.releases = contents.releases
        self.notes = MappingProxyType({**OWN_NOTES, **{n: note.text for n, note in contents.notes.items()}})
        self.not_otherwise_classified = frozenset(contents.not_otherwise_classified)
        self.noc_release = contents.noc_release
        self.aliases = MappingProxyType(contents.aliases)
        self.folder = folder
        self.unapplied: tuple[UnappliedCorrection, ...] = ()
        """The corrections that could not be applied when this catalog was gathered."""
        self._contents = contents
        self._history = history
        self._known = lru_cache(maxsize=CACHED_CODES)(partial(know_code, contents, history))
        self._on_day = cached_method(self._read_on_day, maxsize=CACHED_CODES)
        self._compared: dict[tuple[str, str, bool], tuple[Change, ...]] = {}
        self._by_action: dict[str, tuple[Change, ...]] = {}
        self._whole = tuple(release for release in self.releases if release.id not in contents.pages)

    @classmethod
    def build(cls, releases: Iterable[ReadRelease]) -> Catalog:
        """The catalog of releases in any order. Raises ``CatalogError`` if there is none."""
        return cls.gather(None, releases)

    @classmethod
    def gather(cls, present: Catalog | None, files: Iterable[FileContents]) -> Catalog:
        """The catalog of a present one and the contents of files: releases, and what belongs to them.

        Of two files of the same release (same id) the later one replaces the other; otherwise the order doesn't
        matter. Raises ``CatalogError`` if there is no release among them, or for a file that a catalog can't take.
        """
        builder = CatalogBuilder() if present is None else CatalogBuilder.of(present._contents, present._history)
        for file in files:
            builder.take(file)
        catalog = cls(*builder.finish())
        catalog.unapplied = tuple(builder.unapplied)
        return catalog

    @classmethod
    def load(cls, path: Path, folder: Path | None = None) -> Catalog:
        """The catalog in a file written by ``save``. Raises ``CatalogError`` for any other file, and ``OSError``."""
        return cls(*read_catalog(path), folder)

    def save(self, path: Path) -> None:
        """Writes the catalog to a file; equal catalogs give equal bytes. Raises ``OSError``."""
        write_catalog(path, self._contents, self._history)

    @property
    def newest(self) -> Release:
        """The newest release that is a whole code set; the newest file of single codes if there is none."""
        return (self._whole or self.releases)[-1]

    @property
    def whole_releases(self) -> tuple[Release, ...]:
        """The releases that are whole code sets, oldest first: only these can be compared."""
        return self._whole

    @property
    def starter(self) -> bool:
        """Whether there is no whole code set, only the built-in starter or record pages."""
        return not self._whole

    def is_outdated(self, day: date) -> bool:
        """Whether CMS has published a newer release by ``day`` than the newest loaded one; never for the starter."""
        return not self.starter and self.newest.is_outdated(day)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of everything that the catalog was built from; catalogs with equal ones give equal answers."""
        return hashlib.sha256(self._contents.as_json()).hexdigest()

    @cached_property
    def dated_codes(self) -> DatedCodes:
        """Every code by the days on which it was added and ended; made once, in about 60 ms."""
        return read_dated_codes(self._history)

    @cached_property
    def removed(self) -> Mapping[str, date]:
        """The codes that CMS took out of its file, with the first day of the first release that lacks them."""
        newest = len(self.releases) - 1
        return removal_days(self._known(one.code) for one in self.dated_codes.codes if one.last_release < newest)

    @cached_property
    def _change_index(self) -> ChangeIndex:
        """The versions of every code as numbers; made once, in about 150 ms for ten releases."""
        pages = {key: [code for page in pages for code in page.codes] for key, pages in self._contents.pages.items()}
        return ChangeIndex(self._history, self.releases, pages)

    @cached_property
    def description_words(self) -> DescriptionWords:
        """The weights of the words of all descriptions; made once, in about 60 ms."""
        return DescriptionWords(code.long_description for code in self.dated_codes.codes)

    def __contains__(self, code: str) -> bool:
        """Whether any release states the code (upper case)."""
        return code in self._history

    def codes(self) -> Sequence[str]:
        """Every code that any release states, removed ones, too: procedures sorted, then modifiers sorted."""
        return self._history.codes

    def procedures(self) -> Sequence[str]:
        """The procedure codes among ``codes``, sorted."""
        return self._history.procedures

    def modifiers(self) -> Sequence[str]:
        """The modifiers among ``codes``, sorted."""
        return self._history.modifiers

    def between(self, first: str, last: str) -> Sequence[str]:
        """The procedure codes from ``first`` to ``last``, both included, sorted."""
        procedures = self._history.procedures
        return procedures[bisect_left(procedures, first) : bisect_right(procedures, last)]

    def starting(self, prefix: str) -> Sequence[str]:
        """The procedure codes that start with ``prefix``, sorted."""
        procedures = self._history.procedures
        return procedures[bisect_left(procedures, prefix) : bisect_left(procedures, prefix + "\U0010ffff")]

    def current(self, code: str, today: date) -> Statement | None:
        """The newest statement of a code, read on ``today``; of an older release if CMS removed the code."""
        return read_newest(self._known(code), partial(self._statement, day=today)) if code in self else None

    def newest_records(self) -> Iterator[CodeRecord]:
        """The newest record of every code, in the order of ``codes``; older versions are not read."""
        return (CodeRecord.model_validate(spans[-1].row) for spans in self._history.all_spans())

    def as_of(self, code: str, day: date) -> Statement | None:
        """What is known about a code on a date of service; ``code_on_day`` says how it is known.

        It is the statement of the newest release in effect on ``day`` (else of the oldest) whose record was already
        added then (G9890 was reused), or of a later one that corrects it. ``None`` if no release states the code.
        """
        return self._on_day(code, day).statement if code in self else None

    def code_on_day(self, code: str, day: date) -> CodeOnDay | None:
        """What is known about a code on a date of service, and which releases prove it; ``None`` if none states it."""
        return self._on_day(code, day) if code in self else None

    def _read_on_day(self, code: str, day: date) -> CodeOnDay:
        return read_on(day, self._known(code), partial(self._statement, day=day))

    def timeline(self, code: str) -> tuple[Version, ...]:
        """Every version of a code, oldest first; none if no release states it."""
        return self._known(code).versions if code in self else ()

    def history(self, code: str) -> tuple[Episode, ...]:
        """The versions of a code as episodes, oldest first, with what is new in each; none if no release states it."""
        if code not in self:
            return ()
        known = self._known(code)
        return episodes(known.versions, known.releases)

    def stated_by(self, release_id: str) -> Iterator[Statement]:
        """The code set of a release, in the order of ``codes``, each read on the first day of the release.

        Raises ``CatalogError`` for an unknown release id.
        """
        release = self._release(release_id)
        for code in self.codes():
            known = self._known(code)
            covering = known.covering_release(release)
            statement = None if covering is None else self._stated_by(known, covering)
            if statement is not None:
                yield statement

    def changes(self, before: str, after: str, *, bookkeeping: bool = False) -> tuple[Change, ...]:
        """What changed between two releases, by code. Raises ``CatalogError`` for an unknown release id.

        A change of the action code or its date alone is CMS's bookkeeping, listed only with ``bookkeeping``. Codes
        that the earlier release doesn't cover (modifiers, if it has none) are left out.
        """
        compared = self._compared.get(asked := (before, after, bookkeeping))
        if compared is None:
            compared = tuple(self._compare(self._release(before), self._release(after), bookkeeping))
            if len(self._compared) >= CACHED_COMPARISONS:
                self._compared.clear()
            self._compared[asked] = compared
        return compared

    def changed_codes(self, before: str, after: str) -> tuple[ChangedCode, ...]:
        """The codes that ``changes`` lists, each with its kinds of change only; takes a few ms. Raises the same."""
        positions = (self.releases.index(self._release(one)) for one in (before, after))
        return tuple(self._change_index.between(*positions))

    def changes_of(self, codes: Iterable[str], before: str, after: str) -> tuple[Change, ...]:
        """What changed of these codes between two releases. Raises ``CatalogError`` for an unknown release id."""
        named = [code for code in codes if code in self]
        return tuple(self._compare(self._release(before), self._release(after), bookkeeping=False, codes=named))

    def changes_by_action(self, release_id: str, since: date | None = None) -> tuple[Change, ...]:
        """The changes that a release says it made, by CMS's action codes, in the order of ``codes``.

        With ``since``, only those that took effect on that day or later; a change without a date is left out then.
        ``before`` of each change is empty. Raises ``CatalogError`` for an unknown release id.
        """
        changes = self._by_action.get(release_id)
        if changes is None:
            stated = map(change_by_action, self.stated_by(release_id))
            changes = self._by_action[release_id] = tuple(change for change in stated if change is not None)
        if since is None:
            return changes
        return tuple(change for change in changes if change.after["action_effective_date"] >= cms_date(since))

    def is_not_otherwise_classified(self, record: CodeRecord) -> bool:
        """Whether a code is NOC: by CMS's newest loaded list, else by its description (``families/noc.py``)."""
        first_day = date.fromisoformat(f"{self.noc_release}-01") if self.noc_release else None
        return is_noc(record, self.not_otherwise_classified, first_day)

    def correction_of(self, statement: Statement) -> Correction | None:
        """The published correction that a statement includes, where a corrections file was loaded."""
        corrections = self._contents.corrections.get(statement.release.id, ())
        return next((one for one in corrections if one.code == statement.record.code), None)

    def _statement(self, record: CodeRecord, release: Release, day: date) -> Statement:
        return Statement(record=record, release=release, day=day, note=self.notes.get(record.processing_note))

    def _release(self, release_id: str) -> Release:
        release = next((one for one in self.releases if one.id == release_id), None)
        if release is None:
            raise CatalogError(f"that release isn't loaded. Loaded: {', '.join(one.id for one in self.releases)}")
        return release

    def _compare(
        self, before: Release, after: Release, bookkeeping: bool, codes: Sequence[str] | None = None
    ) -> Iterator[Change]:
        if codes is None:
            positions = self.releases.index(before), self.releases.index(after)
            changed = self._change_index.between(*positions, bookkeeping=bookkeeping)
            codes = [one.code for one in changed]
        for code in codes:
            known = self._known(code)
            old, new = known.covering_release(before), known.covering_release(after)
            if old is not None and new is not None:
                statements = self._stated_by(known, old), self._stated_by(known, new)
                yield from compare(*statements, bookkeeping=bookkeeping)

    def _stated_by(self, known: KnownCode, release: Release) -> Statement | None:
        version = known.version_of(release)
        return None if version is None else self._statement(version.record, release, release.effective)
