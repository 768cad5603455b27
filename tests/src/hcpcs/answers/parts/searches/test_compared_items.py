"""The codes of two items that are compared in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest
from tests.src.hcpcs.answers.listed_index import NO_FILTERS, ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk
from hcpcs.search_port import Confidence, Filters, SearchResult

CODES: Final[Mapping[str, tuple[str, ...]]] = {
    "truxima": ("Q5115",),
    "riabni": ("Q5123",),
    "prolia": ("J0897",),
    "xgeva": ("J0897",),
    "epogen": ("J0885", "Q4081"),
    "retacrit": ("Q5105", "Q5106"),
    "procrit": ("J0885",),
    "eylea": ("J0178", "Q5147", "Q5149"),
    "inflectra": ("Q5103", "J1748"),
    "wheelchair": ("K0001", "K0002", "K0003"),
}


class _ByName(ListedIndex):
    """Finds the codes of an item by its name; a table of brands has the first of "eylea"."""

    def search(self, text: str, *, filters: Filters = NO_FILTERS, limit: int = 10, offset: int = 0) -> SearchResult:
        codes = CODES.get(text.lower(), ())
        hits = [hit for hit in self.hits if hit.code in codes]
        if text.lower() == "eylea":
            branded = hits[0].why[0].model_copy(update={"matched": hits[0].code, "rule": "brand"})
            hits[0] = hits[0].model_copy(update={"why": (branded,)})
        if text.lower() == "inflectra":  # J1748 is found by the name of the substance
            by_substance = hits[1].why[0].model_copy(update={"rule": "brand"})
            hits[1] = hits[1].model_copy(update={"why": (by_substance,)})
        confidence = Confidence.HIGH if hits else Confidence.NONE
        return SearchResult(query=text, hits=tuple(hits), total=len(hits), confidence=confidence)


@pytest.fixture(scope="module")
def desk(full: Desk) -> Desk:
    codes = dict.fromkeys(code for codes in CODES.values() for code in codes)
    return Desk(full.catalog, _ByName(full.catalog, *codes), lambda: TODAY)


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("Truxima vs Riabni", ("Q5115", "Q5123")),
        ("difference between Truxima and Riabni", ("Q5115", "Q5123")),
        ("compare Riabni with Truxima", ("Q5123", "Q5115")),
        ("how is Truxima different from Riabni", ("Q5115", "Q5123")),
        ("Epogen vs Retacrit", ("J0885", "Q4081", "Q5105", "Q5106")),
        ("Eylea vs Truxima", ("J0178", "Q5115")),
        ("Truxima vs Riabni vs Prolia", ("Q5115", "Q5123", "J0897")),
        ("Inflectra vs Truxima", ("Q5103", "Q5115")),
    ],
)
def test_two_items_are_compared_by_their_codes(desk: Desk, question: str, codes: tuple[str, ...]) -> None:
    answer = desk.ask(question)
    assert answer.codes == codes
    assert answer.comparison is not None
    assert " differ in " in answer.headline


def test_two_names_of_one_code_are_said_to_have_it(desk: Desk) -> None:
    answer = desk.ask("how is Prolia different from Xgeva")
    assert answer.codes == ("J0897",)
    assert answer.headline == "Prolia and Xgeva have the same code: J0897 (Denosumab injection)."


@pytest.mark.parametrize("question", ["Truxima vs wheelchair", "Epogen vs Procrit", "Truxima vs nothing known"])
def test_items_of_many_shared_or_no_codes_are_searched_for(desk: Desk, question: str) -> None:
    assert desk.ask(question).comparison is None


@pytest.mark.parametrize("question", ["Truxima vs Riabni covered", "price of Truxima vs Riabni"])
def test_what_else_is_asked_of_two_items_is_not_a_comparison(desk: Desk, question: str) -> None:
    assert desk.ask(question).comparison is None
