"""Which of the codes that a name finds are offered: those of the words of the question, and of the brand."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.desk import Desk
from hcpcs.answers.doses.drug_matches import DrugMatch, of_most_words, of_the_brand
from hcpcs.answers.doses.unit_counts import UnitSentences
from hcpcs.answers.lookup import hit_of
from hcpcs.questions.question import Question
from hcpcs.search_port import Why


@pytest.mark.parametrize(
    ("asked", "found", "expected"),
    [
        ("testosterone cyp 200 mg", ("J3121", "J1071", "J1072"), ("J1071", "J1072")),
        ("testosterone 200 mg", ("J3121", "J1071"), ("J3121", "J1071")),
        ("rituximab truxima 500 mg", ("J9312", "Q5115"), ("Q5115",)),
        ("bendamustine hcl 100 mg", ("J9033", "J9034"), ("J9033", "J9034")),
        ("gave testosterone 200 mg", ("J3121", "J1071"), ("J3121", "J1071")),
    ],
)
def test_only_the_matches_with_most_words_of_the_question_are_offered(
    full: Desk, asked: str, found: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert Desk(full.catalog, ListedIndex(full.catalog, *found), lambda: TODAY).ask(asked).codes == expected


OWN: Final = Why(word="x", field="code", matched="x", rule="brand", trail="x", place="by its code")
"""That a brand names the code itself."""


def drug_match(context: AnswerContext, code: str, *whys: Why) -> DrugMatch:
    """A match of a code."""
    statement = context.state(code)
    assert statement is not None
    return DrugMatch(hit_of(statement).model_copy(update={"why": whys}), statement, UnitSentences(""))


def test_the_brand_of_a_code_is_one_of_its_words(full: Desk) -> None:
    question = Question(text="", intent=None, rule="", words="bendamustine bendeka treanda")
    context = AnswerContext(question, full.catalog, full.index, TODAY)
    treanda, bendeka = drug_match(context, "J9033", OWN), drug_match(context, "J9034")
    assert of_most_words(context, [treanda, bendeka]) == [treanda, bendeka]
    alone = replace(context, question=question.model_copy(update={"words": "treanda"}))
    matches = [bendeka, drug_match(context, "J9036", OWN)]
    assert of_most_words(alone, matches) == matches  # a brand alone may have a code for each strength: Lupron


@pytest.mark.parametrize(
    ("first", "others", "expected"),
    [
        ("J9267", ("J9264",), ()),  # Taxol and Abraxane
        ("J0178", ("J0177",), ()),
        ("J0885", ("Q4081",), ("Q4081",)),  # the same product for dialysis
        ("J9075", ("J8530",), ()),
    ],
)
def test_of_a_brand_no_other_product_is_offered(
    full: Desk, first: str, others: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    context = AnswerContext(Question(text="", intent=None, rule=""), full.catalog, full.index, TODAY)
    behind = [drug_match(context, code) for code in others]
    listed = [drug_match(context, first, OWN), *behind]
    assert [one.hit.code for one in of_the_brand(listed)] == [first, *expected]
    by_substance = [drug_match(context, first), *behind]
    assert of_the_brand(by_substance) == by_substance
    named = [drug_match(context, first, OWN), *(drug_match(context, code, OWN) for code in others)]
    assert of_the_brand(named) == named


@pytest.mark.parametrize("asked", ["toradol 60 mg im dx M54.50 pos 11 units", "toradol 60 mg, M54.50"])
def test_a_diagnosis_beside_a_drug_in_words_is_not_what_is_asked(full: Desk, asked: str) -> None:
    answer = Desk(full.catalog, ListedIndex(full.catalog, "J1885"), lambda: TODAY).ask(asked)
    assert answer.headline == "60 mg of J1885 is 4 units."


def test_the_surface_of_a_patient_is_not_the_end_of_a_descriptor(full: Desk) -> None:
    answer = Desk(full.catalog, ListedIndex(full.catalog, "J9267"), lambda: TODAY).ask("taxol 175 mg/m2, 1.8 m2")
    assert answer.headline == "315 mg of J9267 is 315 units."
