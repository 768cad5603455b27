"""A drug that is named beside the code of another one: it is said to be another, with its codes."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.answers.listed_index import ListedIndex
from tests.src.hcpcs.conftest import TODAY

from hcpcs.answers.desk import Desk
from hcpcs.search_port import Confidence, Repair

ANOTHER = "Zarxio isn't J1442: it is billed with Q5101."
REPAIR = Repair(written="zarxo", searched="zarxio")


def _headline(full: Desk, question: str, *codes: str, **index: object) -> str:
    return Desk(full.catalog, ListedIndex(full.catalog, *codes, **index), lambda: TODAY).ask(question).headline  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("J1442 zarxio", f"{ANOTHER} J1442: Injection, filgrastim"),
        ("is J1442 zarxio", f"No. {ANOTHER}"),
        ("can I bill J1442 for zarxio", f"{ANOTHER} Maybe. Medicare covers J1442"),
        ("J1442 zarxio 300 mcg units", f"{ANOTHER} 300 mcg of J1442 is 300 units."),
    ],
)
def test_a_biosimilar_beside_the_code_of_its_reference_drug(full: Desk, question: str, start: str) -> None:
    assert _headline(full, question, "Q5101").startswith(start)


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("J1442 zarxio", ("Q5101", "J1442")),  # the name finds the code as well
        ("J1442 zarxio", ("Q5101", "E0601")),  # a word for other things, too
        ("J1561 privigen", ("J1459",)),  # the same substance
        ("J3590 zarxio", ("Q5101",)),  # an unclassified biologic
        ("J2505 zarxio", ("Q5101",)),  # a code that ended
        ("E0601 zarxio", ("Q5101",)),
        ("J1442 depo zarxio", ("Q5101",)),  # the second part of a name
        ("J1442 zarxio 2012-03-01", ("Q5101",)),  # which had no code then
        ("does J1442 need prior auth or zarxio first", ("Q5101",)),
        ("J1442 J1885 zarxio", ("Q5101",)),
    ],
)
def test_a_word_that_may_be_the_drug_of_the_code_is_left(full: Desk, question: str, codes: tuple[str, ...]) -> None:
    assert "isn't J" not in _headline(full, question, *codes)


def test_a_name_that_is_not_certain_is_left(full: Desk) -> None:
    assert "isn't J" not in _headline(full, "J1442 zarxio", "Q5101", confidence=Confidence.LOW)
    assert "isn't J" not in _headline(full, "J1442 zarxo", "Q5101", repairs=(REPAIR,))
