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
        ("code", "action"), [("G0480", "Something else"), ("A9999", "Terminate code"), ("A9999", "ADD")]
    )
    def test_that_can_not_be_carried_out_are_refused(self, code: str, action: str) -> None:
        correction = Correction(code=code, action=action, effective=date(2017, 1, 1), values={})
        file = self.FILE.model_copy(update={"corrections": (correction,)})
        with pytest.raises(CatalogError, match=rf"correction of {code}: can't carry out '{action}'; load"):
            Catalog.gather(None, [self.JANUARY, file])

    def test_of_no_release_are_refused(self) -> None:
        with pytest.raises(CatalogError, match="doesn't say which release it corrects"):
            Catalog.gather(None, [self.JANUARY, self.FILE.model_copy(update={"release_id": None})])
