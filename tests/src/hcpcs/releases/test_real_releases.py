"""Every full release in the shared data: its counts, its oddities, and its twin in another form."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.releases.real_releases import FULL_RELEASES, real_release

from hcpcs.records.record import CodeRecord, RecordKind
from hcpcs.releases import ReadRelease, read_release
from hcpcs.releases.record_layout import kind_of

pytestmark = pytest.mark.slow

COUNTS = {
    # release: procedures, modifiers, terminated
    "2017-01": (6155, 343, 530),
    "2018-01": (6205, 354, 466),
    "2019-01": (6440, 360, 515),
    "2020-01": (6710, 369, 615),
    "2020-04": (6728, 369, 616),
    "2020-07": (6789, 369, 625),
    "2020-10": (6825, 371, 629),
    "2023-01": (7404, 381, 945),
    "2024-07": (8033, 0, 1058),
    "2025-10": (8463, 383, 1225),
}
TWINS = {
    "2017-01": "HCPC17_CONTR_ANWEB.xlsx",
    "2018-01": "HCPC2018_CONTR_ANWEB_disc.xlsx",
    "2019-01": "HCPC2019_CONTR_ANWEB.xlsx",
    "2020-01": "HCPC2020_ANWEB_w_disclaimer.xls",
}


@pytest.fixture(params=FULL_RELEASES)
def release(request: pytest.FixtureRequest, shared_data: Path) -> ReadRelease:
    read: ReadRelease = real_release(shared_data, request.param)
    return read


def by_code(release: ReadRelease) -> dict[str, CodeRecord]:
    return {record.code: record for record in release.records}


def twin(shared_data: Path, folder: Path, release_id: str) -> ReadRelease:
    with zipfile.ZipFile(shared_data / "releases" / FULL_RELEASES[release_id]) as archive:
        return read_release(Path(archive.extract(TWINS[release_id], folder)))


def test_counts_label_and_id(release: ReadRelease) -> None:
    stated = release.release
    assert (stated.procedures, stated.modifiers, stated.terminated) == COUNTS[stated.id]
    assert stated.label == f"HCPCS {stated.effective:%B %Y}"
    assert stated.id == f"{stated.effective:%Y-%m}"
    assert stated.kinds == ({RecordKind.PROCEDURE} if stated.id == "2024-07" else set(RecordKind))
    assert len(release.records) == stated.procedures + stated.modifiers
    assert release.warnings == ()
    assert not release.partial


def test_every_release_is_found_by_its_own_dates_too(shared_data: Path, tmp_path: Path) -> None:
    for release_id in ("2018-01", "2020-10", "2025-10"):
        renamed = tmp_path / "download"
        renamed.write_bytes((shared_data / "releases" / FULL_RELEASES[release_id]).read_bytes())
        if release_id == "2020-10":
            assert read_release(renamed).release.id == release_id
        else:
            # The name within the zip says which release it is.
            assert read_release(renamed).warnings == ()


def test_codes_are_trimmed_and_their_own_kind(release: ReadRelease) -> None:
    assert all(kind_of(record.code) is record.kind for record in release.records)
    assert len(by_code(release)) == len(release.records)


def test_texts_have_single_spaces_and_are_never_blank(release: ReadRelease) -> None:
    for record in release.records:
        for text in (record.long_description, record.short_description):
            assert text == " ".join(text.split())
            assert text


def test_descriptions_are_plain_ascii(release: ReadRelease) -> None:
    assert all(record.long_description.isascii() for record in release.records)


def test_unknown_values_are_only_the_slip_of_2018(release: ReadRelease) -> None:
    # Five ASC dates of 2018 stand two columns too far left (``20`` ``170701``), in text and workbook alike.
    unknown = [(each.field, each.value, each.count) for each in release.unknown_values]
    assert unknown == ([("asc_group", "20", 5)] if release.release.id == "2018-01" else [])


def test_the_slipped_dates_of_2018_are_understood(shared_data: Path) -> None:
    records = by_code(real_release(shared_data, "2018-01"))
    assert records["C9745"].asc_effective_date == records["C9745"].added_date == date(2017, 7, 1)


def test_long_descriptions_are_whole(shared_data: Path) -> None:
    longest = max(real_release(shared_data, "2025-10").records, key=lambda record: len(record.long_description))
    assert (longest.code, len(longest.long_description)) == ("G0556", 4492)


def test_a_code_that_starts_in_lower_case_survives(release: ReadRelease) -> None:
    assert by_code(release)["J0594"].long_description.lower().startswith("injection, busulfan")


@pytest.mark.parametrize("release_id", ["2019-01", "2020-01", "2020-04", "2020-07", "2020-10", "2023-01"])
def test_the_second_row_of_g0503_is_merged(shared_data: Path, release_id: str) -> None:
    record = by_code(real_release(shared_data, release_id))["G0503"]
    assert "and/or other treatment goals and are prepared for discharge" in record.long_description
    assert record.action_effective_date == date(2018, 1, 1)
    assert record.termination_date == date(2017, 12, 31)
    assert record.cross_references == ("99493",)


def test_modifiers_have_no_price_and_procedures_their_base_units(release: ReadRelease) -> None:
    for record in release.records:
        if record.kind is RecordKind.MODIFIER:
            assert not record.pricing_indicators
            assert not record.multiple_pricing_indicator
            assert not record.betos
            assert not record.types_of_service
            assert record.anesthesia_base_units is None
        else:
            assert record.anesthesia_base_units == 0


def test_action_dates_are_blank_as_stated(shared_data: Path) -> None:
    blank = {
        release_id: sum(each.action_effective_date is None for each in real_release(shared_data, release_id).records)
        for release_id in FULL_RELEASES
    }
    assert blank == {
        **dict.fromkeys(("2017-01", "2018-01", "2025-10"), 0),
        "2019-01": 1,
        "2020-01": 115,
        **dict.fromkeys(("2020-04", "2020-07", "2020-10", "2023-01", "2024-07"), 116),
    }


def test_terminated_codes_mostly_carry_action_n(shared_data: Path) -> None:
    records = real_release(shared_data, "2025-10").records
    actions = Counter(record.action_code for record in records if record.termination_date is not None)
    assert actions.most_common(1)[0][0] == "N"


def test_cross_references_may_be_cpt_numbers(release: ReadRelease) -> None:
    references = {code for record in release.records for code in record.cross_references}
    assert any(code.isdigit() and len(code) == 5 for code in references)


def test_a_modifier_is_left_padded_in_workbooks_and_trimmed_here(shared_data: Path) -> None:
    assert by_code(real_release(shared_data, "2020-04"))["A1"].long_description == "Dressing for one wound"


@pytest.mark.parametrize("release_id", TWINS)
def test_text_and_workbook_give_equal_records(shared_data: Path, tmp_path: Path, release_id: str) -> None:
    text = real_release(shared_data, release_id)
    table = twin(shared_data, tmp_path, release_id)
    assert table.release.model_dump(exclude={"digest", "file"}) == text.release.model_dump(exclude={"digest", "file"})
    assert [record.code for record in table.records] == [record.code for record in text.records]
    differing = Counter(
        field
        for one, other in zip(text.records, table.records, strict=True)
        for field in CodeRecord.model_fields
        if getattr(one, field) != getattr(other, field)
    )
    # What CMS itself states differently: in 2017 three action dates; in 2019 action dates that the workbook
    # leaves blank, and a fourth type of service (R) of E0210 and E0776 that the text lacks.
    assert (
        differing
        == {
            "2017-01": {"action_effective_date": 3},
            "2018-01": {},
            "2019-01": {"action_effective_date": 115, "types_of_service": 2},
            "2020-01": {},
        }[release_id]
    )


def test_the_same_file_gives_the_same_release(shared_data: Path) -> None:
    path = shared_data / "releases" / FULL_RELEASES["2020-04"]
    assert read_release(path) == real_release(shared_data, "2020-04")
