"""Several drugs in one question, each with its dose."""

from __future__ import annotations

import pytest
from tests.src.hcpcs.conftest import TODAY

from hcpcs.questions.parser import parse_question


@pytest.mark.parametrize(
    ("text", "doses"),
    [
        ("gave rocephin 1 g and decadron 10 mg, units?", [("rocephin", 1.0), ("decadron", 10.0)]),
        ("60 mg toradol and 25 mg phenergan im, units", [("toradol", 60.0), ("phenergan", 25.0)]),
        ("depo medrol 80mg + lidocaine 10 mg inj units", [("depo medrol", 80.0), ("lidocaine", 10.0)]),
        ("4 cc marcaine 0.5% and 1 cc kenalog 40 units", [("marcaine", 20.0), ("kenalog", 40.0)]),
        ("kenalog 40 mg and 2 ml 1% lidocaine, units", [("kenalog", 40.0), ("lidocaine", 20.0)]),
        ("lidocaine 1% 2 ml with depo-medrol 80 mg units", [("lidocaine", 20.0), ("depo medrol", 80.0)]),
        ("kenalog 40 mg and 60 mg for arthritis, units", []),
        ("kenalog 40 mg left knee, 40 mg right knee", []),
        ("rocephin 1 gm iv over 30 min", []),
        ("J1885 60 mg and J2550 25 mg units", []),
        ("J1885 60 mg and rocephin 500 mg", [("", 60.0), ("rocephin", 500.0)]),
        ("toradol 60 mg and J0696 1 g", [("toradol", 60.0), ("", 1.0)]),
        ("J1885 60 mg and last 30 mg", []),  # no name of a drug
        ("102 mg of J1745 is 11 units (10.2, rounded up)", []),
    ],
)
def test_each_dose_has_the_words_of_its_drug(text: str, doses: list[tuple[str, float]]) -> None:
    named = parse_question(text, TODAY).named_doses
    assert [(one.words, one.quantities[0].amount) for one in named] == doses


def test_what_belongs_to_a_dose_stays_with_it() -> None:
    named = parse_question("toradol 30 mg x2 and phenergan 25 mg im, units", TODAY).named_doses
    assert [len(one.quantities) for one in named] == [2, 1]
