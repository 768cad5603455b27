"""The modifiers of a claim line follow from the payment category of the item."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest
from tests.src.hcpcs.records.modifiers.named_modifiers import named_in

from hcpcs.records.modifiers.pricing_modifiers import line_modifiers_of, pricing_modifiers_of


@pytest.mark.parametrize(
    ("code", "indicator", "modifiers"),
    [
        ("E0143", "32", {"RR", "NU", "UE"}),
        ("A4253", "32", {"NU"}),
        ("A4640", "32", {"RR", "NU", "UE"}),
        ("A7030", "32", {"NU"}),
        ("K0601", "32", {"NU"}),
        ("A4259", "34", set()),
        ("E0443", "33", set()),
        ("B9002", "39", {"RR", "NU", "UE"}),
        ("E1390", "33", {"RR"}),
        ("E0260", "36", {"RR", "KH", "KI", "KJ"}),
        ("K0861", "36", {"RR", "KH", "KI", "KJ", "NU", "UE", "BP"}),
    ],
)
def test_by_pricing_indicator(code: str, indicator: str, modifiers: set[str]) -> None:
    priced = pricing_modifiers_of(code, indicator)
    assert priced is not None
    assert priced.modifiers == modifiers


def test_no_modifiers_of_drugs_and_of_records_without_indicator() -> None:
    assert pricing_modifiers_of("J1885", "51") is None
    assert pricing_modifiers_of("B4150", "39") is None
    assert pricing_modifiers_of("J1885", None) is None


def test_codes_whose_lines_have_other_modifiers() -> None:
    esa = line_modifiers_of("Q5106")
    assert esa is not None
    assert esa.modifiers == {"EA", "EB", "EC"}
    class_three = line_modifiers_of("E0748")
    assert class_three is not None
    assert class_three.on_a_line.startswith("KF")
    assert line_modifiers_of("E0601") is None


@pytest.mark.parametrize("rows", ["price", "line"])
def test_the_modifiers_of_a_row_are_those_that_its_sentence_names(rows: str) -> None:
    source = resources.files("hcpcs.records.modifiers").joinpath("pricing_modifiers.toml")
    table = tomllib.loads(source.read_text(encoding="utf-8"))[rows]
    assert table
    # "none of RR, NU and UE" names those that a line doesn't have.
    stated = {
        row["on_a_line"]: set() if row["on_a_line"].startswith("none of") else named_in(row["on_a_line"])
        for row in table
    }
    assert {row["on_a_line"]: set(row["modifiers"]) for row in table} == stated
