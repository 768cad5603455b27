"""Hits for another amount come after the one that is for the amount of the question."""

from __future__ import annotations

from hcpcs.answers.parts.searches.amount_fit import by_amount
from hcpcs.questions.question import Quantity
from hcpcs.search_port import Confidence, Hit, SearchResult


def hit(code: str, description: str, score: float) -> Hit:
    return Hit(code=code, score=score, short_description="", long_description=description, active=True)


RESULT = SearchResult(
    query="drug",
    hits=(
        hit("Q9991", "Injection, drug, less than or equal to 100 mg", 3.0),
        hit("Q9993", "Injection, drug", 2.9),
        hit("Q9992", "Injection, drug, greater than 100 mg", 2.8),
        hit("Q9994", "Injection, other, greater than 100 mg", 0.1),
        hit("Q9995", "Injection, another", 0.1),
    ),
    total=5,
    confidence=Confidence.HIGH,
)


def test_the_hit_for_the_amount_is_first_and_those_for_others_follow_the_rest() -> None:
    result, fit = by_amount((Quantity(amount=300, unit="mg"),), RESULT)
    assert [one.code for one in result.hits] == ["Q9992", "Q9993", "Q9991", "Q9994", "Q9995"]
    assert fit is not None
    assert fit.code == "Q9992"


def test_without_an_amount_that_decides_the_order_stays() -> None:
    assert by_amount((), RESULT) == (RESULT, None)
    assert by_amount((Quantity(amount=2, unit="L"),), RESULT) == (RESULT, None)


def hits(*listed: Hit) -> SearchResult:
    return RESULT.model_copy(update={"hits": listed, "total": len(listed)})


def test_a_code_that_has_ended_is_never_the_one_for_the_amount() -> None:
    ended = RESULT.hits[2].model_copy(update={"active": False})
    assert by_amount((Quantity(amount=300, unit="mg"),), hits(RESULT.hits[0], RESULT.hits[1], ended))[1] is None
    far = hits(hit("Q9993", "Injection, drug", 9.0), RESULT.hits[0], ended)
    assert by_amount((Quantity(amount=300, unit="mg"),), far)[1] is None
    best = hits(ended.model_copy(update={"score": 9.0}), RESULT.hits[0])
    assert by_amount((Quantity(amount=300, unit="mg"),), best)[1] is None


def test_of_hits_far_behind_the_best_only_the_best_may_be_the_one() -> None:
    listed = hits(
        hit("Q9992", "Injection, drug, greater than 100 mg", 9.0),
        hit("Q9991", "Injection, drug, less than or equal to 100 mg", 1.0),
    )
    result, fit = by_amount((Quantity(amount=300, unit="mg"),), listed)
    assert result == listed
    assert fit is not None
    assert fit.code == "Q9992"
    assert by_amount((Quantity(amount=50, unit="mg"),), listed) == (listed, None)


def test_without_a_hit_there_is_none_for_the_amount() -> None:
    assert by_amount((Quantity(amount=300, unit="mg"),), hits()) == (hits(), None)
