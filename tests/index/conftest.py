"""Shared by the tests of the search: small catalogs built in code, and the index of a real release."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from hcpcs.catalog.catalog import Catalog
from hcpcs.records.record import CodeRecord, RecordKind, Release
from hcpcs.releases import read_release
from hcpcs.releases.content import ReadRelease
from hcpcs_index import build_index, memory_index, open_index
from hcpcs_index.searcher import Searcher

TODAY = date(2025, 10, 15)


def record(code: str, long: str, short: str = "", **fields: object) -> CodeRecord:
    """A record of a code in use, unless ``fields`` say otherwise."""
    kind = RecordKind.MODIFIER if len(code) == 2 else RecordKind.PROCEDURE
    stated = {"added_date": date(2000, 1, 1), **fields}
    return CodeRecord.model_validate(
        {"code": code, "kind": kind, "long_description": long, "short_description": short or long[:28], **stated}
    )


def catalog_of(*records: CodeRecord) -> Catalog:
    """The catalog of one release with these records."""
    text = "".join(one.model_dump_json() for one in records)
    release = Release(
        id="2025-10",
        label="October 2025",
        effective=date(2025, 10, 1),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        file="built in a test",
        kinds=frozenset(RecordKind),
        procedures=sum(one.kind is RecordKind.PROCEDURE for one in records),
        modifiers=sum(one.kind is RecordKind.MODIFIER for one in records),
        terminated=0,
    )
    return Catalog.build([ReadRelease(release=release, records=tuple(records))])


def searcher_of(*records: CodeRecord, today: Callable[[], date] = lambda: TODAY) -> Searcher:
    """The search in memory over a few records."""
    return memory_index(catalog_of(*records), today)


def codes(hits: object) -> list[str]:
    """The codes of a result or of hits."""
    return [hit.code for hit in getattr(hits, "hits", hits)]  # type: ignore[union-attr]


@pytest.fixture(scope="session")
def release_catalog(shared_data: Path) -> Catalog:
    """The catalog of the newest full release."""
    return Catalog.build(
        [read_release(shared_data / "releases" / "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip")]
    )


@pytest.fixture(scope="session")
def release_folder(release_catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the index of the newest full release."""
    folder = tmp_path_factory.mktemp("release")
    build_index(release_catalog, folder)
    return folder


@pytest.fixture(scope="session")
def searcher(release_folder: Path, release_catalog: Catalog) -> Searcher:
    """The search of the newest full release, on a day in its quarter."""
    return open_index(release_folder, release_catalog, lambda: TODAY)


@pytest.fixture(scope="session")
def records(release_catalog: Catalog) -> Mapping[str, CodeRecord]:
    """Every record of the newest full release by its code."""
    statements = (release_catalog.current(code, TODAY) for code in release_catalog.codes())
    return {statement.record.code: statement.record for statement in statements if statement is not None}
