"""Another payer is asked: the answer begins with it, and Medicare's verdict is not the answer."""

from __future__ import annotations

import pytest

from hcpcs.answers.desk import Desk


@pytest.mark.parametrize(
    ("asked", "start"),
    [
        ("does Texas Medicaid cover T1019?", "Texas Medicaid sets its own coverage for T1019."),
        ("Is S9470 covered by Aetna", "Aetna sets its own coverage for S9470."),
    ],
)
def test_the_payer_is_named_first_and_no_verdict_is_given(full: Desk, asked: str, start: str) -> None:
    answer = full.ask(asked)
    assert answer.headline.startswith(start)
    assert answer.verdict is None


def test_medicare_keeps_its_verdict(full: Desk) -> None:
    answer = full.ask("is T1019 payable by Medicare?")
    assert answer.headline == "No. T1019 is not payable by Medicare."
    assert answer.verdict is not None
