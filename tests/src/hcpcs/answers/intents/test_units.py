"""Units asked for by the name of a drug: what a person reads, and when the desk only searches."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.questions.question import Intent
from hcpcs.releases import read_release
from hcpcs.search_port import Confidence, Filters, Hit, SearchResult

TODAY = date(2026, 11, 21)
NOTHING = Filters()


class NamedIndex:
    """A search that finds the codes it was given, by their names in a catalog."""

    def __init__(self, catalog: Catalog, codes: tuple[str, ...], confidence: Confidence) -> None:
        self.catalog, self.codes, self.confidence = catalog, codes, confidence
        self.asked: list[str] = []

    def search(self, text: str, *, filters: Filters = NOTHING, limit: int = 10, offset: int = 0) -> SearchResult:
        self.asked.append(text)
        hits = tuple(hit for code in self.codes if (hit := self._hit(code)))
        return SearchResult(query=text, hits=hits, total=len(hits), confidence=self.confidence)

    def _hit(self, code: str) -> Hit | None:
        statement = self.catalog.current(code, TODAY)
        if statement is None:
            return None
        record = statement.record
        return Hit(
            code=code,
            score=1,
            short_description=record.short_description,
            long_description=record.long_description,
            active=True,
        )

    def suggest(self, text: str, *, limit: int = 10) -> tuple[Hit, ...]:
        return ()

    def neighbours(self, text: str, *, excluding: frozenset[str] = frozenset(), limit: int = 10) -> tuple[Hit, ...]:
        return ()


@pytest.fixture(scope="module")
def catalog(shared_data: Path) -> Catalog:
    return Catalog.build(
        [read_release(shared_data / "releases" / "october-2025-alpha-numeric-hcpcs-file.reconstructed.zip")]
    )


def desk(catalog: Catalog, *codes: str, confidence: Confidence = Confidence.HIGH) -> Desk:
    return Desk(catalog, NamedIndex(catalog, codes, confidence), lambda: TODAY)


def test_units_of_a_drug_by_name_are_counted_for_each_code_found(catalog: Catalog) -> None:
    answer = desk(catalog, "J1745", "Q5103").ask("how many units is 100 mg of infliximab")
    assert answer.intent is Intent.UNITS
    assert answer.codes == ("J1745", "Q5103")
    assert answer.headline.startswith("Matches for infliximab: J1745 and Q5103.")
    assert "100 mg of J1745 is 10 units." in answer.headline
    assert "Matched by drug name; check that the description fits." in answer.text


def test_a_code_that_measures_something_else_is_not_counted(catalog: Catalog) -> None:
    answer = desk(catalog, "E0601", "T1019", "J9271").ask("how many units is 200 mg of keytruda")
    assert answer.codes == ("J9271",)


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("how many units is 1 L of J7030", "1 L of J7030 is 1 unit."),
        ("how many units is 1500 cc of J7030", "1500 ml of J7030 is 1.5 units, 2 when rounded up."),
        ("500 ng of J1745", "500 ng of J1745 is 0.00005 units, 1 when rounded up."),
        ("12000 ng of J1745", "12000 ng of J1745 is 0.0012 units, 1 when rounded up."),
        ("how many units is 300000 µg of J1745", "300000 mcg of J1745 is 30 units."),
        ("102 mg of J1745", "102 mg of J1745 is 10.2 units, 11 when rounded up."),
    ],
)
def test_an_amount_is_counted_in_whatever_unit_it_is_given(catalog: Catalog, question: str, headline: str) -> None:
    assert desk(catalog).ask(question).headline == headline


@pytest.mark.parametrize("confidence", [Confidence.LOW, Confidence.NONE])
def test_an_unsure_name_is_only_searched_for(catalog: Catalog, confidence: Confidence) -> None:
    answer = desk(catalog, "J1745", confidence=confidence).ask("how many units is 100 mg of infliximap")
    assert answer.headline.startswith("No exact match.")


def test_a_name_that_nothing_bears_is_not_found(catalog: Catalog) -> None:
    assert desk(catalog).ask("how many units is 100 mg of nonsense").outcome == "not_found"


def test_who_asks_for_a_cpt_code_in_words_is_told_that_those_are_not_here(catalog: Catalog) -> None:
    answer = desk(catalog, "E0601").ask("CPT for cpap?")
    assert answer.codes == ("E0601",)
    assert "for CPT codes, see a licensed CPT code book" in answer.text
