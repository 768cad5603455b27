"""The order that each weight is needed for, on the real release: the examples of ``hcpcs_index/weights.py``."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.index.conftest import codes

import hcpcs_index.weights
from hcpcs.records.record import CodeRecord
from hcpcs.search_port import Confidence
from hcpcs_index.searcher import Searcher


@pytest.mark.parametrize(
    ("weight", "text", "first"),
    [
        ("HEAD_WEIGHT", "cochlear prosthetic implant replacement", "L8628"),
        ("LENGTH_WEIGHT", "helicopter ambulance", "A0431"),
        ("SATURATION", "crutches", "E0114"),
        ("SYNONYM_SCORE", "oxygen mask", "A4620"),
        ("SYNONYM_SCORE", "herceptin", "J9355"),
        ("LATER_TARGET_FACTOR", "rollator", "E0143"),
        ("LATER_TARGET_FACTOR", "treanda", "J9033"),
        ("PHRASE_POWER", "oxygen mask", "A4620"),
        ("PHRASE_PART_FACTOR", "Zofran IV 4 mg", "J2405"),
        ("TERMINATED_PRIOR", "enovil", "J1320"),
        ("TERMINATED_PRIOR", "lidocaine injection", "J2003"),
        ("UNCLASSIFIED_PRIOR", "flu shot", "Q2034"),
        ("ENDED_MATCH_FACTOR", "enteral pump with alarm", "B9002"),
        ("CLASSIFIED_PRIOR", "enteral formula not classified", "B9998"),
        ("SERIES_PRIOR", "whole blood", "P9010"),
        ("PLAIN_ITEM_PRIOR", "compression wrap for venous ulcer", "A6583"),
        ("HEAD_MEANT_BONUS", "advance care planning", "S0257"),
        ("PARTIAL_FACTOR", "nebulizer filter non-disposable", "A7014"),
        ("EXACT_BONUS", "Programmable infusion pump", "E0783"),
        ("ADJACENT_BONUS", "Factor VIII (anti-hemophilic factor, human)", "J7190"),
        ("COVERAGE_POWER", "orthopedic shoes positioning device", "L3160"),
        ("SYNONYM_FREQUENCY", "mucosol", "J7608"),
        ("MIN_JOINED_LETTERS", "Lock U/P", "J1642"),
        ("MIN_PREFIX_LETTERS", "oxygen yes", "E1390"),
        ("MAX_REPAIRS", "cinacacet octic suspension", "J7342"),
        ("MIN_PART_LETTERS", "nonchemotherapy drug oral NOS", "J8499"),
    ],
)
def test_the_meant_record_comes_first(searcher: Searcher, weight: str, text: str, first: str) -> None:
    assert codes(searcher.search(text))[:1] == [first]


@pytest.mark.parametrize(
    ("weight", "text", "before", "after"),
    [
        ("LATER_TARGET_FACTOR", "cortisone shot", "J3301", "J1020"),
        ("SELDOM_BILLED_PRIORS", "home health aide visit", "G0156", "S9122"),
        ("MODIFIER_PRIOR", "nebulizer machine", "E0570", "NB"),
        ("SELDOM_BILLED_PRIORS", "cervical hpv test", "G0476", "G9806"),
    ],
)
def test_one_record_comes_before_another(searcher: Searcher, weight: str, text: str, before: str, after: str) -> None:
    ranked = codes(searcher.search(text, limit=100))
    assert ranked.index(before) < ranked.index(after)


@pytest.mark.parametrize(
    ("weight", "text", "code"),
    [
        ("MIN_FULL_MATCHES", "mammogram 3d screening", "G0279"),
        ("MAX_PARTIAL_MATCHES", "walking splint", "L4386"),
        ("MIN_PARTIAL_SCORE", "cane accessory", "A4636"),
        ("MIN_PREFIX_LETTERS", "ondans", "J2405"),
        ("REPAIR_DISTANCES", "inflxmab", "J1745"),
    ],
)
def test_a_right_record_is_among_the_first_five(searcher: Searcher, weight: str, text: str, code: str) -> None:
    assert code in codes(searcher.search(text, limit=5))


@pytest.mark.parametrize(
    ("weight", "text", "confidence"),
    [
        ("UNKNOWN_WORD_WEIGHT", "when do I use modifier KX", Confidence.LOW),
        ("UNKNOWN_NUMBER_WEIGHT", "foley cath 16fr", Confidence.HIGH),
        ("UNKNOWN_NUMBER_WEIGHT", "U100 insulin", Confidence.HIGH),
        ("AMOUNT_FACTOR", "zoledronic acid 4 mg", Confidence.HIGH),
        ("AMOUNT_FACTOR", "Prolia 60mg injection code", Confidence.HIGH),
        ("CLEAR_PREFIX_MEANINGS", "grab bar for bathtub wall", Confidence.HIGH),
        ("MIN_MATCHED_WEIGHT", "blood fresh frozen plasma", Confidence.HIGH),
        ("MIN_MATCHED_WEIGHT", "blood testing supplies", Confidence.LOW),
    ],
)
def test_confidence(searcher: Searcher, weight: str, text: str, confidence: Confidence) -> None:
    assert searcher.search(text).confidence is confidence


def test_short_initials_are_neither_repaired_nor_completed(searcher: Searcher) -> None:
    assert searcher.search("hci").hits == ()


@pytest.mark.parametrize(
    ("weight", "typed", "code"),
    [
        ("MAX_COMPLETIONS", "blood co", "A4770"),
        ("MAX_NAME_WORDS", "andro l.a. 20", "J3121"),
        ("COMPLETION_DEPTH", "aripipra", "J0401"),
    ],
)
def test_a_right_record_is_suggested(searcher: Searcher, weight: str, typed: str, code: str) -> None:
    assert code in codes(searcher.suggest(typed))


def test_a_modifier_being_typed_is_suggested_first(searcher: Searcher) -> None:
    modifiers = searcher._table.codes[searcher._codes._first_modifier :]
    first = [modifier for modifier in modifiers if codes(searcher.suggest(modifier.lower(), limit=1)) == [modifier]]
    assert len(first) >= 0.98 * len(modifiers)


def test_records_that_share_only_a_dosage_form_are_no_neighbors(
    searcher: Searcher, records: dict[str, CodeRecord]
) -> None:
    text = records["J9037"].long_description
    assert searcher.neighbors(text, excluding=frozenset({"J9037"})) == ()


def test_every_weight_says_what_it_does() -> None:
    body = ast.parse(Path(hcpcs_index.weights.__file__).read_text(encoding="utf-8")).body
    constants = [at for at, node in enumerate(body) if isinstance(node, ast.AnnAssign)]
    assert len(constants) > 40
    for at in constants:
        text = body[at + 1]
        assert isinstance(text, ast.Expr), ast.unparse(body[at])
        assert isinstance(text.value, ast.Constant), ast.unparse(body[at])
