"""Codes of one letter are followed by those of another that were added the day after with a similar description."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY
from tests.src.hcpcs.releases.writing import a_record, fixed_text, put

from hcpcs.answers.desk import Desk
from hcpcs.catalog.catalog import Catalog
from hcpcs.releases import read_release

ENDED = date(2019, 12, 31)
ADDED = date(2020, 1, 1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    records = (
        a_record("K1001", long_description="Electronic positional sleep apnea treatment", termination_date=ENDED),
        a_record("K1003", long_description="Replacement battery for bathtub lift", termination_date=ENDED),
        a_record("K1004", long_description="Electronic positional sleep treatment supply", termination_date=ENDED),
        a_record("K1002", long_description="Cranial stimulation system, any type", termination_date=date(2018, 12, 31)),
        a_record("E0530", long_description="Electronic positional sleep apnea treatment", added_date=ADDED),
        a_record("E0531", long_description="Walk in bathtub, portable", added_date=ADDED),
        a_record("E0732", long_description="Cranial stimulation system, any type", added_date=ADDED),
    )
    catalog = Catalog.build([read_release(put(tmp_path, "HCPC2020_ANWEB.txt", fixed_text(*records)))])
    return Desk(catalog, ListedIndex(catalog), lambda: TODAY)


def test_the_codes_of_the_day_after_are_paired(desk: Desk) -> None:
    answer = desk.ask("which K codes became E codes")
    assert answer.headline.startswith("1 K code was likely followed by E codes")
    assert "K1001" in answer.text
    assert "E0530" in answer.text
    assert "E0732" not in answer.text
    assert "K1003" not in answer.text, "its description is of something else"
    assert "K1004" not in answer.text, "another code is more like E0530"


def test_where_none_did_it_is_said(desk: Desk) -> None:
    headline = desk.ask("which C codes became J codes").headline
    assert headline == "No C code ended the day before a similar J code was added."


def test_codes_of_the_same_letter_are_referred(desk: Desk) -> None:
    assert "doesn't list" in desk.ask("K codes that became K codes").headline
