"""Scored postings: packing, and conjunction and disjunction against plain sums."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs_index.inverted_index.postings import PostingLists, Scores, best, conjunction, disjunction, impact_order

SCORES = st.floats(min_value=0.01, max_value=20, allow_nan=False)
LISTS = st.lists(
    st.dictionaries(st.integers(0, 40), SCORES, min_size=1, max_size=30).map(lambda d: impact_order(d.items())),
    min_size=1,
    max_size=5,
)
ALLOWED = st.none() | st.frozensets(st.integers(0, 40))


def plain_sums(lists: list[Scores], allowed: frozenset[int] | None) -> dict[int, float]:
    sums: dict[int, float] = {}
    for postings in lists:
        for number, score in postings.items():
            if allowed is None or number in allowed:
                sums[number] = sums.get(number, 0.0) + score
    return sums


@given(LISTS, ALLOWED)
def test_conjunction_is_every_document_of_all_lists(lists: list[Scores], allowed: frozenset[int] | None) -> None:
    sums = plain_sums(lists, allowed)
    expected = {n: s for n, s in sums.items() if all(n in postings for postings in lists)}
    assert conjunction(lists, allowed) == pytest.approx(expected)


@given(LISTS, ALLOWED, st.integers(1, 45))
def test_disjunction_is_the_best_of_all_documents(
    lists: list[Scores], allowed: frozenset[int] | None, limit: int
) -> None:
    ranked = disjunction(lists, limit, allowed)
    expected = best(plain_sums(lists, allowed), limit)
    assert [score for _, score in ranked] == pytest.approx([score for _, score in expected])
    sums = plain_sums(lists, allowed)
    assert all(sums[number] == pytest.approx(score) for number, score in ranked)


@given(LISTS, ALLOWED, st.integers(1, 45), st.lists(st.sampled_from([0.4, 0.75, 1.0]), min_size=41, max_size=41))
def test_disjunction_with_priors_is_exact_too(
    lists: list[Scores], allowed: frozenset[int] | None, limit: int, priors: list[float]
) -> None:
    sums = {number: score * priors[number] for number, score in plain_sums(lists, allowed).items()}
    ranked = disjunction(lists, limit, allowed, priors)
    assert [score for _, score in ranked] == pytest.approx([score for _, score in best(sums, limit)])
    assert all(sums[number] == pytest.approx(score) for number, score in ranked)


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.dictionaries(st.integers(0, 9999), SCORES, min_size=1)))
def test_packed_lists_survive_a_file(lists: dict[str, dict[int, float]]) -> None:
    packed = PostingLists.pack(lists)
    assert dict(packed.to_bytes()[0]) == {term: len(scores) for term, scores in lists.items()}
    again = PostingLists.from_bytes(*packed.to_bytes())
    for term, scores in lists.items():
        assert again.get(term) == scores
        assert list(again.get(term)) == list(impact_order(scores.items()))
    assert not again.get("never a word of it")


def test_parts_that_do_not_fit_each_other_are_refused() -> None:
    terms, numbers, scores = PostingLists.pack({"pump": {1: 2.0, 3: 1.0}}).to_bytes()
    with pytest.raises(ValueError, match="wrong length"):
        PostingLists.from_bytes(terms, numbers[:4], scores)
