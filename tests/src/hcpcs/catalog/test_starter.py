"""The two documented records: every field, wherever they are stated."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.releases.real_releases import FULL_RELEASES, real_release

from hcpcs.catalog.starter import OWN_NOTES, starter_release
from hcpcs.records.fields import FIELDS, FieldSpec, read_field
from hcpcs.records.record import CodeRecord, Statement
from hcpcs.releases import ReadRelease, read_release

TODAY = date(2026, 1, 15)
SEED_PAGES = {"S9353": "000_57b22dc929ab4c3e.txt", "S9328": "001_3bf349f4d446ee6e.txt"}
OF_THE_SOURCE = {"last_update"}
"""Fields that state the year of the source, and so differ by source."""


def record_of(release: ReadRelease, code: str) -> CodeRecord:
    return next(record for record in release.records if record.code == code)


def stated(release: ReadRelease, code: str) -> Statement:
    """The statement of a release, with the note's text left out: each source words it differently."""
    return Statement(record=record_of(release, code), release=release.release, day=TODAY)


def test_the_starter_says_what_it_is() -> None:
    starter = starter_release()
    assert starter.release.starter
    assert starter.partial
    assert starter.release.label == "HCPCS starter (2 codes, 2026)"
    assert (starter.release.procedures, starter.release.modifiers, starter.release.terminated) == (2, 0, 0)
    assert starter.release.effective == date(2026, 1, 1)


def test_the_starter_is_the_same_each_time() -> None:
    first = starter_release()
    starter_release.cache_clear()
    assert starter_release() == first
    assert len(first.release.digest) == 64


def test_note_0088_is_in_our_own_words() -> None:
    assert starter_release().notes == OWN_NOTES
    note = OWN_NOTES["0088"]
    assert "private payers" in note
    assert "Medicare" in note


@pytest.mark.parametrize("code", SEED_PAGES)
@pytest.mark.parametrize("spec", FIELDS, ids=lambda spec: spec.name)
def test_every_field_equals_the_seed_page(shared_data: Path, code: str, spec: FieldSpec) -> None:
    page = read_release(shared_data / "seeds" / SEED_PAGES[code])
    assert read_field(spec, stated(page, code)) == read_field(spec, stated(starter_release(), code))


@pytest.mark.slow
@pytest.mark.parametrize("code", SEED_PAGES)
@pytest.mark.parametrize("release_id", FULL_RELEASES)
def test_every_field_equals_every_release(shared_data: Path, release_id: str, code: str) -> None:
    release = real_release(shared_data, release_id)
    for spec in FIELDS:
        theirs = read_field(spec, stated(release, code))
        ours = read_field(spec, stated(starter_release(), code))
        if spec.name in OF_THE_SOURCE:
            assert theirs.value == release_id[:4]
            assert ours.value == "2026"
        else:
            assert theirs == ours, spec.name


@pytest.mark.slow
@pytest.mark.parametrize("code", SEED_PAGES)
def test_the_records_are_equal_as_records(shared_data: Path, code: str) -> None:
    ours = record_of(starter_release(), code)
    assert all(record_of(real_release(shared_data, each), code) == ours for each in FULL_RELEASES)
