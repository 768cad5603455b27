"""Units of a drug that is named in words: the active codes that its name finds, the best one first."""

from __future__ import annotations

from decimal import Decimal

from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.desk import Desk
from hcpcs.answers.doses.drug_by_name import DrugMatch, whole_units_first
from hcpcs.answers.doses.unit_sentences import UnitSentences
from hcpcs.answers.lookup import hit_of
from hcpcs.questions.question import Question
from hcpcs.search_port import Confidence


def desk(full: Desk, *codes: str, confidence: Confidence = Confidence.HIGH) -> Desk:
    return Desk(full.catalog, ListedIndex(full.catalog, *codes, confidence=confidence), lambda: TODAY)


def test_a_drug_and_a_dose_are_units_of_its_best_match(full: Desk) -> None:
    answer = desk(full, "J3301").ask("Kenalog 40mg given, how many units do I bill?")
    assert answer.headline == "40 mg of J3301 is 4 units."
    assert answer.codes == ("J3301",)


def test_only_active_codes_are_asked_for(full: Desk) -> None:
    asked = desk(full, "J3301")
    asked.ask("Kenalog 40mg given, how many units do I bill?")
    assert isinstance(asked.index, ListedIndex)
    assert all(filters.active for filters in asked.index.filters)


def test_a_strength_of_which_the_dose_is_a_multiple_comes_first(full: Desk) -> None:
    def match(code: str, billed: int, *, rounded: bool = False) -> DrugMatch:
        context = AnswerContext(Question(text="", intent=None, rule=""), full.catalog, full.index, TODAY)
        statement = context.state(code)
        assert statement is not None
        return DrugMatch(hit_of(statement), statement, UnitSentences("", billed=Decimal(billed), rounded=rounded))

    first, depot, per_mg = match("J3301", 2, rounded=True), match("J9217", 1), match("J3300", 15)
    assert whole_units_first([first, per_mg, depot]) == [depot, first, per_mg]
    assert whole_units_first([first, per_mg]) == [first, per_mg]
    assert whole_units_first([per_mg, depot]) == [per_mg, depot]


def test_a_combined_drug_is_refused_with_its_reason(full: Desk) -> None:
    answer = desk(full, "J7620", "J7611").ask("duoneb 3 mg how many units")
    assert "J7611" not in answer.headline
    assert "can't be" in answer.headline


def test_an_unsure_search_counts_nothing(full: Desk) -> None:
    answer = desk(full, "J3301", confidence=Confidence.LOW).ask("zzz 40mg how many units")
    assert "is 4 units" not in answer.text
