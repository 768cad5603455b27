"""Scored postings: packing, and conjunction and disjunction against plain sums."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcpcs_index.inverted_index.postings import (
    PostingLists,
    Scores,
    add_head,
    best,
    conjunction,
    disjunction,
    impact_order,
    shared_documents,
)
from hcpcs_index.weights import HIGHEST_PRIOR

SCORES = st.floats(min_value=0.01, max_value=20, allow_nan=False)
LISTS = st.lists(
    st.dictionaries(st.integers(0, 40), SCORES, min_size=1, max_size=30).map(lambda d: impact_order(d)),
    min_size=1,
    max_size=5,
)
PRIORS = st.lists(st.sampled_from([0.4, 0.75, 1.0, HIGHEST_PRIOR]), min_size=41, max_size=41)
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
    sums = plain_sums(lists, allowed)
    assert [score for score, _ in ranked] == pytest.approx(sorted(sums.values(), reverse=True)[:limit])
    assert all(sums[-number] == pytest.approx(score) for score, number in ranked)


@given(LISTS, ALLOWED, st.integers(1, 45), PRIORS)
def test_disjunction_with_priors_is_exact_too(
    lists: list[Scores], allowed: frozenset[int] | None, limit: int, priors: list[float]
) -> None:
    sums = {number: score * priors[number] for number, score in plain_sums(lists, allowed).items()}
    ranked = disjunction(lists, limit, allowed, priors)
    assert [score for score, _ in ranked] == pytest.approx(sorted(sums.values(), reverse=True)[:limit])
    assert all(sums[-number] == pytest.approx(score) for score, number in ranked)


@given(st.lists(LISTS.map(lambda lists: lists[0]), max_size=7))
def test_shared_documents_are_in_two_lists_or_more(lists: list[Scores]) -> None:
    counts = Counter(number for postings in lists for number in postings)
    assert shared_documents(lists) == {number for number, count in counts.items() if count > 1}


@given(LISTS, ALLOWED, st.integers(1, 45), PRIORS, st.sampled_from([0.3, 1.0]))
def test_a_head_has_the_best_of_a_list_and_of_what_was_ranked_before(
    lists: list[Scores], allowed: frozenset[int] | None, limit: int, priors: list[float], factor: float
) -> None:
    before = best([(score, -number - 100) for number, score in lists[-1].items()], limit)
    added = [
        (score * factor * priors[number], -number)
        for number, score in lists[0].items()
        if number not in lists[-1] and (allowed is None or number in allowed)
    ]
    ranked = add_head(before, lists[0], limit, lists[-1], allowed, priors, factor)
    assert ranked == sorted(before + added, reverse=True)[:limit]


def test_ties_are_in_document_order() -> None:
    postings = impact_order(dict.fromkeys(range(89, -1, -1), 1.0))
    assert [-number for _, number in add_head([], postings, 10)] == list(range(10))


def test_a_plain_item_far_down_a_list_is_among_the_best() -> None:
    postings = impact_order({number: 10.0 - number / 1000 for number in range(100)})
    priors = [1.0] * 99 + [HIGHEST_PRIOR]
    assert add_head([], postings, 10, priors=priors)[0][1] == -99


def test_a_long_list_is_read_no_further_than_its_best() -> None:
    read = [0]

    class Counted(dict[int, float]):
        def items(self):  # type: ignore[no-untyped-def]
            for pair in super().items():
                read[0] += 1
                yield pair

    postings = Counted((number, 5000.0 / (number + 1)) for number in range(5000))
    add_head([], postings, 10, priors=[1.0] * 5000)
    assert read[0] < 100
    read[0] = 0
    assert add_head([(6000.0, -1)], postings, 1) == [(6000.0, -1)]
    assert read[0] <= 2


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.dictionaries(st.integers(0, 9999), SCORES, min_size=1)))
def test_packed_lists_survive_a_file(lists: dict[str, dict[int, float]]) -> None:
    packed = PostingLists.pack(lists)
    assert dict(packed.to_bytes()[0]) == {term: len(scores) for term, scores in lists.items()}
    again = PostingLists.from_bytes(*packed.to_bytes())
    for term, scores in lists.items():
        assert again.get(term) == scores
        assert list(again.get(term)) == list(impact_order(scores))
    assert not again.get("never a word of it")


def test_parts_that_do_not_fit_each_other_are_refused() -> None:
    terms, numbers, scores = PostingLists.pack({"pump": {1: 2.0, 3: 1.0}}).to_bytes()
    with pytest.raises(ValueError, match="wrong length"):
        PostingLists.from_bytes(terms, numbers[:4], scores)


def test_a_bounded_number_of_postings_is_kept_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hcpcs_index.inverted_index.postings.UNPACKED_POSTINGS", 100)
    packed = PostingLists.pack({f"term{n}": dict.fromkeys(range(10), 1.0) for n in range(50)})
    first = packed.get("term0")
    assert packed.get("term0") is first
    for n in range(50):
        assert len(packed.get(f"term{n}")) == 10
    assert packed.get("term0") is not first
    assert packed.get("term0") == first
