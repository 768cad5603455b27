"""How often a code may be billed: by its description, and by the usual maximum of its policy."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("how often can G0444 be billed", "By its description, G0444 is annual. No MUE table is loaded."),
        ("G0442 frequency", "By its description, G0442 is annual."),
        ("can G0444 be billed twice in a year", "By its description, G0444 is annual."),
        ("MUE for G0444", "The HCPCS record has no quantity or frequency limits (MUE) for G0444."),
        ("S0610 how often", "Medicare doesn't pay for S0610 and has no limit"),
        ("can A7030 be billed 2 times a year", "Yes. 2 units of A7030 in 1 year is 0.5 in 3 months"),
        ("is A4259 within 1 box a month ok", "1 unit of A4259 in 1 month is 3 in 3 months, which is more than"),
        ("frequency limits for A7030", "No MUE table is loaded. The usual quantity limit of A7030"),
    ],
)
def test_how_often_is_said_by_the_description_or_the_policy(full: Desk, question: str, start: str) -> None:
    assert full.ask(question).headline.startswith(start)


def test_a_limit_of_months_is_the_usual_maximum_of_the_policy(full: Desk) -> None:
    answer = full.ask("how many A7030 a year")
    assert answer.headline == "The usual quantity limit of A7030 is 1 every 3 months (LCD L33718)."
    assert "More than the usual limit needs a reason in the medical record." in answer.text
    assert "The DME MACs' policy on A7030: LCD L33718" in answer.text
    assert answer.text.count("L33718") == 2
