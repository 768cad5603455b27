"""What codes are reported for, where their description doesn't say it."""

from __future__ import annotations

from hcpcs.answers.desk import Desk
from hcpcs.records.families.code_uses import code_uses, use_of


def test_every_use_has_a_run_of_codes_and_a_source() -> None:
    for use in code_uses():
        assert use.first <= use.last
        assert use.text.endswith(".")
        assert use.source


def test_a_code_within_a_run_has_its_use() -> None:
    use = use_of("Q5003")
    assert use is not None
    assert "where the care was given" in use.text
    assert use_of("Q5101") is None


def test_the_card_says_what_the_code_is_reported_for(full: Desk) -> None:
    assert "to say where the care was given" in full.ask("what is Q5001 for").text
