"""The catalog: the same for any order of its files, and fast by code, prefix and range."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import HISTORY_CODES, histories, kind_of, release_of

from hcpcs.catalog.catalog import Catalog
from hcpcs.catalog.history.as_of import read_on
from hcpcs.catalog.starter import OWN_NOTES, starter_release
from hcpcs.errors import CatalogError
from hcpcs.records.record import CodeRecord
from hcpcs.releases import Crosswalk, NocList, ReadRelease, Transactions
from hcpcs.releases.content import NocCode, ProcessingNotes

TODAY = date(2025, 11, 1)


def plain(code: str, description: str = "Something", **fields: object) -> CodeRecord:
    return CodeRecord(code=code, kind=kind_of(code), long_description=description, **fields)  # type: ignore[arg-type]


def noc_list(release_id: str | None, *codes: str) -> NocList:
    listed = tuple(NocCode(code=code, description="") for code in codes)
    return NocList(file="noc.csv", release_id=release_id, codes=listed)


def saved(catalog: Catalog, folder: Path) -> bytes:
    catalog.save(folder / "catalogue")
    return (folder / "catalogue").read_bytes()


OCTOBER = release_of(
    "2025-10", [plain(code) for code in ("S9353", "A4253", "S9328", "S9351", "RR", "A1")], {"0088": "S codes"}
)


def test_what_is_known_on_a_day_is_read_once_for_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[date] = []

    def noting(day: date, *rest: Any) -> Any:
        read.append(day)
        return read_on(day, *rest)

    monkeypatch.setattr("hcpcs.catalog.catalog.read_on", noting)
    known = Catalog.build([OCTOBER])
    first, again, later = (known.code_on_day("S9353", day) for day in (TODAY, TODAY, date(2026, 1, 1)))
    assert read == [TODAY, date(2026, 1, 1)]
    assert first is again
    assert later is not None
    assert later.statement.day == date(2026, 1, 1)


class TestLookUp:
    CATALOG = Catalog.build([OCTOBER])

    def test_codes_are_procedures_then_modifiers(self) -> None:
        assert self.CATALOG.codes() == ("A4253", "S9328", "S9351", "S9353", "A1", "RR")
        assert self.CATALOG.procedures() == ("A4253", "S9328", "S9351", "S9353")
        assert self.CATALOG.modifiers() == ("A1", "RR")

    def test_a_range_includes_both_ends(self) -> None:
        assert self.CATALOG.between("S9328", "S9351") == ("S9328", "S9351")
        assert self.CATALOG.between("S9000", "S9399") == ("S9328", "S9351", "S9353")
        assert self.CATALOG.between("S9353", "S9328") == ()

    def test_a_family_is_all_that_starts_alike(self) -> None:
        assert self.CATALOG.starting("S935") == ("S9351", "S9353")
        assert self.CATALOG.starting("S9353") == ("S9353",)
        assert self.CATALOG.starting("A") == ("A4253",)
        assert self.CATALOG.starting("Z") == ()

    def test_holds_what_a_release_states(self) -> None:
        assert "S9353" in self.CATALOG
        assert "RR" in self.CATALOG
        assert "S9999" not in self.CATALOG
        assert self.CATALOG.current("S9999", TODAY) is None
        assert self.CATALOG.timeline("S9999") == ()
        assert self.CATALOG.history("S9999") == ()

    @given(st.text(max_size=8))
    def test_any_text_is_answered(self, text: str) -> None:
        assert text in self.CATALOG or self.CATALOG.as_of(text, TODAY) is None
        assert all(code.startswith(text) for code in self.CATALOG.starting(text))
        assert all(text <= code for code in self.CATALOG.between(text, "S9353"))

    def test_an_unknown_release_is_refused_with_those_that_are_there(self) -> None:
        with pytest.raises(CatalogError, match=r"isn.t loaded. Loaded: 2025-10$"):
            self.CATALOG.changes("2024-01", "2025-10")

    def test_no_release_is_no_catalogue(self) -> None:
        with pytest.raises(CatalogError, match="no release is loaded"):
            Catalog.build([])


class TestSeveralReleases:
    JULY = release_of("2024-07", [plain("S9353", "Before"), plain("S9328")])
    JANUARY = release_of("2023-01", [plain("S9353", "Before"), plain("RR", "Rental")])

    def test_modifiers_outlast_a_release_that_holds_none(self) -> None:
        catalog = Catalog.build([self.JULY, self.JANUARY])
        on_day = catalog.code_on_day("RR", date(2025, 1, 1))
        assert on_day is not None
        assert on_day.statement.release.id == "2023-01"
        assert on_day.removed_in is None
        assert not [change for change in catalog.changes("2023-01", "2024-07") if change.code == "RR"]

    def test_a_release_without_modifiers_says_nothing_of_them(self) -> None:
        catalog = Catalog.build([self.JULY, OCTOBER])
        assert not [change for change in catalog.changes("2024-07", "2025-10") if len(change.code) == 2]

    def test_a_removed_code_stays_with_the_release_that_stated_it(self) -> None:
        catalog = Catalog.build([self.JULY, release_of("2025-10", [plain("S9353")])])
        statement = catalog.current("S9328", TODAY)
        assert statement is not None
        assert statement.release.id == "2024-07"
        assert "S9328" in catalog.codes()

    def test_the_file_given_later_counts_for_a_release_that_comes_twice(self) -> None:
        again = release_of("2024-07", [plain("S9353", "After")])
        catalog = Catalog.gather(Catalog.build([self.JULY]), [again])
        assert [v.record.long_description for v in catalog.timeline("S9353")] == ["After"]
        assert "S9328" not in catalog
        assert catalog.releases == (again.release,)

    def test_the_same_file_again_changes_nothing(self, tmp_path: Path) -> None:
        catalog = Catalog.build([self.JULY, self.JANUARY])
        assert saved(Catalog.gather(catalog, [self.JANUARY]), tmp_path) == saved(catalog, tmp_path)


class TestStarterAndPages:
    PAGE = release_of("2026-01", [plain("S9353", "From its page")]).model_copy(update={"partial": True})
    OTHER = release_of("2026-01", [plain("S9328", "From its page")]).model_copy(update={"partial": True})

    def test_the_starter_steps_aside(self) -> None:
        starter = Catalog.build([starter_release()])
        assert starter.starter
        for catalog in (Catalog.gather(starter, [OCTOBER]), Catalog.build([OCTOBER, starter_release()])):
            assert not catalog.starter
            assert catalog.releases == (OCTOBER.release,)

    def test_pages_add_to_each_other_but_are_no_code_set(self) -> None:
        catalog = Catalog.gather(Catalog.build([starter_release(), self.PAGE]), [self.OTHER])
        assert catalog.codes() == ("S9328", "S9353")
        assert catalog.starter
        assert catalog.newest.procedures == 2
        assert not catalog.newest.starter

    def test_the_order_of_pages_does_not_matter(self, tmp_path: Path) -> None:
        first = Catalog.build([self.PAGE, self.OTHER])
        assert saved(first, tmp_path) == saved(Catalog.build([self.OTHER, self.PAGE]), tmp_path)

    def test_a_page_tells_of_its_code_alone(self) -> None:
        catalog = Catalog.build([OCTOBER, self.PAGE])
        assert catalog.newest == OCTOBER.release
        assert catalog.whole_releases == (OCTOBER.release,)
        page, other = catalog.code_on_day("S9353", date(2026, 2, 1)), catalog.code_on_day("S9328", date(2026, 2, 1))
        assert page is not None
        assert page.statement.release.id == "2026-01"
        assert other is not None
        assert other.removed_in is None
        assert other.in_effect == OCTOBER.release

    def test_a_page_does_not_take_the_place_of_a_code_set(self) -> None:
        whole = release_of("2026-01", [plain("S9353", "From the file"), plain("S9328")])
        for files in ([whole, self.PAGE], [self.PAGE, whole]):
            catalog = Catalog.build(files)
            assert catalog.releases == (whole.release,)
            assert catalog.timeline("S9353")[0].record.long_description == "From the file"


class TestWhatGoesWithReleases:
    def test_notes_are_those_of_the_newest_release_else_our_own(self) -> None:
        older = release_of("2020-01", [plain("S9353", processing_note="0088")], {"0088": "Old", "0001": "First"})
        for files in ([older, OCTOBER], [OCTOBER, older]):
            assert Catalog.build(files).notes == {"0088": "S codes", "0001": "First"}
        assert Catalog.build([release_of("2020-01", [plain("S9353")])]).notes == OWN_NOTES

    def test_a_file_of_notes_belongs_to_the_release_it_names(self) -> None:
        notes = ProcessingNotes(file="proc_notes_2020.txt", notes={"0088": "Of 2020", "0002": "Second"})
        catalog = Catalog.gather(None, [OCTOBER, notes])
        assert catalog.notes == {"0088": "S codes", "0002": "Second"}

    def test_a_statement_carries_its_note(self) -> None:
        catalog = Catalog.build([release_of("2020-01", [plain("S9353", processing_note="0088")])])
        statement = catalog.current("S9353", TODAY)
        assert statement is not None
        assert statement.note == OWN_NOTES["0088"]

    def test_without_a_noc_list_descriptions_decide(self) -> None:
        catalog = Catalog.build([OCTOBER])
        assert catalog.is_not_otherwise_classified(plain("J3490", "Unclassified drugs"))
        assert not catalog.is_not_otherwise_classified(plain("S9328"))
        assert not catalog.is_not_otherwise_classified(plain("AQ", "Physician in an unlisted shortage area"))

    def test_a_noc_list_decides_where_it_is_loaded(self) -> None:
        catalog = Catalog.gather(None, [OCTOBER, noc_list("2024-07", "S9353")])
        assert catalog.is_not_otherwise_classified(plain("S9353"))
        assert not catalog.is_not_otherwise_classified(plain("J0131", "Injection, acetaminophen, nos, 10 mg"))
        later = plain("J0165", "Injection, epinephrine, not otherwise specified", added_date=date(2025, 7, 1))
        assert catalog.is_not_otherwise_classified(later)

    def test_the_newest_noc_list_decides_and_lists_of_no_release_add_up(self) -> None:
        older, newer = noc_list("2018-01", "J8655"), noc_list("2024-07", "J3490")
        for lists in ([older, newer], [newer, older]):
            catalog = Catalog.gather(Catalog.build([OCTOBER]), lists)
            assert (catalog.not_otherwise_classified, catalog.noc_release) == ({"J3490"}, "2024-07")
        catalog = Catalog.gather(None, [OCTOBER, noc_list(None, "S9353"), noc_list(None, "A4253")])
        assert (catalog.not_otherwise_classified, catalog.noc_release) == ({"S9353", "A4253"}, "")

    def test_a_noc_list_is_saved(self, tmp_path: Path) -> None:
        catalog = Catalog.gather(None, [OCTOBER, noc_list("2024-07", "J3490")])
        catalog.save(tmp_path / "catalogue")
        loaded = Catalog.load(tmp_path / "catalogue")
        assert (loaded.not_otherwise_classified, loaded.noc_release) == ({"J3490"}, "2024-07")
        again = Catalog.gather(loaded, [noc_list("2018-01", "J8655")])
        assert again.not_otherwise_classified == {"J3490"}

    def test_crosswalks_give_other_names(self, tmp_path: Path) -> None:
        def crosswalk(*names: str) -> Crosswalk:
            return Crosswalk(file="ndc.csv", names={"J1745": names})

        catalog = Catalog.gather(None, [OCTOBER, crosswalk("remicade"), crosswalk("infliximab", "remicade")])
        assert catalog.aliases == {"J1745": ("infliximab", "remicade")}
        catalog.save(tmp_path / "catalogue")
        assert Catalog.load(tmp_path / "catalogue").aliases == catalog.aliases

    def test_a_transaction_report_is_refused(self) -> None:
        report = Transactions(file="report.prn", release_id="2025-10", actions={"S9353": "N"})
        with pytest.raises(CatalogError, match=r"report.prn: is a transaction report, .*; load the release file"):
            Catalog.gather(None, [OCTOBER, report])


class TestFile:
    def test_a_catalogue_comes_back_as_it_was(self, tmp_path: Path) -> None:
        catalog = Catalog.build([OCTOBER, TestSeveralReleases.JULY])
        catalog.save(tmp_path / "catalogue")
        loaded = Catalog.load(tmp_path / "catalogue")
        assert loaded.releases == catalog.releases
        assert loaded.notes == catalog.notes
        assert loaded.codes() == catalog.codes()
        assert loaded.fingerprint == catalog.fingerprint
        assert all(loaded.timeline(code) == catalog.timeline(code) for code in catalog.codes())

    def test_a_file_of_another_kind_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "catalogue").write_text("HCPCS catalogue 0\n", encoding="ascii")
        with pytest.raises(CatalogError, match="not a catalog of this version of the program; load the releases again"):
            Catalog.load(tmp_path / "catalogue")

    @given(st.data())
    def test_a_cut_off_file_is_refused(self, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
        path = tmp_path_factory.mktemp("cut") / "catalogue"
        Catalog.build([OCTOBER]).save(path)
        whole = path.read_bytes()
        path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
        with pytest.raises(CatalogError, match="load the releases again"):
            Catalog.load(path)


@given(history=histories(), seed=st.integers(0, 1000))
def test_load_order_does_not_matter(
    history: tuple[ReadRelease, ...], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("order")
    shuffled = list(history)
    random.Random(seed).shuffle(shuffled)
    expected = saved(Catalog.build(history), folder)
    assert saved(Catalog.build(shuffled), folder) == expected
    one_by_one = Catalog.build(shuffled[:1])
    for read in shuffled[1:]:
        one_by_one = Catalog.gather(one_by_one, [read])
    assert saved(one_by_one, folder) == expected


@given(histories())
def test_every_release_is_kept_as_it_was_stated(history: tuple[ReadRelease, ...]) -> None:
    catalog = Catalog.build(history)
    for read in history:
        stood = {statement.record.code: statement.record for statement in catalog.stated_by(read.release.id)}
        for code in HISTORY_CODES:
            if kind_of(code) in read.release.kinds:
                assert stood.get(code) == next((one for one in read.records if one.code == code), None)


@given(histories())
def test_the_newest_record_of_every_code_is_the_one_that_counts_now(history: tuple[ReadRelease, ...]) -> None:
    catalog = Catalog.build(history)
    statements = (catalog.current(code, TODAY) for code in catalog.codes())
    assert list(catalog.newest_records()) == [statement.record for statement in statements if statement is not None]
