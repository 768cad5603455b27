"""Published corrections: carried out in the release that they correct, and named by what includes them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.catalog.test_catalog import TODAY, plain, saved
from tests.strategies import release_of

from hcpcs.catalog.catalog import Catalog
from hcpcs.errors import CatalogError
from hcpcs.records.record import RecordKind
from hcpcs.releases import Corrections
from hcpcs.releases.content import Correction


class TestCorrections:
    JANUARY = release_of(
        "2017-01", [plain("E0627", cross_references=("Q0080", "E0628")), plain("G0477"), plain("G0480")]
    )
    FILE = Corrections(
        file="corrections.txt",
        release_id="2017-01",
        corrections=tuple(
            Correction(code=code, action=action, effective=date(2017, 1, 1), values=values)
            for code, action, values in (
                ("C1842", "ADD", {"long_description": "Retinal prosthesis", "types_of_service": ("9", "F")}),
                ("E0627", "Remove xref code Q0080", {}),
                ("G0477", "Terminate code", {}),
                ("G0480", "ReviseLong Description", {"long_description": "Drug test"}),
            )
        ),
    )

    @pytest.mark.parametrize("turn", [1, -1])
    def test_are_carried_out_in_the_release_that_they_correct(self, turn: int) -> None:
        catalog = Catalog.gather(None, [self.JANUARY, self.FILE][::turn])
        records = {code: catalog.timeline(code)[0].record for code in ("C1842", "E0627", "G0477", "G0480")}
        assert records["C1842"].added_date == date(2017, 1, 1)
        assert records["C1842"].kind is RecordKind.PROCEDURE
        assert records["C1842"].types_of_service == ("9", "F")
        assert records["E0627"].cross_references == ("E0628",)
        assert records["G0477"].termination_date == date(2016, 12, 31)
        assert records["G0480"].long_description == "Drug test"

    def test_are_named_by_the_statement_that_includes_them(self) -> None:
        catalog = Catalog.gather(None, [self.JANUARY, self.FILE])
        statement = catalog.current("G0480", TODAY)
        assert statement is not None
        correction = catalog.correction_of(statement)
        assert correction is not None
        assert correction.action == "ReviseLong Description"

    def test_hold_when_the_release_is_loaded_again(self, tmp_path: Path) -> None:
        catalog = Catalog.gather(None, [self.JANUARY, self.FILE])
        again = Catalog.gather(catalog, [self.FILE, self.JANUARY])
        assert saved(again, tmp_path) == saved(catalog, tmp_path)

    @pytest.mark.parametrize(
        ("code", "action"),
        [
            ("G0480", "Something else"),
            ("G0480", "Change ASC Ind/ASC eff date"),
            ("G0480", "DELETE"),
            ("A9999", "Terminate code"),
            ("A9999", "ADD"),
            ("A9999", "Add Lab Cert code 220"),
        ],
    )
    def test_that_can_not_be_carried_out_are_named_and_the_others_applied(self, code: str, action: str) -> None:
        unclear = Correction(code=code, action=action, effective=date(2017, 1, 1), values={})
        others = tuple(one for one in self.FILE.corrections if one.code != code)
        file = self.FILE.model_copy(update={"corrections": (*others, unclear)})
        catalog = Catalog.gather(None, [self.JANUARY, file])
        assert [(one.code, one.action) for one in catalog.unapplied] == [(code, action)]
        assert catalog.timeline("G0477")[0].record.termination_date == date(2016, 12, 31)
        statement = catalog.current("G0480", TODAY)
        assert statement is not None
        assert (catalog.correction_of(statement) is None) == (code == "G0480")

    @pytest.mark.parametrize("action", ["ADD", "Terminate code"])
    def test_without_the_day_that_they_need_are_named(self, action: str) -> None:
        code = "A9999" if action == "ADD" else "G0477"
        undated = Correction(code=code, action=action, effective=None, values={})
        file = self.FILE.model_copy(update={"corrections": (undated,)})
        assert [one.code for one in Catalog.gather(None, [self.JANUARY, file]).unapplied] == [code]

    @pytest.mark.parametrize("action", ["Remove, will be assigned at a later date", "DO NOT ADD - Remove from list"])
    def test_a_later_list_withdraws_the_code_that_a_former_one_added(self, action: str) -> None:
        withdrawal = Correction(code="C1842", action=action, effective=None, values={})
        later = self.FILE.model_copy(update={"corrections": (withdrawal,)})
        catalog = Catalog.gather(Catalog.gather(None, [self.JANUARY, self.FILE]), [later])
        assert catalog.current("C1842", TODAY) is None
        assert not catalog.unapplied

    def test_of_no_release_are_refused(self) -> None:
        with pytest.raises(CatalogError, match="doesn't say which release it corrects"):
            Catalog.gather(None, [self.JANUARY, self.FILE.model_copy(update={"release_id": None})])
