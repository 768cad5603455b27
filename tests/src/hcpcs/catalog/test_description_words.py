"""How alike two descriptions are."""

from __future__ import annotations

import pytest

from hcpcs.catalog.description_words import DescriptionWords

WORDS = DescriptionWords([f"Injection, drug{number}, 1 mg" for number in range(50)])


def test_the_same_words_are_wholly_alike_and_others_not_at_all() -> None:
    assert WORDS.similarity("Injection, drug1, 1 mg", "Drug1 injection 1 mg") == pytest.approx(1)
    assert WORDS.similarity("alpha", "beta") == WORDS.similarity("", "") == 0


def test_the_rare_word_counts_more_than_the_common_ones() -> None:
    same_drug = WORDS.similarity("Injection, drug1, 1 mg", "drug1 tablet")
    assert same_drug > WORDS.similarity("Injection, drug1, 1 mg", "Injection, drug2, 1 mg")


def test_a_salt_is_the_same_in_short_and_in_full() -> None:
    assert WORDS.similarity("vancomycin hcl", "vancomycin hydrochloride") == pytest.approx(1)


def test_a_maker_in_parentheses_does_not_make_two_drugs_alike() -> None:
    assert WORDS.similarity("bendamustine (baxter)", "cyclophosphamide (baxter)") == 0


def test_only_descriptions_that_may_be_alike_enough_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Injection, drug1 hydrochloride, 1 mg"
    others = [
        "drug1 tablet",
        "Injection, drug10 hcl, 1 mg",
        *(f"Injection, drug{number}, 1 mg" for number in range(20, 40)),
    ]
    alike = [WORDS.similarity(text, other) for other in others]
    read: list[str] = []

    def note(first: str, second: str) -> float:
        read.append(second)
        return DescriptionWords.similarity(WORDS, first, second)

    monkeypatch.setattr(WORDS, "similarity", note)
    assert WORDS.similarities(text, others, 0.3) == [one if one >= 0.3 else 0 for one in alike]
    assert read == others[:2]
