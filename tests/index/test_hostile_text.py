"""Any text gets an answer: inputs known to hang or break query parsers, and random ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.index.conftest import record, searcher_of

from hcpcs.search_port import SearchResult
from hcpcs_index.search_limits import MAX_WORDS
from hcpcs_index.searcher import Searcher

SMALL = searcher_of(
    record("E0100", "Cane, includes canes of all materials", "Cane"),
    record("E0601", "Continuous positive airway pressure (cpap) device", "Cont airway pressure device"),
    record("J9271", "Injection, pembrolizumab, 1 mg", "Inj pembrolizumab"),
    record("RR", "Rental", "Rental (dme)"),
)

TRAPS = {
    "a token of 100 kB": "x" * 100_000,
    "a known word of 100 kB": "pump" * 25_000,
    "5,000 words": "pump " * 5_000,
    "5,000 different words": " ".join(f"w{n}" for n in range(5_000)),
    "100 kB of stars": "*" * 100_000,
    "a star after one letter": "a*",
    "fifty prefixes of one letter": " ".join(f"{chr(97 + n % 26)}*" for n in range(50)),
    "fuzzy nine": "injection~9",
    "5,000 brackets": "(" * 5_000 + "pump" + ")" * 5_000,
    "unbalanced brackets": "((((pump",
    "NOT NOT": "NOT NOT pump",
    "OR that hung": "injection OR ferric",
    "OR alone": "OR OR OR",
    "100 kB of OR": "pump OR " * 12_500,
    "AND at the ends": "AND pump AND",
    "nested quotes": '"' * 999 + "foot" + '"' * 1_000,
    "open quote": '"foot drop',
    "empty quotes": '"" "" " "',
    "100 kB in quotes": '"' + "foot drop " * 10_000 + '"',
    "a field": "code:E0601 text:[a TO z]",
    "a range": "[a TO z} {* TO *]",
    "boosts": "pump^999999999 foot^-1",
    "escapes": "\\\\\\" * 500,
    "control characters": "pu\x00mp\x1b[31m\x07 \x7f",
    "right to left": "\u202epmup\u202c \u200f\u2067x",
    "lone surrogates": "\ud800pump\udfff \udbff",
    "letters that expand": "\ufdfa" * 20_000,
    "combining marks": "e" + "\u0301" * 100_000,
    "hyphens": "-".join(["pump"] * 5_000),
    "dots": "a." * 50_000,
    "digits": "9" * 100_000,
    "commas in digits": "1," * 50_000,
    "decimal points": "1." * 50_000,
    "spaces": " " * 100_000,
    "new lines": "\r\n" * 50_000 + "pump",
    "apostrophes": "'" * 100_000,
    "emoji": "💉" * 20_000,
    "format strings": "%s {} {0} ${x} %(a)s",
    "slashes": "w/o" * 30_000,
}


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS.keys())
def test_known_traps_are_answered(searcher: Searcher, text: str) -> None:
    result = searcher.search(text)
    assert isinstance(result, SearchResult)
    assert len(result.hits) <= 10
    assert len(result.repairs) <= MAX_WORDS
    assert isinstance(searcher.suggest(text), tuple)


@given(st.text(max_size=300) | st.text(alphabet='abe019 "*()-~.ORAND', max_size=300))
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(SMALL.search(text), SearchResult)
    assert isinstance(SMALL.suggest(text), tuple)
    assert isinstance(SMALL.neighbors(text), tuple)


@given(st.lists(st.sampled_from(["cane", "cpap", "OR", '"', "device", "e06", "RR", "zq", "1 mg"]), max_size=12))
def test_any_mix_of_words_and_signs_is_answered_the_same_again(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert SMALL.search(text) == SMALL.search(text)


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_any_page_is_answered(limit: int, offset: int) -> None:
    assert len(SMALL.search("cane OR device OR injection", limit=limit, offset=offset).hits) <= 4
