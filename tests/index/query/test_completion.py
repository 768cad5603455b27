"""Type-ahead: a prefix becomes codes first, then words, the commonest first, and names of several words."""

from __future__ import annotations

import pytest
from tests.index.conftest import record, searcher_of

from hcpcs_index.query.code_words import CodeWords
from hcpcs_index.query.completion import Completer
from hcpcs_index.query.meanings import Meanings


@pytest.fixture(scope="module")
def completer() -> Completer:
    table = searcher_of(
        record("E0100", "Cane with tip"),
        record("E0105", "Cane, quad"),
        record("E0110", "Canvas sling"),
        record("E0601", "Continuous positive airway pressure (cpap) device"),
        record("CA", "Procedure on a patient who expires"),
    )._table
    codes = CodeWords(table)
    return Completer(table, codes, Meanings(table, codes))


def labels(completer: Completer, prefix: str) -> list[str]:
    return [alternative.label for alternative in completer.completions(prefix)]


def test_codes_come_first_then_the_words_of_most_records(completer: Completer) -> None:
    assert labels(completer, "ca")[0] == "CA"
    assert labels(completer, "can")[:2] == ["cane", "canvas"]


def test_the_beginning_of_a_code_has_its_family(completer: Completer) -> None:
    (family,) = [one for one in completer.completions("e01") if not one.stems]
    assert family.label == "E01…"
    assert list(family.scores) == [0, 1, 2]


def test_one_letter_is_not_completed_to_words(completer: Completer) -> None:
    assert labels(completer, "e") == ["E…"]


@pytest.mark.parametrize("prefix", ["zzz", "", "ca ne", "🙂"])
def test_a_prefix_of_nothing_known_has_no_names(completer: Completer, prefix: str) -> None:
    assert completer.name_completions(f"{prefix} zz") == ()
