"""The letters of HCPCS Level II are the same for codes, families, ranges, filters and watches."""

from __future__ import annotations

import string
from datetime import date

import pytest

from hcpcs.answers.notices.confusable_codes import confusions
from hcpcs.questions.recognizers.codes.code_ranges import find_wildcard
from hcpcs.questions.recognizers.codes.code_scanner import find_codes
from hcpcs.questions.recognizers.filter_syntax import filters_of, find_filters
from hcpcs.records.codes import HCPCS_LETTERS, OTHER_LETTERS, CodeSystem
from hcpcs.search_port import Filters

TODAY = date(2025, 11, 1)


def filters(text: str) -> Filters:
    return filters_of(find_filters(text, TODAY))


def test_every_letter_starts_a_hcpcs_code_a_dental_code_or_none() -> None:
    assert sorted(HCPCS_LETTERS + OTHER_LETTERS + "D") == list(string.ascii_uppercase)


@pytest.mark.parametrize("letter", HCPCS_LETTERS)
def test_a_letter_of_hcpcs_starts_codes_families_and_filters(letter: str) -> None:
    (code,) = find_codes(f"{letter}0100")
    assert code.system is CodeSystem.HCPCS
    family = find_wildcard(f"{letter}01*")
    assert family is not None
    assert family.prefix == f"{letter}01"
    assert filters(f"prefix:{letter}0 pump").prefix == f"{letter}0"
    typed = filters(f"range:{letter}0100-{letter}0200 pump")
    assert (typed.first, typed.last) == (f"{letter}0100", f"{letter}0200")
    assert any(one.startswith(letter) for one in confusions(f"{letter}01O0"))


@pytest.mark.parametrize("letter", OTHER_LETTERS + "D")
def test_no_other_letter_starts_any_of_them(letter: str) -> None:
    assert all(code.system is not CodeSystem.HCPCS for code in find_codes(f"{letter}0100"))
    assert find_wildcard(f"{letter}01*") is None
    for typed in (f"prefix:{letter}", f"prefix:{letter}0", f"range:{letter}0100-{letter}0200"):
        assert filters(f"{typed} pump") == Filters(), typed
    assert not any(one.startswith(letter) for one in confusions(f"{letter}0100"))
