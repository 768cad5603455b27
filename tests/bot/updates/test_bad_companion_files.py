"""Real companion files that are cut, edited or mixed: one clear error, or a counted warning."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from hcpcs.companions.companion_reader import read_companions
from hcpcs.companions.storage.edition_set import EditionChange, EditionSet
from hcpcs.errors import ReleaseError

FILES = {
    "DMEPOS26_JAN.csv": "DMEPOS26_JAN.csv.gz",
    "ASP_pricing_2026Q1.csv": "ASP_pricing_2026Q1.level2.csv.gz",
    "crosswalk_2026Q1.csv": "ASP_NDC_HCPCS_crosswalk_2026Q1.level2.csv.gz",
    "OPPS_Addendum_B_2025-10.csv": "OPPS_Addendum_B_2025-10.level2.csv.gz",
    "NCCI_MUE_2024-07.csv": "NCCI_MUE_2024-07.level2.csv.gz",
    "DMEPOS_required_prior_authorization_2026-07-29.csv": "DMEPOS_required_prior_authorization_2026-07-29.csv",
}


@pytest.fixture
def real_bytes(shared_data: Path) -> Callable[[str], bytes]:
    def read(name: str) -> bytes:
        data = (shared_data / "companion" / FILES[name]).read_bytes()
        return gzip.decompress(data) if FILES[name].endswith(".gz") else data

    return read


def load(folder: Path, name: str, *contents: bytes) -> EditionSet:
    """Loads one file after another under a name. Raises ``ReleaseError``."""
    editions = EditionSet()
    for number, data in enumerate(contents):
        path = folder / str(number) / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        for packed in read_companions(path):
            editions.add(packed)
    return editions


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.1, 0.3, 0.4])
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_cut_off_never_takes_the_place_of_the_whole_one(
    tmp_path: Path, real_bytes: Callable[[str], bytes], name: str, share: float
) -> None:
    whole = real_bytes(name)
    within = whole[: int(len(whole) * share)]
    between = within[: within.rindex(b"\n") + 1]
    for cut in (within, between):
        with pytest.raises(ReleaseError) as refused:
            load(tmp_path, name, whole, cut)
        assert "\n" not in str(refused.value)
        assert name in str(refused.value)


def test_two_files_of_one_edition_that_differ_say_in_how_many_rows(
    tmp_path: Path, real_bytes: Callable[[str], bytes]
) -> None:
    name = "ASP_pricing_2026Q1.csv"
    whole = real_bytes(name)
    editions = load(tmp_path, name, whole)
    (path := tmp_path / "edited" / name).parent.mkdir()
    path.write_bytes(whole.replace(b"32.423", b"99.999"))
    (packed,) = read_companions(path)
    loaded = editions.add(packed)
    assert (loaded.change, loaded.differing) == (EditionChange.REPLACED, 1)
    assert loaded.warnings[-1] == f"differs in 1 row from {name}, which it replaces"
    assert len(list(editions)) == 1


def test_the_schedule_of_another_quarter_is_a_new_edition(tmp_path: Path, real_bytes: Callable[[str], bytes]) -> None:
    whole = real_bytes("DMEPOS26_JAN.csv")
    editions = load(tmp_path, "DMEPOS26_JAN.csv", whole)
    (path := tmp_path / "DMEPOS27_JAN.csv").write_bytes(whole)
    (packed,) = read_companions(path)
    assert editions.add(packed).change is EditionChange.ADDED
    assert [str(one.edition.from_day) for one in editions] == ["2026-01-01", "2027-01-01"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace(b"32.423", b"abc"), "line 291: Payment Limit: 'abc' is not an amount"),
        (lambda text: text + b"E0601,RR,,D,CR,0,0,51.11,92,50,91,60\n", "is not an amount"),
        (lambda text: text.replace(b"Effective January 1, 2026", b""), "doesn't say which quarter it is of"),
        (lambda text: b"\n".join(text.splitlines()[:9]) + b"\n", "and no row; download it again"),
        (
            lambda text: b"\n".join([*text.splitlines()[:9], b"90371,A vaccine,1 ML,12.5,20,,,,,,"]) + b"\n",
            "has only CPT and CDT codes (1 row), whose texts are licensed",
        ),
        (lambda text: text + b"J1745,Infliximab,10 MG,1.5,20.000,,,,,,\n", "states something else about J1745"),
    ],
)
def test_a_damaged_or_mixed_file_is_one_clear_error(
    tmp_path: Path, real_bytes: Callable[[str], bytes], change: Callable[[bytes], bytes], reason: str
) -> None:
    with pytest.raises(ReleaseError) as refused:
        load(tmp_path, "limits.csv", change(real_bytes("ASP_pricing_2026Q1.csv")))
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)
