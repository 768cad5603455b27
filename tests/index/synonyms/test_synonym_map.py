"""Matching synonyms: as written, by stems, in another order, with other words between; longest first."""

from __future__ import annotations

import pytest

from hcpcs_index.search_limits import MAX_PHRASE_GAP
from hcpcs_index.synonyms.synonym import parse_synonym
from hcpcs_index.synonyms.synonym_map import SynonymMap
from hcpcs_index.text.analysis import tokenize

SYNONYMS = SynonymMap(
    parse_synonym(key, kind, targets)
    for key, kind, targets in (
        ("knee scooter", "lay", ["code:E0118"]),
        ("knee", "lay", ["knee orthosis"]),
        ("power wheelchair", "lay", ["power operated wheelchair"]),
        ("power wheelchair battery", "lay", ["code:E2363"]),
    )
)


def matched(text: str) -> list[str]:
    words = tokenize(text)
    return [" ".join(words[position].surface for position in positions) for positions in SYNONYMS.match_phrases(words)]


@pytest.mark.parametrize("text", ["knee scooter", "knees scooters", "scooter knee"])
def test_a_key_is_found_as_written_by_stems_and_in_another_order(text: str) -> None:
    synonym = SYNONYMS.find(tokenize(text))
    assert synonym is not None
    assert synonym.targets[0].code == "E0118"


def test_the_longest_key_wins() -> None:
    assert matched("battery power wheelchair knee scooter") == ["battery power wheelchair", "knee scooter"]


def test_a_few_other_words_may_be_between_the_words_of_a_key() -> None:
    between = "left right folding"
    assert len(between.split()) == MAX_PHRASE_GAP
    assert matched(f"knee {between} scooter") == ["knee scooter"]
    assert matched(f"knee {between} steerable scooter") == []


def test_equal_keys_share_their_targets() -> None:
    both = SynonymMap(
        [parse_synonym("scooter", "lay", ["one", "two"]), parse_synonym("scooter", "lay", ["two", "three"])]
    )
    assert [target.text for target in both["scooter"].targets] == ["one", "two", "three"]
