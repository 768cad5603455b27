"""Units of vials and syringes by the crosswalk of products: of the brand that is named, and of no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.src.hcpcs.answers.facts.facts_desk import TODAY, facts_desk
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.companions.companion_files import read_bytes, store_of, table_text

from hcpcs.answers.desk import Desk

PRODUCTS = (
    b"J0897,Denosumab,Amgen,55513-0710-01,Prolia,1 MG,1,1,60,60\r\n"
    b"J0897,Denosumab,Amgen,55513-0730-01,Xgeva,1 MG,1.7,1,120,120\r\n"
    b"J1885,Ketorolac,Some,11111-0730-01,Tora,15 MG,1,1,2,2\r\n"
    b"J1885,Ketorolac,Some,11111-0730-02,ToraOne,15 MG,1,1,4,4\r\n"
)


@pytest.fixture(scope="module")
def crosswalk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk whose crosswalk has two brands of J0897, and two of J1885 of which one name begins the other."""
    folder: Path = tmp_path_factory.mktemp("crosswalk")
    editions = read_bytes(folder, "crosswalk.csv", table_text("crosswalk.csv") + PRODUCTS)
    return facts_desk(folder, stored=store_of(folder, *editions))


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("J0897 one syringe how many units", "1 syringe of J0897 is 60 or 120 units: name the strength."),
        ("Prolia one syringe J0897 how many units", "1 syringe of J0897 is 60 units."),
        ("xgeva J0897 2 vials units", "2 vials of J0897 is 240 units."),
        ("Tora J1885 one syringe units", "1 syringe of J1885 is 2 or 4 units: name the strength."),
        ("ToraOne J1885 one syringe units", "1 syringe of J1885 is 4 units."),
    ],
)
def test_the_brand_tells_the_products_of_a_code_apart(crosswalk: Desk, question: str, headline: str) -> None:
    assert crosswalk.ask(question).headline == headline


def test_a_drug_by_name_is_counted_by_its_product(crosswalk: Desk) -> None:
    desk = Desk(crosswalk.catalog, ListedIndex(crosswalk.catalog, "J0897"), lambda: TODAY, crosswalk.companions)
    answer = desk.ask("prolia one syringe how many units")
    assert answer.headline == "1 syringe of J0897 is 60 units."
    assert "1 syringe x 60 billing units = 60 units." in answer.text
    assert [fact.qualifiers.drug for fact in answer.facts] == ["Prolia"]
